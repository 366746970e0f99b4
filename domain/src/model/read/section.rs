//! Reads one table of a model file. A missing value or a value of the wrong type is reported as an error and replaced
//! by a placeholder, so that one pass finds all errors.

use super::diagnostics::{ByteRange, Diagnostics};
use crate::{
    LocalizedText,
    model::{
        drawing::SWATCHES,
        expression::{Expression, TypeEnvironment, TypeError},
    },
};
use rust_decimal::Decimal;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fmt::Display,
    ops::RangeInclusive,
    str::FromStr,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(super) type TomlValue<'t> = &'t Spanned<DeValue<'t>>;

/// The longest text in bytes.
const TEXT_LIMIT: usize = 4_000;
/// The longest list.
pub(super) const LIST_LIMIT: usize = 400;

pub(super) struct Section<'r, 't> {
    pub diagnostics: &'r Diagnostics<'t>,
    table: &'t DeTable<'t>,
    range: ByteRange,
    /// The keys that were read by name. All other keys are unknown.
    known_keys: RefCell<BTreeSet<&'static str>>,
    /// Whether [`Section::remaining`] was called, so that there are no unknown keys.
    allows_any_key: Cell<bool>,
}

impl<'r, 't> Section<'r, 't> {
    pub fn new(diagnostics: &'r Diagnostics<'t>, table: &'t DeTable<'t>, range: ByteRange) -> Self {
        Self { diagnostics, table, range, known_keys: RefCell::default(), allows_any_key: Cell::new(false) }
    }

    /// Reports an error of the whole section.
    pub fn report(&self, message: impl Display) {
        self.diagnostics.report(self.range.clone(), message);
    }

    /// Reports an error of the value of a key, or of the section if the key is missing.
    pub fn report_at(&self, key: &str, message: impl Display) {
        let range = self.table.get(key).map_or_else(|| self.range.clone(), Spanned::span);
        self.diagnostics.report(range, message);
    }

    fn get(&self, key: &'static str) -> Option<TomlValue<'t>> {
        self.known_keys.borrow_mut().insert(key);
        self.table.get(key)
    }

    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Reports an error if the key is missing.
    pub fn require(&self, key: &'static str) -> Option<TomlValue<'t>> {
        let found = self.get(key);
        if found.is_none() {
            self.report(format!("«{key}» is missing"));
        }
        found
    }

    /// Returns the entries whose keys were not read by name, in the order of the file.
    pub fn remaining(&self) -> Vec<(&'t str, TomlValue<'t>)> {
        self.allows_any_key.set(true);
        let known = self.known_keys.borrow();
        let unknown = self.table.iter().filter(|(key, _)| !known.contains(key.get_ref().as_ref()));
        let mut remaining: Vec<_> = unknown.collect();
        remaining.sort_by_key(|(key, _)| key.span().start);
        remaining.into_iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect()
    }

    /// Reports unknown keys. To be called after all known keys were read.
    pub fn finish(&self) {
        if self.allows_any_key.get() {
            return;
        }
        let known = self.known_keys.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !known.contains(key.get_ref().as_ref())) {
            let known = known.iter().copied().collect::<Vec<_>>().join(", ");
            self.diagnostics.report(key.span(), format!("unknown key «{}»; expected one of {known}", key.get_ref()));
        }
    }

    pub fn text(&self, key: &'static str) -> String {
        self.require(key).map(|found| read_text(self.diagnostics, key, found)).unwrap_or_default()
    }

    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        self.get(key).map(|found| read_text(self.diagnostics, key, found))
    }

    /// Reads the name of one of `all`.
    pub fn one_of<T: Copy>(&self, key: &'static str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let found = self.get(key)?;
        let text = read_text(self.diagnostics, key, found);
        let known = all.iter().copied().find(|one| name(*one) == text);
        if known.is_none() {
            let names = all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", ");
            self.diagnostics.report(found.span(), format!("«{key}» must be one of {names}"));
        }
        known
    }

    /// Reads a name that expressions can use.
    pub fn key(&self, key: &'static str) -> String {
        let text = self.text(key);
        if !text.is_empty() && !is_key(&text) {
            let message = format!(
                "«{key}» must start with a letter a-z, continue with a-z, 0-9 and _ and have at most 40 characters"
            );
            self.report_at(key, message);
        }
        text
    }

    pub fn localized(&self, key: &'static str) -> LocalizedText {
        self.require(key).map(|found| localized(self.diagnostics, key, found)).unwrap_or_else(empty_text)
    }

    pub fn optional_localized(&self, key: &'static str) -> Option<LocalizedText> {
        self.get(key).map(|found| localized(self.diagnostics, key, found))
    }

    pub fn decimal(&self, key: &'static str) -> Decimal {
        self.require(key).and_then(|found| decimal(self.diagnostics, key, found)).unwrap_or_default()
    }

    pub fn integer(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let found = self.get(key)?;
        let number = found.get_ref().as_integer().and_then(|number| u32::from_str(number.as_str()).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("«{key}» must be a whole number from {} to {}", range.start(), range.end());
            self.diagnostics.report(found.span(), message);
        }
        number
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let found = self.get(key)?;
        let flag = found.get_ref().as_bool();
        if flag.is_none() {
            self.diagnostics.report(found.span(), format!("«{key}» must be true or false"));
        }
        flag
    }

    /// Reads an expression that must be a number.
    pub fn number(&self, key: &'static str, environment: &TypeEnvironment) -> Expression {
        let found = self.require(key);
        found.map_or_else(placeholder, |found| number(self.diagnostics, key, found, environment))
    }

    pub fn optional_number(&self, key: &'static str, environment: &TypeEnvironment) -> Option<Expression> {
        self.get(key).map(|found| number(self.diagnostics, key, found, environment))
    }

    /// Reads an expression that must be true or false.
    pub fn condition(&self, key: &'static str, environment: &TypeEnvironment) -> Option<Expression> {
        let found = self.get(key)?;
        let condition = expression(self.diagnostics, key, found)?;
        report_type_error(self.diagnostics, key, found, condition.check_flag(environment).err());
        Some(condition)
    }

    pub fn section(&self, key: &'static str) -> Option<Section<'r, 't>> {
        self.get(key).and_then(|found| section(self.diagnostics, key, found))
    }

    /// Reads a list of tables: `[[key]]` or `key = [{ … }]`. A missing key is an empty list.
    pub fn sections(&self, key: &'static str) -> Vec<Section<'r, 't>> {
        let found = self.list(key);
        found.into_iter().filter_map(|found| section(self.diagnostics, key, found)).collect()
    }

    pub fn list(&self, key: &'static str) -> Vec<TomlValue<'t>> {
        let Some(found) = self.get(key) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.diagnostics.report(found.span(), format!("«{key}» must be a list"));
            return Vec::new();
        };
        if list.len() > LIST_LIMIT {
            self.diagnostics.report(found.span(), format!("«{key}» has more than {LIST_LIMIT} entries"));
        }
        list.iter().take(LIST_LIMIT).collect()
    }
}

/// Whether expressions can use this text as a name.
pub(super) fn is_key(text: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let keywords = ["and", "or", "not", "if", "then", "else", "true", "false"];
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 40
        && text.chars().all(is_allowed)
        && !keywords.contains(&text)
}

pub(super) fn section<'r, 't>(
    diagnostics: &'r Diagnostics<'t>,
    key: &str,
    found: TomlValue<'t>,
) -> Option<Section<'r, 't>> {
    let table = found.get_ref().as_table();
    if table.is_none() {
        diagnostics.report(found.span(), format!("«{key}» must be a table"));
    }
    Some(Section::new(diagnostics, table?, found.span()))
}

pub(super) fn read_text(diagnostics: &Diagnostics, key: &str, found: TomlValue) -> String {
    let Some(text) = found.get_ref().as_str() else {
        diagnostics.report(found.span(), format!("«{key}» must be a text"));
        return String::new();
    };
    let text = text.trim();
    if text.is_empty() {
        diagnostics.report(found.span(), format!("«{key}» is empty"));
    } else if text.len() > TEXT_LIMIT {
        diagnostics.report(found.span(), format!("«{key}» is longer than {TEXT_LIMIT} bytes"));
    } else if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        diagnostics.report(found.span(), format!("«{key}» contains control characters"));
    }
    text.to_owned()
}

fn localized(diagnostics: &Diagnostics, key: &str, found: TomlValue) -> LocalizedText {
    let Some(table) = found.get_ref().as_table() else {
        diagnostics.report(found.span(), format!("«{key}» must have both languages: {{ uk = \"…\", en = \"…\" }}"));
        return empty_text();
    };
    let section = Section::new(diagnostics, table, found.span());
    let text = LocalizedText { uk: section.text("uk"), en: section.text("en") };
    section.finish();
    text
}

fn empty_text() -> LocalizedText {
    LocalizedText { uk: String::new(), en: String::new() }
}

pub(super) fn decimal(diagnostics: &Diagnostics, key: &str, found: TomlValue) -> Option<Decimal> {
    let digits = match found.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    };
    let number = digits.and_then(|digits| Decimal::from_str_exact(&digits.replace('_', "")).ok());
    if number.is_none_or(|number| number.abs() > Decimal::new(1_000_000_000, 0) || number.scale() > 6) {
        diagnostics.report(found.span(), format!("«{key}» must be a number with at most six decimals"));
        return None;
    }
    number
}

/// The expression to continue with after an error.
fn placeholder() -> Expression {
    Expression::from(Decimal::ZERO)
}

/// Reads an expression: a text, a number or a boolean.
pub(super) fn expression(diagnostics: &Diagnostics, key: &str, found: TomlValue) -> Option<Expression> {
    match found.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => decimal(diagnostics, key, found).map(Expression::from),
        DeValue::Boolean(flag) => Expression::try_from(flag.to_string()).ok(),
        DeValue::String(source) => match Expression::try_from(source.to_string()) {
            Ok(expression) => Some(expression),
            Err(error) => {
                diagnostics.report(found.span(), format!("«{key}»: {error}"));
                None
            }
        },
        _ => {
            diagnostics.report(found.span(), format!("«{key}» must be an expression"));
            None
        }
    }
}

/// Reads an expression that must be a number.
pub(super) fn number(
    diagnostics: &Diagnostics,
    key: &str,
    found: TomlValue,
    environment: &TypeEnvironment,
) -> Expression {
    let Some(expression) = expression(diagnostics, key, found) else { return placeholder() };
    report_type_error(diagnostics, key, found, expression.check_number(environment).err());
    expression
}

pub(super) fn report_type_error(diagnostics: &Diagnostics, key: &str, found: TomlValue, error: Option<TypeError>) {
    match error {
        // The error is reported at the definition that caused it.
        None | Some(TypeError::InvalidDependency) => {}
        Some(error) => diagnostics.report(found.span(), format!("«{key}»: {error}")),
    }
}

pub(super) fn unknown_swatch(name: &str) -> String {
    format!("unknown swatch «{name}»; expected one of {}", SWATCHES.join(", "))
}
