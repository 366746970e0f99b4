//! The secrets of mailed links that set a password. Each can be used once.

use crate::{Change, Conflict, Result, Secret, base::row::Columns};
use domain::{PersonId, Span, Timestamp};
use sqlx::AnyConnection;

pub(super) async fn create(change: &mut Change, person: PersonId, lasts: Span) -> Result<Secret> {
    let secret = change.secret();
    let expires_at = change.at().plus(lasts).0;
    sqlx::query("INSERT INTO token (hash, kind, person_id, expires_at) VALUES ($1, 'reset', $2, $3)")
        .bind(secret.hash())
        .bind(person.to_string())
        .bind(expires_at)
        .execute(change.connection())
        .await?;
    Ok(secret)
}

/// Returns the owner of a valid secret, without using it.
pub(super) async fn find_person(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<PersonId> {
    let row = sqlx::query(
        "SELECT person_id FROM token WHERE hash = $1 AND kind = 'reset' AND expires_at > $2 AND used_at IS NULL",
    )
    .bind(secret.hash())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.ok_or(Conflict::InvalidLink)?.parse("person_id")
}

/// Uses the secret and returns its owner.
pub(super) async fn redeem(change: &mut Change, secret: &Secret) -> Result<PersonId> {
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE token SET used_at = $1 WHERE hash = $2 AND kind = 'reset' AND expires_at > $1 AND used_at IS NULL
         RETURNING person_id",
    )
    .bind(at)
    .bind(secret.hash())
    .fetch_optional(change.connection())
    .await?;
    row.ok_or(Conflict::InvalidLink)?.parse("person_id")
}

/// Invalidates all unused secrets of a person.
pub(super) async fn end_all(change: &mut Change, person: PersonId) -> Result<()> {
    let at = change.at().0;
    sqlx::query("UPDATE token SET used_at = $1 WHERE person_id = $2 AND kind = 'reset' AND used_at IS NULL")
        .bind(at)
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    Ok(())
}
