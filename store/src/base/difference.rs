//! Field changes as the data of a timeline event.

use domain::record::FieldChange;
use serde_json::{Value, json};

/// The fields that differ, each with its old and new value.
#[derive(Default)]
pub(crate) struct Difference(pub Vec<FieldChange>);

impl Difference {
    pub fn field(mut self, field: &str, from: &str, to: &str) -> Self {
        if from != to {
            self.0.push(FieldChange { field: field.to_owned(), from: from.to_owned(), to: to.to_owned() });
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the changes to an event's data: `{"changes": [{"field", "from", "to"}]}`.
    pub fn with(self, mut data: Value) -> Value {
        data["changes"] = json!(self.0);
        data
    }
}
