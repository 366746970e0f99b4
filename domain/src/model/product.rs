//! The data of a product model. What can be computed from it is in the other files of this module.

use super::{drawing::Drawing, expression::Expression, option::ModelOption};
use crate::{Currency, LocalizedText};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductModel {
    pub slug: String,
    pub kind: ProductKind,
    pub name: LocalizedText,
    pub summary: LocalizedText,
    pub about: LocalizedText,
    pub currency: Currency,
    /// In the order in which they are shown.
    pub options: Vec<ModelOption>,
    /// Named intermediate results. Each can use the terms before it.
    pub terms: Vec<Term>,
    pub rules: Vec<Rule>,
    pub prices: Vec<PriceRule>,
    pub breaks: Vec<QuantityBreak>,
    /// Each price line is rounded to a multiple of this amount.
    pub rounding: Decimal,
    /// The VAT rate in percent. Prices include VAT.
    pub vat: Decimal,
    pub steps: Vec<ModelStep>,
    pub drawing: Option<Drawing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProductKind {
    /// Made to order after a design is approved.
    Made,
    /// In stock.
    Goods,
    Service,
}

impl ProductKind {
    pub const fn name(self) -> &'static str {
        match self {
            ProductKind::Made => "made",
            ProductKind::Goods => "goods",
            ProductKind::Service => "service",
        }
    }
}

/// A named intermediate result that expressions can use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub name: String,
    #[serde(rename = "is")]
    pub expression: Expression,
}

/// A constraint between options: when `when` is true, `require` must be true and `forbid` must be false.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The explanation shown when the rule is violated.
    pub why: LocalizedText,
    /// The keys of the options that its expressions depend on.
    pub options: Vec<String>,
    pub when: Option<Expression>,
    pub require: Option<Expression>,
    pub forbid: Option<Expression>,
}

/// A line of the price. Its name can contain placeholders for options: `Oak top, {length}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceRule {
    pub name: LocalizedText,
    pub when: Option<Expression>,
    pub amount: Expression,
}

/// A discount in percent that applies from a quantity on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantityBreak {
    pub from: u32,
    pub percent: Decimal,
    pub name: LocalizedText,
}

/// A production step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelStep {
    pub name: LocalizedText,
    /// The duration in working days.
    pub days: u32,
}

impl ProductModel {
    pub fn option(&self, key: &str) -> Option<&ModelOption> {
        self.options.iter().find(|option| option.key == key)
    }
}
