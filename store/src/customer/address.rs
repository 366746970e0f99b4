//! The addresses of a customer: a private person's homes, an organisation's offices.

use crate::{
    Change, Result,
    base::{change::Event, difference::Difference, record, row::Columns},
};
use domain::{
    AddressId, CustomerId,
    policy::{Action, Buyer, Owner, Refusal},
    record::{Address, Record, Typed},
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

/// An address with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub id: AddressId,
    pub address: Address,
    pub revision: i64,
}

/// The columns that [`read`] reads.
pub(super) fn columns() -> String {
    format!("address.id, address.revision, {}", record::select::<Address>("address"))
}

/// The addresses of one of the buyer's own customers.
pub async fn list(connection: &mut AnyConnection, buyer: &Buyer, customer: CustomerId) -> Result<Vec<Place>> {
    let sql = format!(
        "SELECT {} FROM address JOIN member m ON m.customer_id = address.customer_id AND m.person_id = $2
         WHERE address.customer_id = $1 ORDER BY address.created_at, address.id",
        columns()
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(customer.to_string())
        .bind(buyer.person().to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

pub async fn find(connection: &mut AnyConnection, buyer: &Buyer, customer: CustomerId, id: AddressId) -> Result<Place> {
    let found = list(connection, buyer, customer).await?.into_iter().find(|address| address.id == id);
    Ok(found.ok_or(Refusal::Missing)?)
}

pub async fn add(change: &mut Change, customer: CustomerId, form: &Typed) -> Result<AddressId> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let address = Address::from_form(form)?;
    let id = AddressId::from_uuid(change.key());
    let extra = [("id", id.to_string()), ("customer_id", customer.to_string())];
    record::insert(change, "address", &address, &extra).await?;
    change.history(Event::new("address-added", customer, id).with(summary(&address))).await?;
    Ok(id)
}

/// Saves the form of an address. Fails with [`crate::Conflict::Stale`] if the form was opened before the last edit.
pub async fn update(change: &mut Change, customer: CustomerId, id: AddressId, form: &Typed) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let sql = format!("SELECT {} FROM address WHERE id = $1 AND customer_id = $2", columns());
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id.to_string())
        .bind(customer.to_string())
        .fetch_optional(change.connection())
        .await?;
    let before = read(&row.ok_or(Refusal::Missing)?)?;
    let after = Address::from_form(form)?;
    let difference = Difference(before.address.changes(&after));
    if difference.is_empty() {
        return Ok(());
    }
    record::update(change, "address", id, record::seen(form, before.revision)?, &after, &[]).await?;
    change.history(Event::new("address-changed", customer, id).with(difference.with(summary(&after)))).await
}

/// Removes an address. Orders keep a copy of the address they were delivered to.
pub async fn remove(change: &mut Change, customer: CustomerId, id: AddressId) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let sql = format!("DELETE FROM address WHERE id = $1 AND customer_id = $2 RETURNING {}", columns());
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id.to_string())
        .bind(customer.to_string())
        .fetch_optional(change.connection())
        .await?;
    let removed = read(&row.ok_or(Refusal::Missing)?)?;
    change.history(Event::new("address-removed", customer, id).with(summary(&removed.address))).await
}

fn summary(address: &Address) -> Value {
    json!({ "name": address.label, "address": address.line() })
}

pub(super) fn read(row: &AnyRow) -> Result<Place> {
    Ok(Place { id: row.parse("id")?, address: record::read(row)?, revision: row.int("revision")? })
}
