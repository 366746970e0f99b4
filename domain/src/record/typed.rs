//! Form input as typed.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The values of a form by field name, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// Returns a field's value; empty if it was not sent.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// Adds the values of `other`. They replace values of the same name.
    pub fn extend(&mut self, other: Typed) {
        self.0.extend(other.0);
    }
}
