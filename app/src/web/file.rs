//! Serves an attached file to those who may see the record it is attached to.

use crate::web::{
    form::{PageResult, PathId},
    url::percent_encoded,
    visit::Visit,
};
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use domain::FileId;
use store::file::{self, File};

/// Content security policy for uploaded files: no scripts, no requests.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub async fn show(visit: Visit, PathId(id): PathId<FileId>, headers: HeaderMap) -> PageResult {
    let mut connection = visit.read().await?;
    let file = file::find(&mut connection, &visit.actor, id).await?;
    let tag = format!("\"{}\"", file.sha256);
    // The browser caches the file but asks each time, because permissions can change.
    let caching = [(header::CACHE_CONTROL, "private, no-cache".to_owned()), (header::ETAG, tag.clone())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let content = file::content(&mut connection, &file).await?;
    let described = [
        (header::CONTENT_TYPE, file.media_type.name().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&file)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((caching, described, content).into_response())
}

/// Returns the `Content-Disposition`: images are shown, other files downloaded. Names are encoded as in RFC 6266 and
/// RFC 8187.
fn disposition(file: &File) -> String {
    let kind = if file.media_type.is_image() { "inline" } else { "attachment" };
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || ". -_()".contains(c) { c } else { '_' }).collect();
    let encoded = percent_encoded(&file.name);
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}
