//! Errors of requests: the one place that maps errors to status codes and error pages.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::policy::Refusal;
use store::{Conflict, Error};

#[derive(Debug, Clone)]
pub enum Problem {
    /// Not signed in. A page redirects to the sign-in page and back; a form gets an error page.
    SignIn,
    /// The record does not exist, or the person may not see it. Both get the same response.
    Missing,
    /// The person may see the record, but their role does not allow the action.
    Role,
    /// The form came from another site, or the browser did not send its origin.
    Foreign,
    /// The request is malformed: not a form of this page, not UTF-8, or too slow.
    Unreadable,
    TooLarge,
    WrongType,
    WrongMethod,
    /// The record changed meanwhile.
    Conflict(Conflict),
    /// Invalid fields, if there is no form to show the errors in.
    Invalid(Vec<domain::input::FieldError>),
    /// The database is unavailable. The text is for the log only.
    Unavailable(String),
    /// An internal error. The text is for the log only.
    Internal(String),
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::SignIn => StatusCode::UNAUTHORIZED,
            Problem::Missing => StatusCode::NOT_FOUND,
            Problem::Role | Problem::Foreign => StatusCode::FORBIDDEN,
            Problem::Unreadable => StatusCode::BAD_REQUEST,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Conflict(_) => StatusCode::CONFLICT,
            Problem::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The name within the keys of its texts, `problem-NAME-title` and `problem-NAME-text`.
    pub fn name(&self) -> &'static str {
        match self {
            Problem::SignIn => "sign-in",
            Problem::Missing => "missing",
            Problem::Role => "role",
            Problem::Foreign => "foreign",
            Problem::Unreadable => "unreadable",
            Problem::TooLarge => "too-large",
            Problem::WrongType => "wrong-type",
            Problem::WrongMethod => "wrong-method",
            Problem::Conflict(Conflict::InvalidLink) => "dead-link",
            Problem::Conflict(_) => "conflict",
            Problem::Invalid(_) => "invalid",
            Problem::Unavailable(_) => "unavailable",
            Problem::Internal(_) => "internal",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SignIn => Problem::SignIn,
            Refusal::Missing => Problem::Missing,
            Refusal::Role => Problem::Role,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal.into(),
            Error::Conflict(conflict) => Problem::Conflict(conflict),
            Error::Invalid(errors) => Problem::Invalid(errors),
            Error::Database { .. } if error.is_temporary() => Problem::Unavailable(error.to_string()),
            Error::Database { .. } | Error::Damaged { .. } | Error::Hash(_) => Problem::Internal(error.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        if let Problem::Unavailable(_) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
