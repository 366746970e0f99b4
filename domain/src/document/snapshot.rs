//! What the document holds, read as plain values; and the schema, which reading checks.

use super::{
    BRIEF, BRIEF_LIMIT, COMMENT_LIMIT, COMMENTS, NAME_LIMIT, OPTION_KEY_LIMIT, OPTION_TEXT_LIMIT, OPTIONS,
    OPTIONS_LIMIT, ORDER, QUANTITIES, QUANTITY,
};
use crate::{CommentId, PersonId, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use yrs::{Any, Array, ArrayRef, GetString, Map, MapRef, Number, Out, ReadTxn, Text, TextRef};

/// The document at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub options: BTreeMap<String, Value>,
    pub quantity: u32,
    pub brief: String,
    pub comments: Vec<Comment>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self { options: BTreeMap::new(), quantity: *QUANTITIES.start(), brief: String::new(), comments: Vec::new() }
    }
}

/// What an option is set to. Whether the product model knows the option, and this value of it, is the model's to say.
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

/// Where a document is not as docs/room-document.md says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaBreach {
    #[error("the document has no root «{0}»")]
    UnknownRoot(String),
    #[error("«{0}» is of the wrong kind")]
    WrongKind(&'static str),
    #[error("an option's key must have 1 to {OPTION_KEY_LIMIT} characters and none that control")]
    OptionKey,
    #[error("option «{0}» must be a text, a number or true or false")]
    OptionValue(String),
    #[error("there are more than {OPTIONS_LIMIT} options")]
    TooManyOptions,
    #[error("the quantity must be a whole number from {} to {}", QUANTITIES.start(), QUANTITIES.end())]
    Quantity,
    #[error("the brief is longer than {BRIEF_LIMIT}")]
    BriefTooLong,
    #[error("a comment lacks a right «{0}»")]
    Comment(&'static str),
    #[error("a comment has a field that is not known")]
    CommentField,
    #[error("two comments have one id")]
    CommentTwice,
    #[error("a value or a comment is put before another; both are only ever put last")]
    NotLast,
}

pub(super) fn read<T: ReadTxn>(txn: &T) -> Result<Snapshot, SchemaBreach> {
    let mut snapshot = Snapshot::default();
    for (name, root) in txn.root_refs() {
        match (name, root) {
            (OPTIONS, Out::YMap(map)) => snapshot.options = read_options(txn, &map)?,
            (ORDER, Out::YMap(map)) => snapshot.quantity = read_order(txn, &map)?,
            (BRIEF, Out::YText(text)) => snapshot.brief = read_brief(txn, &text)?,
            (COMMENTS, Out::YArray(array)) => snapshot.comments = read_comments(txn, &array)?,
            (OPTIONS, _) => return Err(SchemaBreach::WrongKind(OPTIONS)),
            (ORDER, _) => return Err(SchemaBreach::WrongKind(ORDER)),
            (BRIEF, _) => return Err(SchemaBreach::WrongKind(BRIEF)),
            (COMMENTS, _) => return Err(SchemaBreach::WrongKind(COMMENTS)),
            (other, _) => return Err(SchemaBreach::UnknownRoot(other.to_owned())),
        }
    }
    Ok(snapshot)
}

pub(super) fn read_options<T: ReadTxn>(txn: &T, map: &MapRef) -> Result<BTreeMap<String, Value>, SchemaBreach> {
    if map.len(txn) as usize > OPTIONS_LIMIT {
        return Err(SchemaBreach::TooManyOptions);
    }
    map.iter(txn)
        .map(|(key, value)| {
            check_option_key(key)?;
            match value {
                Out::Any(any) => Ok((key.to_owned(), Value::read(key, &any)?)),
                _ => Err(SchemaBreach::OptionValue(key.to_owned())),
            }
        })
        .collect()
}

fn read_order<T: ReadTxn>(txn: &T, map: &MapRef) -> Result<u32, SchemaBreach> {
    let mut quantity = *QUANTITIES.start();
    for (key, value) in map.iter(txn) {
        match (key, value) {
            (QUANTITY, Out::Any(any)) => quantity = read_quantity(&any)?,
            _ => return Err(SchemaBreach::WrongKind(ORDER)),
        }
    }
    Ok(quantity)
}

fn read_brief<T: ReadTxn>(txn: &T, text: &TextRef) -> Result<String, SchemaBreach> {
    let brief = text.get_string(txn);
    match text.len(txn) as usize {
        long if long > BRIEF_LIMIT => Err(SchemaBreach::BriefTooLong),
        // Something that is not text stands between the letters.
        length if length != units(&brief) => Err(SchemaBreach::WrongKind(BRIEF)),
        _ => Ok(brief),
    }
}

fn read_comments<T: ReadTxn>(txn: &T, array: &ArrayRef) -> Result<Vec<Comment>, SchemaBreach> {
    let mut seen = std::collections::HashSet::new();
    array
        .iter(txn)
        .map(|out| match out {
            Out::Any(any) => {
                let comment = Comment::read(&any)?;
                if seen.insert(comment.id) { Ok(comment) } else { Err(SchemaBreach::CommentTwice) }
            }
            _ => Err(SchemaBreach::WrongKind(COMMENTS)),
        })
        .collect()
}

pub(super) fn check_option_key(key: &str) -> Result<(), SchemaBreach> {
    let right = !key.is_empty() && units(key) <= OPTION_KEY_LIMIT && !key.chars().any(char::is_control);
    if right { Ok(()) } else { Err(SchemaBreach::OptionKey) }
}

pub(super) fn read_quantity(any: &Any) -> Result<u32, SchemaBreach> {
    match any {
        Any::Number(number) => number
            .as_i64()
            .and_then(|whole| u32::try_from(whole).ok())
            .filter(|quantity| QUANTITIES.contains(quantity))
            .ok_or(SchemaBreach::Quantity),
        _ => Err(SchemaBreach::Quantity),
    }
}

/// How Yjs counts text.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Numbers are shared as JavaScript has them; up to here and with six decimals they mean the same everywhere.
const NUMBER_LIMIT: f64 = 1e9;
const DECIMALS: u32 = 6;

impl Value {
    pub(super) fn read(key: &str, any: &Any) -> Result<Self, SchemaBreach> {
        let wrong = || SchemaBreach::OptionValue(key.to_owned());
        match any {
            Any::Bool(flag) => Ok(Value::Flag(*flag)),
            Any::String(text) if units(text) <= OPTION_TEXT_LIMIT => Ok(Value::Text(text.to_string())),
            Any::Number(number) => number.as_f64().and_then(decimal).map(Value::Number).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    pub(super) fn share(&self, key: &str) -> Result<Any, SchemaBreach> {
        let shared = match self {
            Value::Flag(flag) => Any::Bool(*flag),
            Value::Text(text) => Any::String(Arc::from(text.as_str())),
            Value::Number(number) => Any::Number(Number::try_i64(
                number.to_string().parse().map_err(|_| SchemaBreach::OptionValue(key.to_owned()))?,
            )),
        };
        // Only what everyone reads back as the same value is ever sent.
        if Self::read(key, &shared)? == *self { Ok(shared) } else { Err(SchemaBreach::OptionValue(key.to_owned())) }
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
    pub(super) fn read(any: &Any) -> Result<Self, SchemaBreach> {
        let Any::Map(fields) = any else { return Err(SchemaBreach::WrongKind(COMMENTS)) };
        let text = |field: &'static str| match fields.get(field) {
            Some(Any::String(text)) => Ok(text.as_ref()),
            _ => Err(SchemaBreach::Comment(field)),
        };
        let comment = Comment {
            id: text("id")?.parse().map_err(|_| SchemaBreach::Comment("id"))?,
            author: text("author")?.parse().map_err(|_| SchemaBreach::Comment("author"))?,
            name: text("name")?.to_owned(),
            text: text("text")?.to_owned(),
            at: match fields.get("at") {
                Some(Any::Number(number)) => number.as_i64().map(Timestamp).ok_or(SchemaBreach::Comment("at"))?,
                _ => return Err(SchemaBreach::Comment("at")),
            },
        };
        if fields.len() != 5 {
            return Err(SchemaBreach::CommentField);
        }
        comment.check()?;
        Ok(comment)
    }

    pub(super) fn check(&self) -> Result<(), SchemaBreach> {
        if self.name.trim().is_empty() || units(&self.name) > NAME_LIMIT {
            return Err(SchemaBreach::Comment("name"));
        }
        if self.text.trim().is_empty() || units(&self.text) > COMMENT_LIMIT {
            return Err(SchemaBreach::Comment("text"));
        }
        if !(0..=Number::I64_MAX_SAFE_INTEGER).contains(&self.at.0) {
            return Err(SchemaBreach::Comment("at"));
        }
        Ok(())
    }

    pub(super) fn share(&self) -> Any {
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
