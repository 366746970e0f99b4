//! What happened between a customer and the company, the newest first. Here as the customer sees it; [`desk`] as
//! staff do.

pub mod desk;

use crate::{Error, Result, base::row::Columns};
use domain::{CustomerId, Language, Timestamp, policy::Buyer};
use sqlx::{AnyConnection, any::AnyRow};
use std::str::FromStr;
use uuid::Uuid;

/// Something that happened. How it reads, the page says from the kind and the data.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub source: Source,
    pub kind: String,
    /// Who did it, by name; None where the program did. Of a mail, to whom it went.
    pub who: Option<String>,
    /// The key of the record it happened to; of a mail its state.
    pub record: String,
    pub data: serde_json::Value,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Shared,
    /// Only staff see it.
    Internal,
    /// A message of the outbox, in this language; its kind is a `MailKind`'s name, its data the values of its words.
    Mail(Language),
}

/// Where a page ends and the next begins: the moment and key of its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.0, self.id)
    }
}

impl FromStr for Cursor {
    type Err = domain::InvalidId;
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (at, id) = text.split_once('.').ok_or(domain::InvalidId)?;
        let at = at.parse().map(Timestamp).map_err(|_| domain::InvalidId)?;
        Ok(Self { at, id: Uuid::try_parse(id).map_err(|_| domain::InvalidId)? })
    }
}

#[derive(Debug, Clone)]
pub struct Page {
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// How many entries a page has.
pub const PAGE: i64 = 30;

/// The timeline of one of the buyer's own customers. What other members change of their own persons is theirs
/// alone.
pub async fn page(
    connection: &mut AnyConnection,
    buyer: &Buyer,
    customer: CustomerId,
    after: Option<Cursor>,
) -> Result<Page> {
    let (at, id) = bounds(after);
    let rows = sqlx::query(
        "SELECT i.id, 'shared' AS source, i.kind, p.name AS who, i.record, i.data, i.at FROM interaction i
         JOIN member m ON m.customer_id = i.customer_id AND m.person_id = $2
         LEFT JOIN person p ON p.id = i.person_id
         WHERE i.customer_id = $1 AND (i.at < $3 OR (i.at = $3 AND i.id < $4))
           AND (i.person_id = $2 OR i.kind NOT IN
               ('person-changed', 'date-added', 'date-removed', 'notices-changed', 'password-changed'))
         ORDER BY i.at DESC, i.id DESC LIMIT $5",
    )
    .bind(customer.to_string())
    .bind(buyer.person().to_string())
    .bind(at)
    .bind(id)
    .bind(PAGE + 1)
    .fetch_all(connection)
    .await?;
    finish(&rows)
}

/// The bounds of a page; the first begins after everything.
fn bounds(after: Option<Cursor>) -> (i64, String) {
    after.map_or((i64::MAX, Uuid::max().to_string()), |cursor| (cursor.at.0, cursor.id.to_string()))
}

/// One row more than a page was asked for: it only tells that there is a next page.
fn finish(rows: &[AnyRow]) -> Result<Page> {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let entries = rows.iter().take(page).map(read).collect::<Result<Vec<_>>>()?;
    let last = entries.last().map(|entry| Cursor { at: entry.at, id: entry.id });
    Ok(Page { next: last.filter(|_| rows.len() > page), entries })
}

fn read(row: &AnyRow) -> Result<Entry> {
    let id: Uuid = row.parse("id")?;
    let source = match row.text("source")?.as_str() {
        "shared" => Source::Shared,
        "internal" => Source::Internal,
        _ => Source::Mail(row.parse("language")?),
    };
    Ok(Entry {
        id,
        source,
        kind: row.text("kind")?,
        who: row.maybe_text("who")?,
        record: row.text("record")?,
        data: serde_json::from_str(&row.text("data")?).map_err(|error| Error::damaged(id, error))?,
        at: row.time("at")?,
    })
}
