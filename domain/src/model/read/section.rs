//! One table of a model's file. What is asked of it and is not there, or is of the wrong kind, is noted as an error
//! with its line; reading goes on with a stand-in, so that one pass finds all mistakes.

use super::ModelError;
use crate::{
    Local,
    model::expression::{Expression, Names, Wrong},
};
use rust_decimal::Decimal;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fmt::Display,
    ops::{Range, RangeInclusive},
    str::FromStr,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(super) type Found<'t> = &'t Spanned<DeValue<'t>>;
pub(super) type Place = Range<usize>;

const ERRORS_LIMIT: usize = 100;
const TEXT_LIMIT: usize = 4_000;
pub(super) const LIST_LIMIT: usize = 400;

pub(super) struct Reader<'t> {
    text: &'t str,
    errors: RefCell<BTreeSet<ModelError>>,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, errors: RefCell::default() }
    }

    pub fn wrong(&self, place: Place, message: impl Display) {
        let before = self.text.as_bytes().get(..place.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let mut errors = self.errors.borrow_mut();
        if errors.len() < ERRORS_LIMIT {
            errors.insert(ModelError { line, message: message.to_string() });
        }
    }

    pub fn errors(&self) -> Vec<ModelError> {
        self.errors.borrow().iter().cloned().collect()
    }
}

pub(super) struct Section<'r, 't> {
    pub reader: &'r Reader<'t>,
    table: &'t DeTable<'t>,
    pub place: Place,
    asked: RefCell<BTreeSet<&'static str>>,
    rest_taken: Cell<bool>,
}

impl<'r, 't> Section<'r, 't> {
    pub fn new(reader: &'r Reader<'t>, table: &'t DeTable<'t>, place: Place) -> Self {
        Self { reader, table, place, asked: RefCell::default(), rest_taken: Cell::new(false) }
    }

    pub fn wrong(&self, message: impl Display) {
        self.reader.wrong(self.place.clone(), message);
    }

    pub fn find(&self, key: &'static str) -> Option<Found<'t>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    pub fn has(&self, key: &'static str) -> bool {
        self.find(key).is_some()
    }

    /// Where the key stands, or else the section.
    pub fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or_else(|| self.place.clone(), Spanned::span)
    }

    pub fn need(&self, key: &'static str) -> Option<Found<'t>> {
        let found = self.find(key);
        if found.is_none() {
            self.wrong(format!("«{key}» is missing"));
        }
        found
    }

    /// Keys that were not asked for by name, in the order of the file.
    pub fn rest(&self) -> Vec<(&'t str, Found<'t>)> {
        self.rest_taken.set(true);
        let asked = self.asked.borrow();
        let mut rest: Vec<_> = self.table.iter().filter(|(key, _)| !asked.contains(key.get_ref().as_ref())).collect();
        rest.sort_by_key(|(key, _)| key.span().start);
        rest.into_iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect()
    }

    /// To be called when everything known was asked for: what is left over is a mistake.
    pub fn finish(&self) {
        if self.rest_taken.get() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !asked.contains(key.get_ref().as_ref())) {
            let known = asked.iter().copied().collect::<Vec<_>>().join(", ");
            self.reader.wrong(key.span(), format!("«{}» is not known here; known are {known}", key.get_ref()));
        }
    }

    pub fn text(&self, key: &'static str) -> String {
        self.need(key).map(|found| written(self.reader, key, found)).unwrap_or_default()
    }

    pub fn maybe_text(&self, key: &'static str) -> Option<String> {
        self.find(key).map(|found| written(self.reader, key, found))
    }

    /// A name from a list that the type knows.
    pub fn named<T: Copy>(&self, key: &'static str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let found = self.find(key)?;
        let written = written(self.reader, key, found);
        let known = all.iter().copied().find(|one| name(*one) == written);
        if known.is_none() {
            let names = all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", ");
            self.reader.wrong(found.span(), format!("«{key}» must be one of {names}"));
        }
        known
    }

    pub fn key(&self, key: &'static str) -> String {
        let written = self.text(key);
        if !written.is_empty() && !is_key(&written) {
            let message = format!("«{key}» must begin with a letter a-z and go on with a-z, 0-9 and _, at most 40");
            self.reader.wrong(self.place_of(key), message);
        }
        written
    }

    pub fn local(&self, key: &'static str) -> Local {
        self.need(key).map(|found| local(self.reader, key, found)).unwrap_or_else(nothing)
    }

    pub fn maybe_local(&self, key: &'static str) -> Option<Local> {
        self.find(key).map(|found| local(self.reader, key, found))
    }

    pub fn decimal(&self, key: &'static str) -> Decimal {
        self.need(key).and_then(|found| decimal(self.reader, key, found)).unwrap_or_default()
    }

    pub fn whole(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let found = self.find(key)?;
        let number = found.get_ref().as_integer().and_then(|number| u32::from_str(number.as_str()).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("«{key}» must be a whole number from {} to {}", range.start(), range.end());
            self.reader.wrong(found.span(), message);
        }
        number
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let found = self.find(key)?;
        let flag = found.get_ref().as_bool();
        if flag.is_none() {
            self.reader.wrong(found.span(), format!("«{key}» must be true or false"));
        }
        flag
    }

    pub fn number(&self, key: &'static str, names: &Names) -> Expression {
        let found = self.need(key);
        found.map_or_else(stand_in, |found| number(self.reader, key, found, names))
    }

    pub fn maybe_number(&self, key: &'static str, names: &Names) -> Option<Expression> {
        self.find(key).map(|found| number(self.reader, key, found, names))
    }

    pub fn condition(&self, key: &'static str, names: &Names) -> Option<Expression> {
        let found = self.find(key)?;
        let condition = expression(self.reader, key, found)?;
        note(self.reader, key, found, condition.check_flag(names).err());
        Some(condition)
    }

    pub fn section(&self, key: &'static str) -> Option<Section<'r, 't>> {
        self.find(key).and_then(|found| section(self.reader, key, found))
    }

    /// `[[key]]`, or a list of tables; none is an empty list.
    pub fn sections(&self, key: &'static str) -> Vec<Section<'r, 't>> {
        let found = self.list(key);
        found.into_iter().filter_map(|found| section(self.reader, key, found)).collect()
    }

    pub fn list(&self, key: &'static str) -> Vec<Found<'t>> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Some(list) = found.get_ref().as_array() else {
            self.reader.wrong(found.span(), format!("«{key}» must be a list"));
            return Vec::new();
        };
        if list.len() > LIST_LIMIT {
            self.reader.wrong(found.span(), format!("«{key}» has more than {LIST_LIMIT} entries"));
        }
        list.iter().take(LIST_LIMIT).collect()
    }
}

pub(super) fn is_key(text: &str) -> bool {
    let right = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let words = ["and", "or", "not", "if", "then", "else", "true", "false"];
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 40
        && text.chars().all(right)
        && !words.contains(&text)
}

pub(super) fn section<'r, 't>(reader: &'r Reader<'t>, key: &str, found: Found<'t>) -> Option<Section<'r, 't>> {
    let table = found.get_ref().as_table();
    if table.is_none() {
        reader.wrong(found.span(), format!("«{key}» must be a table"));
    }
    Some(Section::new(reader, table?, found.span()))
}

pub(super) fn written(reader: &Reader, key: &str, found: Found) -> String {
    let Some(text) = found.get_ref().as_str() else {
        reader.wrong(found.span(), format!("«{key}» must be a text"));
        return String::new();
    };
    let text = text.trim();
    if text.is_empty() {
        reader.wrong(found.span(), format!("«{key}» is empty"));
    } else if text.len() > TEXT_LIMIT {
        reader.wrong(found.span(), format!("«{key}» is longer than {TEXT_LIMIT} bytes"));
    } else if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        reader.wrong(found.span(), format!("«{key}» contains control characters"));
    }
    text.to_owned()
}

fn local(reader: &Reader, key: &str, found: Found) -> Local {
    let Some(table) = found.get_ref().as_table() else {
        reader.wrong(found.span(), format!("«{key}» must be written in both languages: {{ uk = \"…\", en = \"…\" }}"));
        return nothing();
    };
    let section = Section::new(reader, table, found.span());
    let local = Local { uk: section.text("uk"), en: section.text("en") };
    section.finish();
    local
}

fn nothing() -> Local {
    Local { uk: String::new(), en: String::new() }
}

pub(super) fn decimal(reader: &Reader, key: &str, found: Found) -> Option<Decimal> {
    let written = match found.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    };
    let number = written.and_then(|written| Decimal::from_str_exact(&written.replace('_', "")).ok());
    if number.is_none_or(|number| number.abs() > Decimal::new(1_000_000_000, 0) || number.scale() > 6) {
        reader.wrong(found.span(), format!("«{key}» must be a number with at most six decimals"));
        return None;
    }
    number
}

fn stand_in() -> Expression {
    Expression::from(Decimal::ZERO)
}

/// A bare number is the simplest expression.
pub(super) fn expression(reader: &Reader, key: &str, found: Found) -> Option<Expression> {
    match found.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => decimal(reader, key, found).map(Expression::from),
        DeValue::Boolean(flag) => Expression::try_from(flag.to_string()).ok(),
        DeValue::String(written) => match Expression::try_from(written.to_string()) {
            Ok(expression) => Some(expression),
            Err(error) => {
                reader.wrong(found.span(), format!("«{key}»: {error}"));
                None
            }
        },
        _ => {
            reader.wrong(found.span(), format!("«{key}» must be an expression"));
            None
        }
    }
}

pub(super) fn number(reader: &Reader, key: &str, found: Found, names: &Names) -> Expression {
    let Some(expression) = expression(reader, key, found) else { return stand_in() };
    note(reader, key, found, expression.check_number(names).err());
    expression
}

pub(super) fn note(reader: &Reader, key: &str, found: Found, wrong: Option<Wrong>) {
    match wrong {
        // It follows from a mistake that is noted where it was made.
        None | Some(Wrong::Unsure) => {}
        Some(wrong) => reader.wrong(found.span(), format!("«{key}»: {wrong}")),
    }
}
