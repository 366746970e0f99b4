//! Forms with files. They are read in chunks and within limits: the rest of a file that is too large is not stored, so
//! the form can be shown again with its text and an error.

use crate::web::{form::Posted, problem::Problem, site::Site, visit::Visit};
use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use domain::policy::Actor;
use serde::de::{
    DeserializeOwned,
    value::{Error, MapDeserializer},
};
use std::time::Duration;
use store::file::{MAX_COUNT, MAX_SIZE, UploadedFile};
use tokio::time::timeout;

/// The limit for a whole form, in bytes. Larger than all allowed files together, so that a slightly larger form gets a
/// field error instead of a failed request.
const BODY_LIMIT: usize = (MAX_COUNT + 2) * MAX_SIZE;
/// Time limit for a form with files: enough for 50 MB at two megabits a second.
const UPLOAD_TIME: Duration = Duration::from_secs(300);
/// The limit for the text fields of a form together, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;

/// Extractor of a posted form with files, as multipart or, without files, URL-encoded.
pub struct Upload<T> {
    pub fields: T,
    pub files: Vec<UploadedFile>,
}

impl<T: DeserializeOwned> FromRequest<Site> for Upload<T> {
    type Rejection = Problem;

    async fn from_request(mut request: Request, site: &Site) -> Result<Self, Problem> {
        // Visitors cannot make the server read large bodies.
        if request.extensions().get::<Visit>().is_none_or(|visit| visit.actor == Actor::Visitor) {
            return Err(Problem::SignIn);
        }
        if !is_multipart(&request) {
            let Posted(fields) = Posted::from_request(request, site).await?;
            return Ok(Self { fields, files: Vec::new() });
        }
        DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
        let form = Multipart::from_request(request, site).await.map_err(|_| Problem::Unreadable)?;
        let (typed, files) = timeout(UPLOAD_TIME, read(form)).await.map_err(|_| Problem::Unreadable)??;
        let fields = T::deserialize(MapDeserializer::<_, Error>::new(typed.into_iter()));
        Ok(Self { fields: fields.map_err(|_| Problem::Unreadable)?, files })
    }
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

type Typed = Vec<(String, String)>;

async fn read(mut form: Multipart) -> Result<(Typed, Vec<UploadedFile>), Problem> {
    let (mut typed, mut files, mut text_left) = (Vec::new(), Vec::new(), TEXT_LIMIT);
    while let Some(field) = form.next_field().await.map_err(problem)? {
        match field.file_name().map(str::to_owned) {
            // Files beyond the maximum are counted without their content.
            Some(name) => {
                let limit = if files.len() < MAX_COUNT { MAX_SIZE + 1 } else { 0 };
                let (content, size) = bytes(field, limit).await?;
                // Browsers send an empty file field as one empty file without a name.
                if !name.is_empty() || size > 0 {
                    files.push(UploadedFile { name, content });
                }
            }
            None => {
                let name = field.name().unwrap_or_default().to_owned();
                let (content, size) = bytes(field, text_left).await?;
                text_left = text_left.checked_sub(size).ok_or(Problem::TooLarge)?;
                typed.push((name, String::from_utf8(content).map_err(|_| Problem::Unreadable)?));
            }
        }
    }
    Ok((typed, files))
}

/// Returns the bytes of a field up to the limit, and its whole size.
async fn bytes(mut field: Field<'_>, limit: usize) -> Result<(Vec<u8>, usize), Problem> {
    let (mut content, mut size) = (Vec::new(), 0);
    while let Some(chunk) = field.chunk().await.map_err(problem)? {
        size += chunk.len();
        let room = limit - content.len();
        content.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok((content, size))
}

fn problem(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::Unreadable }
}
