//! What making a product costs the company.

use crate::{Error, Result, base::row::Columns};
use domain::{
    ContentHash,
    model::CostModel,
    policy::{Permit, ReadCosts},
};
use sqlx::AnyConnection;

pub async fn cost(connection: &mut AnyConnection, _: &Permit<ReadCosts>, model_hash: ContentHash) -> Result<CostModel> {
    read(connection, model_hash).await
}

/// Reads the cost model without asking the policy. Callers store the result in internal tables only.
pub(crate) async fn read(connection: &mut AnyConnection, model_hash: ContentHash) -> Result<CostModel> {
    let row = sqlx::query("SELECT cost FROM internal_product_cost WHERE model_hash = $1")
        .bind(model_hash.to_string())
        .fetch_one(connection)
        .await?;
    serde_json::from_str(&row.text("cost")?).map_err(|error| Error::damaged(model_hash, error))
}
