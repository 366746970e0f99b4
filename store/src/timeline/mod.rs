//! What happened between a customer and the company, the newest first. Here as the customer sees it; [`desk`] as
//! staff do.

pub mod desk;

use crate::{Result, base::row::Columns};
use domain::{
    CustomerId, Language, MailState, Timestamp,
    event::{Audience, Event},
    mail::MailContent,
    policy::Buyer,
};
use sqlx::{AnyConnection, any::AnyRow};
use std::str::FromStr;
use uuid::Uuid;

/// An entry of the timeline.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    /// The name of the person who caused the event, None for the program; of a mail, its recipient.
    pub who: Option<String>,
    pub what: What,
    pub at: Timestamp,
}

#[derive(Debug, Clone)]
pub enum What {
    /// An event, with the key of the record it happened to.
    Event { event: Event, record: String },
    /// A mail of the outbox, in this language.
    Mail { content: MailContent, language: Language, state: MailState },
}

impl Entry {
    /// Whether only staff see the entry's event.
    pub fn is_internal(&self) -> bool {
        matches!(&self.what, What::Event { event, .. } if event.audience() == Audience::Staff)
    }
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

/// Returns the timeline of one of the buyer's own customers. Events for one person ([`Audience::Person`]) are read only
/// by the person who caused them. Entries that cannot be read are skipped and logged, so that the rest of the page is
/// shown; a page may then have fewer than [`PAGE`] entries.
pub async fn page(
    connection: &mut AnyConnection,
    buyer: &Buyer,
    customer: CustomerId,
    after: Option<Cursor>,
) -> Result<Page> {
    let (at, id) = bounds(after);
    let rows = sqlx::query(
        "SELECT i.id, i.kind, p.name AS who, i.record, i.data, i.at FROM interaction i
         JOIN member m ON m.customer_id = i.customer_id AND m.person_id = $2
         LEFT JOIN person p ON p.id = i.person_id
         WHERE i.customer_id = $1 AND (i.at < $3 OR (i.at = $3 AND i.id < $4))
           AND (i.audience = 'customer' OR (i.audience = 'person' AND i.person_id = $2))
         ORDER BY i.at DESC, i.id DESC LIMIT $5",
    )
    .bind(customer.to_string())
    .bind(buyer.person().to_string())
    .bind(at)
    .bind(id)
    .bind(PAGE + 1)
    .fetch_all(connection)
    .await?;
    finish(&rows, read_event)
}

/// The bounds of a page; the first begins after everything.
fn bounds(after: Option<Cursor>) -> (i64, String) {
    after.map_or((i64::MAX, Uuid::max().to_string()), |cursor| (cursor.at.0, cursor.id.to_string()))
}

/// One row more than a page was asked for: it only shows that there is a next page.
fn finish(rows: &[AnyRow], read: impl Fn(&AnyRow) -> Result<Option<What>>) -> Result<Page> {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let shown = &rows[..rows.len().min(page)];
    let next = match shown.last().filter(|_| rows.len() > page) {
        Some(last) => Some(Cursor { at: last.time("at")?, id: last.parse("id")? }),
        None => None,
    };
    Ok(Page { entries: read_all(shown, read)?, next })
}

/// Reads the rows that can be read. Others, such as kinds of a newer program, are skipped and logged.
fn read_all(rows: &[AnyRow], read: impl Fn(&AnyRow) -> Result<Option<What>>) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.parse("id")?;
        match read(row)? {
            Some(what) => entries.push(Entry { id, who: row.maybe_text("who")?, what, at: row.time("at")? }),
            // Without the stored text and the error of serde, which repeats parts of it.
            None => tracing::warn!(entry = %id, "skipped an unreadable timeline entry"),
        }
    }
    Ok(entries)
}

fn read_event(row: &AnyRow) -> Result<Option<What>> {
    let event = Event::read(&row.text("kind")?, &row.text("data")?).ok();
    let record = row.text("record")?;
    Ok(event.map(|event| What::Event { event, record }))
}
