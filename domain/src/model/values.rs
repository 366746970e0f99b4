//! What options are set to: defaults, what the model allows, and how people read a value.

use super::{ModelOption, OptionKind, ProductModel, Values};
use crate::{Language, document::Value};
use rust_decimal::Decimal;

impl ProductModel {
    pub fn defaults(&self) -> Values {
        self.options.iter().map(|option| (option.key.clone(), option.kind.default())).collect()
    }

    /// Every option: as it is set where the model allows that, else its default.
    pub fn complete(&self, set: &Values) -> Values {
        complete(&self.options, set)
    }

    /// The option's name and the value as people read them; `None` when the model does not know them.
    pub fn say(&self, key: &str, value: &Value, language: Language) -> Option<(String, String)> {
        let option = self.option(key)?;
        Some((option.name.get(language).to_owned(), option.kind.say(value, language)?))
    }
}

pub(super) fn complete(options: &[ModelOption], set: &Values) -> Values {
    let value = |option: &ModelOption| match set.get(&option.key) {
        Some(value) if option.kind.allows(value) => canonical(value),
        _ => option.kind.default(),
    };
    options.iter().map(|option| (option.key.clone(), value(option))).collect()
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

    fn allows(&self, value: &Value) -> bool {
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

    /// Every value that the option can have; none for a free text.
    pub fn domain(&self) -> Vec<Value> {
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

    pub(super) fn say(&self, value: &Value, language: Language) -> Option<String> {
        match (self, value) {
            (OptionKind::Choice { values, .. }, Value::Text(key)) => {
                Some(values.iter().find(|value| value.key == *key)?.name.get(language).to_owned())
            }
            (OptionKind::Number { unit, .. }, Value::Number(number)) => Some(unit.write(*number, language)),
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

/// Equal values are written alike, so that they have one hash.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.normalize()),
        other => other.clone(),
    }
}
