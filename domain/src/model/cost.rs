//! What a product costs the company. Only staff ever see it: it is kept apart from the model that customers get.

use super::{Expression, ModelOption, Term, Values, scope::Scope, values::complete};
use crate::{Currency, Local, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostModel {
    pub currency: Currency,
    /// The product's, with the numbers that only costs know.
    pub options: Vec<ModelOption>,
    /// The product's and its own.
    pub terms: Vec<Term>,
    pub charges: Vec<Charge>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    pub name: Local,
    pub when: Option<Expression>,
    /// Once for the whole order and not for each piece.
    pub once: bool,
    pub amount: Expression,
}

impl CostModel {
    pub fn cost(&self, values: &Values, quantity: u32) -> Money {
        let values = complete(&self.options, values);
        let scope = Scope::new(&self.options, &self.terms, &values);
        let applies = |charge: &&Charge| charge.when.as_ref().and_then(|when| when.holds(&scope)) != Some(false);
        let amount = |charge: &Charge| {
            let times = if charge.once { 1 } else { quantity };
            charge.amount.number(&scope)?.checked_mul(Decimal::from(times))
        };
        let sum = self.charges.iter().filter(applies).filter_map(amount).fold(Decimal::ZERO, Decimal::saturating_add);
        Money::round(sum, self.currency).unwrap_or(Money::new(i64::MAX, self.currency))
    }
}
