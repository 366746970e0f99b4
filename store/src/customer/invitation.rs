//! Invitations by mail to join an organisation. The link can be used once, is valid for a week and can be withdrawn.
//! Resending an invitation invalidates the earlier link.

use super::{add_member, by_id};
use crate::{
    Change, CommitEvent, Conflict, Result, Secret, Store,
    account::{password, session},
    base::{row::Columns, search},
    outbox::{self, Mail, Recipient},
    person::{self, NewPerson, Person},
    staff,
};
use domain::{
    CustomerId, CustomerKind, InvitationId, Language, PersonId, Span, Timestamp,
    event::Event,
    input::{FieldProblem, FormValidator},
    mail::{Link, MailContent},
    policy::{Action, Actor, Buyer, MemberRole, Owner, Refusal},
};
use sqlx::AnyConnection;

/// How long the link of an invitation is valid.
pub const VALIDITY: Span = Span::days(7);

/// An invitation that was neither accepted nor withdrawn. It may have expired.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: MemberRole,
    pub invited_by: String,
    pub expires_at: Timestamp,
}

/// Lists the open invitations of one of the buyer's own customers, the newest first.
pub async fn list(connection: &mut AnyConnection, buyer: &Buyer, customer: CustomerId) -> Result<Vec<Invitation>> {
    let rows = sqlx::query(
        "SELECT i.id, i.email, i.role, p.name, i.expires_at FROM invitation i
         JOIN member m ON m.customer_id = i.customer_id AND m.person_id = $2 JOIN person p ON p.id = i.invited_by
         WHERE i.customer_id = $1 AND i.ended_at IS NULL ORDER BY i.created_at DESC, i.id DESC",
    )
    .bind(customer.to_string())
    .bind(buyer.person().to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Invitation {
                id: row.parse("id")?,
                email: row.text("email")?,
                role: row.parse("role")?,
                invited_by: row.text("name")?,
                expires_at: row.time("expires_at")?,
            })
        })
        .collect()
}

/// Invites the owner of an email address. Does not reveal whether the address has an account.
pub async fn invite(change: &mut Change, customer: CustomerId, email: &str, role: &str) -> Result<()> {
    change.may(Action::ManageMembers, Owner::Customer(customer))?;
    let by = change.actor().person().ok_or(Refusal::SignIn)?;
    let organisation = by_id(change.connection(), customer).await?;
    if organisation.kind != CustomerKind::Organisation {
        return Err(Refusal::Missing.into());
    }
    let mut check = FormValidator::default();
    let email = check.email("email", email);
    let role: Option<MemberRole> = check.choice("role", role);
    if is_member(change, customer, &email).await? {
        check.problem("email", FieldProblem::Taken);
    }
    let role = check.done_with(role)?;
    end_open_invitations(change, customer, &email).await?;
    let (secret, id) = (change.secret(), InvitationId::from_uuid(change.key()));
    let (at, expires_at) = (change.at().0, change.at().plus(VALIDITY).0);
    sqlx::query(
        "INSERT INTO invitation (id, customer_id, email, role, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(customer.to_string())
    .bind(&email)
    .bind(role.name())
    .bind(secret.hash())
    .bind(by.to_string())
    .bind(at)
    .bind(expires_at)
    .execute(change.connection())
    .await?;
    enqueue_mail(change, customer, organisation.name(), &email, &secret).await?;
    change.record_event(customer, id, &Event::MemberInvited { email, role }).await
}

/// Mails a new link and invalidates the one before.
pub async fn resend(change: &mut Change, customer: CustomerId, id: InvitationId) -> Result<()> {
    change.may(Action::ManageMembers, Owner::Customer(customer))?;
    let (secret, expires_at) = (change.secret(), change.at().plus(VALIDITY).0);
    let row = sqlx::query(
        "UPDATE invitation SET token_hash = $1, expires_at = $2 WHERE id = $3 AND customer_id = $4 AND ended_at IS NULL
         RETURNING email",
    )
    .bind(secret.hash())
    .bind(expires_at)
    .bind(id.to_string())
    .bind(customer.to_string())
    .fetch_optional(change.connection())
    .await?;
    let email = row.ok_or(Refusal::Missing)?.text("email")?;
    let organisation = by_id(change.connection(), customer).await?;
    enqueue_mail(change, customer, organisation.name(), &email, &secret).await?;
    change.record_event(customer, id, &Event::InvitationSentAgain { email }).await
}

pub async fn withdraw(change: &mut Change, customer: CustomerId, id: InvitationId) -> Result<()> {
    change.may(Action::ManageMembers, Owner::Customer(customer))?;
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE invitation SET ended_at = $1 WHERE id = $2 AND customer_id = $3 AND ended_at IS NULL RETURNING email",
    )
    .bind(at)
    .bind(id.to_string())
    .bind(customer.to_string())
    .fetch_optional(change.connection())
    .await?;
    let email = row.ok_or(Refusal::Missing)?.text("email")?;
    change.record_event(customer, id, &Event::InvitationWithdrawn { email }).await
}

/// What an invitation offers to the holder of its link.
#[derive(Debug, Clone)]
pub struct Offer {
    pub organisation: String,
    pub email: String,
    pub who: String,
    pub role: MemberRole,
    /// Whether the address has an account that can sign in.
    pub known: bool,
}

/// Returns the offer of a valid link, without using the link.
pub async fn find_offer(connection: &mut AnyConnection, secret: &Secret, now: Timestamp) -> Result<Offer> {
    let row = sqlx::query(
        "SELECT c.name AS organisation, i.email, i.role, b.name AS who, p.confirmed_at, s.role AS staff_role
         FROM invitation i JOIN customer c ON c.id = i.customer_id JOIN person b ON b.id = i.invited_by
         LEFT JOIN person p ON p.email = i.email LEFT JOIN staff s ON s.person_id = p.id
         WHERE i.token_hash = $1 AND i.expires_at > $2 AND i.ended_at IS NULL",
    )
    .bind(secret.hash())
    .bind(now.0)
    .fetch_optional(connection)
    .await?
    .ok_or(Conflict::InvalidLink)?;
    // Staff cannot join a customer, even before they have set a password by their own link.
    if row.maybe_text("staff_role")?.is_some() {
        return Err(Conflict::InvalidLink.into());
    }
    Ok(Offer {
        organisation: row.text("organisation")?,
        email: row.text("email")?,
        who: row.text("who")?,
        role: row.parse("role")?,
        known: row.maybe_time("confirmed_at")?.is_some(),
    })
}

/// Adds the actor to the organisation, if the invitation was sent to their address. Open to buyers who have the secret
/// of the link.
pub async fn accept(change: &mut Change, secret: &Secret) -> Result<CustomerId> {
    let person = change.actor().buyer()?.person();
    let person = person::by_id(change.connection(), person).await?.ok_or(Refusal::SignIn)?;
    join(change, secret, &person).await
}

/// Creates an account for the invited person, adds them to the organisation and returns the secret of a new session.
/// The mailed link confirms the address. Open to everyone who has the secret of the link.
pub async fn accept_as_new(
    store: &Store,
    secret: &Secret,
    name: &str,
    typed: &str,
    language: Language,
    agent: &str,
) -> Result<Secret> {
    let offer = find_offer(&mut *store.read().await?, secret, store.clock().now()).await?;
    let mut check = FormValidator::default();
    let name = check.line("name", name, 120);
    let password = check.new_password("password", typed, &offer.email);
    check.done()?;
    let hash = password::hash(password).await?;
    let mut change = store.change(Actor::System).await?;
    let id = match person::by_email(change.connection(), &offer.email).await? {
        // Somebody with an account must sign in.
        Some(person) if person.confirmed_at.is_some() => return Err(Refusal::SignIn.into()),
        // Added to the staff since the offer was read.
        Some(person) if staff::is_staff(change.connection(), person.id).await? => {
            return Err(Conflict::InvalidLink.into());
        }
        // An account with an unconfirmed address may be a stranger's: its data is replaced.
        Some(person) => claim_unconfirmed_account(&mut change, person.id, &person.email, &name, &hash).await?,
        None => {
            let email = offer.email;
            let new =
                NewPerson { email, name, phone: String::new(), language, password_hash: Some(hash), confirmed: true };
            person::create(&mut change, new).await.map_err(|error| error.replace_if_email_taken(Refusal::SignIn))?
        }
    };
    let person = person::by_id(change.connection(), id).await?.ok_or(Conflict::InvalidLink)?;
    join(&mut change, secret, &person).await?;
    let session = session::open(&mut change, id, agent).await?;
    change.commit().await?;
    Ok(session)
}

async fn join(change: &mut Change, secret: &Secret, person: &Person) -> Result<CustomerId> {
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE invitation SET ended_at = $1
         WHERE token_hash = $2 AND email = $3 AND expires_at > $1 AND ended_at IS NULL RETURNING customer_id, role",
    )
    .bind(at)
    .bind(secret.hash())
    .bind(&person.email)
    .fetch_optional(change.connection())
    .await?
    .ok_or(Conflict::InvalidLink)?;
    let (customer, role): (CustomerId, MemberRole) = (row.parse("customer_id")?, row.parse("role")?);
    add_member(change, customer, person.id, role).await?;
    change.broadcast(CommitEvent::PersonChanged(person.id));
    let event = Event::MemberJoined { name: person.name.clone(), email: person.email.clone(), role };
    change.record_event_of(person.id, customer, person.id, &event).await?;
    Ok(customer)
}

async fn claim_unconfirmed_account(
    change: &mut Change,
    id: PersonId,
    email: &str,
    name: &str,
    hash: &str,
) -> Result<PersonId> {
    let at = change.at().0;
    sqlx::query("UPDATE person SET name = $1, password_hash = $2, confirmed_at = $3, search = $4 WHERE id = $5")
        .bind(name)
        .bind(hash)
        .bind(at)
        .bind(search::line(&[name, email]))
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    Ok(id)
}

async fn is_member(change: &mut Change, customer: CustomerId, email: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT p.id FROM person p JOIN member m ON m.person_id = p.id WHERE m.customer_id = $1 AND p.email = $2",
    )
    .bind(customer.to_string())
    .bind(email)
    .fetch_optional(change.connection())
    .await?;
    Ok(row.is_some())
}

/// Ends the open invitations of an address to a customer, so that only the newest is open.
async fn end_open_invitations(change: &mut Change, customer: CustomerId, email: &str) -> Result<()> {
    let at = change.at().0;
    sqlx::query("UPDATE invitation SET ended_at = $1 WHERE customer_id = $2 AND email = $3 AND ended_at IS NULL")
        .bind(at)
        .bind(customer.to_string())
        .bind(email)
        .execute(change.connection())
        .await?;
    Ok(())
}

/// Enqueues the mail: in the language of the invited person if they have an account, otherwise of the inviting person.
async fn enqueue_mail(
    change: &mut Change,
    customer: CustomerId,
    organisation: &str,
    email: &str,
    secret: &Secret,
) -> Result<()> {
    let by = change.actor().person().ok_or(Refusal::SignIn)?;
    let by = person::by_id(change.connection(), by).await?.ok_or(Refusal::SignIn)?;
    let known = person::by_email(change.connection(), email).await?;
    let link = Link::Join(secret.for_link());
    let content = MailContent::Invitation { link, who: by.name, organisation: organisation.to_owned() };
    let to = Recipient {
        person: known.as_ref().map(|person| person.id),
        address: email.to_owned(),
        language: known.map_or(by.language, |person| person.language),
    };
    outbox::enqueue(change, Mail { to, customer: Some(customer), content, thread: None }).await
}
