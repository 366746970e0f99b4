//! Checks option values against the rules of a product model.

use super::{
    expression::Expression,
    option::Values,
    product::{ProductModel, Rule},
    scope::Scope,
};
use crate::{LocalizedText, document::Value};

impl Rule {
    fn is_violated(&self, scope: &Scope) -> bool {
        let flag = |expression: &Option<Expression>| expression.as_ref().and_then(|it| it.flag(scope));
        flag(&self.when) != Some(false) && (flag(&self.require) == Some(false) || flag(&self.forbid) == Some(true))
    }

    fn depends_on(&self, option: &str) -> bool {
        self.options.iter().any(|key| key == option)
    }
}

impl ProductModel {
    /// Returns the rules that these values violate.
    pub fn violations(&self, values: &Values) -> Vec<&Rule> {
        let values = self.complete(values);
        let scope = Scope::for_product(self, &values);
        self.rules.iter().filter(|rule| rule.is_violated(&scope)).collect()
    }

    /// Returns the values of one option that would violate a rule while all other options stay the same, each with the
    /// explanation of the rule.
    pub fn ruled_out(&self, values: &Values, option: &str) -> Vec<(Value, LocalizedText)> {
        let rules: Vec<&Rule> = self.rules.iter().filter(|rule| rule.depends_on(option)).collect();
        let Some(option) = self.option(option).filter(|_| !rules.is_empty()) else { return Vec::new() };
        let mut values = self.complete(values);
        let mut out = Vec::new();
        for value in option.kind.allowed_values() {
            values.insert(option.key.clone(), value.clone());
            let scope = Scope::for_product(self, &values);
            if let Some(rule) = rules.iter().find(|rule| rule.is_violated(&scope)) {
                out.push((value, rule.why.clone()));
            }
        }
        out
    }
}
