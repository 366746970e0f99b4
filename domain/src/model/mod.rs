//! A product model: what customers can choose about a product, which rules hold between the choices, what it costs and
//! how it is drawn. One file describes one product; docs/product-models.md documents its format.

mod cost;
mod drawing;
mod expression;
mod option;
mod price;
mod product;
mod read;
mod render;
mod rules;
mod scope;
mod unit;
mod values;

pub use cost::{CostLine, CostModel};
pub use drawing::{Drawing, SWATCHES};
pub use expression::{Expression, ExpressionError};
pub use option::{ChoiceValue, ModelOption, OptionKind, Values};
pub use price::{Price, PriceLine};
pub use product::{ModelStep, PriceRule, ProductKind, ProductModel, QuantityBreak, Rule, Term};
pub use read::{ModelError, ModelFile, parse};
pub use unit::Unit;
