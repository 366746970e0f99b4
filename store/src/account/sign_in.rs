//! Signing in with a password.

use super::{password, session};
use crate::{Change, Result, Secret, Store, base::row::Columns, person};
use domain::{PersonId, policy::Actor};

/// Checks the password and opens a session. Ends the session that the browser had `before`, if any. Returns `None` if
/// the address or the password is wrong; the result and the time it takes do not reveal whether the address is known. Open to everyone: the
/// password is the check.
pub async fn sign_in(
    store: &Store,
    email: &str,
    typed: String,
    before: Option<&Secret>,
    agent: &str,
) -> Result<Option<Secret>> {
    // Longer than any valid password or address, or with a character that PostgreSQL cannot store.
    if typed.len() > 4 * 200 || email.len() > 254 || email.contains('\0') {
        return Ok(None);
    }
    let email = email.trim().to_lowercase();
    let (person, hash) = {
        let mut connection = store.read().await?;
        let person = person::by_email(&mut connection, &email).await?;
        let hash = match &person {
            Some(person) => password_hash(&mut connection, person.id).await?,
            None => None,
        };
        (person, hash)
    };
    let matches = password::matches(typed, hash.clone()).await?;
    // Only databases from before migration 0010 have people with a password and an unconfirmed address.
    let proved = person.filter(|person| matches && person.confirmed_at.is_some());
    let Some(person) = proved else { return Ok(None) };
    let mut change = store.change(Actor::System).await?;
    // A new password that was set meanwhile must end this session too.
    if !lock_if_unchanged(&mut change, person.id, hash).await? {
        return Ok(None);
    }
    if let Some(before) = before {
        session::end(&mut change, before).await?;
    }
    let secret = session::open(&mut change, person.id, agent).await?;
    change.commit().await?;
    Ok(Some(secret))
}

/// Whether the person still has this password hash. If so, locks the person's row, so that it stays until the change
/// ends.
pub(super) async fn lock_if_unchanged(change: &mut Change, person: PersonId, hash: Option<String>) -> Result<bool> {
    let same = sqlx::query("UPDATE person SET password_hash = password_hash WHERE id = $1 AND password_hash = $2")
        .bind(person.to_string())
        .bind(hash)
        .execute(change.connection())
        .await?;
    Ok(same.rows_affected() == 1)
}

pub(crate) async fn password_hash(connection: &mut sqlx::AnyConnection, person: PersonId) -> Result<Option<String>> {
    let row = sqlx::query("SELECT password_hash FROM person WHERE id = $1")
        .bind(person.to_string())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(None), |row| row.maybe_text("password_hash"))
}
