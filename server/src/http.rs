//! The router: pages, design rooms, static files and health checks, with the layers around them.

use crate::{
    assets,
    settings::Settings,
    sync::{self, Rooms},
};
use app::{EntryPoint, Routes, Site, web::visit::RequestNumber};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use std::time::Duration;
use store::Store;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, trace::TraceLayer};
use tracing::{Span, error_span};

pub struct Portal {
    pub router: Router,
    pub rooms: Rooms,
}

/// The largest body of a form without files, in bytes.
const FORM_LIMIT: usize = 256 * 1024;

/// Builds the router and starts the task that applies commit events to the rooms.
pub fn build_portal(settings: &Settings, store: Store) -> Portal {
    // Sets the runtime on which Leptos renders. Fails if it was set before, which is not an error.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site::new(store.clone(), settings.base_url(), assets::PACKAGE.clone());
    let rooms = Rooms::new(store.clone());
    tokio::spawn(sync::apply_commit_events(store, rooms.clone()));
    let pages = app::routes()
        .router
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(CatchPanicLayer::custom(|_| app::Problem::Internal("a handler panicked".to_owned()).into_response()))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(site.clone(), app::serve_page))
        .layer(CompressionLayer::new().br(true).gzip(true));
    let trace = TraceLayer::new_for_http()
        .make_span_with(request_span)
        .on_request(())
        .on_response(log_response)
        // Its default logs every status from 500 on as an error, also that of a health check.
        .on_failure(());
    let router = pages
        .merge(routes_without_page().router)
        .layer(axum::Extension(rooms.clone()))
        .layer(from_fn(set_security_headers))
        .layer(trace)
        .layer(from_fn(assign_request_id))
        .with_state(site);
    Portal { router, rooms }
}

/// Routes that do not render pages.
fn routes_without_page() -> Routes {
    Routes::default()
        .get("/sync/{design}", sync::join)
        .get("/health/live", || async { "ok" })
        .get("/health/ready", ready)
        .get("/pkg/{*file}", assets::package)
        .get("/fonts/{file}", assets::font)
        .get("/favicon.svg", assets::icon)
}

/// Lists all entry points, for docs/access.md.
pub fn entry_points() -> Vec<EntryPoint> {
    let mut all = app::routes().entry_points;
    all.extend(routes_without_page().entry_points);
    all.sort();
    all
}

/// Answers 200 if the database can be reached, else 503.
async fn ready(State(site): State<Site>) -> Response {
    match site.store().ping().await {
        Ok(()) => "ok".into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Gives the request an id and returns it in the `x-request-id` header.
async fn assign_request_id(mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    request.extensions_mut().insert(RequestNumber(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// The span of everything that handles the request. Its path is the route's pattern, because real paths contain secrets
/// and queries contain search words. It is at error level, so that no log filter removes the id from the lines within.
fn request_span(request: &Request) -> Span {
    let extensions = request.extensions();
    let id = extensions.get::<RequestNumber>().map(|id| id.0.as_str());
    let path = extensions.get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    error_span!("request", id, method = %request.method(), path)
}

fn log_response(response: &Response, latency: Duration, _: &Span) {
    tracing::info!(status = response.status().as_u16(), micros = latency.as_micros(), "request handled");
}

/// Sets the headers that all responses have.
async fn set_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
