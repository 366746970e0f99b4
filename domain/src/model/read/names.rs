//! Makes known to expressions what options and terms can be.

use crate::model::{
    ModelOption, OptionKind, ProductModel, Term,
    expression::{Expression, Known, Names, Range},
};
use std::collections::{BTreeMap, BTreeSet};

impl Names {
    pub(super) fn add_option(&mut self, option: &ModelOption) {
        let known = match &option.kind {
            OptionKind::Choice { values, .. } => {
                let numbers: &mut BTreeMap<_, BTreeMap<_, _>> = self.numbers.entry(option.key.clone()).or_default();
                for value in values {
                    for (name, number) in &value.numbers {
                        numbers.entry(name.clone()).or_default().insert(value.key.clone(), *number);
                    }
                }
                Known::Choice(values.iter().map(|value| value.key.clone()).collect())
            }
            OptionKind::Number { min, max, .. } => Known::Number(Range::new(*min, *max)),
            OptionKind::Flag { .. } => Known::Flag,
            OptionKind::Text { .. } => Known::Text,
        };
        self.names.insert(option.key.clone(), known);
    }

    /// What the names in braces in a text are not.
    pub(super) fn unknown_in<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let braced = text.split('{').skip(1);
        braced
            .filter_map(|after| match after.split_once('}') {
                Some((name, _)) => (!self.names.contains_key(name) && !self.unsure.contains(name)).then_some(name),
                None => Some("{"),
            })
            .collect()
    }
}

/// The options on which expressions depend, also by way of terms.
pub(super) fn options_of<'e>(
    options: &[ModelOption],
    terms: &[Term],
    expressions: impl IntoIterator<Item = &'e Expression>,
) -> Vec<String> {
    let mut pending: Vec<&str> = expressions.into_iter().flat_map(Expression::names).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if seen.insert(name) {
            let term = terms.iter().find(|term| term.name == name);
            pending.extend(term.into_iter().flat_map(|term| term.is.names()));
        }
    }
    let keys = options.iter().map(|option| &option.key);
    keys.filter(|key| seen.contains(key.as_str())).cloned().collect()
}

impl ProductModel {
    pub(super) fn options_of<'e>(&self, expressions: impl IntoIterator<Item = &'e Expression>) -> Vec<String> {
        options_of(&self.options, &self.terms, expressions)
    }
}
