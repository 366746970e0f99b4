//! Reads a product model from its file.

use super::{CostModel, ProductModel};

/// What is wrong in a model's file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct ModelError {
    pub line: usize,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub product: ProductModel,
    pub cost: CostModel,
}

pub fn parse(text: &str) -> Result<ModelFile, Vec<ModelError>> {
    let product: ProductModel =
        toml::from_str(text).map_err(|error| vec![ModelError { line: 1, message: error.to_string() }])?;
    let cost = CostModel {
        currency: product.currency,
        options: product.options.clone(),
        terms: product.terms.clone(),
        charges: Vec::new(),
    };
    Ok(ModelFile { product, cost })
}
