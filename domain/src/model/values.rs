//! Complete sets of option values: invalid values are replaced by defaults.

use super::{
    option::{ModelOption, Values},
    product::ProductModel,
};
use crate::{Language, document::Value};

impl ProductModel {
    pub fn defaults(&self) -> Values {
        self.options.iter().map(|option| (option.key.clone(), option.kind.default())).collect()
    }

    /// Returns a value for every option: the given value if the model allows it, otherwise the default.
    pub fn complete(&self, values: &Values) -> Values {
        complete(&self.options, values)
    }

    /// Returns the option's name and the value as they are shown to people; `None` if the model does not have them.
    pub fn describe(&self, key: &str, value: &Value, language: Language) -> Option<(String, String)> {
        let option = self.option(key)?;
        Some((option.name.get(language).to_owned(), option.kind.format_value(value, language)?))
    }
}

pub(super) fn complete(options: &[ModelOption], values: &Values) -> Values {
    let value = |option: &ModelOption| match values.get(&option.key) {
        Some(value) if option.kind.allows(value) => canonical(value),
        _ => option.kind.default(),
    };
    options.iter().map(|option| (option.key.clone(), value(option))).collect()
}

/// Normalizes decimals, so that equal values have the same text and the same hash.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.normalize()),
        other => other.clone(),
    }
}
