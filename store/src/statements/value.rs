//! What an expression can evaluate to.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// Anything that is not made of texts that the sources contain.
    #[default]
    Unknown,
    /// One of these texts. Integers are texts too.
    Text(BTreeSet<Text>),
    /// A tuple or an array.
    Tuple(Vec<Value>),
    Struct(BTreeMap<String, Value>),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    pub text: String,
    /// The variant of `DatabaseKind` whose match arm contains the text.
    pub only_on: Option<&'static str>,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(BTreeSet::from([Text { text: text.into(), only_on: None }]))
    }

    /// Returns the value of an expression that evaluates to one or the other.
    pub fn or(self, other: Value) -> Value {
        match (self, other) {
            (Value::Text(mut texts), Value::Text(more)) => {
                texts.extend(more);
                Value::Text(texts)
            }
            (Value::Tuple(parts), Value::Tuple(others)) if parts.len() == others.len() => {
                Value::Tuple(parts.into_iter().zip(others).map(|(part, other)| part.or(other)).collect())
            }
            (Value::Struct(fields), Value::Struct(mut others)) => {
                let join = |(name, value): (String, Value)| {
                    let other = others.remove(&name).unwrap_or_default();
                    (name, value.or(other))
                };
                Value::Struct(fields.into_iter().map(join).collect())
            }
            _ => Value::Unknown,
        }
    }

    /// Combines each text with each of `other`, except for those of different databases.
    pub fn combine(&self, other: &Value, combine: impl Fn(&str, &str) -> String) -> Value {
        let (Value::Text(left), Value::Text(right)) = (self, other) else { return Value::Unknown };
        let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
        let agreeing = pairs.filter(|(a, b)| a.only_on.is_none() || b.only_on.is_none() || a.only_on == b.only_on);
        Value::Text(
            agreeing.map(|(a, b)| Text { text: combine(&a.text, &b.text), only_on: a.only_on.or(b.only_on) }).collect(),
        )
    }

    pub fn limit_to(self, database: Option<&'static str>) -> Value {
        match (self, database) {
            (Value::Text(texts), Some(_)) => {
                Value::Text(texts.into_iter().map(|text| Text { only_on: database, ..text }).collect())
            }
            (value, _) => value,
        }
    }

    /// Returns the text if there is only one.
    pub fn single(&self) -> Option<&str> {
        match self {
            Value::Text(texts) if texts.len() == 1 => texts.first().map(|text| text.text.as_str()),
            _ => None,
        }
    }

    pub fn parts(&self) -> &[Value] {
        if let Value::Tuple(parts) = self { parts } else { &[] }
    }
}
