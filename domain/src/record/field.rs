//! The declaration of one field of a record.

use crate::input::{FieldProblem, FormValidator};
use serde::{Deserialize, Serialize};

/// A field of the record `T`. Its value is stored as text in canonical form: trimmed, checked, and empty if nothing was
/// entered.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// The name of the field in forms and of its column in the database.
    pub key: &'static str,
    pub kind: FieldKind,
    pub is_required: bool,
    pub is_searchable: bool,
    /// Whether the field is a column of the record's own table.
    pub is_column: bool,
    /// The HTML attribute `autocomplete`, by which browsers know what to fill in.
    pub autocomplete: Option<&'static str>,
    /// The HTML attribute `accesskey`: the key that, pressed with Alt, moves the focus to the field.
    pub access_key: Option<&'static str>,
    pub get: fn(&T) -> &str,
    pub set: fn(&mut T, String),
}

/// The kind of value of a field, with its limits. Lengths are in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Line {
        max: usize,
    },
    /// One line, mostly digits, such as a tax number. Phones show a keyboard with digits.
    Number {
        max: usize,
    },
    /// Several lines.
    Text {
        max: usize,
    },
    Phone,
    /// An `http` or `https` address; `https://` is added if the scheme is missing.
    Website,
    /// A calendar day, `YYYY-MM-DD`.
    Day,
    /// One of these values. The label of a value is the text `labels-value`.
    Choice {
        values: &'static [&'static str],
        labels: &'static str,
    },
    /// A name of the IANA time zone database. The operation that saves the record checks that it exists.
    TimeZone,
    /// One of the values that the page offers. The operation that saves the record checks it.
    Pick,
}

impl FieldKind {
    /// Returns the text key of a choice's value; `None` for other kinds, whose values are shown as they are stored.
    pub fn value_key(self, value: &str) -> Option<String> {
        match self {
            FieldKind::Choice { labels, .. } => Some(format!("{labels}-{value}")),
            _ => None,
        }
    }
}

/// The change of one field, for the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub from: String,
    pub to: String,
}

impl<T> Field<T> {
    /// Creates an optional field that is not searchable.
    pub const fn new(key: &'static str, kind: FieldKind, get: fn(&T) -> &str, set: fn(&mut T, String)) -> Self {
        Self {
            key,
            kind,
            is_required: false,
            is_searchable: false,
            is_column: true,
            autocomplete: None,
            access_key: None,
            get,
            set,
        }
    }

    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    pub const fn searchable(mut self) -> Self {
        self.is_searchable = true;
        self
    }

    /// Declares that the value is stored outside the record's table.
    pub const fn stored_elsewhere(mut self) -> Self {
        self.is_column = false;
        self
    }

    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    pub const fn access_key(mut self, key: &'static str) -> Self {
        self.access_key = Some(key);
        self
    }

    /// Returns the key as it is written in text keys and in stored changes: `tax-code` for `tax_code`.
    pub fn text_key(&self) -> String {
        self.key.replace('_', "-")
    }

    /// Returns the canonical form of the typed value, and reports errors to `form`.
    pub fn check(&self, form: &mut FormValidator, typed: &str) -> String {
        let value = match self.kind {
            FieldKind::Text { max } => form.optional_text(self.key, typed, max),
            FieldKind::Line { max } | FieldKind::Number { max } => form.optional_line(self.key, typed, max),
            FieldKind::Phone => form.optional_line(self.key, typed, 40),
            FieldKind::Website => form.website(self.key, typed),
            FieldKind::Day if typed.trim().is_empty() => String::new(),
            FieldKind::Day => form.day(self.key, typed, None).map(|day| day.to_string()).unwrap_or_default(),
            FieldKind::Choice { values, .. } => {
                if !typed.is_empty() && !values.contains(&typed) {
                    form.problem(self.key, FieldProblem::Choice);
                }
                typed.to_owned()
            }
            FieldKind::TimeZone | FieldKind::Pick => typed.trim().to_owned(),
        };
        if self.is_required && value.is_empty() && !form.has(self.key) {
            let problem = if matches!(self.kind, FieldKind::Choice { .. }) {
                FieldProblem::Choice
            } else {
                FieldProblem::Required
            };
            form.problem(self.key, problem);
        }
        value
    }

    pub(super) fn change(&self, before: &T, after: &T) -> Option<FieldChange> {
        let (from, to) = ((self.get)(before).to_owned(), (self.get)(after).to_owned());
        (from != to).then(|| FieldChange { field: self.text_key(), from, to })
    }
}

/// Declares a [`Field`] for the struct's field of the same name.
macro_rules! field {
    ($name:ident, $kind:expr) => {
        $crate::record::Field::new(
            stringify!($name),
            $kind,
            |record: &Self| &record.$name,
            |record: &mut Self, value| record.$name = value,
        )
    };
}
pub(super) use field;
