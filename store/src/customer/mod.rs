//! Customers: organisations and private persons who buy, with their members and offices.
//!
//! [`organisation`] its own data; [`address`] offices and homes; [`member`] who belongs; [`invitation`] who is asked
//! to; [`desk`] what only staff see.

pub mod address;
pub mod desk;
pub mod invitation;
pub mod member;
pub mod organisation;
pub mod sign_up;

use crate::{
    Change, Result,
    base::{record, row::Columns},
    person::{self, NewPerson},
};
use domain::{
    CustomerId, CustomerKind, PersonId, Timestamp,
    policy::{Action, Buyer, MemberRole, Owner, Refusal},
    record::Organisation,
};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub kind: CustomerKind,
    /// A private person's customer has only the name.
    pub details: Organisation,
    /// Counts the edits of `details`.
    pub revision: i64,
    pub created_at: Timestamp,
}

impl Customer {
    pub fn name(&self) -> &str {
        &self.details.name
    }
}

/// The columns that [`read`] reads, of a `customer c`.
fn columns() -> String {
    format!("c.id, c.kind, c.revision, c.created_at, {}", record::select::<Organisation>("c"))
}

/// Finds one of the buyer's own customers.
pub async fn find(connection: &mut AnyConnection, buyer: &Buyer, id: CustomerId) -> Result<Customer> {
    let sql = format!(
        "SELECT {} FROM customer c JOIN member m ON m.customer_id = c.id AND m.person_id = $2 WHERE c.id = $1",
        columns()
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id.to_string())
        .bind(buyer.person().to_string())
        .fetch_optional(connection)
        .await?;
    read(&row.ok_or(Refusal::Missing)?)
}

/// Lists the customers that the buyer is a member of, in the order of joining.
pub async fn list_own(connection: &mut AnyConnection, buyer: &Buyer) -> Result<Vec<Customer>> {
    let sql = format!(
        "SELECT {} FROM customer c JOIN member m ON m.customer_id = c.id AND m.person_id = $1
         ORDER BY m.created_at, c.id",
        columns()
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(buyer.person().to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Customer> {
    Ok(Customer {
        id: row.parse("id")?,
        kind: row.parse("kind")?,
        details: record::read(row)?,
        revision: row.int("revision")?,
        created_at: row.time("created_at")?,
    })
}

/// Finds a customer. The caller has asked the policy.
pub(crate) async fn by_id(connection: &mut AnyConnection, id: CustomerId) -> Result<Customer> {
    let sql = format!("SELECT {} FROM customer c WHERE c.id = $1", columns());
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
    read(&row.ok_or(Refusal::Missing)?)
}

/// Inserts a customer with its first member, an administrator. The caller has asked the policy.
pub(crate) async fn insert(
    change: &mut Change,
    kind: CustomerKind,
    name: &str,
    first_member: PersonId,
) -> Result<CustomerId> {
    let id = CustomerId::from_uuid(change.key());
    let details = Organisation { name: name.to_owned(), ..Organisation::default() };
    let search = record::search_line(&details, &[]);
    let extra = [("id", id.to_string()), ("kind", kind.name().to_owned()), ("search", search)];
    record::insert(change, "customer", &details, &extra).await?;
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

/// Creates a customer with its first member, on behalf of the company.
pub async fn create_with_first_member(
    change: &mut Change,
    kind: CustomerKind,
    name: &str,
    first: NewPerson,
) -> Result<(CustomerId, PersonId)> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let person = person::create(change, first).await?;
    Ok((insert(change, kind, name, person).await?, person))
}

/// Creates a person as a further member of a customer, on behalf of the company.
pub async fn create_member(change: &mut Change, customer: CustomerId, member: NewPerson) -> Result<PersonId> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let person = person::create(change, member).await?;
    add_member(change, customer, person, MemberRole::Member).await?;
    Ok(person)
}
