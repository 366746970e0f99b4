//! The errors of operations.

use domain::{
    ProposalId,
    document::{ApplyError, SchemaError},
    input::{FieldError, FieldProblem},
    policy::Refusal,
};
use std::panic::Location;

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
    /// `at` is the place in the operation that failed. A file contains one operation or the operations of one page.
    #[error("database, at {at}: {source}")]
    Database { at: &'static Location<'static>, source: sqlx::Error },
    /// A stored record cannot be read. Names the record or the column, never its content, which is private.
    #[error("record {record} is damaged, at {at}: {damage}")]
    Damaged { record: String, damage: Damage, at: &'static Location<'static> },
    #[error("password hashing failed: {0}")]
    Hash(String),
}

/// What is wrong with a stored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("the text is not a {0}")]
    NotA(&'static str),
    #[error("the text is not JSON")]
    NotJson,
    #[error("the JSON has the wrong fields or types")]
    JsonShape,
    #[error("the design document has the wrong roots, types or values")]
    DocumentSchema,
    #[error("an edit of the design document is malformed")]
    MalformedEdit,
    #[error("an edit of the design document depends on edits that are missing")]
    MissingEdit,
    #[error("the content does not match its hash")]
    Hash,
    #[error("reading it panicked")]
    Panic,
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

impl From<sqlx::Error> for Error {
    /// With `?`, the location is that of the `?`.
    #[track_caller]
    fn from(source: sqlx::Error) -> Self {
        Error::Database { at: Location::caller(), source }
    }
}

impl From<serde_json::Error> for Damage {
    fn from(error: serde_json::Error) -> Self {
        if error.is_data() { Damage::JsonShape } else { Damage::NotJson }
    }
}

impl From<SchemaError> for Damage {
    fn from(_: SchemaError) -> Self {
        Damage::DocumentSchema
    }
}

impl From<ApplyError> for Damage {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::Malformed(_) => Damage::MalformedEdit,
            ApplyError::Incomplete => Damage::MissingEdit,
        }
    }
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

    /// `record` is the key of a record or the name of a column.
    #[track_caller]
    pub(crate) fn damaged(record: impl ToString, damage: impl Into<Damage>) -> Self {
        Error::Damaged { record: record.to_string(), damage: damage.into(), at: Location::caller() }
    }

    /// Replaces the location of an error of the database, for functions that many operations share.
    pub(crate) fn at(self, at: &'static Location<'static>) -> Self {
        match self {
            Error::Database { source, .. } => Error::Database { at, source },
            error => error,
        }
    }

    /// Whether the error says that a row with the same key or unique value exists.
    pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(|error| error.is_unique_violation())
    }

    /// Whether the database is unreachable or accepts no writes now, so that the same operation can succeed later.
    pub fn is_temporary(&self) -> bool {
        let Error::Database { source, .. } = self else { return false };
        match source {
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

    #[test]
    fn database_errors_name_their_place_and_keep_their_source() {
        fn operation() -> Result<()> {
            Err(sqlx::Error::RowNotFound)?
        }
        let line = line!() - 2;
        let error = operation().unwrap_err();
        assert!(error.to_string().contains(&format!("{}:{line}", file!())), "{error}");
        assert!(std::error::Error::source(&error).is_some_and(|source| source.is::<sqlx::Error>()));
    }
}
