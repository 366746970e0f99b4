//! Signing up and proving the address. The answer never tells whether an address is known: its owner learns it from
//! the mail. An account is made by whoever opens the mailed link, who chooses its password then: what a stranger typed
//! with someone's address lets no stranger in.

use super::{account_mail, mail_to, password, session};
use crate::{
    Change, Conflict, Result, Secret, Store,
    base::{change::Event, row::Columns},
    customer,
    outbox::{self, Content, MailKind},
    person::{self, NewPerson},
};
use domain::{CustomerKind, Language, Span, Timestamp, input::FormValidator, policy::Actor};
use sqlx::AnyConnection;

/// How long the mailed link works.
const LASTS: Span = Span::days(2);

#[derive(Debug, Clone, Default)]
pub struct SignUp {
    pub name: String,
    pub email: String,
    /// Left empty by private persons.
    pub organisation: String,
}

/// Takes the form and mails a link to the address. A known address gets a mail that says so.
pub async fn sign_up(store: &Store, form: SignUp, language: Language) -> Result<()> {
    let mut check = FormValidator::default();
    let name = check.line("name", &form.name, 120);
    let email = check.email("email", &form.email);
    let organisation = check.optional_line("organisation", &form.organisation, 160);
    check.done()?;
    let mut change = store.change(Actor::System).await?;
    match person::by_email(change.connection(), &email).await? {
        Some(person) => {
            let content = Content::new("/forgotten").with("name", &person.name);
            outbox::enqueue(&mut change, account_mail(&person, MailKind::AlreadyRegistered, content)).await?;
        }
        None => mail_link(&mut change, SignUp { name, email, organisation }, language).await?,
    }
    change.commit().await
}

async fn mail_link(change: &mut Change, form: SignUp, language: Language) -> Result<()> {
    let (secret, now) = (change.secret(), change.at());
    // Who did not want an account leaves nothing here.
    sqlx::query("DELETE FROM sign_up WHERE expires_at <= $1").bind(now.0).execute(change.connection()).await?;
    let expires_at = now.plus(LASTS).0;
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
    let content = Content::new(format!("/confirm/{}", secret.reveal()));
    outbox::enqueue(change, mail_to(form.email, language, MailKind::ConfirmAddress, content)).await
}

/// The address that a link proves, where the link still works and nobody has the address by now; opening its page
/// changes nothing, since programs that check mail open links too.
pub async fn look(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<String> {
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

/// Makes the account, with the password that the holder of the link chooses, and signs them in.
pub async fn confirm(store: &Store, secret: &Secret, typed: &str, agent: &str) -> Result<Secret> {
    let email = look(&mut *store.read().await?, secret, store.clock().now()).await?;
    let mut check = FormValidator::default();
    let chosen = check.new_password("password", typed, &email);
    check.done()?;
    let password_hash = Some(password::hash(chosen).await?);
    let mut change = store.change(Actor::System).await?;
    let (form, language) = spend(&mut change, secret).await?;
    let (kind, customer) = match form.organisation {
        organisation if organisation.is_empty() => (CustomerKind::Person, form.name.clone()),
        organisation => (CustomerKind::Organisation, organisation),
    };
    let (name, email, phone) = (form.name.clone(), form.email, String::new());
    let new = NewPerson { email, name, phone, language, password_hash, confirmed: true };
    let enrolled = customer::create_with_first_member(&mut change, kind, &customer, new).await;
    // Invited meanwhile, or confirmed by another link: whoever has an account proves it by signing in.
    let (customer, person) = enrolled.map_err(|error| error.or_if_taken(Conflict::InvalidLink))?;
    let mut event = Event::new("joined", customer, person).with(serde_json::json!({ "name": form.name }));
    event.person = Some(person);
    change.history(event).await?;
    let session = session::open(&mut change, person, agent).await?;
    change.commit().await?;
    Ok(session)
}

/// Uses the link up; the others to the same address stay, and open nothing once there is an account.
async fn spend(change: &mut Change, secret: &Secret) -> Result<(SignUp, Language)> {
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
