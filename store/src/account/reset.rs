//! Resetting a forgotten password by a mailed link, and changing a known password.

use super::{
    account_mail, mail_to, password, session,
    sign_in::{lock_if_unchanged, password_hash},
    token,
};
use crate::{
    Change, Conflict, Error, Result, Secret, Store, outbox,
    person::{self, Person},
};
use domain::{
    Language, PersonId, Span, Timestamp,
    event::Event,
    input::{FieldProblem, FormValidator},
    mail::{Link, MailContent},
    policy::{Action, Actor, Owner},
};
use sqlx::AnyConnection;

/// How long the link to set a new password is valid.
const LINK_VALIDITY: Span = Span::hours(1);
/// How long the link in the invitation of a new member of staff is valid.
const INVITATION_VALIDITY: Span = Span::days(7);

/// Mails a link to set a new password to the address. An address without an account gets a mail that says so. The
/// result is the same in both cases, and so is nearly the time, because both wait for the disk.
/// Open to everyone: the secret goes only to the address.
pub async fn request(store: &Store, email: &str, language: Language) -> Result<()> {
    let mut check = FormValidator::default();
    let email = check.email("email", email);
    check.done()?;
    let mut change = store.change(Actor::System).await?;
    let mail = match person::by_email(change.connection(), &email).await? {
        Some(person) => {
            let secret = token::create(&mut change, person.id, LINK_VALIDITY).await?;
            let link = Link::ResetPassword(secret.for_link());
            account_mail(&person, MailContent::ResetPassword { link, name: person.name.clone() })
        }
        None => mail_to(email, language, MailContent::NoAccount { link: Link::SignUp }),
    };
    outbox::enqueue(&mut change, mail).await?;
    change.commit().await
}

/// Mails a new member of staff a link to set their first password. `who` is the name of the person who added them.
pub(crate) async fn send_staff_invitation(
    change: &mut Change,
    person: &Person,
    who: String,
    company: String,
) -> Result<()> {
    let secret = token::create(change, person.id, INVITATION_VALIDITY).await?;
    let content = MailContent::StaffInvitation { link: Link::ResetPassword(secret.for_link()), who, company };
    outbox::enqueue(change, account_mail(person, content)).await
}

/// Checks that the link is known, unused and not expired.
pub async fn check_link(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<()> {
    token::find_person(connection, secret, now).await.map(|_| ())
}

/// Sets a new password by a mailed link, ends all sessions and returns the secret of a new one. The link also confirms
/// the email address. Open to everyone who has the secret of the link.
pub async fn set_password(store: &Store, secret: &Secret, typed: &str, agent: &str) -> Result<Secret> {
    let person = {
        let mut connection = store.read().await?;
        let id = token::find_person(&mut connection, secret, store.clock().now()).await?;
        person::by_id(&mut connection, id).await?.ok_or(Conflict::InvalidLink)?
    };
    let mut check = FormValidator::default();
    let new = check.new_password("password", typed, &person.email);
    check.done()?;
    let hash = password::hash(new).await?;
    let mut change = store.change(Actor::System).await?;
    person::lock(&mut change, person.id).await?;
    let id = token::redeem(&mut change, secret).await?;
    store_hash(&mut change, id, hash).await?;
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

/// Changes the actor's password. Ends all sessions and mailed links, and returns the secret of a new session.
pub async fn change_password(store: &Store, actor: &Actor, old: String, new: &str, agent: &str) -> Result<Secret> {
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
    if !lock_if_unchanged(&mut change, person, hash).await? {
        return Err(Error::field("old_password", FieldProblem::WrongPassword));
    }
    store_hash(&mut change, person, new).await?;
    person::record_own_event(&mut change, person, &Event::PasswordChanged).await?;
    let session = session::open(&mut change, person, agent).await?;
    change.commit().await?;
    Ok(session)
}

/// Ends all sessions and all mailed links of a person.
pub(crate) async fn revoke_access(change: &mut Change, person: PersonId) -> Result<()> {
    token::end_all(change, person).await?;
    session::end_all(change, person).await
}

async fn store_hash(change: &mut Change, person: PersonId, hash: String) -> Result<()> {
    sqlx::query("UPDATE person SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    revoke_access(change, person).await
}
