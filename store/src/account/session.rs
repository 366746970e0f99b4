//! Sessions. The server stores them; the browser has their secret in a cookie.

use crate::{
    BackdatedChange, Change, CommitEvent, Result, Secret, Store,
    base::row::Columns,
    person::{self, Person},
};
use domain::{
    PersonId, Span, Timestamp,
    policy::{Action, Actor, Membership, Owner, Refusal, StaffRole},
};
use sqlx::AnyConnection;

/// A session ends when it was not used for this long.
pub const MAX_IDLE: Span = Span::days(14);
/// The longest duration of a session, even if it is used.
pub const MAX_AGE: Span = Span::days(60);
/// The shortest time between two writes of a session's last use.
const RECORD_USE_EVERY: Span = Span::hours(1);

/// The person who is signed in with a session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub person: Person,
    pub actor: Actor,
    /// Whether [`record_use`] should be called, because the stored time of the last use is too old.
    pub is_use_unrecorded: bool,
}

/// Opens a session for an authenticated person and returns its secret. Callers have checked a password or a mailed link.
pub(crate) async fn open(change: &mut Change, person: PersonId, agent: &str) -> Result<Secret> {
    let secret = change.secret();
    let agent: String = agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let at = change.at().0;
    sqlx::query("INSERT INTO session (token_hash, person_id, created_at, seen_at, agent) VALUES ($1, $2, $3, $3, $4)")
        .bind(secret.hash())
        .bind(person.to_string())
        .bind(at)
        .bind(agent)
        .execute(change.connection())
        .await?;
    Ok(secret)
}

/// Finds who is signed in with this secret. Returns `None` if the session is unknown or has ended.
pub async fn find(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<Option<SignedIn>> {
    // One query, because every page runs it. Returns a row for each membership, or one row if there is none.
    let rows = sqlx::query(
        "SELECT p.id, p.email, p.name, p.phone, p.language, p.time_zone, p.confirmed_at, p.revision,
                s.role AS staff_role, e.seen_at,
                m.customer_id, m.role
         FROM session e JOIN person p ON p.id = e.person_id LEFT JOIN staff s ON s.person_id = p.id
         LEFT JOIN member m ON m.person_id = p.id AND s.role IS NULL
         WHERE e.token_hash = $1 AND e.seen_at > $2 AND e.created_at > $3 ORDER BY m.created_at, m.customer_id",
    )
    .bind(secret.hash())
    .bind(now.minus(MAX_IDLE).0)
    .bind(now.minus(MAX_AGE).0)
    .fetch_all(connection)
    .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let person = person::read(row)?;
    let staff: Option<StaffRole> = row.maybe_parse("staff_role")?;
    let is_use_unrecorded = row.time("seen_at")? < now.minus(RECORD_USE_EVERY);
    let mut memberships = Vec::new();
    for row in &rows {
        if let Some(customer) = row.maybe_parse("customer_id")? {
            memberships.push(Membership { customer, role: row.parse("role")? });
        }
    }
    let actor = Actor::new(person.id, staff, memberships);
    Ok(Some(SignedIn { person, actor, is_use_unrecorded }))
}

/// Opens a session without any check. Only the demo company, imports and tests can call this.
pub async fn open_unchecked(change: &mut BackdatedChange, person: PersonId, agent: &str) -> Result<Secret> {
    open(change, person, agent).await
}

/// Stores the current time as the session's last use. Open to everyone who has the secret.
pub async fn record_use(store: &Store, secret: &Secret) -> Result<()> {
    let mut change = store.change(Actor::System).await?;
    let at = change.at().0;
    sqlx::query("UPDATE session SET seen_at = $1 WHERE token_hash = $2")
        .bind(at)
        .bind(secret.hash())
        .execute(change.connection())
        .await?;
    change.commit().await
}

/// A session, for the list that its owner sees.
#[derive(Debug, Clone)]
pub struct Session {
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub agent: String,
    pub here: bool,
}

/// Lists the sessions of a person, the last used first. `here` is the secret of the session that asks.
pub async fn list(
    connection: &mut AnyConnection,
    person: PersonId,
    here: &Secret,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let rows = sqlx::query(
        "SELECT token_hash, created_at, seen_at, agent FROM session
         WHERE person_id = $1 AND seen_at > $2 AND created_at > $3 ORDER BY seen_at DESC",
    )
    .bind(person.to_string())
    .bind(now.minus(MAX_IDLE).0)
    .bind(now.minus(MAX_AGE).0)
    .fetch_all(connection)
    .await?;
    let here = here.hash();
    rows.iter()
        .map(|row| {
            Ok(Session {
                created_at: row.time("created_at")?,
                seen_at: row.time("seen_at")?,
                agent: row.text("agent")?,
                here: row.text("token_hash")? == here,
            })
        })
        .collect()
}

/// Ends a session. All room connections of the person are closed; those of other sessions reconnect. Open to
/// everyone who has the secret.
pub async fn end(change: &mut Change, secret: &Secret) -> Result<()> {
    let closed = sqlx::query("DELETE FROM session WHERE token_hash = $1 RETURNING person_id")
        .bind(secret.hash())
        .fetch_optional(change.connection())
        .await?;
    if let Some(row) = closed {
        change.broadcast(CommitEvent::SessionEnded(row.parse("person_id")?));
    }
    Ok(())
}

/// Ends all sessions of the actor and closes their room connections.
pub async fn end_own(change: &mut Change) -> Result<()> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(person))?;
    end_all(change, person).await
}

/// Ends all sessions of a person and closes their room connections.
pub(crate) async fn end_all(change: &mut Change, person: PersonId) -> Result<()> {
    change.broadcast(CommitEvent::SessionEnded(person));
    sqlx::query("DELETE FROM session WHERE person_id = $1")
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    Ok(())
}
