//! The members of a customer and their roles. A customer always has an administrator.

use crate::{Change, CommitEvent, Conflict, Result, base::row::Columns, outbox, person};
use domain::{
    CustomerId, CustomerKind, PersonId, Timestamp,
    event::Event,
    policy::{Action, Buyer, MemberRole, Owner, Refusal},
    record::{Membership, Record, Typed},
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub role: MemberRole,
    pub department: String,
    pub since: Timestamp,
}

/// Lists the members of one of the buyer's own customers by name.
pub async fn list(connection: &mut AnyConnection, buyer: &Buyer, customer: CustomerId) -> Result<Vec<Member>> {
    let rows = sqlx::query(
        "SELECT p.id, p.name, p.email, p.phone, m.role, m.department, m.created_at
         FROM member own JOIN member m ON m.customer_id = own.customer_id JOIN person p ON p.id = m.person_id
         WHERE own.customer_id = $1 AND own.person_id = $2 ORDER BY p.search, p.id",
    )
    .bind(customer.to_string())
    .bind(buyer.person().to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Changes the role and the department of a member.
pub async fn change(
    change: &mut Change,
    customer: CustomerId,
    person: PersonId,
    role: &str,
    department: &str,
) -> Result<()> {
    change.may(Action::ManageMembers, Owner::Customer(customer))?;
    let typed = Membership { role: role.to_owned(), department: department.to_owned() };
    let after = Membership::from_form(&Typed::from(&typed))?;
    let before = lock_and_find(change, customer, person).await?;
    sqlx::query("UPDATE member SET role = $1, department = $2 WHERE customer_id = $3 AND person_id = $4")
        .bind(&after.role)
        .bind(&after.department)
        .bind(customer.to_string())
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    require_administrator(change, customer).await?;
    let membership = Membership { role: before.role.name().to_owned(), department: before.department };
    let changes = membership.changes(&after);
    if changes.is_empty() {
        return Ok(());
    }
    change.broadcast(CommitEvent::PersonChanged(person));
    let event = Event::MemberChanged { name: before.name, changes };
    change.record_event(customer, person, &event).await
}

/// Ends a membership, by an administrator or by the member. The member loses access immediately, also in open rooms.
pub async fn remove(change: &mut Change, customer: CustomerId, person: PersonId) -> Result<()> {
    let leaves = change.actor().person() == Some(person);
    change.may(if leaves { Action::See } else { Action::ManageMembers }, Owner::Customer(customer))?;
    let member = lock_and_find(change, customer, person).await?;
    sqlx::query("DELETE FROM member WHERE customer_id = $1 AND person_id = $2")
        .bind(customer.to_string())
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    require_administrator(change, customer).await?;
    ensure_customer(change, person, &member.name).await?;
    outbox::delete_unsent(change, person, Some(customer)).await?;
    change.broadcast(CommitEvent::PersonChanged(person));
    let Member { name, email, .. } = member;
    let event = if leaves { Event::MemberLeft { name, email } } else { Event::MemberRemoved { name, email } };
    change.record_event(customer, person, &event).await
}

/// Finds a member. Locks the customer's row until the change ends, so that two administrators cannot remove each other
/// at the same time.
async fn lock_and_find(change: &mut Change, customer: CustomerId, person: PersonId) -> Result<Member> {
    sqlx::query("UPDATE customer SET kind = kind WHERE id = $1")
        .bind(customer.to_string())
        .execute(change.connection())
        .await?;
    let row = sqlx::query(
        "SELECT p.id, p.name, p.email, p.phone, m.role, m.department, m.created_at
         FROM member m JOIN person p ON p.id = m.person_id WHERE m.customer_id = $1 AND m.person_id = $2",
    )
    .bind(customer.to_string())
    .bind(person.to_string())
    .fetch_optional(change.connection())
    .await?;
    read(&row.ok_or(Refusal::Missing)?)
}

/// Creates a private customer for a person who is a member of no customer any more.
async fn ensure_customer(change: &mut Change, person: PersonId, name: &str) -> Result<()> {
    person::lock(change, person).await?;
    let left = sqlx::query("SELECT customer_id FROM member WHERE person_id = $1 LIMIT 1")
        .bind(person.to_string())
        .fetch_optional(change.connection())
        .await?;
    if left.is_none() {
        super::insert(change, CustomerKind::Person, name, person).await?;
    }
    Ok(())
}

async fn require_administrator(change: &mut Change, customer: CustomerId) -> Result<()> {
    let left = sqlx::query("SELECT person_id FROM member WHERE customer_id = $1 AND role = $2 LIMIT 1")
        .bind(customer.to_string())
        .bind(MemberRole::Administrator.name())
        .fetch_optional(change.connection())
        .await?;
    if left.is_some() { Ok(()) } else { Err(Conflict::LastAdministrator.into()) }
}

pub(super) fn read(row: &AnyRow) -> Result<Member> {
    Ok(Member {
        person: row.parse("id")?,
        name: row.text("name")?,
        email: row.text("email")?,
        phone: row.text("phone")?,
        role: row.parse("role")?,
        department: row.text("department")?,
        since: row.time("created_at")?,
    })
}
