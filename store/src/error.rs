//! Why an operation did not happen.

use domain::{ProposalId, input::FieldError, policy::Refusal};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Fields to be mended, in the order of the form.
    #[error("{} fields to mend", .0.len())]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Conflict(#[from] Conflict),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A record that this program did not write, or wrote wrongly.
    #[error("record {record} is damaged: {what}")]
    Damaged { record: String, what: String },
    #[error("password hashing failed: {0}")]
    Hash(String),
}

/// The record is no longer as the person saw it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The same form came before; its sender was led there.
    #[error("this form was already taken")]
    Repeated { location: String },
    /// Another proposal took this one's place, or its version is not the one that was shown.
    #[error("another proposal stands now")]
    ProposalChanged { now: Option<ProposalId> },
    #[error("the proposal is no longer valid")]
    ProposalLapsed,
    #[error("the choices break a rule of the product")]
    InvalidDesign,
    #[error("the design is approved and no longer changes")]
    DesignClosed,
    #[error("the step before is not done, or this one already is")]
    StepOrder,
    #[error("a link that was used, has expired or never was")]
    DeadLink,
    #[error("there is a company already")]
    NotEmpty,
    #[error("a customer needs one administrator")]
    LastAdministrator,
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Error::Invalid(errors)
    }
}

impl Error {
    pub(crate) fn damaged(record: impl ToString, what: impl ToString) -> Self {
        Error::Damaged { record: record.to_string(), what: what.to_string() }
    }

    /// Whether a row with the same key or unique value was already there.
    pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(|error| error.is_unique_violation())
    }
}
