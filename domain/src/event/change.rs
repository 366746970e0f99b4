//! What an event changed in a record, field by field.

use serde::{Deserialize, Serialize};

/// A field that an event changed, with its values before and after as text. Empty text means no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub from: String,
    pub to: String,
}
