//! Reads a product model from its file and reports all errors in it with their lines.

mod consistency;
mod diagnostics;
mod drawing;
mod options;
mod product;
mod section;

use diagnostics::Diagnostics;
use section::Section;
use toml::de::DeTable;

pub use diagnostics::ModelError;
pub use product::ModelFile;

/// The largest file in bytes. A larger one is not parsed.
const FILE_LIMIT: usize = 512 * 1024;

pub fn parse(text: &str) -> Result<ModelFile, Vec<ModelError>> {
    if text.len() > FILE_LIMIT {
        return Err(vec![ModelError { line: 1, message: format!("the file is larger than {FILE_LIMIT} bytes") }]);
    }
    let diagnostics = Diagnostics::new(text);
    let (table, syntax_errors) = DeTable::parse_recoverable(text);
    for error in &syntax_errors {
        diagnostics.report(error.span().unwrap_or(0..0), error.message());
    }
    // After a syntax error, most other errors would only be its consequences.
    if !syntax_errors.is_empty() {
        return Err(diagnostics.errors());
    }
    let file = product::read(&Section::new(&diagnostics, table.get_ref(), 0..0));
    let errors = diagnostics.errors();
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}
