//! Whose mails a link stops, and which: the link of a mail stands for the person it was sent to and what it was about.

use super::MailKind;
use crate::{Result, Secret, base::row::Columns};
use domain::{NotificationKind, PersonId, policy::Refusal};
use sqlx::AnyConnection;

/// The person and the kind of notices that this secret of a mail stands for. It does not end: people keep mails for
/// years and may then still be tired of them.
pub async fn find(connection: &mut AnyConnection, secret: &Secret) -> Result<(PersonId, NotificationKind)> {
    let row = sqlx::query("SELECT person_id, kind FROM outbox WHERE unsubscribe = $1 AND person_id IS NOT NULL")
        .bind(secret.hash())
        .fetch_optional(connection)
        .await?
        .ok_or(Refusal::Missing)?;
    let kind: MailKind = row.parse("kind")?;
    Ok((row.parse("person_id")?, kind.notification_kind().ok_or(Refusal::Missing)?))
}
