//! Where an expression looks up names: options, their choices' numbers, terms, and counters of a repetition.

use super::{Expression, ModelOption, OptionKind, ProductModel, Term, Values};
use crate::{Language, Local, document::Value};
use rust_decimal::Decimal;

pub(super) struct Scope<'a> {
    options: &'a [ModelOption],
    values: &'a Values,
    /// Terms and counters, the latest last.
    named: Vec<(&'a str, Value)>,
}

impl<'a> Scope<'a> {
    /// The values must be complete.
    pub fn new(options: &'a [ModelOption], terms: &'a [Term], values: &'a Values) -> Self {
        let mut scope = Self { options, values, named: Vec::new() };
        for term in terms {
            if let Some(value) = term.is.value(&scope) {
                scope.named.push((&term.name, value));
            }
        }
        scope
    }

    pub fn of(model: &'a ProductModel, values: &'a Values) -> Self {
        Self::new(&model.options, &model.terms, values)
    }

    /// Runs `inside` once for each number of the counter.
    pub fn count(&mut self, counter: &'a str, times: u32, mut inside: impl FnMut(&mut Self)) {
        for number in 0..times {
            self.named.push((counter, Value::Number(number.into())));
            inside(self);
            self.named.pop();
        }
    }

    pub fn value(&self, name: &str) -> Option<Value> {
        let named = self.named.iter().rev().find(|(known, _)| *known == name);
        named.map(|(_, value)| value).or_else(|| self.values.get(name)).cloned()
    }

    /// A number of the value that a choice is set to.
    pub fn number_of(&self, option: &str, number: &str) -> Option<Decimal> {
        let option = self.options.iter().find(|known| known.key == option)?;
        match (&option.kind, self.values.get(&option.key)?) {
            (OptionKind::Choice { values, .. }, Value::Text(key)) => {
                values.iter().find(|value| value.key == *key)?.numbers.get(number).copied()
            }
            _ => None,
        }
    }

    /// A text in which `{option}` stands for what it is set to, `{term}` for its number.
    pub fn fill(&self, text: &Local) -> Local {
        Local { uk: self.fill_in(&text.uk, Language::Uk), en: self.fill_in(&text.en, Language::En) }
    }

    pub fn fill_in(&self, text: &str, language: Language) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            filled.push_str(&self.say(name.trim(), language).unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn say(&self, name: &str, language: Language) -> Option<String> {
        if let Some(option) = self.options.iter().find(|option| option.key == name) {
            return option.kind.say(self.values.get(name)?, language);
        }
        match self.value(name)? {
            Value::Number(number) => Some(super::Unit::None.write(number.round_dp(2), language)),
            _ => None,
        }
    }
}

impl Expression {
    pub(super) fn number(&self, scope: &Scope) -> Option<Decimal> {
        match self.value(scope)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn holds(&self, scope: &Scope) -> Option<bool> {
        match self.value(scope)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}
