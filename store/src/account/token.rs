//! Secrets that a mailed link carries: made, looked at, used once.

use crate::{Change, Conflict, Result, Secret, row::Columns};
use domain::{PersonId, Span, Timestamp};
use sqlx::AnyConnection;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Confirm,
    Reset,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::Reset => "reset",
        }
    }

    const fn lasts(self) -> Span {
        match self {
            Purpose::Confirm => Span::days(2),
            Purpose::Reset => Span::hours(1),
        }
    }
}

pub(super) async fn make(change: &mut Change, purpose: Purpose, person: PersonId) -> Result<Secret> {
    make_for(change, purpose, person, purpose.lasts()).await
}

pub(super) async fn make_for(change: &mut Change, purpose: Purpose, person: PersonId, lasts: Span) -> Result<Secret> {
    let secret = change.secret();
    let expires_at = change.at().plus(lasts).0;
    sqlx::query("INSERT INTO token (hash, kind, person_id, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(secret.hash())
        .bind(purpose.name())
        .bind(person.to_string())
        .bind(expires_at)
        .execute(change.connection())
        .await?;
    Ok(secret)
}

/// Whose live secret this is, without using it.
pub(super) async fn look(
    connection: &mut AnyConnection,
    purpose: Purpose,
    secret: &Secret,
    now: Timestamp,
) -> Result<PersonId> {
    let row = sqlx::query(
        "SELECT person_id FROM token WHERE hash = $1 AND kind = $2 AND expires_at > $3 AND used_at IS NULL",
    )
    .bind(secret.hash())
    .bind(purpose.name())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.ok_or(Conflict::DeadLink)?.parse("person_id")
}

/// Uses the secret up.
pub(super) async fn spend(change: &mut Change, purpose: Purpose, secret: &Secret) -> Result<PersonId> {
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE token SET used_at = $1 WHERE hash = $2 AND kind = $3 AND expires_at > $1 AND used_at IS NULL
         RETURNING person_id",
    )
    .bind(at)
    .bind(secret.hash())
    .bind(purpose.name())
    .fetch_optional(change.connection())
    .await?;
    row.ok_or(Conflict::DeadLink)?.parse("person_id")
}

/// Ends all other live secrets of this purpose.
pub(super) async fn end_all(change: &mut Change, purpose: Purpose, person: PersonId) -> Result<()> {
    let at = change.at().0;
    sqlx::query("UPDATE token SET used_at = $1 WHERE person_id = $2 AND kind = $3 AND used_at IS NULL")
        .bind(at)
        .bind(person.to_string())
        .bind(purpose.name())
        .execute(change.connection())
        .await?;
    Ok(())
}
