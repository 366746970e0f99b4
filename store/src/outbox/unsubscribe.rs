//! Unsubscribe links. The link in a mail identifies the person it was sent to and its kind of notification.

use super::MailKind;
use crate::{Result, Secret, base::row::Columns};
use domain::{NotificationKind, PersonId, policy::Refusal};
use sqlx::AnyConnection;

/// Finds the person and the kind of notification that an unsubscribe secret belongs to. The secret does not expire,
/// because people unsubscribe from old mails.
pub async fn find(connection: &mut AnyConnection, secret: &Secret) -> Result<(PersonId, NotificationKind)> {
    let row = sqlx::query("SELECT person_id, kind FROM outbox WHERE unsubscribe = $1 AND person_id IS NOT NULL")
        .bind(secret.hash())
        .fetch_optional(connection)
        .await?
        .ok_or(Refusal::Missing)?;
    let kind: MailKind = row.parse("kind")?;
    Ok((row.parse("person_id")?, kind.notification_kind().ok_or(Refusal::Missing)?))
}
