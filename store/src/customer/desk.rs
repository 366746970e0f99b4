//! Customers as staff see them: found by anything one remembers, with all that was ever started for them.

use super::{
    Customer,
    address::{self, Place},
    by_id,
    member::{self, Member},
};
use crate::{
    Change, Result,
    base::{row::Columns, search},
};
use domain::{
    CustomerId, CustomerKind, OrderId, OrderState, TicketId, TicketState, Timestamp,
    event::Event,
    input::FormValidator,
    policy::{Action, Owner, Permit, ReadCustomers, ReadOrders, ReadTickets},
};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};
use std::str::FromStr;

/// A customer in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: CustomerId,
    pub kind: CustomerKind,
    pub name: String,
    /// Who administrates it: the first member.
    pub contact: String,
    pub email: String,
    pub members: i64,
    pub orders: i64,
    pub last_at: Timestamp,
}

/// Customers that fit every word typed: by name, tax code, phone, or a member's name, address and phone. The latest
/// contact first.
pub async fn list(
    connection: &mut AnyConnection,
    _: &Permit<ReadCustomers>,
    typed: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Row>> {
    const FITS: &str = r"(c.search LIKE $n ESCAPE '\' OR EXISTS (SELECT 1 FROM member m JOIN person p ON p.id = m.person_id
             WHERE m.customer_id = c.id AND p.search LIKE $n ESCAPE '\'))";
    let patterns = search::patterns(typed);
    let conditions = search::conditions(FITS, 3, patterns.len());
    let sql = format!(
        "SELECT c.id, c.kind, c.name, f.name AS contact, f.email,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM member m WHERE m.customer_id = c.id) AS members,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM orders o WHERE o.customer_id = c.id) AS orders,
                COALESCE((SELECT MAX(i.at) FROM interaction i WHERE i.customer_id = c.id), c.created_at) AS last_at
         FROM customer c LEFT JOIN person f ON f.id =
             (SELECT m.person_id FROM member m WHERE m.customer_id = c.id ORDER BY m.created_at, m.person_id LIMIT 1)
         WHERE 1 = 1{conditions} ORDER BY last_at DESC, c.id DESC LIMIT $1 OFFSET $2"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(limit).bind(offset);
    for pattern in patterns {
        query = query.bind(pattern);
    }
    let rows = query.fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Row {
                id: row.parse("id")?,
                kind: row.parse("kind")?,
                name: row.text("name")?,
                contact: row.maybe_text("contact")?.unwrap_or_default(),
                email: row.maybe_text("email")?.unwrap_or_default(),
                members: row.int("members")?,
                orders: row.int("orders")?,
                last_at: row.time("last_at")?,
            })
        })
        .collect()
}

/// All that is known of one customer.
#[derive(Debug, Clone)]
pub struct Record {
    pub customer: Customer,
    pub members: Vec<Member>,
    pub addresses: Vec<Place>,
    /// What staff remark; never seen by the customer.
    pub note: String,
}

/// In the order in which the customer entered them.
pub async fn addresses(
    connection: &mut AnyConnection,
    _: &Permit<ReadCustomers>,
    id: CustomerId,
) -> Result<Vec<Place>> {
    let sql = format!("SELECT {} FROM address WHERE customer_id = $1 ORDER BY created_at, id", address::columns());
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(address::read).collect()
}

pub async fn find(connection: &mut AnyConnection, permit: &Permit<ReadCustomers>, id: CustomerId) -> Result<Record> {
    let customer = by_id(connection, id).await?;
    let members = sqlx::query(
        "SELECT p.id, p.name, p.email, p.phone, m.role, m.department, m.created_at
         FROM member m JOIN person p ON p.id = m.person_id WHERE m.customer_id = $1 ORDER BY p.search, p.id",
    )
    .bind(id.to_string())
    .fetch_all(&mut *connection)
    .await?;
    Ok(Record {
        customer,
        members: members.iter().map(member::read).collect::<Result<_>>()?,
        addresses: addresses(connection, permit, id).await?,
        note: note(connection, id).await?,
    })
}

async fn note(connection: &mut AnyConnection, id: CustomerId) -> Result<String> {
    let row = sqlx::query("SELECT note FROM internal_customer WHERE customer_id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(String::new()), |row| row.text("note"))
}

/// An order or a ticket of the customer, as a line of a list.
#[derive(Debug, Clone)]
pub struct Work<Id, State> {
    pub id: Id,
    pub number: i64,
    pub title: String,
    pub state: State,
    pub at: Timestamp,
}

/// The latest first.
pub async fn orders(
    connection: &mut AnyConnection,
    _: &Permit<ReadOrders>,
    id: CustomerId,
    limit: i64,
) -> Result<Vec<Work<OrderId, OrderState>>> {
    const SQL: &str = "SELECT id, number, title, state, updated_at AS at FROM orders
         WHERE customer_id = $1 ORDER BY placed_at DESC, id DESC LIMIT $2";
    list_work(connection, SQL, id, limit).await
}

/// The last changed first.
pub async fn tickets(
    connection: &mut AnyConnection,
    _: &Permit<ReadTickets>,
    id: CustomerId,
    limit: i64,
) -> Result<Vec<Work<TicketId, TicketState>>> {
    const SQL: &str = "SELECT id, number, subject AS title, state, updated_at AS at FROM ticket
         WHERE customer_id = $1 ORDER BY updated_at DESC, id DESC LIMIT $2";
    list_work(connection, SQL, id, limit).await
}

async fn list_work<Id, State>(
    connection: &mut AnyConnection,
    sql: &'static str,
    id: CustomerId,
    limit: i64,
) -> Result<Vec<Work<Id, State>>>
where
    Id: FromStr,
    State: FromStr,
{
    let rows = sqlx::query(sql).bind(id.to_string()).bind(limit).fetch_all(connection).await?;
    let read = |row: &AnyRow| {
        Ok(Work {
            id: row.parse("id")?,
            number: row.int("number")?,
            title: row.text("title")?,
            state: row.parse("state")?,
            at: row.time("at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Keeps what staff remark about a customer.
pub async fn set_note(change: &mut Change, id: CustomerId, note: &str) -> Result<()> {
    change.may(Action::SeeInternal, Owner::Customer(id))?;
    let mut check = FormValidator::default();
    let note = check.optional_text("note", note, 4000);
    check.done()?;
    by_id(change.connection(), id).await?;
    sqlx::query(
        "INSERT INTO internal_customer (customer_id, note) VALUES ($1, $2)
         ON CONFLICT (customer_id) DO UPDATE SET note = excluded.note",
    )
    .bind(id.to_string())
    .bind(note)
    .execute(change.connection())
    .await?;
    change.record_event(id, id, &Event::CustomerNote).await
}
