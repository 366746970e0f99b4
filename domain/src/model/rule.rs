//! What must hold between options, and which values it rules out.

use super::{Expression, ProductModel, Values, scope::Scope};
use crate::{Local, document::Value};
use serde::{Deserialize, Serialize};

/// «When this holds, that is required, and this is forbidden.»
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub why: Local,
    /// The options that it speaks of.
    pub options: Vec<String>,
    pub when: Option<Expression>,
    pub require: Option<Expression>,
    pub forbid: Option<Expression>,
}

impl Rule {
    fn broken(&self, scope: &Scope) -> bool {
        let holds = |expression: &Option<Expression>| expression.as_ref().and_then(|it| it.holds(scope));
        holds(&self.when) != Some(false) && (holds(&self.require) == Some(false) || holds(&self.forbid) == Some(true))
    }

    fn speaks_of(&self, option: &str) -> bool {
        self.options.iter().any(|key| key == option)
    }
}

impl ProductModel {
    /// The rules that these values break.
    pub fn violations(&self, values: &Values) -> Vec<&Rule> {
        let values = self.complete(values);
        let scope = Scope::of(self, &values);
        self.rules.iter().filter(|rule| rule.broken(&scope)).collect()
    }

    /// The values of this option that would break a rule, all others staying as they are, and why.
    pub fn ruled_out(&self, values: &Values, option: &str) -> Vec<(Value, Local)> {
        let rules: Vec<&Rule> = self.rules.iter().filter(|rule| rule.speaks_of(option)).collect();
        let Some(option) = self.option(option).filter(|_| !rules.is_empty()) else { return Vec::new() };
        let mut values = self.complete(values);
        let mut out = Vec::new();
        for value in option.kind.domain() {
            values.insert(option.key.clone(), value.clone());
            let scope = Scope::of(self, &values);
            if let Some(rule) = rules.iter().find(|rule| rule.broken(&scope)) {
                out.push((value, rule.why.clone()));
            }
        }
        out
    }
}
