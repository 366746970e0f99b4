//! The worker's side of the outbox: take what is due, keep what was built, mark what became of it.

use super::{Content, MailKind};
use crate::{Change, Error, Result, Secret, Store, base::row::Columns};
use domain::{Language, OutboxId, SendFailure, Span, Timestamp, policy::Actor};
use sqlx::any::AnyRow;

/// A message whose time has come, leased to this worker.
#[derive(Debug, Clone)]
pub struct Due {
    pub id: OutboxId,
    pub kind: MailKind,
    pub address: String,
    /// How to greet the person: only once they have proved their address. Until then a stranger may have typed it, and
    /// a stranger's words are not ours to send.
    pub name: Option<String>,
    pub language: Language,
    pub content: Content,
    /// The message of the same conversation that the person got before.
    pub answers: Option<OutboxId>,
    pub created_at: Timestamp,
    pub attempts: u32,
    /// The exact bytes, where an earlier attempt built them.
    pub built: Option<Vec<u8>>,
    /// For the link that stops mails like this, where it is about to be built and can be stopped. Whoever has it can
    /// do that and nothing else; it is kept, as its hash, with the bytes that carry it.
    pub unsubscribe: Option<Secret>,
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub obstacle: SendFailure,
    /// As the mail server or the program says it.
    pub problem: String,
    /// However often it is tried, it will not leave.
    pub is_permanent: bool,
}

/// How long a worker may take over one message before another takes it.
pub const LEASE: Span = Span::minutes(2);
/// After so many attempts, over about two days, a message has failed and staff are shown it.
pub const ATTEMPTS: u32 = 16;

/// Takes up to `count` messages that are due, oldest first. A worker that dies leaves them due again after [`LEASE`].
pub async fn take(store: &Store, count: i64) -> Result<Vec<Due>> {
    let mut change = store.change(Actor::System).await?;
    let now = change.at();
    // SKIP LOCKED lets several servers take different messages; SQLite has one writer and needs no such thing.
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
                let stoppable = message.built.is_none() && message.kind.notification_kind().is_some();
                due.push(Due { unsubscribe: stoppable.then(|| change.secret()), ..message });
            }
            // One that cannot be read must not keep the others from leaving.
            Err(error) => fail(&mut change, &row.text("id")?, &error.to_string()).await?,
        }
    }
    change.commit().await?;
    due.sort_by_key(|message| message.id);
    Ok(due)
}

fn read(row: &AnyRow) -> Result<Due> {
    let id: OutboxId = row.parse("id")?;
    Ok(Due {
        id,
        kind: row.parse("kind")?,
        address: row.text("address")?,
        name: row.maybe_text("name")?,
        language: row.parse("language")?,
        content: serde_json::from_str(&row.text("data")?).map_err(|error| Error::damaged(id, error))?,
        answers: row.maybe_parse("answers")?,
        created_at: row.time("created_at")?,
        attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
        built: row.maybe_bytes("built")?,
        unsubscribe: None,
    })
}

async fn fail(change: &mut Change, id: &str, problem: &str) -> Result<()> {
    sqlx::query("UPDATE outbox SET state = 'failed', obstacle = $1, problem = $2 WHERE id = $3")
        .bind(SendFailure::Content.name())
        .bind(problem)
        .bind(id)
        .execute(change.connection())
        .await?;
    Ok(())
}

/// Keeps the exact bytes before they are sent for the first time; false where others were kept before.
pub async fn keep_built(store: &Store, message: &Due, built: &[u8]) -> Result<bool> {
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

/// The mail server has taken it. A secret that it carried is from now on in the recipient's mailbox only.
pub async fn mark_sent(store: &Store, message: &Due) -> Result<()> {
    let mut content = message.content.clone();
    if message.kind.is_about_account() {
        content.path.clear();
    }
    let data = serde_json::to_string(&content).map_err(|error| Error::damaged(message.id, error))?;
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

/// Without a mail server messages stay here, with their links, and are read at the desk. Keeps all that are due; tells
/// how many they were.
pub async fn keep(store: &Store) -> Result<u64> {
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

/// Writes down why an attempt failed, and when the next one is: later and later, or never when `forever` or when all
/// attempts are used up.
pub async fn mark_failed(store: &Store, message: &Due, failure: &Failure) -> Result<()> {
    let mut change = store.change(Actor::System).await?;
    let state = if failure.forever || message.attempts >= ATTEMPTS { "failed" } else { "waiting" };
    let next_at = change.at().plus(pause(message.attempts));
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

/// 10 s, 20 s, 40 s, … up to 12 h.
fn pause(attempts: u32) -> Span {
    let seconds = 10_i64.saturating_mul(1 << attempts.saturating_sub(1).min(20));
    Span::seconds(seconds.min(12 * 3600))
}

/// When the next waiting message is due.
pub async fn next_due(store: &Store) -> Result<Option<Timestamp>> {
    let mut connection = store.read().await?;
    let row = sqlx::query("SELECT min(next_at) AS next_at FROM outbox WHERE state = 'waiting'")
        .fetch_one(&mut *connection)
        .await?;
    row.maybe_time("next_at")
}
