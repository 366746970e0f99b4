//! Reading designs, for both sides.

use crate::{
    Change, Error, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
        scope::{self, find_in_scope, in_scope},
    },
    product,
};
use domain::{
    ContentHash, CustomerId, Day, DesignId, DesignState, ProductId, Timestamp,
    document::{Replica, Snapshot},
    model::{ProductModel, Values},
    policy::{Actor, Permission},
};
use sqlx::{AnyConnection, any::AnyRow};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Design {
    pub id: DesignId,
    pub customer: CustomerId,
    pub customer_name: String,
    pub product: ProductId,
    pub model_hash: ContentHash,
    pub model: Arc<ProductModel>,
    pub title: String,
    pub state: DesignState,
    /// The last day of the proposal that is open, `YYYY-MM-DD`.
    pub offered_until: Option<Day>,
    /// The chosen options that differ from the model's defaults.
    pub options: Values,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Design {
    /// What was proposed is open and cannot be approved any more: it is the company's turn again.
    pub fn offer_has_lapsed(&self, today: Day) -> bool {
        self.offered_until.is_some_and(|day| day < today)
    }
}

const COLUMNS: &str =
    "SELECT d.id, d.customer_id, c.name AS customer_name, d.product_id, d.model_hash, p.model, d.title, d.state,
            d.options, d.created_at, d.updated_at,
            (SELECT MAX(o.valid_until) FROM proposal o WHERE o.design_id = d.id AND o.state = 'open') AS offered_until
     FROM design d JOIN customer c ON c.id = d.customer_id JOIN product_model p ON p.hash = d.model_hash";

/// Which designs a list shows; all by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DesignFilter {
    pub customer: Option<CustomerId>,
    pub state: Option<DesignState>,
}

impl DesignFilter {
    pub fn in_state(state: DesignState) -> Self {
        Self { state: Some(state), ..Self::default() }
    }
}

/// Lists the designs that the actor may see, the last changed first.
pub async fn list(
    connection: &mut AnyConnection,
    actor: &Actor,
    filter: DesignFilter,
    request: &PageRequest,
) -> Result<Page<Design>> {
    const LAST_CHANGED_FIRST: SortOrder = SortOrder(&[SortColumn::number("updated_at").descending()]);
    let sql = format!("{COLUMNS} WHERE {}", in_scope("d.customer_id", 1));
    let query = ListQuery::new(sql, LAST_CHANGED_FIRST)
        .bind(scope::parameter(actor.scope(Permission::ReadDesigns)?))
        .filter("d.customer_id = $n", filter.customer.map(|customer| customer.to_string()))
        .filter("d.state = $n", filter.state.map(DesignState::name));
    query.fetch(connection, request).await?.read(read)
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: DesignId) -> Result<Design> {
    let sql = format!("{COLUMNS} WHERE d.id = $1 AND {}", in_scope("d.customer_id", 2));
    read(&find_in_scope(connection, actor.scope(Permission::ReadDesigns)?, sql, id).await?)
}

pub(crate) async fn find_in(change: &mut Change, id: DesignId) -> Result<Design> {
    let actor = change.actor().clone();
    find(change.connection(), &actor, id).await
}

fn read(row: &AnyRow) -> Result<Design> {
    let id = row.parse("id")?;
    let model_hash = row.parse("model_hash")?;
    let options = serde_json::from_str(&row.text("options")?).map_err(|error| Error::damaged(id, error))?;
    Ok(Design {
        id,
        customer: row.parse("customer_id")?,
        customer_name: row.text("customer_name")?,
        product: row.parse("product_id")?,
        model: product::parse_cached(model_hash, || row.text("model"))?,
        model_hash,
        title: row.text("title")?,
        state: row.parse("state")?,
        offered_until: row.maybe_parse("offered_until")?,
        options,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Returns the document of a design that [`find`] returned.
pub async fn document(connection: &mut AnyConnection, design: &Design) -> Result<Replica> {
    super::log::replica(connection, design.id).await
}

pub async fn snapshot(connection: &mut AnyConnection, design: &Design) -> Result<Snapshot> {
    super::log::snapshot(connection, design.id).await
}
