//! Customers: organisations and private persons who buy, with their members and offices.

use crate::{
    Change, Result,
    person::{self, NewPerson},
    row::Columns,
};
use domain::{
    CustomerId, CustomerKind, PersonId,
    policy::{Action, Buyer, MemberRole, Owner},
};
use sqlx::AnyConnection;

/// Enters a customer with its first member, both known to the company.
pub async fn enrol(
    change: &mut Change,
    kind: CustomerKind,
    name: &str,
    first: NewPerson,
) -> Result<(CustomerId, PersonId)> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let person = person::create(change, first).await?;
    Ok((create(change, kind, name, person).await?, person))
}

/// Enters another member of a customer.
pub async fn enrol_member(change: &mut Change, customer: CustomerId, member: NewPerson) -> Result<PersonId> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let person = person::create(change, member).await?;
    add_member(change, customer, person, MemberRole::Member).await?;
    Ok(person)
}

/// A new customer with its first member, who administrates it.
pub(crate) async fn create(
    change: &mut Change,
    kind: CustomerKind,
    name: &str,
    first_member: PersonId,
) -> Result<CustomerId> {
    let id = CustomerId::from_uuid(change.key());
    let at = change.at().0;
    sqlx::query(
        "INSERT INTO customer (id, kind, name, tax_code, phone, website, created_at) VALUES ($1, $2, $3, '', '', '', $4)",
    )
    .bind(id.to_string())
    .bind(kind.name())
    .bind(name)
    .bind(at)
    .execute(change.connection())
    .await?;
    add_member(change, id, first_member, MemberRole::Administrator).await?;
    Ok(id)
}

pub(crate) async fn add_member(
    change: &mut Change,
    customer: CustomerId,
    person: PersonId,
    role: MemberRole,
) -> Result<()> {
    let at = change.at().0;
    sqlx::query(
        "INSERT INTO member (customer_id, person_id, role, department, created_at) VALUES ($1, $2, $3, '', $4)
         ON CONFLICT (customer_id, person_id) DO NOTHING",
    )
    .bind(customer.to_string())
    .bind(person.to_string())
    .bind(role.name())
    .bind(at)
    .execute(change.connection())
    .await?;
    Ok(())
}

/// The customers that someone buys for, in the order in which they joined them.
pub async fn names(connection: &mut AnyConnection, buyer: &Buyer) -> Result<Vec<(CustomerId, String)>> {
    let rows = sqlx::query(
        "SELECT c.id, c.name FROM customer c JOIN member m ON m.customer_id = c.id WHERE m.person_id = $1
         ORDER BY m.created_at, c.id",
    )
    .bind(buyer.person().to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.parse("id")?, row.text("name")?))).collect()
}
