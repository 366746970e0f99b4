//! Reading orders, for both sides.

use crate::{
    Change, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        record,
        row::Columns,
        scope::{self, find_in_scope, in_scope},
    },
    product,
};
use domain::{
    CustomerId, Day, DesignId, LocalizedText, Money, OrderId, OrderState, StepId, Timestamp, VersionId,
    model::ProductModel,
    policy::{Actor, Permission, Refusal},
    version::VersionContent,
};
use sqlx::{AnyConnection, any::AnyRow};
use std::{collections::HashMap, sync::Arc};

#[derive(Debug, Clone)]
pub struct Order {
    pub id: OrderId,
    pub number: i64,
    pub customer: CustomerId,
    pub customer_name: String,
    pub design: DesignId,
    pub version: VersionId,
    pub title: String,
    pub state: OrderState,
    pub total: Money,
    pub due_on: Day,
    /// Where the customer wants the order delivered; empty until they set it.
    pub destination: String,
    pub placed_at: Timestamp,
    pub updated_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub accepted_by: Option<String>,
}

impl Order {
    /// Whether the order was shipped, after which its destination cannot change.
    pub fn has_left(&self) -> bool {
        matches!(self.state, OrderState::Delivery | OrderState::Delivered | OrderState::Accepted)
    }
}

const COLUMNS: &str =
    "SELECT o.id, o.number, o.customer_id, c.name AS customer_name, o.design_id, o.version_id, o.title,
     o.state, o.total_minor, o.currency, o.due_on, o.destination, o.placed_at, o.updated_at, o.accepted_at,
     COALESCE(o.accepted_at, o.placed_at) AS accepted_or_placed_at, a.name AS accepted_name
     FROM orders o JOIN customer c ON c.id = o.customer_id LEFT JOIN person a ON a.id = o.accepted_by";

const CONTENT_COLUMNS: &str =
    "SELECT v.id, v.canonical, m.hash, m.model FROM version v JOIN design d ON d.id = v.design_id
     JOIN product_model m ON m.hash = d.model_hash";

/// Which orders a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrderFilter {
    #[default]
    All,
    /// Not accepted yet.
    Open,
    Accepted,
}

/// Lists orders, the newest first; accepted ones, the last accepted first.
pub async fn list(
    connection: &mut AnyConnection,
    actor: &Actor,
    filter: OrderFilter,
    request: &PageRequest,
) -> Result<Page<Order>> {
    const NEWEST_FIRST: SortOrder = SortOrder(&[SortColumn::number("placed_at").descending()]);
    const ACCEPTED_LAST_FIRST: SortOrder = SortOrder(&[SortColumn::number("accepted_or_placed_at").descending()]);
    let (condition, order) = match filter {
        OrderFilter::All => ("", NEWEST_FIRST),
        OrderFilter::Open => ("AND o.state <> 'accepted'", NEWEST_FIRST),
        OrderFilter::Accepted => ("AND o.state = 'accepted'", ACCEPTED_LAST_FIRST),
    };
    let sql = format!("{COLUMNS} WHERE {} {condition}", in_scope("o.customer_id", 1));
    ListQuery::new(sql, order)
        .bind(scope::parameter(actor.scope(Permission::ReadOrders)?))
        .fetch(connection, request)
        .await?
        .read(read)
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: OrderId) -> Result<Order> {
    find_by(connection, actor, "o.id = $1", id.to_string()).await
}

/// Finds the order of a design, if it has one.
pub async fn find_by_design(connection: &mut AnyConnection, actor: &Actor, design: DesignId) -> Result<Option<Order>> {
    match find_by(connection, actor, "o.design_id = $1", design.to_string()).await {
        Ok(order) => Ok(Some(order)),
        Err(crate::Error::Refused(Refusal::Missing)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn find_by(connection: &mut AnyConnection, actor: &Actor, condition: &str, key: String) -> Result<Order> {
    let sql = format!("{COLUMNS} WHERE {condition} AND {}", in_scope("o.customer_id", 2));
    read(&find_in_scope(connection, actor.scope(Permission::ReadOrders)?, sql, key).await?)
}

pub(super) async fn find_in(change: &mut Change, id: OrderId) -> Result<Order> {
    let actor = change.actor().clone();
    find(change.connection(), &actor, id).await
}

pub(super) fn read(row: &AnyRow) -> Result<Order> {
    Ok(Order {
        id: row.parse("id")?,
        number: row.int("number")?,
        customer: row.parse("customer_id")?,
        customer_name: row.text("customer_name")?,
        design: row.parse("design_id")?,
        version: row.parse("version_id")?,
        title: row.text("title")?,
        state: row.parse("state")?,
        total: row.money("total_minor")?,
        due_on: row.parse("due_on")?,
        destination: row.text("destination")?,
        placed_at: row.time("placed_at")?,
        updated_at: row.time("updated_at")?,
        accepted_at: row.maybe_time("accepted_at")?,
        accepted_by: row.maybe_text("accepted_name")?,
    })
}

#[derive(Debug, Clone)]
pub struct Step {
    pub id: StepId,
    pub position: i64,
    pub name: LocalizedText,
    pub planned_on: Day,
    pub started_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
}

/// Lists the steps of an order that [`find`] returned, by position.
pub async fn steps(connection: &mut AnyConnection, order: &Order) -> Result<Vec<Step>> {
    let rows = sqlx::query(
        "SELECT id, position, name_uk, name_en, planned_on, started_at, done_at FROM order_step
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(order.id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Step {
                id: row.parse("id")?,
                position: row.int("position")?,
                name: LocalizedText { uk: row.text("name_uk")?, en: row.text("name_en")? },
                planned_on: row.parse("planned_on")?,
                started_at: row.maybe_time("started_at")?,
                done_at: row.maybe_time("done_at")?,
            })
        })
        .collect()
}

#[derive(Debug, Clone)]
pub struct Delivery {
    pub carrier: String,
    pub tracking: String,
    pub address: String,
    pub shipped_at: Timestamp,
    pub delivered_at: Option<Timestamp>,
}

/// Returns the delivery of an order that [`find`] returned, if it was shipped.
pub async fn delivery(connection: &mut AnyConnection, order: &Order) -> Result<Option<Delivery>> {
    let row =
        sqlx::query("SELECT carrier, tracking, address, shipped_at, delivered_at FROM delivery WHERE order_id = $1")
            .bind(order.id.to_string())
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(Delivery {
            carrier: row.text("carrier")?,
            tracking: row.text("tracking")?,
            address: row.text("address")?,
            shipped_at: row.time("shipped_at")?,
            delivered_at: row.maybe_time("delivered_at")?,
        })
    })
    .transpose()
}

/// Adds to each order its approved content and the product model of that content.
pub async fn with_content(
    connection: &mut AnyConnection,
    orders: Vec<Order>,
) -> Result<Vec<(Order, VersionContent, Arc<ProductModel>)>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{CONTENT_COLUMNS} WHERE v.id IN ({})", record::parameters(orders.len()));
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for order in &orders {
        query = query.bind(order.version.to_string());
    }
    let mut contents = HashMap::new();
    for row in query.fetch_all(connection).await? {
        contents.insert(row.text("id")?, row);
    }
    let pairs = orders.into_iter().filter_map(|order| {
        let row = contents.get(&order.version.to_string())?;
        Some(content(row, &order).map(|(content, model)| (order, content, model)))
    });
    pairs.collect()
}

/// Returns the approved content of an order and the product model of that content.
pub async fn ordered_content(
    connection: &mut AnyConnection,
    order: &Order,
) -> Result<(VersionContent, Arc<ProductModel>)> {
    let sql = format!("{CONTENT_COLUMNS} WHERE v.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(order.version.to_string()).fetch_one(connection).await?;
    content(&row, order)
}

fn content(row: &AnyRow, order: &Order) -> Result<(VersionContent, Arc<ProductModel>)> {
    let content =
        VersionContent::parse(&row.text("canonical")?).map_err(|error| crate::Error::damaged(order.id, error))?;
    let model = product::parse_cached(row.parse("hash")?, || row.text("model"))?;
    Ok((content, model))
}
