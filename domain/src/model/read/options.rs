//! The types of options in expressions, and which options an expression depends on.

use crate::model::{
    expression::{Expression, Interval, Type, TypeEnvironment},
    option::{ModelOption, OptionKind},
    product::{ProductModel, Term},
};
use std::collections::{BTreeMap, BTreeSet};

impl TypeEnvironment {
    pub(super) fn add_option(&mut self, option: &ModelOption) {
        let option_type = match &option.kind {
            OptionKind::Choice { values, .. } => {
                let numbers: &mut BTreeMap<_, BTreeMap<_, _>> = self.numbers.entry(option.key.clone()).or_default();
                for value in values {
                    for (name, number) in &value.numbers {
                        numbers.entry(name.clone()).or_default().insert(value.key.clone(), *number);
                    }
                }
                Type::Choice(values.iter().map(|value| value.key.clone()).collect())
            }
            OptionKind::Number { min, max, .. } => Type::Number(Interval::new(*min, *max)),
            OptionKind::Flag { .. } => Type::Flag,
            OptionKind::Text { .. } => Type::Text,
        };
        self.types.insert(option.key.clone(), option_type);
    }

    /// Returns the placeholders in a text that are no option or term.
    pub(super) fn unknown_placeholders<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let after_brace = text.split('{').skip(1);
        after_brace
            .filter_map(|after| match after.split_once('}') {
                Some((name, _)) => (!self.types.contains_key(name) && !self.invalid.contains(name)).then_some(name),
                None => Some("{"),
            })
            .collect()
    }
}

/// Returns the keys of the options that expressions depend on, directly or through terms.
fn options_used_by<'e>(
    options: &[ModelOption],
    terms: &[Term],
    expressions: impl IntoIterator<Item = &'e Expression>,
) -> Vec<String> {
    let mut pending: Vec<&str> = expressions.into_iter().flat_map(Expression::names).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if seen.insert(name) {
            let term = terms.iter().find(|term| term.name == name);
            pending.extend(term.into_iter().flat_map(|term| term.expression.names()));
        }
    }
    let keys = options.iter().map(|option| &option.key);
    keys.filter(|key| seen.contains(key.as_str())).cloned().collect()
}

impl ProductModel {
    pub(super) fn options_used_by<'e>(&self, expressions: impl IntoIterator<Item = &'e Expression>) -> Vec<String> {
        options_used_by(&self.options, &self.terms, expressions)
    }
}
