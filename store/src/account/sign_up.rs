//! Signing up and proving the address. The answer never tells whether an address is known: its owner learns it from
//! the mail.

use super::{
    password, session,
    token::{self, Purpose},
};
use crate::{
    Change, Conflict, Result, Secret, Store,
    change::Event,
    customer,
    outbox::{Content, Mail, MailKind, Recipient},
    person::{self, NewPerson, Person},
};
use domain::{CustomerKind, Language, Timestamp, input::Check, policy::Actor};
use sqlx::AnyConnection;

#[derive(Debug, Clone, Default)]
pub struct SignUp {
    pub name: String,
    pub email: String,
    pub password: String,
    /// Left empty by private persons.
    pub organisation: String,
}

/// Takes the form and mails a link to the address. A known address gets a mail that says so.
pub async fn sign_up(store: &Store, form: SignUp, language: Language) -> Result<()> {
    let mut check = Check::default();
    let name = check.line("name", &form.name, 120);
    let email = check.email("email", &form.email);
    let password = check.new_password("password", &form.password, &email);
    let organisation = check.optional_line("organisation", &form.organisation, 160);
    check.done()?;
    let password_hash = Some(password::hash(password).await?);
    let mut change = store.change(Actor::System).await?;
    match person::by_email(change.connection(), &email).await? {
        Some(person) if person.confirmed_at.is_some() => tell_known(&mut change, &person).await?,
        Some(person) => mail_link(&mut change, &person).await?,
        None => {
            let new = NewPerson { email, name, phone: String::new(), language, password_hash, confirmed: false };
            let id = person::create(&mut change, new.clone()).await?;
            let (kind, customer_name) = if organisation.is_empty() {
                (CustomerKind::Person, new.name)
            } else {
                (CustomerKind::Organisation, organisation)
            };
            customer::create(&mut change, kind, &customer_name, id).await?;
            if let Some(person) = person::by_id(change.connection(), id).await? {
                mail_link(&mut change, &person).await?;
            }
        }
    }
    change.commit().await
}

/// Sends the confirmation link once more.
pub(super) async fn mail_link(change: &mut Change, person: &Person) -> Result<()> {
    let secret = token::make(change, Purpose::Confirm, person.id).await?;
    let content = Content::new(format!("/confirm/{}", secret.reveal())).with("name", &person.name);
    change.mail(account_mail(person, MailKind::ConfirmAddress, content)).await
}

async fn tell_known(change: &mut Change, person: &Person) -> Result<()> {
    let content = Content::new("/forgotten").with("name", &person.name);
    change.mail(account_mail(person, MailKind::AlreadyRegistered, content)).await
}

pub(super) fn account_mail(person: &Person, kind: MailKind, content: Content) -> Mail {
    let to = Recipient { person: Some(person.id), address: person.email.clone(), language: person.language };
    Mail { kind, to, customer: None, content, thread: None }
}

/// Whether the link still works; opening its page changes nothing, since programs that check mail open links too.
pub async fn look(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<()> {
    token::look(connection, Purpose::Confirm, secret, now).await.map(|_| ())
}

/// Proves the address and signs the person in.
pub async fn confirm(change: &mut Change, secret: &Secret, agent: &str) -> Result<Secret> {
    let id = token::spend(change, Purpose::Confirm, secret).await?;
    let at = change.at();
    sqlx::query("UPDATE person SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL")
        .bind(at.0)
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    let person = person::by_id(change.connection(), id).await?.ok_or(Conflict::DeadLink)?;
    for membership in session::memberships(change.connection(), id).await? {
        let mut event = Event::new("joined", membership.customer, id).with(serde_json::json!({ "name": person.name }));
        event.person = Some(id);
        change.history(event).await?;
    }
    session::open(change, id, agent).await
}
