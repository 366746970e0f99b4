//! The outbox of emails. A change enqueues mail in its own transaction (here), the worker sends it after the commit
//! ([`delivery`]), staff list and resend it ([`desk`]), and links in it unsubscribe people ([`unsubscribe`]).

pub mod delivery;
pub mod desk;
pub mod unsubscribe;

use crate::{
    Change, Error, Result,
    base::{batch::Row, row::Columns},
};
use domain::{CustomerId, Language, NotificationKind, PersonId, Span};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// A mail to be built and sent: what kind, to whom, and what it says.
#[derive(Debug, Clone)]
pub struct Mail {
    pub kind: MailKind,
    pub to: Recipient,
    pub customer: Option<CustomerId>,
    pub content: Content,
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

/// What the words of the mail are filled with; kept as JSON in the row.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Content {
    /// The values that the texts of this kind name.
    pub values: BTreeMap<String, String>,
    /// Words of a person, carried as they are: an answer, a message, a reason.
    pub quote: Option<String>,
    /// Where the button leads: a path of the portal or the desk.
    pub path: String,
}

impl Content {
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    pub fn quoting(mut self, text: impl Into<String>) -> Self {
        self.quote = Some(text.into());
        self
    }
}

macro_rules! kinds {
    ($($variant:ident = $name:literal $(about $notification:ident)?),+ $(,)?) => {
        /// Kinds of mail. The texts of each are `mail-NAME-…` in `locales`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MailKind { $($variant),+ }

        impl MailKind {
            pub const ALL: &'static [MailKind] = &[$(MailKind::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $(MailKind::$variant => $name),+ }
            }
            /// What people may choose not to be told by mail; None for what they must know.
            pub const fn notification_kind(self) -> Option<NotificationKind> {
                match self { $(MailKind::$variant => kinds!(@ $($notification)?)),+ }
            }
        }
        impl std::str::FromStr for MailKind {
            type Err = domain::state::UnknownState;
            fn from_str(name: &str) -> std::result::Result<Self, Self::Err> {
                match name { $($name => Ok(MailKind::$variant),)+ _ => Err(domain::state::UnknownState) }
            }
        }
    };
    (@ $notification:ident) => { Some(NotificationKind::$notification) };
    (@) => { None };
}

kinds! {
    ConfirmAddress = "confirm-address",
    AlreadyRegistered = "already-registered",
    NoAccount = "no-account",
    ResetPassword = "reset-password",
    Invitation = "invitation",
    StaffInvitation = "staff-invitation",
    DesignComment = "design-comment" about Designs,
    VersionStaff = "version-staff" about Designs,
    Proposal = "proposal" about Designs,
    Approved = "approved",
    ApprovedStaff = "approved-staff" about Designs,
    DeclinedStaff = "declined-staff" about Designs,
    OrderStep = "order-step" about Orders,
    OrderShipped = "order-shipped" about Orders,
    OrderDelivered = "order-delivered" about Orders,
    OrderAcceptedStaff = "order-accepted-staff" about Orders,
    TicketOpenedStaff = "ticket-opened-staff" about Tickets,
    TicketReceived = "ticket-received" about Tickets,
    TicketAnswer = "ticket-answer" about Tickets,
    TicketSolved = "ticket-solved" about Tickets,
    TicketMessageStaff = "ticket-message-staff" about Tickets,
}

impl MailKind {
    /// Whether the mail is about access to an account. Most such mails have a link that gives access to its holder, so
    /// it is stored no longer than needed and shown only to administrators.
    pub const fn is_about_account(self) -> bool {
        use MailKind::*;
        matches!(self, ConfirmAddress | AlreadyRegistered | NoAccount | ResetPassword | Invitation | StaffInvitation)
    }
}

/// The people a mail goes to. Each must have confirmed their address and not have turned mail of this kind off. The
/// actor of the change is skipped, except for mail that everyone must receive.
pub(crate) struct Audience {
    /// An SQL condition on the person `p`; `$1` is `record`.
    condition: &'static str,
    record: String,
    /// Whether the actor of the change gets the mail too.
    includes_actor: bool,
}

impl Audience {
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

/// Enqueues one mail to each person of the audience. Adds the value `who`, the name of the actor.
pub(crate) async fn notify(
    change: &mut Change,
    audience: Audience,
    kind: MailKind,
    customer: CustomerId,
    thread: &str,
    content: Content,
) -> Result<()> {
    notify_each(change, audience, kind, customer, thread, |_| content.clone()).await
}

/// Like [`notify`], with content that depends on the recipient's language.
pub(crate) async fn notify_each(
    change: &mut Change,
    audience: Audience,
    kind: MailKind,
    customer: CustomerId,
    thread: &str,
    content: impl Fn(Language) -> Content,
) -> Result<()> {
    let (recipients, who) = recipients(change, audience, kind).await?;
    for to in recipients {
        let content = content(to.language);
        let content = if let Some(who) = &who { content.with("who", who) } else { content };
        let thread = Some(thread.to_owned());
        enqueue(change, Mail { kind, to, customer: Some(customer), content, thread }).await?;
    }
    Ok(())
}

/// A mail to people who were not present.
pub(crate) struct Notification {
    pub kind: MailKind,
    pub customer: CustomerId,
    pub thread: String,
    pub content: Content,
}

/// How long a mail about a comment waits, so that following comments are sent with it.
pub const COMMENT_DELAY: Span = Span::minutes(3);

/// Enqueues mail to the audience, except `excluded` people. Notifications within [`COMMENT_DELAY`] are combined into
/// one mail.
pub(crate) async fn notify_absent(
    change: &mut Change,
    audience: Audience,
    excluded: &[PersonId],
    notification: &Notification,
) -> Result<()> {
    let (recipients, _) = recipients(change, audience, notification.kind).await?;
    for to in recipients {
        if to.person.is_some_and(|person| excluded.contains(&person))
            || append_to_waiting(change, &to, notification).await?
        {
            continue;
        }
        let Notification { kind, customer, thread, content } = notification;
        let (customer, thread, content) = (Some(*customer), Some(thread.clone()), content.clone());
        enqueue_after(change, Mail { kind: *kind, to, customer, content, thread }, COMMENT_DELAY).await?;
    }
    Ok(())
}

/// Appends the quote to a waiting mail of the same kind and thread that no worker has leased. Returns false if there is
/// none. A quote that exceeds the maximum length is replaced by "…", so that many comments do not cause many mails.
async fn append_to_waiting(change: &mut Change, to: &Recipient, notification: &Notification) -> Result<bool> {
    /// In characters.
    const MAX_QUOTE_LENGTH: usize = 10_000;
    const AND_MORE: &str = "\n\n…";
    let now = change.at().0;
    let waiting = sqlx::query(
        "SELECT id, data FROM outbox WHERE person_id = $1 AND thread = $2 AND kind = $3 AND state = 'waiting'
         AND attempts = 0 AND next_at > $4 ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind(to.person.map(|person| person.to_string()))
    .bind(&notification.thread)
    .bind(notification.kind.name())
    .bind(now)
    .fetch_optional(change.connection())
    .await?;
    let Some(row) = waiting else { return Ok(false) };
    let id = row.text("id")?;
    // The worker reports unreadable mail.
    let Ok(mut content) = serde_json::from_str::<Content>(&row.text("data")?) else { return Ok(false) };
    let (before, said) =
        (content.quote.take().unwrap_or_default(), notification.content.quote.as_deref().unwrap_or_default());
    if before.ends_with(AND_MORE) {
        return Ok(true);
    }
    let fits = before.chars().count() + said.chars().count() <= MAX_QUOTE_LENGTH;
    let quote = if fits { format!("{before}\n\n{said}") } else { before + AND_MORE };
    let data = serde_json::to_string(&content.quoting(quote)).map_err(|error| Error::damaged(&id, error))?;
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

/// Returns the recipients and the name of the actor.
async fn recipients(
    change: &mut Change,
    audience: Audience,
    kind: MailKind,
) -> Result<(Vec<Recipient>, Option<String>)> {
    let sql = format!(
        "SELECT p.id, p.email, p.language, (SELECT c.name FROM person c WHERE c.id = $3) AS who
         FROM person p LEFT JOIN notice_choice n ON n.person_id = p.id AND n.kind = $2
         WHERE p.confirmed_at IS NOT NULL AND {} AND COALESCE(n.by_mail, 1) = 1 ORDER BY p.id",
        audience.condition
    );
    let notification_kind = kind.notification_kind().map_or("", NotificationKind::name);
    let cause = change.actor().person();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(audience.record)
        .bind(notification_kind)
        .bind(cause.map(|person| person.to_string()))
        .fetch_all(change.connection())
        .await?;
    let spared = cause.filter(|_| !audience.includes_actor);
    let who = rows.first().map(|row| row.maybe_text("who")).transpose()?.flatten();
    let mut recipients = Vec::with_capacity(rows.len());
    for row in rows {
        let person: PersonId = row.parse("id")?;
        if Some(person) != spared || kind.notification_kind().is_none() {
            let (address, language) = (row.text("email")?, row.parse("language")?);
            recipients.push(Recipient { person: Some(person), address, language });
        }
    }
    Ok((recipients, who))
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
    let data = serde_json::to_string(&mail.content).map_err(|error| Error::damaged(&id, error))?;
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
    .bind(mail.kind.name())
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
