//! Products: what the company offers, each with the model it is designed from.

pub mod desk;

use crate::{Change, Error, Result, base::row::Columns};
use domain::{
    ContentHash, ProductId,
    model::{self, ModelError, ProductModel},
    policy::{Action, Owner, Refusal},
};
use sqlx::{AnyConnection, any::AnyRow};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    pub slug: String,
    pub model_hash: ContentHash,
    pub model: Arc<ProductModel>,
}

/// Lists the offered products in the company's order.
pub async fn offered(connection: &mut AnyConnection) -> Result<Vec<Product>> {
    let rows = sqlx::query(
        "SELECT p.id, p.slug, p.model_hash, m.model FROM product p JOIN product_model m ON m.hash = p.model_hash
         WHERE p.offered = 1 ORDER BY p.position, p.slug",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

pub async fn by_slug(connection: &mut AnyConnection, slug: &str) -> Result<Product> {
    let row = sqlx::query(
        "SELECT p.id, p.slug, p.model_hash, m.model FROM product p JOIN product_model m ON m.hash = p.model_hash
         WHERE p.slug = $1 AND p.offered = 1",
    )
    .bind(slug)
    .fetch_optional(connection)
    .await?;
    read(&row.ok_or(Refusal::Missing)?)
}

/// Finds a product, including one that is no longer offered.
pub async fn by_id(connection: &mut AnyConnection, id: ProductId) -> Result<Product> {
    let row = sqlx::query(
        "SELECT p.id, p.slug, p.model_hash, m.model FROM product p JOIN product_model m ON m.hash = p.model_hash
         WHERE p.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    read(&row.ok_or(Refusal::Missing)?)
}

fn read(row: &AnyRow) -> Result<Product> {
    let model_hash = row.parse("model_hash")?;
    Ok(Product {
        id: row.parse("id")?,
        slug: row.text("slug")?,
        model: parse_cached(model_hash, || row.text("model"))?,
        model_hash,
    })
}

/// Parses a model, or returns it from a cache. The cache never goes stale, because the key is the hash of the text.
pub(crate) fn parse_cached(hash: ContentHash, text: impl FnOnce() -> Result<String>) -> Result<Arc<ProductModel>> {
    const MAX_CACHED: usize = 500;
    static MODELS: LazyLock<RwLock<HashMap<ContentHash, Arc<ProductModel>>>> = LazyLock::new(RwLock::default);
    if let Some(model) = MODELS.read().unwrap_or_else(PoisonError::into_inner).get(&hash) {
        return Ok(model.clone());
    }
    let model: ProductModel = serde_json::from_str(&text()?).map_err(|error| Error::damaged(hash, error))?;
    let model = Arc::new(model);
    let mut models = MODELS.write().unwrap_or_else(PoisonError::into_inner);
    if models.len() >= MAX_CACHED {
        models.clear();
    }
    models.insert(hash, model.clone());
    Ok(model)
}

/// Why a product could not be offered.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    #[error("the model has {} errors", .0.len())]
    InvalidModel(Vec<ModelError>),
    #[error(transparent)]
    Store(#[from] Error),
}

/// Offers the product of a model file. A product with the same slug gets the new model; existing designs keep theirs.
pub async fn offer(change: &mut Change, text: &str) -> std::result::Result<ProductId, OfferError> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let file = model::parse(text).map_err(OfferError::InvalidModel)?;
    let product = serde_json::to_string(&file.product).map_err(|error| Error::damaged(&file.product.slug, error))?;
    let cost = serde_json::to_string(&file.cost).map_err(|error| Error::damaged(&file.product.slug, error))?;
    Ok(insert(change, &file.product.slug, ContentHash::of(text), product, cost).await?)
}

async fn insert(change: &mut Change, slug: &str, hash: ContentHash, model: String, cost: String) -> Result<ProductId> {
    let (new, at) = (change.key().to_string(), change.at().0);
    let id: ProductId = sqlx::query(
        "INSERT INTO product (id, slug, model_hash, position, offered)
         VALUES ($1, $2, $3, (SELECT CAST(COUNT(*) AS BIGINT) FROM product), 1)
         ON CONFLICT (slug) DO UPDATE SET model_hash = excluded.model_hash, offered = 1 RETURNING id",
    )
    .bind(new)
    .bind(slug)
    .bind(hash.to_string())
    .fetch_one(change.connection())
    .await?
    .parse("id")?;
    sqlx::query(
        "INSERT INTO product_model (hash, product_id, model, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (hash) DO NOTHING",
    )
    .bind(hash.to_string())
    .bind(id.to_string())
    .bind(model)
    .bind(at)
    .execute(change.connection())
    .await?;
    sqlx::query(
        "INSERT INTO internal_product_cost (model_hash, cost) VALUES ($1, $2) ON CONFLICT (model_hash) DO NOTHING",
    )
    .bind(hash.to_string())
    .bind(cost)
    .execute(change.connection())
    .await?;
    Ok(id)
}
