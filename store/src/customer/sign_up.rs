//! Signing up as a customer. The answer does not reveal whether the address has an account; its owner learns that from
//! the mail. The holder of the mailed link creates the account and chooses its password, so that nobody can create an
//! account with somebody else's address.

use crate::{
    Change, Conflict, Result, Secret, Store,
    account::{account_mail, mail_to, password, session},
    base::row::Columns,
    outbox,
    person::{self, NewPerson},
};
use domain::{
    CustomerKind, Language, Span, Timestamp,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent},
    policy::Actor,
};
use sqlx::AnyConnection;

/// How long the mailed link is valid.
const LINK_VALIDITY: Span = Span::days(2);

#[derive(Debug, Clone, Default)]
pub struct SignUp {
    pub name: String,
    pub email: String,
    /// Empty for private persons.
    pub organisation: String,
}

/// Mails a link to the address. An address that has an account gets a mail that says so. Open to everyone:
/// the secret goes only to the address.
pub async fn sign_up(store: &Store, form: SignUp, language: Language) -> Result<()> {
    let mut check = FormValidator::default();
    let name = check.line("name", &form.name, 120);
    let email = check.email("email", &form.email);
    let organisation = check.optional_line("organisation", &form.organisation, 160);
    check.done()?;
    let mut change = store.change(Actor::System).await?;
    match person::by_email(change.connection(), &email).await? {
        Some(person) => {
            let content = MailContent::AlreadyRegistered { link: Link::Forgotten, name: person.name.clone() };
            outbox::enqueue(&mut change, account_mail(&person, content)).await?;
        }
        None => enqueue_link(&mut change, SignUp { name, email, organisation }, language).await?,
    }
    change.commit().await
}

async fn enqueue_link(change: &mut Change, form: SignUp, language: Language) -> Result<()> {
    let (secret, now) = (change.secret(), change.at());
    // Deletes expired sign-ups, so that data of people who did not confirm is not kept.
    sqlx::query("DELETE FROM sign_up WHERE expires_at <= $1").bind(now.0).execute(change.connection()).await?;
    let expires_at = now.plus(LINK_VALIDITY).0;
    sqlx::query(
        "INSERT INTO sign_up (hash, email, name, organisation, language, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(secret.hash())
    .bind(&form.email)
    .bind(form.name)
    .bind(form.organisation)
    .bind(language.tag())
    .bind(expires_at)
    .execute(change.connection())
    .await?;
    let content = MailContent::ConfirmAddress { link: Link::Confirm(secret.for_link()) };
    outbox::enqueue(change, mail_to(form.email, language, content)).await
}

/// Returns the address that a valid link confirms, if it has no account yet. Does not use the link, because mail
/// scanners open links too.
pub async fn find_email(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<String> {
    let row = sqlx::query(
        "SELECT email FROM sign_up WHERE hash = $1 AND expires_at > $2 AND used_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = sign_up.email)",
    )
    .bind(secret.hash())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.ok_or(Conflict::InvalidLink)?.text("email")
}

/// Creates the account with the chosen password and returns the secret of a new session. Open to everyone who has the
/// secret of the link.
pub async fn confirm(store: &Store, secret: &Secret, typed: &str, agent: &str) -> Result<Secret> {
    let email = find_email(&mut *store.read().await?, secret, store.clock().now()).await?;
    let mut check = FormValidator::default();
    let chosen = check.new_password("password", typed, &email);
    check.done()?;
    let password_hash = Some(password::hash(chosen).await?);
    let mut change = store.change(Actor::System).await?;
    let (form, language) = redeem(&mut change, secret).await?;
    let (kind, customer) = match form.organisation {
        organisation if organisation.is_empty() => (CustomerKind::Person, form.name.clone()),
        organisation => (CustomerKind::Organisation, organisation),
    };
    let (name, email, phone) = (form.name.clone(), form.email, String::new());
    let new = NewPerson { email, name, phone, language, password_hash, confirmed: true };
    let enrolled = super::create_with_first_member(&mut change, kind, &customer, new).await;
    // The address got an account meanwhile, by an invitation or another link: its owner must sign in.
    let (customer, person) = enrolled.map_err(|error| error.replace_if_email_taken(Conflict::InvalidLink))?;
    change.record_event_of(person, customer, person, &Event::Joined { name: form.name }).await?;
    let session = session::open(&mut change, person, agent).await?;
    change.commit().await?;
    Ok(session)
}

/// Uses the link. Other links to the same address stay, but cannot be used once the account exists.
async fn redeem(change: &mut Change, secret: &Secret) -> Result<(SignUp, Language)> {
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE sign_up SET used_at = $1 WHERE hash = $2 AND expires_at > $1 AND used_at IS NULL
         RETURNING email, name, organisation, language",
    )
    .bind(at)
    .bind(secret.hash())
    .fetch_optional(change.connection())
    .await?;
    let row = row.ok_or(Conflict::InvalidLink)?;
    let form = SignUp { name: row.text("name")?, email: row.text("email")?, organisation: row.text("organisation")? };
    Ok((form, row.parse("language")?))
}
