//! Managing the company's staff, by administrators. [`crate::company::list_staff`] lists them.

use crate::{
    Change, CommitEvent, Conflict, Error, Result,
    account::{reset, session},
    base::{change::Event, row::Columns},
    company,
    outbox::{self, Content},
    person::{self, NewPerson},
};
use domain::{
    Language, PersonId,
    input::FormValidator,
    policy::{Action, Owner, Refusal, StaffRole},
};
use serde_json::{Value, json};
use sqlx::AnyConnection;

#[derive(Debug, Clone, Default)]
pub struct NewStaff {
    pub name: String,
    pub email: String,
    pub role: String,
}

/// Adds a member of staff and mails them a link to set their password.
pub async fn invite(change: &mut Change, form: &NewStaff, language: Language) -> Result<PersonId> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let mut check = FormValidator::default();
    let name = check.line("name", &form.name, 120);
    let email = check.email("email", &form.email);
    let role: Option<StaffRole> = check.choice("role", &form.role);
    let role = check.done_with(role)?;
    let new = NewPerson { email, name, phone: String::new(), language, password_hash: None, confirmed: false };
    let id = company::add_staff_member(change, new, role).await?;
    send_invitation(change, id).await?;
    history(change, "staff-added", id, json!({ "role": role.name() })).await?;
    Ok(id)
}

/// Mails a new link to a member of staff who has not set a password yet.
pub async fn resend_invitation(change: &mut Change, id: PersonId) -> Result<()> {
    change.may(Action::ManageCompany, Owner::Company)?;
    find(change, id).await?;
    let person = person::by_id(change.connection(), id).await?.ok_or(Refusal::Missing)?;
    if person.confirmed_at.is_some() {
        return Err(Refusal::Missing.into());
    }
    send_invitation(change, id).await
}

/// Changes the role of a member of staff. Fails with [`Conflict::LastAdministrator`] if none would be left.
pub async fn change_role(change: &mut Change, id: PersonId, role: &str) -> Result<()> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let mut check = FormValidator::default();
    let role: Option<StaffRole> = check.choice("role", role);
    let role = check.done_with(role)?;
    let before = find(change, id).await?;
    if before == role {
        return Ok(());
    }
    sqlx::query("UPDATE staff SET role = $1 WHERE person_id = $2")
        .bind(role.name())
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    require_administrator(change).await?;
    change.broadcast(CommitEvent::PersonChanged(id));
    history(change, "staff-changed", id, json!({ "role": role.name() })).await
}

/// Removes a member of staff. Ends their sessions, releases their tickets and deletes their unsent mail.
pub async fn remove(change: &mut Change, id: PersonId) -> Result<()> {
    change.may(Action::ManageCompany, Owner::Company)?;
    find(change, id).await?;
    sqlx::query("DELETE FROM staff WHERE person_id = $1").bind(id.to_string()).execute(change.connection()).await?;
    require_administrator(change).await?;
    // Releases their tickets to the rest of the staff.
    sqlx::query("UPDATE internal_ticket SET assignee_id = NULL WHERE assignee_id = $1")
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    change.broadcast(CommitEvent::PersonChanged(id));
    session::end_all(change, id).await?;
    outbox::delete_unsent(change, id, None).await?;
    history(change, "staff-removed", id, json!({})).await
}

/// Returns the role of a member of staff. Locks the company's row until the change ends, so that two administrators
/// cannot remove each other at the same time.
async fn find(change: &mut Change, id: PersonId) -> Result<StaffRole> {
    sqlx::query("UPDATE company SET id = id").execute(change.connection()).await?;
    let row = sqlx::query("SELECT role FROM staff WHERE person_id = $1")
        .bind(id.to_string())
        .fetch_optional(change.connection())
        .await?;
    row.ok_or(Error::Refused(Refusal::Missing))?.parse("role")
}

pub(crate) async fn is_staff(connection: &mut AnyConnection, id: PersonId) -> Result<bool> {
    let row =
        sqlx::query("SELECT role FROM staff WHERE person_id = $1").bind(id.to_string()).fetch_optional(connection);
    Ok(row.await?.is_some())
}

async fn require_administrator(change: &mut Change) -> Result<()> {
    let left = sqlx::query("SELECT person_id FROM staff WHERE role = $1 LIMIT 1")
        .bind(StaffRole::Administrator.name())
        .fetch_optional(change.connection())
        .await?;
    if left.is_some() { Ok(()) } else { Err(Conflict::LastAdministrator.into()) }
}

async fn send_invitation(change: &mut Change, id: PersonId) -> Result<()> {
    let by = change.actor().person().ok_or(Refusal::SignIn)?;
    let by = person::by_id(change.connection(), by).await?.ok_or(Refusal::SignIn)?;
    let person = person::by_id(change.connection(), id).await?.ok_or(Refusal::Missing)?;
    let company = company::find(change.connection()).await?.ok_or(Refusal::Missing)?;
    let content = Content::new("/").with("who", &by.name).with("company", company.name);
    reset::send_staff_invitation(change, &person, content).await
}

async fn history(change: &mut Change, kind: &str, person: PersonId, data: Value) -> Result<()> {
    let name = person::by_id(change.connection(), person).await?.map(|person| person.name).unwrap_or_default();
    let mut data = data;
    data["name"] = Value::String(name);
    change.history(Event { kind, customer: None, person: None, record: person.to_string(), data, internal: true }).await
}
