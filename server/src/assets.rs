//! The embedded static files: scripts, styles, fonts, icon. Scripts and styles are served from a folder whose name is a
//! hash of their content, so browsers can cache them forever.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ContentHash;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The URL path of the folder of this build's scripts and styles: `pkg/HASH`. With `./dev watch` the files change while
/// the server runs, so the path is `pkg` without a hash.
pub static PACKAGE: LazyLock<String> = LazyLock::new(|| {
    if app::is_watch_mode() {
        return "pkg".to_owned();
    }
    let mut names: Vec<_> = Site::iter().filter(|name| name.starts_with("pkg/")).collect();
    names.sort();
    let files = names.iter().filter_map(|name| Site::get(name));
    let hashes: Vec<_> = files.flat_map(|file| file.metadata.sha256_hash()).collect();
    format!("pkg/{:.16}", ContentHash::of(&hashes))
});

/// `/pkg/HASH/FILE`, or `/pkg/FILE` with `./dev watch`.
pub async fn package(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match path.rsplit_once('/') {
        Some((_, file)) => serve(&format!("pkg/{file}"), &headers, "public, max-age=31536000, immutable"),
        None => serve(&format!("pkg/{path}"), &headers, "no-cache"),
    }
}

/// `/fonts/{file}`
pub async fn font(Path(file): Path<String>, headers: HeaderMap) -> Response {
    serve(&format!("fonts/{file}"), &headers, "public, max-age=31536000, immutable")
}

pub async fn icon(headers: HeaderMap) -> Response {
    serve("favicon.svg", &headers, "public, max-age=86400")
}

fn serve(name: &str, headers: &HeaderMap, cache_control: &'static str) -> Response {
    let accepts = |encoding: &str| {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepted = accepted.split(',').any(|part| part.split(';').next().unwrap_or_default().trim() == encoding);
        // The compressed files beside a watched file belong to an earlier build.
        accepted && !app::is_watch_mode()
    };
    let (file, encoding) = match (Site::get(&format!("{name}.br")), Site::get(&format!("{name}.gz"))) {
        (Some(file), _) if accepts("br") => (Some(file), Some("br")),
        (_, Some(file)) if accepts("gzip") => (Some(file), Some("gzip")),
        _ => (Site::get(name), None),
    };
    let Some(file) = file else { return StatusCode::NOT_FOUND.into_response() };
    file_response(name, file, encoding, cache_control)
}

fn file_response(
    name: &str,
    file: EmbeddedFile,
    encoding: Option<&'static str>,
    cache_control: &'static str,
) -> Response {
    let media_type = match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
