//! Sessions: kept by the server, known to the browser by a secret in a cookie.

use crate::{
    Change, CommitEvent, Result, Secret,
    base::row::Columns,
    person::{self, Person},
};
use domain::{
    PersonId, Span, Timestamp,
    policy::{Actor, Membership, StaffRole},
};
use sqlx::AnyConnection;

/// A session unused for so long has ended.
pub const IDLE: Span = Span::days(14);
/// A session lasts no longer than this, used or not.
pub const LASTS: Span = Span::days(60);
/// Using a session is written down no more often than this.
const NOTED_EVERY: Span = Span::hours(1);

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub person: Person,
    pub actor: Actor,
    /// Whether it is time to write down that the session is used.
    pub stale: bool,
}

/// Opens a session for someone who has proved who they are.
pub async fn open(change: &mut Change, person: PersonId, agent: &str) -> Result<Secret> {
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

/// Who holds this secret now; None for one that opens nothing.
pub async fn find(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<Option<SignedIn>> {
    // Every page asks this: one question. A row for each membership; one row where there is none.
    let rows = sqlx::query(
        "SELECT p.id, p.email, p.name, p.phone, p.language, p.time_zone, p.confirmed_at, p.revision,
                s.role AS staff_role, e.seen_at,
                m.customer_id, m.role
         FROM session e JOIN person p ON p.id = e.person_id LEFT JOIN staff s ON s.person_id = p.id
         LEFT JOIN member m ON m.person_id = p.id AND s.role IS NULL
         WHERE e.token_hash = $1 AND e.seen_at > $2 AND e.created_at > $3 ORDER BY m.created_at, m.customer_id",
    )
    .bind(secret.hash())
    .bind(now.minus(IDLE).0)
    .bind(now.minus(LASTS).0)
    .fetch_all(connection)
    .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let person = person::read(row)?;
    let staff: Option<StaffRole> = row.maybe_parse("staff_role")?;
    let stale = row.time("seen_at")? < now.minus(NOTED_EVERY);
    let mut memberships = Vec::new();
    for row in &rows {
        if let Some(customer) = row.maybe_parse("customer_id")? {
            memberships.push(Membership { customer, role: row.parse("role")? });
        }
    }
    let actor = Actor::new(person.id, staff, memberships);
    Ok(Some(SignedIn { person, actor, stale }))
}

/// Writes down that the session is used.
pub async fn note_use(change: &mut Change, secret: &Secret) -> Result<()> {
    let at = change.at().0;
    sqlx::query("UPDATE session SET seen_at = $1 WHERE token_hash = $2")
        .bind(at)
        .bind(secret.hash())
        .execute(change.connection())
        .await?;
    Ok(())
}

pub(crate) async fn memberships(connection: &mut AnyConnection, person: PersonId) -> Result<Vec<Membership>> {
    let rows =
        sqlx::query("SELECT customer_id, role FROM member WHERE person_id = $1 ORDER BY created_at, customer_id")
            .bind(person.to_string())
            .fetch_all(connection)
            .await?;
    rows.iter().map(|row| Ok(Membership { customer: row.parse("customer_id")?, role: row.parse("role")? })).collect()
}

/// One place where a person is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub agent: String,
    pub here: bool,
}

/// Where this person is signed in, the latest use first.
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
    .bind(now.minus(IDLE).0)
    .bind(now.minus(LASTS).0)
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

/// Ends this session, and its connections to rooms with it: those of the person's other sessions come again.
pub async fn close(change: &mut Change, secret: &Secret) -> Result<()> {
    let closed = sqlx::query("DELETE FROM session WHERE token_hash = $1 RETURNING person_id")
        .bind(secret.hash())
        .fetch_optional(change.connection())
        .await?;
    if let Some(row) = closed {
        change.broadcast(CommitEvent::SessionEnded(row.parse("person_id")?));
    }
    Ok(())
}

/// Ends every session of this person, and their connections to rooms with them.
pub async fn close_all(change: &mut Change, person: PersonId) -> Result<()> {
    change.broadcast(CommitEvent::SessionEnded(person));
    sqlx::query("DELETE FROM session WHERE person_id = $1")
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    Ok(())
}
