//! A forgotten password, and changing one that is known.

use super::{
    account_mail, mail_to, password, session,
    sign_in::{password_hash, still},
    token,
};
use crate::{
    Change, Conflict, Error, Result, Secret, Store,
    outbox::{self, Content, MailKind},
    person::{self, Person},
};
use domain::{
    Language, PersonId, Span, Timestamp,
    input::{FieldProblem, FormValidator},
    policy::{Action, Actor, Owner},
};
use sqlx::AnyConnection;

/// How long the link works.
const LASTS: Span = Span::hours(1);
/// How long the link works that a new member of staff gets.
const WELCOME_LASTS: Span = Span::days(7);

/// Mails a link to the address. One that is not known gets a mail that says so: the caller learns nothing of that, and
/// hardly anything by the time it takes, since both wait for the disk.
pub async fn ask(store: &Store, email: &str, language: Language) -> Result<()> {
    let mut check = FormValidator::default();
    let email = check.email("email", email);
    check.done()?;
    let mut change = store.change(Actor::System).await?;
    let mail = match person::by_email(change.connection(), &email).await? {
        Some(person) => {
            let secret = token::make(&mut change, person.id, LASTS).await?;
            let content = Content::new(format!("/reset/{}", secret.reveal())).with("name", &person.name);
            account_mail(&person, MailKind::ResetPassword, content)
        }
        None => mail_to(email, language, MailKind::NoAccount, Content::new("/sign-up")),
    };
    outbox::enqueue(&mut change, mail).await?;
    change.commit().await
}

/// Mails someone who starts at the company a link to set their first password.
pub(crate) async fn welcome(change: &mut Change, person: &Person, content: Content) -> Result<()> {
    let secret = token::make(change, person.id, WELCOME_LASTS).await?;
    let content = Content { path: format!("/reset/{}", secret.reveal()), ..content };
    outbox::enqueue(change, account_mail(person, MailKind::StaffInvitation, content)).await
}

/// Whether the link still works.
pub async fn look(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<()> {
    token::look(connection, secret, now).await.map(|_| ())
}

/// Sets a new password by a mailed link, ends all sessions and opens one here. The link also proves the address.
pub async fn finish(store: &Store, secret: &Secret, typed: &str, agent: &str) -> Result<Secret> {
    let person = {
        let mut connection = store.read().await?;
        let id = token::look(&mut connection, secret, store.clock().now()).await?;
        person::by_id(&mut connection, id).await?.ok_or(Conflict::InvalidLink)?
    };
    let mut check = FormValidator::default();
    let new = check.new_password("password", typed, &person.email);
    check.done()?;
    let hash = password::hash(new).await?;
    let mut change = store.change(Actor::System).await?;
    person::hold(&mut change, person.id).await?;
    let id = token::spend(&mut change, secret).await?;
    set(&mut change, id, hash).await?;
    let at = change.at().0;
    sqlx::query("UPDATE person SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL")
        .bind(at)
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    let session = session::open(&mut change, id, agent).await?;
    change.commit().await?;
    Ok(session)
}

/// Changes a password that the person knows; all sessions and mailed links end, and a new session opens here.
pub async fn change(store: &Store, actor: &Actor, old: String, new: &str, agent: &str) -> Result<Secret> {
    let person = actor.person().ok_or(domain::policy::Refusal::SignIn)?;
    actor.may(Action::EditPerson, Owner::Person(person))?;
    let (email, hash) = {
        let mut connection = store.read().await?;
        let email = person::by_id(&mut connection, person).await?.map(|person| person.email).unwrap_or_default();
        (email, password_hash(&mut connection, person).await?)
    };
    let mut check = FormValidator::default();
    if !password::matches(old, hash.clone()).await? {
        check.problem("old_password", FieldProblem::WrongPassword);
    }
    let new = check.new_password("password", new, &email);
    check.done()?;
    let new = password::hash(new).await?;
    let mut change = store.change(actor.clone()).await?;
    if !still(&mut change, person, hash).await? {
        return Err(Error::field("old_password", FieldProblem::WrongPassword));
    }
    set(&mut change, person, new).await?;
    person::history(&mut change, person, "password-changed", serde_json::json!({})).await?;
    let session = session::open(&mut change, person, agent).await?;
    change.commit().await?;
    Ok(session)
}

/// Ends everything by which someone with the old password, or a mail from then, could come in.
pub(crate) async fn end_all(change: &mut Change, person: PersonId) -> Result<()> {
    token::end_all(change, person).await?;
    session::end_all(change, person).await
}

async fn set(change: &mut Change, person: PersonId, hash: String) -> Result<()> {
    sqlx::query("UPDATE person SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    end_all(change, person).await
}
