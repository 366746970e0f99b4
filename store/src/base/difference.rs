//! What a change made of a record, field by field: for its history.

use serde_json::{Value, json};

/// The fields that differ, each with what it was and what it is now.
#[derive(Default)]
pub(crate) struct Difference(Vec<Value>);

impl Difference {
    pub fn field(mut self, field: &str, from: &str, to: &str) -> Self {
        if from != to {
            self.0.push(json!({ "field": field, "from": from, "to": to }));
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As an event's data carries it: `{"changes": [{"field", "from", "to"}]}` beside what it says of the record.
    pub fn with(self, mut data: Value) -> Value {
        data["changes"] = Value::Array(self.0);
        data
    }
}
