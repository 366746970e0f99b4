//! The timeline as staff see it: what the customer sees, what only staff do, and every mail, in one order.

use super::{Cursor, Entry, Page, What, bounds, finish, read_event};
use crate::{Result, base::row::Columns};
use domain::{
    CustomerId,
    mail::MailContent,
    policy::{Permit, ReadCompanyTimeline, ReadTimeline},
};
use sqlx::{AnyConnection, any::AnyRow};

/// What happened to no customer in particular, the newest first: who came to the company's staff and who left.
pub async fn of_company(connection: &mut AnyConnection, _: &Permit<ReadCompanyTimeline>) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT i.id, i.kind, p.name AS who, i.record, i.data, i.at
         FROM internal_interaction i LEFT JOIN person p ON p.id = i.person_id
         WHERE i.customer_id IS NULL ORDER BY i.at DESC, i.id DESC LIMIT $1",
    )
    .bind(super::PAGE)
    .fetch_all(connection)
    .await?;
    super::read_all(&rows, read_event)
}

pub async fn page(
    connection: &mut AnyConnection,
    _: &Permit<ReadTimeline>,
    customer: CustomerId,
    after: Option<Cursor>,
) -> Result<Page> {
    let (at, id) = bounds(after);
    let rows = sqlx::query(
        "SELECT t.id, t.source, t.language, t.kind, t.who, t.record, t.data, t.at FROM (
             SELECT i.id, 'event' AS source, '' AS language, i.kind, p.name AS who, i.record, i.data, i.at
             FROM interaction i LEFT JOIN person p ON p.id = i.person_id WHERE i.customer_id = $1
             UNION ALL
             SELECT i.id, 'event' AS source, '' AS language, i.kind, p.name AS who, i.record, i.data, i.at
             FROM internal_interaction i LEFT JOIN person p ON p.id = i.person_id WHERE i.customer_id = $1
             UNION ALL
             SELECT o.id, 'mail' AS source, o.language, o.kind, COALESCE(p.name, o.address) AS who, o.state AS record,
                    o.data, o.created_at AS at
             FROM outbox o LEFT JOIN person p ON p.id = o.person_id WHERE o.customer_id = $1
         ) t
         WHERE t.at < $2 OR (t.at = $2 AND t.id < $3) ORDER BY t.at DESC, t.id DESC LIMIT $4",
    )
    .bind(customer.to_string())
    .bind(at)
    .bind(id)
    .bind(super::PAGE + 1)
    .fetch_all(connection)
    .await?;
    finish(&rows, |row| if row.text("source")? == "mail" { read_mail(row) } else { read_event(row) })
}

/// Reads a mail of the outbox as what happened; None where it cannot be read.
fn read_mail(row: &AnyRow) -> Result<Option<What>> {
    let content = MailContent::read(&row.text("kind")?, &row.text("data")?).ok();
    let (language, state) = (row.parse("language")?, row.parse("record")?);
    Ok(content.map(|content| What::Mail { content, language, state }))
}
