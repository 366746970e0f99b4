//! Customers at the desk: search, data, orders and tickets, and the internal note.

use super::{
    Customer,
    address::{self, Place},
    by_id,
    member::{self, Member},
};
use crate::{
    Change, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
        search,
    },
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
    /// The name of the first member.
    pub contact: String,
    pub email: String,
    pub members: i64,
    pub orders: i64,
    pub last_at: Timestamp,
}

/// Selects the customers of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// Words that must all occur in the customer's searchable fields or in those of one member.
    pub search: String,
}

/// Lists customers, the latest contact first.
pub async fn list(
    connection: &mut AnyConnection,
    _: &Permit<ReadCustomers>,
    filter: &CustomerFilter,
    request: &PageRequest,
) -> Result<Page<Row>> {
    const LATEST_CONTACT_FIRST: SortOrder = SortOrder(&[SortColumn::number("last_at").descending()]);
    const FITS: &str = r"(c.search LIKE $n ESCAPE '\' OR EXISTS (SELECT 1 FROM member m JOIN person p ON p.id = m.person_id
             WHERE m.customer_id = c.id AND p.search LIKE $n ESCAPE '\'))";
    const SQL: &str = "SELECT c.id, c.kind, c.name, f.name AS contact, f.email,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM member m WHERE m.customer_id = c.id) AS members,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM orders o WHERE o.customer_id = c.id) AS orders,
                COALESCE((SELECT MAX(i.at) FROM interaction i WHERE i.customer_id = c.id), c.created_at) AS last_at
         FROM customer c LEFT JOIN person f ON f.id =
             (SELECT m.person_id FROM member m WHERE m.customer_id = c.id ORDER BY m.created_at, m.person_id LIMIT 1)
         WHERE 1 = 1";
    let mut query = ListQuery::new(SQL, LATEST_CONTACT_FIRST);
    for pattern in search::patterns(&filter.search) {
        query = query.filter(FITS, Some(pattern));
    }
    query.fetch(connection, request).await?.read(|row| {
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
}

/// A customer with its members, addresses and note.
#[derive(Debug, Clone)]
pub struct Record {
    pub customer: Customer,
    pub members: Vec<Member>,
    pub addresses: Vec<Place>,
    /// The internal note.
    pub note: String,
}

/// Lists a customer's addresses, the first entered first.
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

/// An order or ticket of the customer, for a list.
#[derive(Debug, Clone)]
pub struct Work<Id, State> {
    pub id: Id,
    pub number: i64,
    pub title: String,
    pub state: State,
    pub at: Timestamp,
}

/// Lists the orders of a customer, the latest first.
pub async fn orders(
    connection: &mut AnyConnection,
    _: &Permit<ReadOrders>,
    id: CustomerId,
    request: &PageRequest,
) -> Result<Page<Work<OrderId, OrderState>>> {
    const LATEST_FIRST: SortOrder = SortOrder(&[SortColumn::number("placed_at").descending()]);
    const SQL: &str = "SELECT id, number, title, state, placed_at, updated_at AS at FROM orders WHERE customer_id = $1";
    ListQuery::new(SQL, LATEST_FIRST).bind(id.to_string()).fetch(connection, request).await?.read(read_work)
}

/// Lists the tickets of a customer, the last changed first.
pub async fn tickets(
    connection: &mut AnyConnection,
    _: &Permit<ReadTickets>,
    id: CustomerId,
    request: &PageRequest,
) -> Result<Page<Work<TicketId, TicketState>>> {
    const LAST_CHANGED_FIRST: SortOrder = SortOrder(&[SortColumn::number("at").descending()]);
    const SQL: &str = "SELECT id, number, subject AS title, state, updated_at AS at FROM ticket WHERE customer_id = $1";
    ListQuery::new(SQL, LAST_CHANGED_FIRST).bind(id.to_string()).fetch(connection, request).await?.read(read_work)
}

fn read_work<Id: FromStr, State: FromStr>(row: &AnyRow) -> Result<Work<Id, State>> {
    Ok(Work {
        id: row.parse("id")?,
        number: row.int("number")?,
        title: row.text("title")?,
        state: row.parse("state")?,
        at: row.time("at")?,
    })
}

/// Stores the internal note about a customer.
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
