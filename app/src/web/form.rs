//! Forms: extractors for posted forms and path ids, form state with errors, redirects.

use crate::{
    ui::{Alert, Tone},
    web::{page::Page, problem::Problem, site::Site, visit::Visit},
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::FormRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    Language, SubmissionId,
    input::{FieldError, FieldProblem},
};
use leptos::prelude::*;
use locales::t;
use percent_encoding::percent_decode;
use serde::{Deserialize, de::DeserializeOwned};
use std::{str::FromStr, time::Duration};
use store::{Change, Conflict, Error, Secret};
use tokio::time::timeout;

/// The result of a page handler.
pub type PageResult = Result<Response, Problem>;

/// Time limit for receiving the body of a form.
const FORM_TIME: Duration = Duration::from_secs(30);

/// Extractor of a posted form. Form structs use `#[serde(default)]`, so that missing fields read as empty.
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Posted<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let whole = Bytes::from_request(Request::from_parts(parts.clone(), body), site);
        let whole = timeout(FORM_TIME, whole).await.map_err(|_| Problem::Unreadable)?;
        let typed = whole.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Unreadable,
        })?;
        if !is_text(&typed) {
            return Err(Problem::Unreadable);
        }
        match axum::Form::<T>::from_request(Request::from_parts(parts, Body::from(typed)), site).await {
            Ok(axum::Form(form)) => Ok(Posted(form)),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Problem::WrongType),
            Err(_) => Err(Problem::Unreadable),
        }
    }
}

/// Whether a URL-encoded form decodes to UTF-8. Without the check, invalid bytes would silently be replaced.
fn is_text(encoded: &[u8]) -> bool {
    percent_decode(encoded).decode_utf8().is_ok()
}

/// One of the forms of a page, with the submission id that makes a second submission of it harmless.
#[derive(Debug, Clone, Deserialize)]
pub struct Submitted<F> {
    #[serde(default)]
    pub submission: String,
    #[serde(flatten)]
    pub form: F,
}

/// Extractor of the record id in the path. A malformed id is answered like one that does not exist.
pub struct PathId<K>(pub K);

impl<K: FromStr> FromRequestParts<Site> for PathId<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, site).await.map_err(|_| Problem::Missing)?;
        text.parse().map(PathId).map_err(|_| Problem::Missing)
    }
}

/// Extractor of the secret in a mailed link.
pub struct LinkSecret(pub Secret);

impl FromRequestParts<Site> for LinkSecret {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, site).await;
        let secret = path.ok().and_then(|Path(text)| Secret::parse(&text));
        secret.map(LinkSecret).ok_or(Problem::Conflict(Conflict::InvalidLink))
    }
}

/// Extractor of two ids in the path: of a record and of one within it.
pub struct PathIds<A, B>(pub A, pub B);

impl<A: FromStr, B: FromStr> FromRequestParts<Site> for PathIds<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Path((outer, inner)) =
            Path::<(String, String)>::from_request_parts(parts, site).await.map_err(|_| Problem::Missing)?;
        match (outer.parse(), inner.parse()) {
            (Ok(outer), Ok(inner)) => Ok(PathIds(outer, inner)),
            _ => Err(Problem::Missing),
        }
    }
}

/// The state of a form: values and errors.
#[derive(Debug, Clone, Default)]
pub struct FormState<T> {
    pub values: T,
    pub errors: Vec<FieldError>,
    /// A conflict with the record, although each field is valid.
    pub conflict: Option<Conflict>,
}

impl<T> FormState<T> {
    pub fn new(values: T) -> Self {
        Self { values, errors: Vec::new(), conflict: None }
    }

    /// Returns the state of one of several forms of a page: values, errors and conflict if it is the posted form,
    /// otherwise an empty form. `find` returns the values of that form.
    pub fn select<V: Clone + Default>(&self, find: impl FnOnce(&T) -> Option<&V>) -> FormState<V> {
        match find(&self.values) {
            Some(values) => {
                FormState { values: values.clone(), errors: self.errors.clone(), conflict: self.conflict.clone() }
            }
            None => FormState::default(),
        }
    }

    /// Returns the error message of a field.
    pub fn error(&self, language: Language, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| field_message(language, error.problem))
    }

    /// Returns the message above a form with errors; `None` without errors.
    pub fn summary(&self, language: Language) -> Option<String> {
        if self.conflict == Some(Conflict::Stale) {
            return Some(t!(language, "form-stale"));
        }
        (!self.errors.is_empty()).then(|| t!(language, "form-errors", count = self.errors.len()))
    }
}

/// Handles an error of a form. Shows the form again with status 422 for invalid fields and 409 for an invalid design,
/// redirects if the form was submitted before, and returns any other error.
pub fn show_again<T>(error: Error, values: T, page: impl FnOnce(FormState<T>) -> Page) -> PageResult {
    match error {
        Error::Invalid(errors) => {
            let form = FormState { errors, ..FormState::new(values) };
            Ok(page(form).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Error::Conflict(conflict @ (Conflict::InvalidDesign | Conflict::Stale)) => {
            let form = FormState { conflict: Some(conflict), ..FormState::new(values) };
            Ok(page(form).status(StatusCode::CONFLICT).into_response())
        }
        Error::Conflict(Conflict::DuplicateSubmission { location }) if !location.is_empty() => Ok(redirect(&location)),
        error => Err(error.into()),
    }
}

/// Redirects (303) after a form was accepted.
pub fn redirect(location: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, location.to_owned())]).into_response()
}

/// Commits the change and redirects.
pub async fn commit_and_redirect(change: Change, location: &str) -> PageResult {
    change.commit_with_redirect(location).await?;
    Ok(redirect(location))
}

/// The alert on a page after a form redirected to it with `?saved` or `?saved=RESULT`. It is not shown in responses to
/// forms, which are posted to the same URL.
pub fn saved_alert(visit: &Visit) -> impl IntoView + use<> {
    let query = visit.path_and_query.split_once('?').map_or("", |(_, query)| query);
    let done = query.split('&').find_map(|pair| match pair.split_once('=') {
        Some(("saved", done)) => Some(done),
        None if pair == "saved" => Some(""),
        _ => None,
    });
    let text = done.filter(|_| visit.is_read).map(|done| match done {
        "sent" => t!(visit.language, "saved-sent"),
        "removed" => t!(visit.language, "saved-removed"),
        "queued" => t!(visit.language, "saved-queued"),
        "joined" => t!(visit.language, "saved-joined"),
        _ => t!(visit.language, "saved"),
    });
    text.map(|text| view! { <Alert tone=Tone::Good><p>{text}</p></Alert> })
}

/// Creates the id of a new form, so that it is accepted once.
pub fn new_submission_id() -> SubmissionId {
    SubmissionId::from_uuid(uuid::Uuid::now_v7())
}

/// Parses the submission id of a form. A form without one is malformed.
pub fn parse_submission_id(typed: &str) -> Result<SubmissionId, Problem> {
    typed.parse().map_err(|_| Problem::Unreadable)
}

/// Returns the message for an invalid field.
pub fn field_message(language: Language, problem: FieldProblem) -> String {
    match problem {
        FieldProblem::Required => t!(language, "field-required"),
        FieldProblem::TooLong { max } => t!(language, "field-too-long", max = max),
        FieldProblem::TooShort { min } => t!(language, "field-too-short", min = min),
        FieldProblem::TooCommon => t!(language, "field-password-common"),
        FieldProblem::WrongPassword => t!(language, "field-password-wrong"),
        FieldProblem::Email => t!(language, "field-email"),
        FieldProblem::ControlCharacters => t!(language, "field-control-characters"),
        FieldProblem::Amount { max } => t!(language, "field-amount", max = locales::number(language, max)),
        FieldProblem::Date => t!(language, "field-date"),
        FieldProblem::DatePast => t!(language, "field-date-past"),
        FieldProblem::DateAhead => t!(language, "field-date-ahead"),
        FieldProblem::Website => t!(language, "field-website"),
        FieldProblem::Choice => t!(language, "field-choice"),
        FieldProblem::Taken => t!(language, "field-taken"),
        FieldProblem::FileTooLarge { max } => {
            t!(language, "field-file-too-large", max = locales::file_size(language, max as u64))
        }
        FieldProblem::FileType => t!(language, "field-file-type"),
        FieldProblem::TooManyFiles { max } => t!(language, "field-too-many-files", max = max),
    }
}
