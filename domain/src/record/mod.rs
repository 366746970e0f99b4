//! Records with declared fields. A record is a plain struct with a constant table of its [`Field`]s. Validating a form,
//! listing columns, reading rows, searching, showing changes and rendering forms all use that table.

mod address;
mod contact_note;
mod field;
mod membership;
mod organisation;
mod profile;
mod typed;

pub use address::Address;
pub use contact_note::ContactNote;
pub use field::{Field, FieldChange, FieldKind};
pub use membership::Membership;
pub use organisation::Organisation;
pub use profile::Profile;
pub use typed::Typed;

use crate::input::{FieldError, FormValidator};

/// The editable fields of a record.
pub trait Record: Clone + Default + 'static {
    /// The prefix of its text keys: a field's label is `NAME-field`, its hint `NAME-field-hint`.
    const NAME: &'static str;
    /// The table that has the record's columns.
    const TABLE: &'static str;
    /// In the order of the form.
    const FIELDS: &'static [Field<Self>];

    /// Returns the key of a field's label. `field` is the field's text key, as in a [`FieldChange`].
    fn label_key(field: &str) -> String {
        format!("{}-{field}", Self::NAME)
    }

    /// Returns the key of a field's hint. A field without a hint has no such text.
    fn hint_key(field: &str) -> String {
        format!("{}-hint", Self::label_key(field))
    }

    /// Reads a form. Missing fields count as empty. Fails with all errors of the form.
    fn from_form(typed: &Typed) -> Result<Self, Vec<FieldError>> {
        let mut check = FormValidator::default();
        let record = Self::check(typed, &mut check);
        check.done().map(|()| record)
    }

    /// Like [`Record::from_form`], for forms that have other fields too.
    fn check(typed: &Typed, check: &mut FormValidator) -> Self {
        let mut record = Self::default();
        for field in Self::FIELDS {
            let value = field.check(check, typed.get(field.key));
            (field.set)(&mut record, value);
        }
        record
    }

    /// Returns the fields that differ, for the timeline.
    fn changes(&self, after: &Self) -> Vec<FieldChange> {
        let changes = Self::FIELDS.iter().map(|field| field.change(self, after));
        changes.flatten().collect()
    }

    /// Returns the values that people search by.
    fn searchable(&self) -> impl Iterator<Item = &str> {
        Self::FIELDS.iter().filter(|field| field.is_searchable).map(|field| (field.get)(self))
    }

    /// Returns the fields that are not empty.
    fn filled(&self) -> impl Iterator<Item = (&'static Field<Self>, &str)> {
        Self::FIELDS.iter().map(|field| (field, (field.get)(self))).filter(|(_, value)| !value.is_empty())
    }
}

/// The form as it looks when the record is opened.
impl<T: Record> From<&T> for Typed {
    fn from(record: &T) -> Self {
        let mut typed = Self::default();
        for field in T::FIELDS {
            typed.set(field.key, (field.get)(record));
        }
        typed
    }
}

/// What tests need to know of each declared record.
pub struct Declaration {
    /// The name of the struct.
    pub type_name: &'static str,
    pub table: &'static str,
    pub columns: Vec<&'static str>,
    /// The keys of the texts of its labels and choices.
    pub text_keys: Vec<String>,
}

impl Declaration {
    fn of<T: Record>(type_name: &'static str) -> Self {
        let columns = T::FIELDS.iter().filter(|field| field.is_column).map(|field| field.key).collect();
        let text_keys = T::FIELDS.iter().flat_map(|field| {
            let values = if let FieldKind::Choice { values, .. } = field.kind { values } else { &[] };
            let choices = values.iter().filter_map(|value| field.kind.value_key(value));
            choices.chain([T::label_key(&field.text_key())]).collect::<Vec<_>>()
        });
        Self { type_name, table: T::TABLE, columns, text_keys: text_keys.collect() }
    }
}

macro_rules! declarations {
    ($($record:ident),+) => {
        /// Returns all declared records.
        pub fn declarations() -> Vec<Declaration> {
            vec![$(Declaration::of::<$record>(stringify!($record))),+]
        }
    };
}
declarations!(Address, ContactNote, Membership, Organisation, Profile);
