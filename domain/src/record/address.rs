//! Addresses of customers.

use super::{
    Field, Record,
    field::{FieldKind::*, field},
};

/// A postal address of a customer: the home of a person or an office of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The customer's name for the address, such as "warehouse".
    pub label: String,
    pub street: String,
    pub city: String,
    pub postcode: String,
    pub country: String,
}

impl Record for Address {
    const NAME: &'static str = "address";
    const TABLE: &'static str = "address";
    const FIELDS: &'static [Field<Self>] = &[
        field!(label, Line { max: 60 }).required(),
        field!(street, Line { max: 160 }).required().autocomplete("street-address"),
        field!(city, Line { max: 80 }).required().autocomplete("address-level2"),
        field!(postcode, Line { max: 12 }).autocomplete("postal-code"),
        field!(country, Line { max: 60 }).autocomplete("country-name"),
    ];
}

impl Address {
    /// Returns the address on one line, without its label.
    pub fn line(&self) -> String {
        let parts = [&self.street, &self.city, &self.postcode, &self.country];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}
