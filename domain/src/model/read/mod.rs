//! Reads a product model from its file and says everything that is wrong with it, each with its line.

mod drawing;
mod names;
mod product;
mod section;
mod sense;

use super::{CostModel, ProductModel};
use section::{Reader, Section};
use toml::de::DeTable;

/// What is wrong in a model's file, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{line}: {message}")]
pub struct ModelError {
    pub line: usize,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub product: ProductModel,
    pub cost: CostModel,
}

/// Longer files are refused unread.
const FILE_LIMIT: usize = 512 * 1024;

pub fn parse(text: &str) -> Result<ModelFile, Vec<ModelError>> {
    if text.len() > FILE_LIMIT {
        return Err(vec![ModelError { line: 1, message: format!("the file is larger than {FILE_LIMIT} bytes") }]);
    }
    let reader = Reader::new(text);
    let (table, broken) = DeTable::parse_recoverable(text);
    for error in &broken {
        reader.wrong(error.span().unwrap_or(0..0), error.message());
    }
    // What is no TOML is not searched for mistakes of meaning: most would only follow from the first.
    if !broken.is_empty() {
        return Err(reader.errors());
    }
    let file = product::read(&Section::new(&reader, table.get_ref(), 0..0));
    let errors = reader.errors();
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}
