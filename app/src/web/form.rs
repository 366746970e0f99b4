//! Forms: reading what was posted, and showing it again with what is to be mended.

use crate::{
    ui::{Notice, Pager, Tone},
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

/// What a handler answers.
pub type Answer = Result<Response, Problem>;

/// How long a form may be on its way: who asks was looked up when it began.
const FORM_TIME: Duration = Duration::from_secs(30);

/// A posted form. Fields that were not sent are as empty ones, so that a page can show them again.
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

/// Whether an encoded form is UTF-8 once decoded. What is not would silently become other characters.
fn is_text(encoded: &[u8]) -> bool {
    percent_decode(encoded).decode_utf8().is_ok()
}

/// The key of a record from the page's address; one that cannot be a key is of a record that does not exist.
pub struct Key<K>(pub K);

impl<K: FromStr> FromRequestParts<Site> for Key<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, site).await.map_err(|_| Problem::Missing)?;
        text.parse().map(Key).map_err(|_| Problem::Missing)
    }
}

/// The secret of a mailed link.
pub struct Link(pub Secret);

impl FromRequestParts<Site> for Link {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, site).await;
        let secret = path.ok().and_then(|Path(text)| Secret::read(&text));
        secret.map(Link).ok_or(Problem::Conflict(Conflict::DeadLink))
    }
}

/// The keys of a record and of one within it.
pub struct Keys<A, B>(pub A, pub B);

impl<A: FromStr, B: FromStr> FromRequestParts<Site> for Keys<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Path((outer, inner)) =
            Path::<(String, String)>::from_request_parts(parts, site).await.map_err(|_| Problem::Missing)?;
        match (outer.parse(), inner.parse()) {
            (Ok(outer), Ok(inner)) => Ok(Keys(outer, inner)),
            _ => Err(Problem::Missing),
        }
    }
}

/// Where in a long list the reader is: `?page=2`. One row more than a page is fetched, to know whether others follow.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct PageNumber {
    page: u32,
}

impl PageNumber {
    pub const ROWS: usize = 50;

    fn number(self) -> u32 {
        self.page.clamp(1, 10_000)
    }

    pub fn is_first(self) -> bool {
        self.number() == 1
    }

    pub fn fetch(self) -> i64 {
        Self::ROWS as i64 + 1
    }

    pub fn offset(self) -> i64 {
        i64::from(self.number() - 1) * Self::ROWS as i64
    }

    /// The rows of this page, and the links around it. `address` may carry a query already.
    pub fn cut<T>(self, mut rows: Vec<T>, address: &str, language: Language) -> (Vec<T>, impl IntoView + use<T>) {
        let more = rows.len() > Self::ROWS;
        rows.truncate(Self::ROWS);
        let separator = if address.contains('?') { '&' } else { '?' };
        let link = |page: u32, key| (format!("{address}{separator}page={page}"), t!(language, key));
        let previous = (!self.is_first()).then(|| link(self.number() - 1, "page-previous"));
        let next = more.then(|| link(self.number() + 1, "page-next"));
        (rows, view! { <Pager label=t!(language, "pages") previous next/> })
    }
}

/// A form as it stands on a page: what was typed and what is to be mended.
#[derive(Debug, Clone, Default)]
pub struct FormState<T> {
    pub values: T,
    pub errors: Vec<FieldError>,
    /// What in the record stands against the form, though each field of it is right.
    pub conflict: Option<Conflict>,
}

impl<T> FormState<T> {
    pub fn new(values: T) -> Self {
        Self { values, errors: Vec::new(), conflict: None }
    }

    /// What to say beside a field.
    pub fn error(&self, language: Language, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| say(language, error.problem))
    }

    /// What to say above the fields; None while nothing is to be mended.
    pub fn summary(&self, language: Language) -> Option<String> {
        if self.conflict == Some(Conflict::Stale) {
            return Some(t!(language, "form-stale"));
        }
        (!self.errors.is_empty()).then(|| t!(language, "form-errors", count = self.errors.len()))
    }
}

/// Shows the form again with status 422 where fields are to be mended, with 409 where the choices in the room are; leads
/// on where the same form came before; any other error is the page's problem.
pub fn again<T>(error: Error, values: T, page: impl FnOnce(FormState<T>) -> Page) -> Answer {
    match error {
        Error::Invalid(errors) => {
            let form = FormState { errors, ..FormState::new(values) };
            Ok(page(form).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Error::Conflict(conflict @ (Conflict::InvalidDesign | Conflict::Stale)) => {
            let form = FormState { conflict: Some(conflict), ..FormState::new(values) };
            Ok(page(form).status(StatusCode::CONFLICT).into_response())
        }
        Error::Conflict(Conflict::Repeated { location }) if !location.is_empty() => Ok(go(&location)),
        error => Err(error.into()),
    }
}

/// Leads on after a form was taken.
pub fn go(location: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, location.to_owned())]).into_response()
}

/// Keeps the change that a form asked for, and leads on.
pub async fn keep(change: Change, location: &str) -> Answer {
    change.commit_leading_to(location).await?;
    Ok(go(location))
}

/// What to say above a page that a form led to: `?saved`, or `?saved=` with what was done. The next form on that page
/// is sent to the same address, and what is wrong in it is said alone.
pub fn saved(visit: &Visit) -> impl IntoView + use<> {
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let done = query.split('&').find_map(|pair| match pair.split_once('=') {
        Some(("saved", done)) => Some(done),
        None if pair == "saved" => Some(""),
        _ => None,
    });
    let text = done.filter(|_| visit.reads).map(|done| match done {
        "sent" => t!(visit.language, "saved-sent"),
        "removed" => t!(visit.language, "saved-removed"),
        "queued" => t!(visit.language, "saved-queued"),
        "joined" => t!(visit.language, "saved-joined"),
        _ => t!(visit.language, "saved"),
    });
    text.map(|text| view! { <Notice tone=Tone::Good><p>{text}</p></Notice> })
}

/// A number for a new form, so that it is taken once.
pub fn new_submission() -> SubmissionId {
    SubmissionId::from_uuid(uuid::Uuid::now_v7())
}

/// The number that came with a form of ours; a form without one is not.
pub fn submission_of(typed: &str) -> Result<SubmissionId, Problem> {
    typed.parse().map_err(|_| Problem::Unreadable)
}

/// The problem of a field in the person's language.
pub fn say(language: Language, problem: FieldProblem) -> String {
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
