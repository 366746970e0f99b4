//! The router: pages, rooms, assets and health, with the layers around them.

use crate::{
    assets,
    settings::Settings,
    sync::{self, Rooms},
};
use app::{EntryPoint, Routes, Site, web::visit::RequestNumber};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use std::time::Instant;
use store::Store;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

pub struct Portal {
    pub router: Router,
    pub rooms: Rooms,
}

/// A form without files may be this large.
const FORM_LIMIT: usize = 256 * 1024;

pub fn portal(settings: &Settings, store: Store) -> Portal {
    // Leptos renders on this runtime; a second call finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let site = Site::new(store.clone(), settings.base_url(), assets::PACKAGE.clone());
    let rooms = Rooms::new(store.clone());
    tokio::spawn(sync::follow(store, rooms.clone()));
    let pages = app::routes()
        .router
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(CatchPanicLayer::custom(|_| app::Problem::Internal("a handler panicked".to_owned()).into_response()))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(site.clone(), app::serve_page))
        .layer(CompressionLayer::new().br(true).gzip(true));
    let router = pages
        .merge(outside_pages().router)
        .layer(axum::Extension(rooms.clone()))
        .layer(from_fn(envelope))
        .with_state(site);
    Portal { router, rooms }
}

/// What is answered without a page around it.
fn outside_pages() -> Routes {
    Routes::default()
        .get("/sync/{design}", sync::join)
        .get("/health/live", || async { "ok" })
        .get("/health/ready", ready)
        .get("/pkg/{*file}", assets::package)
        .get("/fonts/{file}", assets::font)
        .get("/favicon.svg", assets::icon)
}

/// All there is, for the table of who may ask what.
pub fn entry_points() -> Vec<EntryPoint> {
    let mut all = app::routes().entry_points;
    all.extend(outside_pages().entry_points);
    all.sort();
    all
}

/// Ready when the database answers.
async fn ready(State(site): State<Site>) -> Response {
    match site.store().ping().await {
        Ok(()) => "ok".into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Gives each request a number, writes one log line about it, and sets the headers that every answer has. The line
/// names the route, not the address: addresses carry keys and search words.
async fn envelope(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let number = uuid::Uuid::now_v7().simple().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let mut response = next.run(request).await;
    let took = started.elapsed().as_micros();
    let route = route.as_deref().unwrap_or("-");
    tracing::info!(request = number, %method, route, status = response.status().as_u16(), micros = took);
    let headers = response.headers_mut();
    if let Ok(number) = HeaderValue::from_str(&number) {
        headers.insert(HeaderName::from_static("x-request-id"), number);
    }
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
