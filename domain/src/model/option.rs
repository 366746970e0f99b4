//! The options of a product and the values they can have.

use super::unit::Unit;
use crate::{Language, LocalizedText, document::Value};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Option values by option key.
pub type Values = BTreeMap<String, Value>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelOption {
    pub key: String,
    pub name: LocalizedText,
    pub hint: Option<LocalizedText>,
    pub kind: OptionKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionKind {
    Choice {
        values: Vec<ChoiceValue>,
        default: String,
    },
    Number {
        min: Decimal,
        max: Decimal,
        step: Decimal,
        default: Decimal,
        unit: Unit,
    },
    Flag {
        default: bool,
    },
    /// Free text of at most `limit` characters.
    Text {
        limit: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceValue {
    pub key: String,
    pub name: LocalizedText,
    /// A colour or material of style/drawing.css.
    pub swatch: Option<String>,
    /// Numbers that expressions read as `option.number`.
    #[serde(default)]
    pub numbers: BTreeMap<String, Decimal>,
}

impl OptionKind {
    pub fn default(&self) -> Value {
        match self {
            OptionKind::Choice { default, .. } => Value::Text(default.clone()),
            OptionKind::Number { default, .. } => Value::Number(default.normalize()),
            OptionKind::Flag { default } => Value::Flag(*default),
            OptionKind::Text { .. } => Value::Text(String::new()),
        }
    }

    pub(super) fn allows(&self, value: &Value) -> bool {
        match (self, value) {
            (OptionKind::Choice { values, .. }, Value::Text(key)) => values.iter().any(|value| value.key == *key),
            (OptionKind::Number { min, max, step, .. }, Value::Number(number)) => {
                let on_step = number.checked_sub(*min).and_then(|above| above.checked_rem(*step));
                (min..=max).contains(&number) && on_step == Some(Decimal::ZERO)
            }
            (OptionKind::Flag { .. }, Value::Flag(_)) => true,
            (OptionKind::Text { limit }, Value::Text(text)) => text.chars().count() <= *limit as usize,
            _ => false,
        }
    }

    /// Returns every value that the option can have; none for free text.
    pub fn allowed_values(&self) -> Vec<Value> {
        match self {
            OptionKind::Choice { values, .. } => values.iter().map(|value| Value::Text(value.key.clone())).collect(),
            OptionKind::Number { min, max, step, .. } => {
                let next = |number: &Decimal| number.checked_add(*step).filter(|next| next <= max);
                std::iter::successors(Some(*min), next).map(|number| Value::Number(number.normalize())).collect()
            }
            OptionKind::Flag { .. } => vec![Value::Flag(false), Value::Flag(true)],
            OptionKind::Text { .. } => Vec::new(),
        }
    }

    /// Returns the value as it is shown to people; `None` if it does not fit the option.
    pub(super) fn format_value(&self, value: &Value, language: Language) -> Option<String> {
        match (self, value) {
            (OptionKind::Choice { values, .. }, Value::Text(key)) => {
                Some(values.iter().find(|value| value.key == *key)?.name.get(language).to_owned())
            }
            (OptionKind::Number { unit, .. }, Value::Number(number)) => Some(unit.format(*number, language)),
            (OptionKind::Flag { .. }, Value::Flag(flag)) => Some(yes_or_no(*flag, language).to_owned()),
            (OptionKind::Text { .. }, Value::Text(text)) if text.is_empty() => Some("—".to_owned()),
            (OptionKind::Text { .. }, Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }
}

const fn yes_or_no(flag: bool, language: Language) -> &'static str {
    match (flag, language) {
        (true, Language::Uk) => "так",
        (false, Language::Uk) => "ні",
        (true, Language::En) => "yes",
        (false, Language::En) => "no",
    }
}
