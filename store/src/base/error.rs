//! The errors of operations.

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
    /// The invalid fields, in the order of the form.
    #[error("{} invalid fields", .0.len())]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Conflict(#[from] Conflict),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored record cannot be read.
    #[error("record {record} is damaged: {what}")]
    Damaged { record: String, what: String },
    #[error("password hashing failed: {0}")]
    Hash(String),
}

/// The state of a record does not allow the operation, usually because somebody changed it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The same form was accepted before. Its sender was redirected to `location`; empty if that is unknown.
    #[error("this form was already submitted")]
    DuplicateSubmission { location: String },
    /// The proposal is not open any more, or its version is not the one that was shown. `now` is the open proposal.
    #[error("the proposal was replaced or answered")]
    ProposalChanged { now: Option<ProposalId> },
    #[error("the proposal is no longer valid")]
    ProposalLapsed,
    /// Someone edited the record after the form was opened.
    #[error("the record changed after the form was opened")]
    Stale,
    #[error("the chosen options break a rule of the product")]
    InvalidDesign,
    #[error("the design is approved and cannot be changed")]
    DesignClosed,
    #[error("the order or step is not in the state that this action needs")]
    StepOrder,
    #[error("the customer changed the destination of the order")]
    DestinationChanged,
    #[error("the link was used, has expired or is unknown")]
    InvalidLink,
    #[error("the database already has a company")]
    CompanyExists,
    #[error("the last administrator cannot be removed")]
    LastAdministrator,
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Error::Invalid(errors)
    }
}

impl Error {
    /// Returns an error for one invalid field.
    pub(crate) fn field(field: &'static str, problem: FieldProblem) -> Self {
        Error::Invalid(vec![FieldError { field, problem }])
    }

    /// Replaces the error "this email address is taken" by `otherwise`, for forms without a field for the address.
    pub(crate) fn replace_if_email_taken(self, otherwise: impl Into<Error>) -> Self {
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

    /// Whether the error says that a row with the same key or unique value exists.
    pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(|error| error.is_unique_violation())
    }

    /// Whether the database is unreachable or accepts no writes now, so that the same operation can succeed later.
    pub fn is_temporary(&self) -> bool {
        let Error::Database(error) = self else { return false };
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_temporary_code(&code)),
            _ => false,
        }
    }
}

/// Whether a database error code means a temporary problem. PostgreSQL: classes 08 (connection), 53 (insufficient
/// resources) and 57P (operator intervention). SQLite: BUSY (5), LOCKED (6), IOERR (10) and FULL (13) with their
/// extended codes, whose low byte is the primary code.
fn is_temporary_code(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13),
        _ => ["08", "53", "57P"].iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_errors_are_distinguished_from_permanent_ones() {
        for code in ["08006", "53300", "57P01", "5", "517", "13", "3338"] {
            assert!(is_temporary_code(code), "{code}");
        }
        for code in ["23505", "42601", "57014", "25P02", "19", "2067", "1"] {
            assert!(!is_temporary_code(code), "{code}");
        }
        assert!(Error::from(sqlx::Error::PoolTimedOut).is_temporary());
        assert!(!Error::from(sqlx::Error::RowNotFound).is_temporary());
        assert!(!Error::from(Refusal::Missing).is_temporary());
    }
}
