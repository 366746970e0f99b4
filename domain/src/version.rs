//! What a version of a design says, exactly: the text that both sides sign, its hash, and what differs between two.

use crate::{
    Currency, DesignId, Money,
    document::Snapshot,
    model::{ProductModel, Values},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Everything that an approval binds. The model is named by the hash of its text, so that it too cannot change.
///
/// The canonical form is this struct as JSON without spaces, its keys in the order of their code points (as in RFC 8785),
/// numbers only as whole numbers or as decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionContent {
    // In the order of their names: serde writes them so.
    pub brief: String,
    pub currency: Currency,
    pub design: DesignId,
    pub model: String,
    pub options: Values,
    pub product: String,
    pub quantity: u32,
    /// Minor units, for all pieces, VAT included.
    pub total: i64,
}

impl VersionContent {
    /// The content of a design's document under its product model: every option with its value, the price computed.
    pub fn of(design: DesignId, model_hash: &str, model: &ProductModel, document: &Snapshot) -> Self {
        let options = model.complete(&document.options);
        let price = model.price(&options, document.quantity);
        Self {
            brief: document.brief.clone(),
            currency: price.total.currency,
            design,
            model: model_hash.to_owned(),
            options,
            product: model.slug.clone(),
            quantity: document.quantity,
            total: price.total.minor,
        }
    }

    pub fn total(&self) -> Money {
        Money::new(self.total, self.currency)
    }

    /// The text that is hashed and kept.
    pub fn canonical(&self) -> String {
        // A struct of texts, numbers and a sorted map is always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn read(canonical: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(canonical)
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &(impl AsRef<[u8]> + ?Sized)) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One thing that differs between two versions. Options that one of them does not know are absent there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    Option { key: String, before: Option<crate::document::Value>, after: Option<crate::document::Value> },
    Quantity { before: u32, after: u32 },
    Brief { before: String, after: String },
    Price { before: Money, after: Money },
}

/// What changed from one version to another, options first, in the order of their keys.
pub fn differences(before: &VersionContent, after: &VersionContent) -> Vec<Difference> {
    let mut keys: Vec<_> = before.options.keys().chain(after.options.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut found: Vec<_> = keys
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
        found.push(Difference::Quantity { before: before.quantity, after: after.quantity });
    }
    if before.brief != after.brief {
        found.push(Difference::Brief { before: before.brief.clone(), after: after.brief.clone() });
    }
    if before.total() != after.total() {
        found.push(Difference::Price { before: before.total(), after: after.total() });
    }
    found
}
