//! The data of a person.

use super::{
    Field, Record,
    field::{FieldKind::*, field},
};
use crate::Language;

/// The data that a person enters about themselves. It does not include the e-mail address, because changing that
/// requires a confirmation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub phone: String,
    pub birthday: String,
    /// The tag of a [`Language`].
    pub language: String,
    /// A name of the IANA time zone database.
    pub time_zone: String,
}

impl Record for Profile {
    const NAME: &'static str = "profile";
    const TABLE: &'static str = "person";
    const FIELDS: &'static [Field<Self>] = &[
        field!(name, Line { max: 120 }).required().searchable().autocomplete("name"),
        field!(phone, Phone).searchable().autocomplete("tel"),
        field!(birthday, Day).stored_elsewhere().autocomplete("bday"),
        field!(language, Choice { values: &Language::TAGS, labels: "language" }).required(),
        field!(time_zone, TimeZone).required(),
    ];
}
