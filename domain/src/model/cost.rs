//! The cost of a product for the company. Only staff see it. It is stored separately from the model, which is sent to
//! customers.

use super::{
    expression::Expression,
    option::{ModelOption, Values},
    product::Term,
    scope::Scope,
    values::complete,
};
use crate::{Currency, LocalizedText, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostModel {
    pub currency: Currency,
    /// The options of the product, with additional numbers that only cost expressions use.
    pub options: Vec<ModelOption>,
    /// The terms of the product, followed by terms that only cost expressions use.
    pub terms: Vec<Term>,
    #[serde(rename = "charges")]
    pub lines: Vec<CostLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostLine {
    pub name: LocalizedText,
    pub when: Option<Expression>,
    /// Whether the amount is for the whole order and not for each piece.
    pub once: bool,
    pub amount: Expression,
}

impl CostModel {
    /// Returns the cost of this many pieces, without VAT.
    pub fn cost(&self, values: &Values, quantity: u32) -> Money {
        let values = complete(&self.options, values);
        let scope = Scope::new(&self.options, &self.terms, &values);
        let applies = |line: &&CostLine| line.when.as_ref().and_then(|when| when.flag(&scope)) != Some(false);
        let amount = |line: &CostLine| {
            let times = if line.once { 1 } else { quantity };
            line.amount.number(&scope)?.checked_mul(Decimal::from(times))
        };
        let sum = self.lines.iter().filter(applies).filter_map(amount).fold(Decimal::ZERO, Decimal::saturating_add);
        Money::round(sum, self.currency).unwrap_or(Money::new(i64::MAX, self.currency))
    }
}
