//! The parametric drawing: an SVG made from the options.

use super::{ProductModel, Values};
use crate::Language;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {}

impl ProductModel {
    /// An `<svg>` that is styled by CSS classes only; empty for a product without a drawing.
    pub fn drawing(&self, _values: &Values, _language: Language) -> String {
        String::new()
    }
}
