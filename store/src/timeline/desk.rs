//! The timeline at the desk: shared events, internal events and all mail, in one order.

use super::{Entry, LATEST_FIRST, What, read_event, read_page};
use crate::{
    Page, PageRequest, Result,
    base::{page::ListQuery, row::Columns},
};
use domain::{
    CustomerId,
    mail::MailContent,
    policy::{Permit, ReadCompanyTimeline, ReadTimeline},
};
use sqlx::{AnyConnection, any::AnyRow};

/// Returns a page of the company's own events, such as people who joined or left the staff, the newest first.
pub async fn of_company(
    connection: &mut AnyConnection,
    _: &Permit<ReadCompanyTimeline>,
    request: &PageRequest,
) -> Result<Page<Entry>> {
    const SQL: &str = "SELECT i.id, i.kind, p.name AS who, i.record, i.data, i.at
         FROM internal_interaction i LEFT JOIN person p ON p.id = i.person_id WHERE i.customer_id IS NULL";
    read_page(ListQuery::new(SQL, LATEST_FIRST).fetch(connection, request).await?, read_event)
}

/// Returns a page of a customer's timeline.
pub async fn page(
    connection: &mut AnyConnection,
    _: &Permit<ReadTimeline>,
    customer: CustomerId,
    request: &PageRequest,
) -> Result<Page<Entry>> {
    const SQL: &str = "SELECT i.id, 'event' AS source, '' AS language, i.kind, p.name AS who, i.record, i.data, i.at
         FROM interaction i LEFT JOIN person p ON p.id = i.person_id WHERE i.customer_id = $1
         UNION ALL
         SELECT i.id, 'event' AS source, '' AS language, i.kind, p.name AS who, i.record, i.data, i.at
         FROM internal_interaction i LEFT JOIN person p ON p.id = i.person_id WHERE i.customer_id = $1
         UNION ALL
         SELECT o.id, 'mail' AS source, o.language, o.kind, COALESCE(p.name, o.address) AS who, o.state AS record,
                o.data, o.created_at AS at
         FROM outbox o LEFT JOIN person p ON p.id = o.person_id WHERE o.customer_id = $1";
    let page = ListQuery::new(SQL, LATEST_FIRST).bind(customer.to_string()).fetch(connection, request).await?;
    read_page(page, |row| if row.text("source")? == "mail" { read_mail(row) } else { read_event(row) })
}

/// Reads a mail of the outbox; `None` if it cannot be read.
fn read_mail(row: &AnyRow) -> Result<Option<What>> {
    let content = MailContent::read(&row.text("kind")?, &row.text("data")?).ok();
    let (language, state) = (row.parse("language")?, row.parse("record")?);
    Ok(content.map(|content| What::Mail { content, language, state }))
}
