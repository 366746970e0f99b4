//! A product model: what can be chosen about a product, what must hold between the choices, what it costs and how it
//! is drawn. One file describes one product; its format is written down in docs/product-models.md.

mod cost;
mod drawing;
mod expression;
mod price;
mod read;
mod rule;
mod scope;
mod unit;
mod values;

pub use cost::{Charge, CostModel};
pub use drawing::{Drawing, SWATCHES};
pub use expression::{Expression, NotAnExpression};
pub use price::{Price, PriceLine, PriceRule, QuantityBreak};
pub use read::{ModelError, ModelFile, parse};
pub use rule::Rule;
pub use unit::Unit;

use crate::{Currency, Local, document::Value};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What each option is set to, by the option's key.
pub type Values = BTreeMap<String, Value>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductModel {
    pub slug: String,
    pub kind: ProductKind,
    pub name: Local,
    pub summary: Local,
    pub about: Local,
    pub currency: Currency,
    /// In the order in which people are asked.
    pub options: Vec<ModelOption>,
    /// Named intermediate results; each may use those before it.
    pub terms: Vec<Term>,
    pub rules: Vec<Rule>,
    pub prices: Vec<PriceRule>,
    pub breaks: Vec<QuantityBreak>,
    /// To what each line of the price is rounded.
    pub rounding: Decimal,
    /// Percent of tax within the price.
    pub vat: Decimal,
    pub steps: Vec<ModelStep>,
    pub drawing: Option<Drawing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProductKind {
    /// Made to order, after a design is approved.
    Made,
    /// Ready, from the shelf.
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelOption {
    pub key: String,
    pub name: Local,
    pub hint: Option<Local>,
    pub kind: OptionKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionKind {
    Choice { values: Vec<ChoiceValue>, default: String },
    Number { min: Decimal, max: Decimal, step: Decimal, default: Decimal, unit: Unit },
    Flag { default: bool },
    Text { limit: u32 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceValue {
    pub key: String,
    pub name: Local,
    /// A colour or wood of style/drawing.css.
    pub swatch: Option<String>,
    /// What expressions read as `option.number`.
    #[serde(default)]
    pub numbers: BTreeMap<String, Decimal>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub name: String,
    pub is: Expression,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelStep {
    pub name: Local,
    /// Working time.
    pub days: u32,
}

impl ProductModel {
    pub fn option(&self, key: &str) -> Option<&ModelOption> {
        self.options.iter().find(|option| option.key == key)
    }
}
