//! The outbox at the desk: listing mail and resending failed mail.

use super::read_content;
use crate::{
    Change, Error, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
    },
};
use domain::{
    Language, MailState, OutboxId, SendFailure, Timestamp,
    mail::MailContent,
    policy::{Action, Owner, Permit, ReadAccountLinks, ReadOutbox, Refusal},
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone)]
pub struct OutboxMail {
    pub id: OutboxId,
    pub address: String,
    pub language: Language,
    /// The link is deleted if it gives access to an account (see [`domain::mail::MailKind::is_about_account`]), except
    /// for readers who may read such links, and only if there is no mail server.
    pub content: MailContent,
    pub answers: Option<OutboxId>,
    pub state: MailState,
    pub attempts: i64,
    /// Why the last attempt failed; `problem` is the message of the mail server.
    pub obstacle: Option<SendFailure>,
    pub problem: String,
    pub created_at: Timestamp,
    pub next_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT id, kind, address, language, data, answers, state, attempts, obstacle, problem,
     created_at, next_at, sent_at FROM outbox";

/// Which mail a list shows; all by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxFilter {
    pub state: Option<MailState>,
}

/// Lists mail, the newest first. Mail that cannot be read, such as kinds of a newer program, is skipped and logged; a
/// page may then have fewer rows than requested. Links that give access to an account are returned only with the key
/// `links`.
pub async fn list(
    connection: &mut AnyConnection,
    _: &Permit<ReadOutbox>,
    links: Option<&Permit<ReadAccountLinks>>,
    filter: OutboxFilter,
    request: &PageRequest,
) -> Result<Page<OutboxMail>> {
    const NEWEST_FIRST: SortOrder = SortOrder(&[SortColumn::number("created_at").descending()]);
    let query = ListQuery::new(format!("{COLUMNS} WHERE 1 = 1"), NEWEST_FIRST);
    let page = query.filter("state = $n", filter.state.map(MailState::name)).fetch(connection, request).await?;
    let mut mails = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        match read(row, links) {
            Err(error @ Error::Damaged { .. }) => tracing::warn!("skipped an unreadable mail: {error}"),
            mail => mails.push(mail?),
        }
    }
    Ok(Page { rows: mails, next: page.next })
}

/// Finds a mail. Links that give access to an account are returned only with the key `links`.
pub async fn find(
    connection: &mut AnyConnection,
    _: &Permit<ReadOutbox>,
    links: Option<&Permit<ReadAccountLinks>>,
    id: OutboxId,
) -> Result<OutboxMail> {
    let sql = format!("{COLUMNS} WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
    read(&row.ok_or(Refusal::Missing)?, links)
}

/// Returns the number of waiting and of failed mails.
pub async fn counts(connection: &mut AnyConnection, _: &Permit<ReadOutbox>) -> Result<(i64, i64)> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) FILTER (WHERE state = 'waiting') AS BIGINT) AS waiting,
                CAST(COUNT(*) FILTER (WHERE state = 'failed') AS BIGINT) AS failed
         FROM outbox WHERE state IN ('waiting', 'failed')",
    )
    .fetch_one(connection)
    .await?;
    Ok((row.int("waiting")?, row.int("failed")?))
}

/// Restarts the attempts to send a failed mail. It keeps its Message-ID.
pub async fn resend(change: &mut Change, id: OutboxId) -> Result<()> {
    change.may(Action::ResendMail, Owner::Company)?;
    let at = change.at().0;
    let again = sqlx::query(
        "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $1 WHERE id = $2 AND state = 'failed'",
    )
    .bind(at)
    .bind(id.to_string())
    .execute(change.connection())
    .await?;
    if again.rows_affected() == 0 {
        return Err(Refusal::Missing.into());
    }
    change.wake_mail_worker();
    Ok(())
}

/// Restarts the attempts for all failed mail. Returns the number of mails.
pub async fn resend_all_failed(change: &mut Change) -> Result<u64> {
    change.may(Action::ResendMail, Owner::Company)?;
    let at = change.at().0;
    let again = sqlx::query("UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $1 WHERE state = 'failed'")
        .bind(at)
        .execute(change.connection())
        .await?;
    change.wake_mail_worker();
    Ok(again.rows_affected())
}

fn read(row: &AnyRow, links: Option<&Permit<ReadAccountLinks>>) -> Result<OutboxMail> {
    let id: OutboxId = row.parse("id")?;
    let mut content = read_content(row, id)?;
    let state: MailState = row.parse("state")?;
    // `mark_sent` deletes the path of mail that a mail server accepted. Mail that waits for one must not be readable.
    let kept = state == MailState::Sent && links.is_some();
    if content.kind().is_about_account() && !kept {
        content.delete_link();
    }
    Ok(OutboxMail {
        id,
        address: row.text("address")?,
        language: row.parse("language")?,
        content,
        answers: row.maybe_parse("answers")?,
        state,
        attempts: row.int("attempts")?,
        obstacle: row.text("obstacle")?.parse().ok(),
        problem: row.text("problem")?,
        created_at: row.time("created_at")?,
        next_at: row.time("next_at")?,
        sent_at: row.maybe_time("sent_at")?,
    })
}
