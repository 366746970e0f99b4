//! The outbox of emails. A change enqueues mail in its own transaction (here), the worker sends it after the commit
//! ([`delivery`]), staff list and resend it ([`desk`]), and links in it unsubscribe people ([`unsubscribe`]).

pub mod delivery;
pub mod desk;
pub mod retry;
pub mod unsubscribe;

use crate::{
    Change, Error, Result,
    base::{row::Columns, row_batch::Row},
};
use domain::{
    CustomerId, Language, NotificationKind, OutboxId, PersonId, Span,
    mail::{MailContent, MailKind},
};
use sqlx::{AssertSqlSafe, any::AnyRow};

/// A mail to be built and sent: to whom, and what it says.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: Recipient,
    pub customer: Option<CustomerId>,
    pub content: MailContent,
    /// The record whose mails belong together in one conversation.
    pub thread: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Recipient {
    /// None for people who have no account yet.
    pub person: Option<PersonId>,
    pub address: String,
    pub language: Language,
}

/// The recipients of a notification. Each must have confirmed their address and not have turned mail of this kind off.
/// The actor of the change is skipped, except for mail that everyone must receive.
pub(crate) struct Recipients {
    /// An SQL condition on the person `p`; `$1` is `record`.
    condition: &'static str,
    record: String,
    /// Whether the actor of the change gets the mail too.
    includes_actor: bool,
}

impl Recipients {
    /// People for whom the SQL `condition` on a person `p` holds; `$1` in it is `record`.
    pub fn matching(condition: &'static str, record: impl ToString) -> Self {
        Self { condition, record: record.to_string(), includes_actor: false }
    }

    /// The members of a customer.
    pub fn customer(customer: CustomerId) -> Self {
        Self::matching("p.id IN (SELECT m.person_id FROM member m WHERE m.customer_id = $1)", customer)
    }

    /// Everyone of the company's staff.
    pub fn staff() -> Self {
        Self::matching("p.id IN (SELECT s.person_id FROM staff s) AND $1 = 'staff'", "staff")
    }

    /// One person, even if they are the actor: a confirmation of what they did.
    pub fn person(person: PersonId) -> Self {
        Self { includes_actor: true, ..Self::matching("p.id = $1", person) }
    }
}

/// Enqueues one mail to each of the recipients. `content` gets the recipient's language and the name of the change's
/// actor.
pub(crate) async fn notify(
    change: &mut Change,
    recipients: Recipients,
    customer: CustomerId,
    thread: &str,
    content: impl Fn(Language, &str) -> MailContent,
) -> Result<()> {
    let (candidates, who) = candidates(change, recipients).await?;
    for candidate in candidates {
        let content = content(candidate.to.language, &who);
        if candidate.accepts(content.kind()) {
            let (to, customer, thread) = (candidate.to, Some(customer), Some(thread.to_owned()));
            enqueue(change, Mail { to, customer, content, thread }).await?;
        }
    }
    Ok(())
}

/// A mail to people who were not present.
pub(crate) struct Notification {
    pub customer: CustomerId,
    pub thread: String,
    pub content: MailContent,
}

/// How long a mail about a comment waits, so that following comments are sent with it.
pub const COMMENT_DELAY: Span = Span::minutes(3);

/// Enqueues mail to the recipients, except `excluded` people. Comments within [`COMMENT_DELAY`] are combined into one
/// mail.
pub(crate) async fn notify_absent(
    change: &mut Change,
    recipients: Recipients,
    excluded: &[PersonId],
    notification: &Notification,
) -> Result<()> {
    let (candidates, _) = candidates(change, recipients).await?;
    for candidate in candidates {
        let is_excluded = candidate.to.person.is_some_and(|person| excluded.contains(&person));
        if is_excluded
            || !candidate.accepts(notification.content.kind())
            || append_to_waiting(change, &candidate.to, notification).await?
        {
            continue;
        }
        let Notification { customer, thread, content } = notification;
        let (customer, thread, content) = (Some(*customer), Some(thread.clone()), content.clone());
        enqueue_after(change, Mail { to: candidate.to, customer, content, thread }, COMMENT_DELAY).await?;
    }
    Ok(())
}

/// Appends the comment to a waiting mail about comments of the same thread that no worker has leased. Returns false if
/// there is none. A quote that exceeds the maximum length ends with "…", so that many comments do not cause many mails.
async fn append_to_waiting(change: &mut Change, to: &Recipient, notification: &Notification) -> Result<bool> {
    /// In characters.
    const MAX_QUOTE_LENGTH: usize = 10_000;
    const AND_MORE: &str = "\n\n…";
    let now = change.at().0;
    let kind = notification.content.kind().name();
    let waiting = sqlx::query(
        "SELECT id, data FROM outbox WHERE person_id = $1 AND thread = $2 AND kind = $3 AND state = 'waiting'
         AND attempts = 0 AND next_at > $4 ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(to.person.map(|person| person.to_string()))
    .bind(&notification.thread)
    .bind(kind)
    .bind(now)
    .fetch_optional(change.connection())
    .await?;
    let Some(row) = waiting else { return Ok(false) };
    let id = row.text("id")?;
    // The worker reports mails that cannot be read.
    let Ok(mut content) = MailContent::read(kind, &row.text("data")?) else { return Ok(false) };
    let (MailContent::DesignComment { quote, .. }, MailContent::DesignComment { quote: added, .. }) =
        (&mut content, &notification.content)
    else {
        return Ok(false);
    };
    if quote.ends_with(AND_MORE) {
        return Ok(true);
    }
    if quote.chars().count() + added.chars().count() <= MAX_QUOTE_LENGTH {
        *quote = format!("{quote}\n\n{added}");
    } else {
        quote.push_str(AND_MORE);
    }
    let data = content.data().map_err(|error| Error::damaged(&id, error))?;
    let joined = sqlx::query(
        "UPDATE outbox SET data = $1 WHERE id = $2 AND state = 'waiting' AND attempts = 0 AND next_at > $3",
    )
    .bind(data)
    .bind(&id)
    .bind(now)
    .execute(change.connection())
    .await?;
    Ok(joined.rows_affected() == 1)
}

/// A person whom a notification may go to.
struct Candidate {
    to: Recipient,
    refused: Vec<NotificationKind>,
    /// Whether the mail is skipped because the person caused it, unless everyone must receive it.
    is_cause: bool,
}

impl Candidate {
    fn accepts(&self, kind: MailKind) -> bool {
        kind.notification_kind().is_none_or(|notice| !self.is_cause && !self.refused.contains(&notice))
    }
}

/// Returns the people whom the notification may go to, and the name of the change's actor.
async fn candidates(change: &mut Change, recipients: Recipients) -> Result<(Vec<Candidate>, String)> {
    // One row for each kind of notices that the person turned off; one row if there is none.
    let sql = format!(
        "SELECT p.id, p.email, p.language, n.kind AS refused, (SELECT c.name FROM person c WHERE c.id = $2) AS who
         FROM person p LEFT JOIN notice_choice n ON n.person_id = p.id AND n.by_mail = 0
         WHERE p.confirmed_at IS NOT NULL AND {} ORDER BY p.id",
        recipients.condition
    );
    let actor = change.actor().person();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(recipients.record)
        .bind(actor.map(|person| person.to_string()))
        .fetch_all(change.connection())
        .await?;
    let skipped = actor.filter(|_| !recipients.includes_actor);
    let who = rows.first().map(|row| row.maybe_text("who")).transpose()?.flatten().unwrap_or_default();
    let mut candidates: Vec<Candidate> = Vec::with_capacity(rows.len());
    for row in rows {
        let person: PersonId = row.parse("id")?;
        let refused = row.maybe_parse("refused")?;
        match candidates.last_mut() {
            Some(last) if last.to.person == Some(person) => last.refused.extend(refused),
            _ => {
                let (address, language) = (row.text("email")?, row.parse("language")?);
                let to = Recipient { person: Some(person), address, language };
                let is_cause = Some(person) == skipped;
                candidates.push(Candidate { to, refused: refused.into_iter().collect(), is_cause });
            }
        }
    }
    Ok((candidates, who))
}

/// Deletes unsent mail to a person about a customer, or all unsent mail to them if `customer` is `None`. Called when
/// they are removed.
pub(crate) async fn delete_unsent(change: &mut Change, person: PersonId, customer: Option<CustomerId>) -> Result<()> {
    sqlx::query(
        "DELETE FROM outbox WHERE person_id = $1 AND customer_id = COALESCE($2, customer_id) AND state <> 'sent'",
    )
    .bind(person.to_string())
    .bind(customer.map(|customer| customer.to_string()))
    .execute(change.connection())
    .await?;
    Ok(())
}

/// Adds a mail to the outbox. It is sent after the commit.
pub(crate) async fn enqueue(change: &mut Change, mail: Mail) -> Result<()> {
    change.wake_mail_worker();
    enqueue_after(change, mail, Span::seconds(0)).await
}

/// Adds a mail to the outbox that is sent after `wait`.
async fn enqueue_after(change: &mut Change, mail: Mail, wait: Span) -> Result<()> {
    let (id, at, is_sent) = (change.key().to_string(), change.at().0, change.is_backdated());
    let data = mail.content.data().map_err(|error| Error::damaged(&id, error))?;
    let person = mail.to.person.map(|person| person.to_string());
    let conversation = mail.thread.as_ref().zip(person.as_ref()).map(|(thread, person)| format!("{thread} {person}"));
    let row = Row::new(
        "INSERT INTO outbox (id, kind, person_id, customer_id, address, language, data, thread,
                             state, attempts, next_at, problem, created_at, sent_at, answers)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $12, '', $10, $11,
                 (SELECT o.id FROM outbox o WHERE o.person_id = $3 AND o.thread = $8
                  ORDER BY o.created_at DESC, o.id DESC LIMIT 1))",
    )
    .bind(id)
    .bind(mail.content.kind().name())
    .bind(person)
    .bind(mail.customer.map(|customer| customer.to_string()))
    .bind(mail.to.address)
    .bind(mail.to.language.tag())
    .bind(data)
    .bind(mail.thread)
    .bind(if is_sent { "sent" } else { "waiting" })
    .bind(at)
    .bind(is_sent.then_some(at))
    .bind(at + wait.0);
    change
        .write_later(if let Some(conversation) = conversation { row.after_rows_with(conversation) } else { row })
        .await
}

/// Reads what a mail says from its row.
fn read_content(row: &AnyRow, id: OutboxId) -> Result<MailContent> {
    MailContent::read(&row.text("kind")?, &row.text("data")?).map_err(|error| Error::damaged(id, error))
}
