//! Messages to be sent: written with the change that causes them (here), sent afterwards by the worker ([`work`]),
//! seen and sent again by staff ([`desk`]). A mail's link stops others like it ([`unsubscribe`]).

pub mod desk;
pub mod unsubscribe;
pub mod work;

use crate::{Change, Result, row::Columns};
use domain::{CustomerId, Language, NoticeKind, PersonId};
use serde::{Deserialize, Serialize};
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
    ($($variant:ident = $name:literal $(about $notice:ident)?),+ $(,)?) => {
        /// Kinds of mail. The texts of each are `mail-NAME-…` in `locales`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MailKind { $($variant),+ }

        impl MailKind {
            pub const ALL: &'static [MailKind] = &[$(MailKind::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $(MailKind::$variant => $name),+ }
            }
            /// What people may choose not to be told by mail; None for what they must know.
            pub const fn notice(self) -> Option<NoticeKind> {
                match self { $(MailKind::$variant => kinds!(@ $($notice)?)),+ }
            }
        }
        impl std::str::FromStr for MailKind {
            type Err = domain::state::UnknownState;
            fn from_str(name: &str) -> std::result::Result<Self, Self::Err> {
                match name { $($name => Ok(MailKind::$variant),)+ _ => Err(domain::state::UnknownState) }
            }
        }
    };
    (@ $notice:ident) => { Some(NoticeKind::$notice) };
    (@) => { None };
}

kinds! {
    ConfirmAddress = "confirm-address",
    AlreadyRegistered = "already-registered",
    ResetPassword = "reset-password",
    Invitation = "invitation",
    StaffInvitation = "staff-invitation",
    DesignComment = "design-comment" about Designs,
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
    TicketMessageStaff = "ticket-message-staff" about Tickets,
}

impl MailKind {
    /// About someone's way into the portal: to an address because somebody gave it, mostly with a link that lets in
    /// whoever has it. Such a link is kept no longer than needed and shown to few.
    pub const fn is_about_account(self) -> bool {
        use MailKind::*;
        matches!(self, ConfirmAddress | AlreadyRegistered | ResetPassword | Invitation | StaffInvitation)
    }
}

/// Who is told: the members of a customer or the staff, each unless they chose not to be told of this kind. The one
/// who caused it is told only what everyone must have in hand.
pub(crate) enum Audience {
    Customer(CustomerId),
    Staff,
    /// One person, also of what they did themselves: that it arrived.
    Person(PersonId),
}

/// Puts one mail to each of the audience into the outbox.
pub(crate) async fn tell(
    change: &mut Change,
    audience: Audience,
    kind: MailKind,
    customer: CustomerId,
    thread: &str,
    content: Content,
) -> Result<()> {
    tell_each(change, audience, kind, customer, thread, |_| content.clone()).await
}

/// The same, with a content that names things in each one's language.
pub(crate) async fn tell_each(
    change: &mut Change,
    audience: Audience,
    kind: MailKind,
    customer: CustomerId,
    thread: &str,
    content: impl Fn(Language) -> Content,
) -> Result<()> {
    for to in recipients(change, audience, kind).await? {
        let (thread, content) = (Some(thread.to_owned()), content(to.language));
        change.mail(Mail { kind, to, customer: Some(customer), content, thread }).await?;
    }
    Ok(())
}

async fn recipients(change: &mut Change, audience: Audience, kind: MailKind) -> Result<Vec<Recipient>> {
    const CUSTOMER: &str = "SELECT p.id, p.email, p.language FROM person p
         JOIN member m ON m.person_id = p.id AND m.customer_id = $1
         LEFT JOIN notice_choice n ON n.person_id = p.id AND n.kind = $2
         WHERE COALESCE(n.by_mail, 1) = 1 AND p.confirmed_at IS NOT NULL ORDER BY p.id";
    const STAFF: &str = "SELECT p.id, p.email, p.language FROM person p
         JOIN staff s ON s.person_id = p.id AND $1 = 'staff'
         LEFT JOIN notice_choice n ON n.person_id = p.id AND n.kind = $2
         WHERE COALESCE(n.by_mail, 1) = 1 ORDER BY p.id";
    const PERSON: &str = "SELECT p.id, p.email, p.language FROM person p
         LEFT JOIN notice_choice n ON n.person_id = p.id AND n.kind = $2
         WHERE p.id = $1 AND COALESCE(n.by_mail, 1) = 1 AND p.confirmed_at IS NOT NULL";
    let (sql, scope) = match audience {
        Audience::Customer(customer) => (CUSTOMER, customer.to_string()),
        Audience::Staff => (STAFF, "staff".to_owned()),
        Audience::Person(person) => (PERSON, person.to_string()),
    };
    let notice = kind.notice().map_or("", NoticeKind::name);
    let rows = sqlx::query(sql).bind(scope).bind(notice).fetch_all(change.connection()).await?;
    let cause = change.actor().person().filter(|_| !matches!(audience, Audience::Person(_)));
    let mut recipients = Vec::with_capacity(rows.len());
    for row in rows {
        let person: PersonId = row.parse("id")?;
        if Some(person) != cause || kind.notice().is_none() {
            let (address, language) = (row.text("email")?, row.parse("language")?);
            recipients.push(Recipient { person: Some(person), address, language });
        }
    }
    Ok(recipients)
}

pub(crate) async fn put(change: &mut Change, mail: Mail) -> Result<()> {
    let (id, at, told) = (change.key().to_string(), change.at().0, change.is_told());
    let data = serde_json::to_string(&mail.content).map_err(|error| crate::Error::damaged(&id, error))?;
    sqlx::query(
        "INSERT INTO outbox (id, kind, person_id, customer_id, address, language, data, thread,
                             state, attempts, next_at, problem, created_at, sent_at, answers)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, '', $10, $11,
                 (SELECT o.id FROM outbox o WHERE o.person_id = $3 AND o.thread = $8
                  ORDER BY o.created_at DESC, o.id DESC LIMIT 1))",
    )
    .bind(id)
    .bind(mail.kind.name())
    .bind(mail.to.person.map(|person| person.to_string()))
    .bind(mail.customer.map(|customer| customer.to_string()))
    .bind(mail.to.address)
    .bind(mail.to.language.tag())
    .bind(data)
    .bind(mail.thread)
    .bind(if told { "sent" } else { "waiting" })
    .bind(at)
    .bind(told.then_some(at))
    .execute(change.connection())
    .await?;
    Ok(())
}
