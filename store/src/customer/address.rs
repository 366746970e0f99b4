//! Where a private person lives, where an organisation has its offices: places to deliver to.

use crate::{
    Change, Result,
    base::{difference::Difference, row::Columns},
};
use domain::{
    AddressId, CustomerId,
    event::Event,
    input::Check,
    policy::{Action, Buyer, Owner, Refusal},
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub id: AddressId,
    pub place: Place,
}

/// The address itself, as typed and as kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// What the customer calls it: home, warehouse.
    pub label: String,
    pub street: String,
    pub city: String,
    pub postcode: String,
    pub country: String,
}

impl Place {
    /// The address on one line.
    pub fn line(&self) -> String {
        let parts = [&self.street, &self.city, &self.postcode, &self.country];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// The addresses of one of the buyer's own customers.
pub async fn list(connection: &mut AnyConnection, buyer: &Buyer, customer: CustomerId) -> Result<Vec<Address>> {
    let rows = sqlx::query(
        "SELECT a.id, a.label, a.street, a.city, a.postcode, a.country FROM address a
         JOIN member m ON m.customer_id = a.customer_id AND m.person_id = $2
         WHERE a.customer_id = $1 ORDER BY a.created_at, a.id",
    )
    .bind(customer.to_string())
    .bind(buyer.person().to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

pub async fn find(
    connection: &mut AnyConnection,
    buyer: &Buyer,
    customer: CustomerId,
    id: AddressId,
) -> Result<Address> {
    let found = list(connection, buyer, customer).await?.into_iter().find(|address| address.id == id);
    Ok(found.ok_or(Refusal::Missing)?)
}

pub async fn add(change: &mut Change, customer: CustomerId, form: &Place) -> Result<AddressId> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let place = check(form)?;
    let id = AddressId::from_uuid(change.key());
    let at = change.at().0;
    sqlx::query(
        "INSERT INTO address (id, customer_id, label, street, city, postcode, country, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(customer.to_string())
    .bind(&place.label)
    .bind(&place.street)
    .bind(&place.city)
    .bind(&place.postcode)
    .bind(&place.country)
    .bind(at)
    .execute(change.connection())
    .await?;
    let event = Event::AddressAdded { address: place.line(), name: place.label };
    change.record_event(customer, id, &event).await?;
    Ok(id)
}

pub async fn change(change: &mut Change, customer: CustomerId, id: AddressId, form: &Place) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let row = sqlx::query(
        "SELECT id, label, street, city, postcode, country FROM address WHERE id = $1 AND customer_id = $2",
    )
    .bind(id.to_string())
    .bind(customer.to_string())
    .fetch_optional(change.connection())
    .await?;
    let before = read(&row.ok_or(Refusal::Missing)?)?.place;
    let after = check(form)?;
    sqlx::query("UPDATE address SET label = $1, street = $2, city = $3, postcode = $4, country = $5 WHERE id = $6")
        .bind(&after.label)
        .bind(&after.street)
        .bind(&after.city)
        .bind(&after.postcode)
        .bind(&after.country)
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    let difference = Difference::default()
        .field("label", &before.label, &after.label)
        .field("street", &before.street, &after.street)
        .field("city", &before.city, &after.city)
        .field("postcode", &before.postcode, &after.postcode)
        .field("country", &before.country, &after.country);
    if difference.is_empty() {
        return Ok(());
    }
    let (address, changes) = (after.line(), difference.into_changes());
    change.record_event(customer, id, &Event::AddressChanged { name: after.label, address, changes }).await
}

/// Deliveries keep the words of the address they went to, so nothing else is lost.
pub async fn remove(change: &mut Change, customer: CustomerId, id: AddressId) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(customer))?;
    let row = sqlx::query(
        "DELETE FROM address WHERE id = $1 AND customer_id = $2 RETURNING id, label, street, city, postcode, country",
    )
    .bind(id.to_string())
    .bind(customer.to_string())
    .fetch_optional(change.connection())
    .await?;
    let removed = read(&row.ok_or(Refusal::Missing)?)?.place;
    let event = Event::AddressRemoved { address: removed.line(), name: removed.label };
    change.record_event(customer, id, &event).await
}

fn check(form: &Place) -> Result<Place> {
    let mut check = Check::default();
    let place = Place {
        label: check.line("label", &form.label, 60),
        street: check.line("street", &form.street, 160),
        city: check.line("city", &form.city, 80),
        postcode: check.optional_line("postcode", &form.postcode, 12),
        country: check.optional_line("country", &form.country, 60),
    };
    check.done()?;
    Ok(place)
}

pub(super) fn read(row: &AnyRow) -> Result<Address> {
    let place = Place {
        label: row.text("label")?,
        street: row.text("street")?,
        city: row.text("city")?,
        postcode: row.text("postcode")?,
        country: row.text("country")?,
    };
    Ok(Address { id: row.parse("id")?, place })
}
