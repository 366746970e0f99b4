//! The content of a design version: the canonical text that both sides sign, its hash, and the differences between two
//! versions.

use crate::{
    ContentHash, Currency, DesignId, Money,
    document::Snapshot,
    model::{ProductModel, Values},
};
use serde::{Deserialize, Serialize};

/// Everything that an approval covers. The product model is identified by the hash of its text, so that it cannot
/// change either.
///
/// The canonical form is this struct as JSON without spaces, with keys in code point order (as in RFC 8785). Numbers
/// are integers or decimal strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionContent {
    // Sorted by name, because serde writes fields in this order.
    pub brief: String,
    pub currency: Currency,
    pub design: DesignId,
    /// The hash of the product model.
    pub model: ContentHash,
    pub options: Values,
    pub product: String,
    pub quantity: u32,
    /// The price of all pieces in minor units, including VAT.
    pub total: i64,
}

impl VersionContent {
    /// Builds the content from a design's document and its product model: all options with their values, and the price.
    pub fn from_document(design: DesignId, model_hash: ContentHash, model: &ProductModel, document: &Snapshot) -> Self {
        let options = model.complete(&document.options);
        let price = model.price(&options, document.quantity);
        Self {
            brief: document.brief.clone(),
            currency: price.total.currency,
            design,
            model: model_hash,
            options,
            product: model.slug.clone(),
            quantity: document.quantity,
            total: price.total.minor,
        }
    }

    pub fn total(&self) -> Money {
        Money::new(self.total, self.currency)
    }

    /// Returns the canonical form, which is hashed and stored.
    pub fn canonical(&self) -> String {
        // Serialization cannot fail for texts, numbers and a map with text keys.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn parse(canonical: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(canonical)
    }
}

/// A difference between two versions. An option that a version does not have is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    Option { key: String, before: Option<crate::document::Value>, after: Option<crate::document::Value> },
    Quantity { before: u32, after: u32 },
    Brief { before: String, after: String },
    Price { before: Money, after: Money },
}

/// Returns the differences between two versions: first the options, sorted by key.
pub fn differences(before: &VersionContent, after: &VersionContent) -> Vec<Difference> {
    let mut keys: Vec<_> = before.options.keys().chain(after.options.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut differences: Vec<_> = keys
        .into_iter()
        .map(|key| (key, before.options.get(key), after.options.get(key)))
        .filter(|(_, before, after)| before != after)
        .map(|(key, before, after)| Difference::Option {
            key: key.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
        .collect();
    if before.quantity != after.quantity {
        differences.push(Difference::Quantity { before: before.quantity, after: after.quantity });
    }
    if before.brief != after.brief {
        differences.push(Difference::Brief { before: before.brief.clone(), after: after.brief.clone() });
    }
    if before.total() != after.total() {
        differences.push(Difference::Price { before: before.total(), after: after.total() });
    }
    differences
}
