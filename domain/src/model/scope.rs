//! The names that an expression can use: options, numbers of choice values, terms and loop counters.

use super::{
    expression::Variables,
    option::{ModelOption, OptionKind, Values},
    product::{ProductModel, Term},
    unit::Unit,
};
use crate::{Language, LocalizedText, document::Value};
use rust_decimal::Decimal;

pub(super) struct Scope<'a> {
    options: &'a [ModelOption],
    values: &'a Values,
    /// Terms and counters in order of definition. A later one hides an earlier one of the same name.
    named: Vec<(&'a str, Value)>,
}

impl<'a> Scope<'a> {
    /// Evaluates the terms. `values` must contain every option.
    pub fn new(options: &'a [ModelOption], terms: &'a [Term], values: &'a Values) -> Self {
        let mut scope = Self { options, values, named: Vec::new() };
        for term in terms {
            if let Some(value) = term.expression.value(&scope) {
                scope.named.push((&term.name, value));
            }
        }
        scope
    }

    pub fn for_product(model: &'a ProductModel, values: &'a Values) -> Self {
        Self::new(&model.options, &model.terms, values)
    }

    /// Calls `body` repeatedly, with `counter` set to 0, 1, ….
    pub fn repeat(&mut self, counter: &'a str, times: u32, mut body: impl FnMut(&mut Self)) {
        for number in 0..times {
            self.named.push((counter, Value::Number(number.into())));
            body(self);
            self.named.pop();
        }
    }

    /// Replaces the placeholders `{option}` and `{term}` in both languages.
    pub fn fill_placeholders(&self, text: &LocalizedText) -> LocalizedText {
        LocalizedText { uk: self.fill_text(&text.uk, Language::Uk), en: self.fill_text(&text.en, Language::En) }
    }

    pub fn fill_text(&self, text: &str, language: Language) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            filled.push_str(&self.placeholder(name.trim(), language).unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Returns the text of a placeholder: the value of an option, or the number of a term.
    fn placeholder(&self, name: &str, language: Language) -> Option<String> {
        if let Some(option) = self.options.iter().find(|option| option.key == name) {
            return option.kind.format_value(self.values.get(name)?, language);
        }
        match self.value(name)? {
            Value::Number(number) => Some(Unit::None.format(number.round_dp(2), language)),
            _ => None,
        }
    }
}

impl Variables for Scope<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        let named = self.named.iter().rev().find(|(known, _)| *known == name);
        named.map(|(_, value)| value).or_else(|| self.values.get(name)).cloned()
    }

    fn choice_number(&self, option: &str, number: &str) -> Option<Decimal> {
        let option = self.options.iter().find(|known| known.key == option)?;
        match (&option.kind, self.values.get(&option.key)?) {
            (OptionKind::Choice { values, .. }, Value::Text(key)) => {
                values.iter().find(|value| value.key == *key)?.numbers.get(number).copied()
            }
            _ => None,
        }
    }
}
