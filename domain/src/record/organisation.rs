//! The data of an organisation.

use super::{
    Field, Record,
    field::{FieldKind::*, field},
};

/// The data that an organisation enters about itself. The customer of a private person has only the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organisation {
    pub name: String,
    /// The industry in the customer's own words, such as "hotel" or "school".
    pub industry: String,
    pub tax_code: String,
    pub phone: String,
    pub website: String,
}

impl Record for Organisation {
    const NAME: &'static str = "organisation";
    const TABLE: &'static str = "customer";
    const FIELDS: &'static [Field<Self>] = &[
        field!(name, Line { max: 160 }).required().searchable().autocomplete("organization"),
        field!(industry, Line { max: 80 }).searchable(),
        field!(tax_code, Number { max: 20 }).searchable(),
        field!(phone, Phone).searchable().autocomplete("tel"),
        field!(website, Website).searchable().autocomplete("url"),
    ];
}
