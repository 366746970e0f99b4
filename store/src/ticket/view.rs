//! Reading tickets, for both sides.

use crate::{
    Change, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
        scope::{find_in_scope, in_scope},
    },
    file::{self, File},
};
use domain::{
    CustomerId, MessageId, OrderId, PersonId, ProductId, TicketId, TicketState, Timestamp,
    policy::{Actor, Buyer, Permission},
};
use sqlx::{AnyConnection, any::AnyRow};
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Ticket {
    pub id: TicketId,
    pub number: i64,
    pub customer: CustomerId,
    pub customer_name: String,
    pub order: Option<AboutOrder>,
    pub product: Option<ProductId>,
    pub subject: String,
    pub state: TicketState,
    pub opened_by: PersonId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutOrder {
    pub id: OrderId,
    pub number: i64,
    pub title: String,
}

/// Which tickets a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TicketFilter {
    #[default]
    /// Unsolved.
    Current,
    /// Waiting for the buyer's answer.
    Waiting,
    Solved,
    All,
}

const COLUMNS: &str =
    "SELECT t.id, t.number, t.customer_id, c.name AS customer_name, t.order_id, o.number AS order_number,
     o.title AS order_title, t.product_id, t.subject, t.state, t.opened_by, t.created_at, t.updated_at
     FROM ticket t JOIN customer c ON c.id = t.customer_id LEFT JOIN orders o ON o.id = t.order_id";

/// One row of the buyer's list.
#[derive(Debug, Clone)]
pub struct TicketSummary {
    pub id: TicketId,
    pub number: i64,
    pub customer_name: String,
    pub order_number: Option<i64>,
    pub subject: String,
    pub state: TicketState,
    pub updated_at: Timestamp,
}

/// Lists the tickets of the buyer's customers, the last changed first.
pub async fn list(
    connection: &mut AnyConnection,
    buyer: &Buyer,
    filter: TicketFilter,
    request: &PageRequest,
) -> Result<Page<TicketSummary>> {
    const LAST_CHANGED_FIRST: SortOrder = SortOrder(&[SortColumn::number("updated_at").descending()]);
    let state = match filter {
        TicketFilter::Current => "AND t.state <> 'solved'",
        TicketFilter::Waiting => "AND t.state = 'waiting'",
        TicketFilter::Solved => "AND t.state = 'solved'",
        TicketFilter::All => "",
    };
    let sql = format!(
        "SELECT t.id, t.number, c.name AS customer_name, o.number AS order_number, t.subject, t.state, t.updated_at
         FROM member m JOIN ticket t ON t.customer_id = m.customer_id JOIN customer c ON c.id = m.customer_id
         LEFT JOIN orders o ON o.id = t.order_id WHERE m.person_id = $1 {state}"
    );
    let query = ListQuery::new(sql, LAST_CHANGED_FIRST).bind(buyer.person().to_string());
    query.fetch(connection, request).await?.read(|row| {
        Ok(TicketSummary {
            id: row.parse("id")?,
            number: row.int("number")?,
            customer_name: row.text("customer_name")?,
            order_number: row.maybe_int("order_number")?,
            subject: row.text("subject")?,
            state: row.parse("state")?,
            updated_at: row.time("updated_at")?,
        })
    })
}

/// Counts the tickets that wait for the buyer's answer.
pub async fn waiting(connection: &mut AnyConnection, buyer: &Buyer) -> Result<u64> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) AS BIGINT) AS waiting FROM ticket t JOIN member m ON m.customer_id = t.customer_id
         WHERE m.person_id = $1 AND t.state = 'waiting'",
    )
    .bind(buyer.person().to_string())
    .fetch_one(connection)
    .await?;
    Ok(row.int("waiting")?.unsigned_abs())
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: TicketId) -> Result<Ticket> {
    let sql = format!("{COLUMNS} WHERE t.id = $1 AND {}", in_scope("t.customer_id", 2));
    read(&find_in_scope(connection, actor.scope(Permission::ReadTickets)?, sql, id).await?)
}

pub(super) async fn find_in(change: &mut Change, id: TicketId) -> Result<Ticket> {
    let actor = change.actor().clone();
    find(change.connection(), &actor, id).await
}

fn read(row: &AnyRow) -> Result<Ticket> {
    let order = match row.maybe_parse("order_id")? {
        Some(id) => Some(AboutOrder { id, number: row.int("order_number")?, title: row.text("order_title")? }),
        None => None,
    };
    Ok(Ticket {
        id: row.parse("id")?,
        number: row.int("number")?,
        customer: row.parse("customer_id")?,
        customer_name: row.text("customer_name")?,
        order,
        product: row.maybe_parse("product_id")?,
        subject: row.text("subject")?,
        state: row.parse("state")?,
        opened_by: row.parse("opened_by")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

#[derive(Debug, Clone)]
pub struct Message {
    pub id: MessageId,
    pub person: PersonId,
    pub who: String,
    pub from_staff: bool,
    pub text: String,
    pub at: Timestamp,
    pub files: Vec<File>,
}

/// Lists the messages of a ticket that [`find`] returned, the oldest first.
pub async fn messages(connection: &mut AnyConnection, ticket: &Ticket) -> Result<Vec<Message>> {
    let mut files = files(connection, ticket).await?;
    let rows = sqlx::query(
        "SELECT w.id, w.person_id, p.name, w.from_staff, w.text, w.at FROM ticket_message w
         JOIN person p ON p.id = w.person_id WHERE w.ticket_id = $1 ORDER BY w.at, w.id",
    )
    .bind(ticket.id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let id = row.parse("id")?;
            Ok(Message {
                id,
                person: row.parse("person_id")?,
                who: row.text("name")?,
                from_staff: row.flag("from_staff")?,
                text: row.text("text")?,
                at: row.time("at")?,
                files: files.remove(&record(id)).unwrap_or_default(),
            })
        })
        .collect()
}

/// Returns the name of a message in the column `record` of its files.
pub(super) fn record(message: MessageId) -> String {
    format!("message:{message}")
}

async fn files(connection: &mut AnyConnection, ticket: &Ticket) -> Result<HashMap<String, Vec<File>>> {
    let rows = sqlx::query(
        "SELECT f.id, f.name, f.media_type, f.size, f.sha256, f.record FROM ticket_message w
         JOIN file f ON f.record = 'message:' || w.id WHERE w.ticket_id = $1 ORDER BY f.id",
    )
    .bind(ticket.id.to_string())
    .fetch_all(connection)
    .await?;
    let mut files: HashMap<_, Vec<_>> = HashMap::new();
    for row in &rows {
        files.entry(row.text("record")?).or_default().push(file::read(row)?);
    }
    Ok(files)
}
