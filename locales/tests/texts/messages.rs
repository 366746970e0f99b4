//! The messages of each language, read from their files: their values, and errors in their plural forms.

use domain::Language;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

#[derive(Debug, Default)]
pub struct Message {
    pub file: String,
    /// Values that the text shows.
    pub shown: BTreeSet<String>,
    /// Values that select a form. A language without such forms does not use them.
    pub selectors: BTreeSet<String>,
    /// Errors in the plural forms.
    pub faults: Vec<String>,
}

impl Message {
    pub fn values(&self) -> BTreeSet<String> {
        self.shown.union(&self.selectors).cloned().collect()
    }
}

pub type Messages = BTreeMap<String, Message>;

/// Reads all messages of a language and lists the errors in its files.
pub fn read(language: Language) -> (Messages, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(language.tag());
    let (mut messages, mut faults) = (Messages::new(), Vec::new());
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files {
        let file = format!("{}/{}", language.tag(), path.file_name().unwrap().to_string_lossy());
        let source = fs::read_to_string(&path).unwrap();
        let resource = fluent_syntax::parser::parse(source.as_str()).unwrap_or_else(|(resource, errors)| {
            faults.push(format!("{file}: {errors:?}"));
            resource
        });
        for entry in resource.body {
            let Entry::Message(parsed) = entry else { continue };
            let mut message = Message { file: file.clone(), ..Message::default() };
            match &parsed.value {
                Some(pattern) => inspect(&mut message, pattern, language),
                None => message.faults.push("has no text".to_owned()),
            }
            faults.extend(message.faults.iter().map(|fault| format!("{file}: {} {fault}", parsed.id.name)));
            if let Some(first) = messages.insert(parsed.id.name.to_owned(), message) {
                faults.push(format!("{file}: {} is also in {}", parsed.id.name, first.file));
            }
        }
    }
    (messages, faults)
}

fn inspect(message: &mut Message, pattern: &Pattern<&str>, language: Language) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                message.shown.insert(id.name.to_owned());
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(InlineExpression::FunctionReference { id: function, arguments })
                if function.name == "QUOTE" && arguments.named.is_empty() =>
            {
                match arguments.positional.as_slice() {
                    [InlineExpression::VariableReference { id }] => {
                        message.shown.insert(id.name.to_owned());
                    }
                    other => message.faults.push(format!("needs one value for QUOTE instead of {other:?}")),
                }
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                message.selectors.insert(id.name.to_owned());
                message.faults.extend(find_form_fault(variants, language));
                for variant in variants {
                    inspect(message, &variant.value, language);
                }
            }
            other => message.faults.push(format!("contains more than values, forms and QUOTE: {other:?}")),
        }
    }
}

/// Checks that plural forms cover exactly the categories that whole numbers have in the language.
fn find_form_fault(variants: &[Variant<&str>], language: Language) -> Option<String> {
    const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let names: BTreeSet<&str> = variants
        .iter()
        .filter_map(|variant| match variant.key {
            VariantKey::Identifier { name } => Some(name),
            VariantKey::NumberLiteral { .. } => None,
        })
        .collect();
    let plural = names.iter().any(|name| CATEGORIES.contains(name) && *name != "other");
    let needed: &[&str] = match language {
        Language::Uk => &["one", "few", "many"],
        Language::En => &["one", "other"],
    };
    let complete =
        names.iter().copied().eq(sorted(needed)) || names.iter().copied().eq(sorted(&[needed, &["other"]].concat()));
    (plural && !complete).then(|| format!("has the forms {names:?} instead of {needed:?}"))
}

fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
    names.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn missing_plural_forms_are_found() {
    for (source, language, valid) in [
        ("a = { $n ->\n [one] x\n [few] y\n *[many] z\n}", Language::Uk, true),
        ("a = { $n ->\n [one] x\n [few] y\n [many] z\n *[other] z\n}", Language::Uk, true),
        ("a = { $n ->\n [one] x\n *[other] y\n}", Language::Uk, false),
        ("a = { $n ->\n [11] x\n *[other] y\n}", Language::Uk, true),
        ("a = { $n ->\n [0] none\n [one] x\n *[other] y\n}", Language::En, true),
        ("a = { $n ->\n [one] x\n *[many] y\n}", Language::En, false),
        ("a = { QUOTE($n) }", Language::Uk, true),
        ("a = { QUOTE() }", Language::Uk, false),
        ("a = { OTHER($n) }", Language::Uk, false),
    ] {
        let resource = fluent_syntax::parser::parse(source).unwrap();
        let Entry::Message(parsed) = &resource.body[0] else { panic!("not a message: {source}") };
        let mut message = Message::default();
        inspect(&mut message, parsed.value.as_ref().unwrap(), language);
        assert_eq!(message.faults.is_empty(), valid, "{source}: {:?}", message.faults);
    }
}
