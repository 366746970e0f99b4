//! Operations of the mail worker: lease due mail, save the built bytes, mark the result.
//!
//! They act as the program and do not ask the policy, because no person causes them. Pages must not call them.

use super::retry::{MAX_ATTEMPTS, retry_delay};
use crate::{Change, Error, Result, Secret, Store, base::row::Columns};
use domain::{Language, OutboxId, SendFailure, Span, Timestamp, mail::MailContent, policy::Actor};
use sqlx::any::AnyRow;

/// A due mail, leased to this worker.
#[derive(Debug, Clone)]
pub struct DueMail {
    pub id: OutboxId,
    pub address: String,
    /// The person's name, if they have confirmed their address. Until then a stranger may have typed the name, and it
    /// must not be sent.
    pub name: Option<String>,
    pub language: Language,
    pub content: MailContent,
    /// The previous mail to this person in the same thread.
    pub answers: Option<OutboxId>,
    pub created_at: Timestamp,
    pub attempts: u32,
    /// The bytes that an earlier attempt built.
    pub built: Option<Vec<u8>>,
    /// The secret of the unsubscribe link, if the mail is not built yet and its kind can be turned off. It allows
    /// nothing else. Its hash is stored together with the built bytes.
    pub unsubscribe: Option<Secret>,
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub obstacle: SendFailure,
    /// The message of the mail server or the program.
    pub problem: String,
    /// Whether further attempts cannot succeed.
    pub is_permanent: bool,
}

/// How long a mail is leased to a worker before another worker can lease it.
pub const LEASE: Span = Span::minutes(2);

/// Leases up to `count` due mails, oldest first. They become due again after [`LEASE`] if the worker dies.
pub async fn lease_due(store: &Store, count: i64) -> Result<Vec<DueMail>> {
    let mut change = store.change(Actor::System).await?;
    let now = change.at();
    // SKIP LOCKED lets several servers lease different mails. SQLite has one writer and does not need it.
    let lock = match store.kind() {
        crate::DatabaseKind::Postgres => "FOR UPDATE SKIP LOCKED",
        crate::DatabaseKind::Sqlite => "",
    };
    let sql = format!(
        "UPDATE outbox SET next_at = $1, attempts = attempts + 1 WHERE id IN (
             SELECT id FROM outbox WHERE state = 'waiting' AND next_at <= $2 ORDER BY next_at, id LIMIT $3 {lock})
         RETURNING id, kind, address, language, data, answers, created_at, attempts, built,
             (SELECT p.name FROM person p WHERE p.id = outbox.person_id AND p.confirmed_at IS NOT NULL) AS name"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(now.plus(LEASE).0)
        .bind(now.0)
        .bind(count)
        .fetch_all(change.connection())
        .await?;
    let mut due = Vec::with_capacity(rows.len());
    for row in &rows {
        match read(row) {
            Ok(message) => {
                let stoppable = message.built.is_none() && message.content.kind().notification_kind().is_some();
                due.push(DueMail { unsubscribe: stoppable.then(|| change.secret()), ..message });
            }
            // An unreadable mail must not block the others.
            Err(error) => mark_unreadable(&mut change, &row.text("id")?, &error.to_string()).await?,
        }
    }
    change.commit().await?;
    due.sort_by_key(|message| message.id);
    Ok(due)
}

fn read(row: &AnyRow) -> Result<DueMail> {
    let id: OutboxId = row.parse("id")?;
    Ok(DueMail {
        id,
        address: row.text("address")?,
        name: row.maybe_text("name")?,
        language: row.parse("language")?,
        content: super::read_content(row, id)?,
        answers: row.maybe_parse("answers")?,
        created_at: row.time("created_at")?,
        attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
        built: row.maybe_bytes("built")?,
        unsubscribe: None,
    })
}

async fn mark_unreadable(change: &mut Change, id: &str, problem: &str) -> Result<()> {
    sqlx::query("UPDATE outbox SET state = 'failed', obstacle = $1, problem = $2 WHERE id = $3")
        .bind(SendFailure::Content.name())
        .bind(problem)
        .bind(id)
        .execute(change.connection())
        .await?;
    Ok(())
}

/// Saves the built bytes before the first attempt to send them. Returns false if bytes were saved before.
pub async fn save_built(store: &Store, message: &DueMail, built: &[u8]) -> Result<bool> {
    let mut change = store.change(Actor::System).await?;
    let kept = sqlx::query(
        "UPDATE outbox SET built = $1, unsubscribe = $2 WHERE id = $3 AND state = 'waiting' AND built IS NULL",
    )
    .bind(built)
    .bind(message.unsubscribe.as_ref().map(Secret::hash))
    .bind(message.id.to_string())
    .execute(change.connection())
    .await?;
    change.commit().await?;
    Ok(kept.rows_affected() == 1)
}

/// Marks a mail as accepted by the mail server, and deletes its bytes and any secret link.
pub async fn mark_sent(store: &Store, message: &DueMail) -> Result<()> {
    let mut content = message.content.clone();
    if content.kind().is_about_account() {
        content.delete_link();
    }
    let data = content.data().map_err(|error| Error::damaged(message.id, error))?;
    let mut change = store.change(Actor::System).await?;
    let at = change.at().0;
    sqlx::query(
        "UPDATE outbox SET state = 'sent', sent_at = $1, obstacle = '', problem = '', built = NULL, data = $2
         WHERE id = $3 AND state = 'waiting'",
    )
    .bind(at)
    .bind(data)
    .bind(message.id.to_string())
    .execute(change.connection())
    .await?;
    change.commit().await
}

/// Marks all due mail as sent although it only stays in the outbox, for use without a mail server: staff read it, with
/// its links, at the desk. Returns the number of mails.
pub async fn mark_due_as_kept(store: &Store) -> Result<u64> {
    let mut change = store.change(Actor::System).await?;
    let at = change.at().0;
    let kept = sqlx::query(
        "UPDATE outbox SET state = 'sent', sent_at = $1, attempts = attempts + 1, obstacle = '', problem = ''
         WHERE state = 'waiting' AND next_at <= $1",
    )
    .bind(at)
    .execute(change.connection())
    .await?;
    change.commit().await?;
    Ok(kept.rows_affected())
}

/// Stores why an attempt failed and schedules the next one with exponential backoff, or marks the mail as failed if the
/// failure is permanent or no attempts are left.
pub async fn mark_failed(store: &Store, message: &DueMail, failure: &Failure) -> Result<()> {
    let mut change = store.change(Actor::System).await?;
    let state = if failure.is_permanent || message.attempts >= MAX_ATTEMPTS { "failed" } else { "waiting" };
    let next_at = change.at().plus(retry_delay(message.attempts));
    sqlx::query(
        "UPDATE outbox SET state = $1, next_at = $2, obstacle = $3, problem = $4 WHERE id = $5 AND state = 'waiting'",
    )
    .bind(state)
    .bind(next_at.0)
    .bind(failure.obstacle.name())
    .bind(&failure.problem)
    .bind(message.id.to_string())
    .execute(change.connection())
    .await?;
    change.commit().await
}

/// Returns when the next waiting mail is due, if there is one.
pub async fn next_due(store: &Store) -> Result<Option<Timestamp>> {
    let mut connection = store.read().await?;
    let row = sqlx::query("SELECT min(next_at) AS next_at FROM outbox WHERE state = 'waiting'")
        .fetch_one(&mut *connection)
        .await?;
    row.maybe_time("next_at")
}
