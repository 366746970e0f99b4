//! The timeline of a customer, the newest first: here the customer's view, in [`desk`] the view of staff.

pub mod desk;

use crate::{
    Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
    },
};
use domain::{
    CustomerId, Language, MailState, Timestamp,
    event::{Audience, Event},
    mail::MailContent,
    policy::Buyer,
};
use sqlx::{AnyConnection, any::AnyRow};
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

const LATEST_FIRST: SortOrder = SortOrder(&[SortColumn::number("at").descending()]);

/// Returns a page of the timeline of one of the buyer's own customers. Events for one person ([`Audience::Person`]) are
/// read only by the person who caused them. Entries that cannot be read are skipped and logged, so that the rest of the
/// page is shown; a page may then have fewer entries than requested.
pub async fn page(
    connection: &mut AnyConnection,
    buyer: &Buyer,
    customer: CustomerId,
    request: &PageRequest,
) -> Result<Page<Entry>> {
    const SQL: &str = "SELECT i.id, i.kind, p.name AS who, i.record, i.data, i.at FROM interaction i
         JOIN member m ON m.customer_id = i.customer_id AND m.person_id = $2
         LEFT JOIN person p ON p.id = i.person_id
         WHERE i.customer_id = $1 AND (i.audience = 'customer' OR (i.audience = 'person' AND i.person_id = $2))";
    let query = ListQuery::new(SQL, LATEST_FIRST).bind(customer.to_string()).bind(buyer.person().to_string());
    read_page(query.fetch(connection, request).await?, read_event)
}

/// Reads the rows that can be read. Others, such as kinds of a newer program, are skipped and logged.
fn read_page(page: Page<AnyRow>, read: impl Fn(&AnyRow) -> Result<Option<What>>) -> Result<Page<Entry>> {
    let mut entries = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        let id = row.parse("id")?;
        match read(row)? {
            Some(what) => entries.push(Entry { id, who: row.maybe_text("who")?, what, at: row.time("at")? }),
            // Without the stored text and the error of serde, which repeats parts of it.
            None => tracing::warn!(entry = %id, "skipped an unreadable timeline entry"),
        }
    }
    Ok(Page { rows: entries, next: page.next })
}

fn read_event(row: &AnyRow) -> Result<Option<What>> {
    let event = Event::read(&row.text("kind")?, &row.text("data")?).ok();
    let record = row.text("record")?;
    Ok(event.map(|event| What::Event { event, record }))
}
