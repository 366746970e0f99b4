//! Why an operation did not happen.

use domain::{
    ProposalId,
    input::{FieldError, FieldProblem},
    policy::Refusal,
};

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
    /// Someone edited the record after the form was opened.
    #[error("the record changed after the form was opened")]
    Stale,
    #[error("the customer wants the order brought elsewhere")]
    DestinationChanged,
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
    /// One field to be mended.
    pub(crate) fn field(field: &'static str, problem: FieldProblem) -> Self {
        Error::Invalid(vec![FieldError { field, problem }])
    }

    /// Something else to say where the form has no field for an address that is taken.
    pub(crate) fn or_if_taken(self, otherwise: impl Into<Error>) -> Self {
        match self {
            Error::Invalid(errors) if errors.iter().all(|error| error.problem == FieldProblem::Taken) => {
                otherwise.into()
            }
            error => error,
        }
    }

    pub(crate) fn damaged(record: impl ToString, what: impl ToString) -> Self {
        Error::Damaged { record: record.to_string(), what: what.to_string() }
    }

    /// Whether a row with the same key or unique value was already there.
    pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(|error| error.is_unique_violation())
    }

    /// Whether the database does not answer or takes nothing now: nothing is wrong with what was asked, it can be asked
    /// again later.
    pub fn is_temporary(&self) -> bool {
        let Error::Database(error) = self else { return false };
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
            _ => false,
        }
    }
}

/// PostgreSQL's classes of lost connections, of too little room or too many connections, and of its own stop; SQLite's
/// "busy", "locked", "input/output error" and "full" with their kinds, which are numbers.
fn is_passing(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13),
        _ => ["08", "53", "57P"].iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_does_not() {
        for code in ["08006", "53300", "57P01", "5", "517", "13", "3338"] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["23505", "42601", "57014", "25P02", "19", "2067", "1"] {
            assert!(!is_passing(code), "{code}");
        }
        assert!(Error::from(sqlx::Error::PoolTimedOut).is_temporary());
        assert!(!Error::from(sqlx::Error::RowNotFound).is_temporary());
        assert!(!Error::from(Refusal::Missing).is_temporary());
    }
}
