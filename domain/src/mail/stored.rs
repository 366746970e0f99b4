//! The JSON of a mail in the database: `{"values": {…}, "quote": …, "path": "…"}`. The values are strings.

use super::MailContent;
use serde_json::{Map, Value, json};

impl MailContent {
    /// Reads a mail from its stored kind and JSON data. Fails for kinds of a newer program.
    pub fn read(kind: &str, data: &str) -> Result<Self, serde_json::Error> {
        let mut data: Map<String, Value> = serde_json::from_str(data)?;
        let mut fields = match data.remove("values") {
            Some(Value::Object(values)) => values,
            _ => Map::new(),
        };
        fields.extend(data.into_iter().filter(|(_, value)| !value.is_null()));
        serde_json::from_value(json!({ "kind": kind, "data": fields }))
    }

    /// The JSON data as [`MailContent::read`] expects it.
    pub fn data(&self) -> Result<String, serde_json::Error> {
        let mut stored = serde_json::to_value(self)?;
        let Value::Object(mut values) = stored["data"].take() else { return Ok(Value::Null.to_string()) };
        let path = values.remove("path");
        let quote = values.remove("quote");
        Ok(json!({ "values": values, "quote": quote, "path": path }).to_string())
    }
}
