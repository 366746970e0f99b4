//! Memberships of people in organisations.

use super::{
    Field, Record,
    field::{FieldKind::*, field},
};

/// The role and department of a person in an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// The name of a [`crate::policy::MemberRole`].
    pub role: String,
    pub department: String,
}

impl Record for Membership {
    const NAME: &'static str = "member";
    const TABLE: &'static str = "member";
    const FIELDS: &'static [Field<Self>] = &[
        field!(role, Choice { values: &["member", "administrator"], labels: "role" }).required(),
        field!(department, Line { max: 80 }),
    ];
}
