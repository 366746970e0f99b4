//! Signing in with a password.

use super::{password, session, sign_up};
use crate::{Result, Secret, Store, person, row::Columns};
use domain::policy::Actor;

/// What came of it. Neither answer tells whether the address is known: `ConfirmFirst` is said only to someone who
/// knows the password.
#[derive(Debug)]
pub enum Outcome {
    In(Secret),
    ConfirmFirst,
    Wrong,
}

/// Checks the password and opens a new session; the one the browser had before, if any, ends.
pub async fn sign_in(
    store: &Store,
    email: &str,
    typed: String,
    before: Option<&Secret>,
    agent: &str,
) -> Result<Outcome> {
    // Longer than any password can be: not worth hashing.
    if typed.len() > 4 * 200 || email.len() > 254 {
        return Ok(Outcome::Wrong);
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
    let matches = password::matches(typed, hash).await?;
    let Some(person) = person.filter(|_| matches) else { return Ok(Outcome::Wrong) };
    let mut change = store.change(Actor::System).await?;
    if person.confirmed_at.is_none() {
        sign_up::mail_link(&mut change, &person).await?;
        change.commit().await?;
        return Ok(Outcome::ConfirmFirst);
    }
    if let Some(before) = before {
        session::close(&mut change, before).await?;
    }
    let secret = session::open(&mut change, person.id, agent).await?;
    change.commit().await?;
    Ok(Outcome::In(secret))
}

pub(crate) async fn password_hash(
    connection: &mut sqlx::AnyConnection,
    person: domain::PersonId,
) -> Result<Option<String>> {
    let row = sqlx::query("SELECT password_hash FROM person WHERE id = $1")
        .bind(person.to_string())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(None), |row| row.maybe_text("password_hash"))
}
