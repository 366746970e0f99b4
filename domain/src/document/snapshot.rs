//! The content of the document as plain values. Reading it checks the schema.

use super::limits::{
    BRIEF, BRIEF_LIMIT, COMMENT_LIMIT, COMMENTS, NAME_LIMIT, OPTION_KEY_LIMIT, OPTION_TEXT_LIMIT, OPTIONS,
    OPTIONS_LIMIT, ORDER, QUANTITY, QUANTITY_RANGE,
};
use crate::{CommentId, PersonId, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use yrs::{Any, Array, ArrayRef, GetString, Map, MapRef, Number, Out, ReadTxn, Text, TextRef};

/// The content of the document at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub options: BTreeMap<String, Value>,
    pub quantity: u32,
    pub brief: String,
    pub comments: Vec<Comment>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self { options: BTreeMap::new(), quantity: *QUANTITY_RANGE.start(), brief: String::new(), comments: Vec::new() }
    }
}

/// The value of an option. The document does not know which options and values the product model allows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    Flag(bool),
    Number(Decimal),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    pub author: PersonId,
    pub name: String,
    pub text: String,
    pub at: Timestamp,
}

/// A violation of the schema in docs/room-document.md.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    #[error("the document has no root «{0}»")]
    UnknownRoot(String),
    #[error("«{0}» has the wrong type")]
    WrongKind(&'static str),
    #[error("an option key must have 1 to {OPTION_KEY_LIMIT} characters and no control characters")]
    OptionKey,
    #[error("option «{0}» must be a text, a number or a boolean")]
    OptionValue(String),
    #[error("there are more than {OPTIONS_LIMIT} options")]
    TooManyOptions,
    #[error("the quantity must be a whole number from {} to {}", QUANTITY_RANGE.start(), QUANTITY_RANGE.end())]
    Quantity,
    #[error("the brief is longer than {BRIEF_LIMIT} UTF-16 code units")]
    BriefTooLong,
    #[error("«{0}» of a comment is missing or invalid")]
    Comment(&'static str),
    #[error("a comment has an unknown field")]
    CommentField,
    #[error("two comments have the same id")]
    DuplicateComment,
    #[error("a value or a comment is inserted before another one; both can only be appended")]
    NotLast,
}

pub(super) fn read<T: ReadTxn>(txn: &T) -> Result<Snapshot, SchemaError> {
    let mut snapshot = Snapshot::default();
    for (name, root) in txn.root_refs() {
        match (name, root) {
            (OPTIONS, Out::YMap(map)) => snapshot.options = read_options(txn, &map)?,
            (ORDER, Out::YMap(map)) => snapshot.quantity = read_order(txn, &map)?,
            (BRIEF, Out::YText(text)) => snapshot.brief = read_brief(txn, &text)?,
            (COMMENTS, Out::YArray(array)) => snapshot.comments = read_comments(txn, &array)?,
            (OPTIONS, _) => return Err(SchemaError::WrongKind(OPTIONS)),
            (ORDER, _) => return Err(SchemaError::WrongKind(ORDER)),
            (BRIEF, _) => return Err(SchemaError::WrongKind(BRIEF)),
            (COMMENTS, _) => return Err(SchemaError::WrongKind(COMMENTS)),
            (other, _) => return Err(SchemaError::UnknownRoot(other.to_owned())),
        }
    }
    Ok(snapshot)
}

pub(super) fn read_options<T: ReadTxn>(txn: &T, map: &MapRef) -> Result<BTreeMap<String, Value>, SchemaError> {
    if map.len(txn) as usize > OPTIONS_LIMIT {
        return Err(SchemaError::TooManyOptions);
    }
    map.iter(txn)
        .map(|(key, value)| {
            check_option_key(key)?;
            match value {
                Out::Any(any) => Ok((key.to_owned(), Value::from_any(key, &any)?)),
                _ => Err(SchemaError::OptionValue(key.to_owned())),
            }
        })
        .collect()
}

fn read_order<T: ReadTxn>(txn: &T, map: &MapRef) -> Result<u32, SchemaError> {
    let mut quantity = *QUANTITY_RANGE.start();
    for (key, value) in map.iter(txn) {
        match (key, value) {
            (QUANTITY, Out::Any(any)) => quantity = read_quantity(&any)?,
            _ => return Err(SchemaError::WrongKind(ORDER)),
        }
    }
    Ok(quantity)
}

fn read_brief<T: ReadTxn>(txn: &T, text: &TextRef) -> Result<String, SchemaError> {
    let brief = text.get_string(txn);
    match text.len(txn) as usize {
        length if length > BRIEF_LIMIT => Err(SchemaError::BriefTooLong),
        // The brief also contains something that is not text.
        length if length != utf16_len(&brief) => Err(SchemaError::WrongKind(BRIEF)),
        _ => Ok(brief),
    }
}

fn read_comments<T: ReadTxn>(txn: &T, array: &ArrayRef) -> Result<Vec<Comment>, SchemaError> {
    let mut seen = std::collections::HashSet::new();
    array
        .iter(txn)
        .map(|out| match out {
            Out::Any(any) => {
                let comment = Comment::from_any(&any)?;
                if seen.insert(comment.id) { Ok(comment) } else { Err(SchemaError::DuplicateComment) }
            }
            _ => Err(SchemaError::WrongKind(COMMENTS)),
        })
        .collect()
}

pub(super) fn check_option_key(key: &str) -> Result<(), SchemaError> {
    let is_valid = !key.is_empty() && utf16_len(key) <= OPTION_KEY_LIMIT && !key.chars().any(char::is_control);
    if is_valid { Ok(()) } else { Err(SchemaError::OptionKey) }
}

pub(super) fn read_quantity(any: &Any) -> Result<u32, SchemaError> {
    match any {
        Any::Number(number) => number
            .as_i64()
            .and_then(|whole| u32::try_from(whole).ok())
            .filter(|quantity| QUANTITY_RANGE.contains(quantity))
            .ok_or(SchemaError::Quantity),
        _ => Err(SchemaError::Quantity),
    }
}

/// The length of a text in UTF-16 code units, which is how Yjs counts.
pub(super) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

// The document stores numbers as JavaScript does, as 64-bit floats. Within these limits every client reads the same
// decimal number.
const NUMBER_LIMIT: f64 = 1e9;
const DECIMALS: u32 = 6;

impl Value {
    pub(super) fn from_any(key: &str, any: &Any) -> Result<Self, SchemaError> {
        let invalid = || SchemaError::OptionValue(key.to_owned());
        match any {
            Any::Bool(flag) => Ok(Value::Flag(*flag)),
            Any::String(text) if utf16_len(text) <= OPTION_TEXT_LIMIT => Ok(Value::Text(text.to_string())),
            Any::Number(number) => number.as_f64().and_then(decimal).map(Value::Number).ok_or_else(invalid),
            _ => Err(invalid()),
        }
    }

    pub(super) fn to_any(&self, key: &str) -> Result<Any, SchemaError> {
        let shared = match self {
            Value::Flag(flag) => Any::Bool(*flag),
            Value::Text(text) => Any::String(Arc::from(text.as_str())),
            Value::Number(number) => Any::Number(Number::try_i64(
                number.to_string().parse().map_err(|_| SchemaError::OptionValue(key.to_owned()))?,
            )),
        };
        // A value that other clients would read differently is rejected.
        if Self::from_any(key, &shared)? == *self { Ok(shared) } else { Err(SchemaError::OptionValue(key.to_owned())) }
    }
}

fn decimal(number: f64) -> Option<Decimal> {
    if !number.is_finite() || number.abs() > NUMBER_LIMIT {
        return None;
    }
    let exact: Decimal = number.to_string().parse().ok()?;
    (exact.scale() <= DECIMALS).then(|| exact.normalize())
}

impl Comment {
    pub(super) fn from_any(any: &Any) -> Result<Self, SchemaError> {
        let Any::Map(fields) = any else { return Err(SchemaError::WrongKind(COMMENTS)) };
        let text = |field: &'static str| match fields.get(field) {
            Some(Any::String(text)) => Ok(text.as_ref()),
            _ => Err(SchemaError::Comment(field)),
        };
        let comment = Comment {
            id: text("id")?.parse().map_err(|_| SchemaError::Comment("id"))?,
            author: text("author")?.parse().map_err(|_| SchemaError::Comment("author"))?,
            name: text("name")?.to_owned(),
            text: text("text")?.to_owned(),
            at: match fields.get("at") {
                Some(Any::Number(number)) => number.as_i64().map(Timestamp).ok_or(SchemaError::Comment("at"))?,
                _ => return Err(SchemaError::Comment("at")),
            },
        };
        if fields.len() != 5 {
            return Err(SchemaError::CommentField);
        }
        comment.check()?;
        Ok(comment)
    }

    pub(super) fn check(&self) -> Result<(), SchemaError> {
        if self.name.trim().is_empty() || utf16_len(&self.name) > NAME_LIMIT {
            return Err(SchemaError::Comment("name"));
        }
        if self.text.trim().is_empty() || utf16_len(&self.text) > COMMENT_LIMIT {
            return Err(SchemaError::Comment("text"));
        }
        if !(0..=Number::I64_MAX_SAFE_INTEGER).contains(&self.at.0) {
            return Err(SchemaError::Comment("at"));
        }
        Ok(())
    }

    pub(super) fn to_any(&self) -> Any {
        let text = |text: &str| Any::String(Arc::from(text));
        Any::Map(Arc::new(
            [
                ("id".to_owned(), text(&self.id.to_string())),
                ("author".to_owned(), text(&self.author.to_string())),
                ("name".to_owned(), text(&self.name)),
                ("text".to_owned(), text(&self.text)),
                ("at".to_owned(), Any::Number(Number::Int(self.at.0))),
            ]
            .into(),
        ))
    }
}
