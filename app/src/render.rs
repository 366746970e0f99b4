//! The middleware around all pages: reads the session, rejects cross-site forms, and renders the page or problem that a
//! handler returns as a complete HTML document.

use crate::{
    Page, Problem, Site, Visit,
    account::unsubscribe,
    navigation::{self, PendingCounts},
    ui,
    web::{form::redirect, page::Frame, url::sign_in_url},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use locales::t;
use std::sync::{Arc, LazyLock, Mutex};
use store::Conflict;

/// Serves one request: middleware around all pages.
pub async fn serve_page(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = match Visit::from_request(&site, &parts).await {
        Ok(visit) => visit,
        Err(error) => return database_unavailable(&error.to_string()),
    };
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let response = match reject_early(&visit, &parts.method, &parts.headers, uri.path()) {
        Some(early) => early,
        None => {
            parts.extensions.insert(visit.clone());
            next.run(Request::from_parts(parts, body)).await
        }
    };
    render_response(visit, &method, uri, response).await
}

/// Returns the response to requests that do not reach a handler: cross-site forms, malformed URLs, and pages before the
/// first run.
fn reject_early(visit: &Visit, method: &Method, headers: &axum::http::HeaderMap, path: &str) -> Option<Response> {
    let ours = || is_same_origin(visit.site.base_url(), headers) || unsubscribe::is_authorised_by(path);
    if !method.is_safe() && !ours() {
        return Some(Problem::Foreign.into_response());
    }
    // PostgreSQL rejects zero bytes in text.
    if visit.path_and_query.contains("%00") {
        return Some(Problem::Unreadable.into_response());
    }
    if visit.company.is_none() && path != "/first-run" && path != "/language" {
        return Some(redirect("/first-run"));
    }
    None
}

/// Whether a request comes from a page of this site, according to `Origin` or else `Sec-Fetch-Site`. A request with
/// neither header counts as cross-site.
pub fn is_same_origin(base_url: &str, headers: &axum::http::HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("origin"), text("sec-fetch-site")) {
        (Some(origin), _) => origin == base_url,
        (None, Some(site)) => site == "same-origin",
        (None, None) => false,
    }
}

/// Renders the page or the problem in the extensions of a response. Other responses are returned unchanged.
async fn render_response(visit: Visit, method: &Method, uri: Uri, mut response: Response) -> Response {
    let page = match (response.extensions_mut().remove::<Page>(), response.extensions_mut().remove::<Problem>()) {
        (Some(page), _) => page,
        (None, Some(Problem::SignIn)) if method.is_safe() => return redirect(&sign_in_url(&visit.path_and_query)),
        (None, Some(problem)) => problem_page(&visit, problem),
        (None, None) if response.status() == StatusCode::NOT_FOUND => problem_page(&visit, Problem::Missing),
        (None, None) if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            problem_page(&visit, Problem::WrongMethod)
        }
        // From an extractor: the URL is not UTF-8, or its query is malformed, such as a parameter given twice.
        (None, None) if response.status() == StatusCode::BAD_REQUEST => problem_page(&visit, Problem::Unreadable),
        (None, None) => return response,
    };
    document(visit, uri, page, response).await
}

fn problem_page(visit: &Visit, problem: Problem) -> Page {
    if let Problem::Internal(what) | Problem::Unavailable(what) = &problem {
        tracing::error!(request = visit.request_id, "{what}");
    }
    let language = visit.language;
    let title = t!(language, &format!("problem-{}-title", problem.name()));
    let text = t!(language, &format!("problem-{}-text", problem.name()));
    let number = matches!(problem, Problem::Internal(_)).then(|| {
        let number = visit.request_id.clone();
        t!(language, "problem-number", number = number)
    });
    let frame = if visit.actor.staff().is_ok() { Frame::Desk } else { Frame::Portal };
    let (home, action, tab) = match (&problem, frame) {
        // In a new tab, so that the form and its input are still there after signing in.
        (Problem::SignIn, _) => (sign_in_url(&visit.path_and_query), t!(language, "nav-sign-in"), Some("_blank")),
        (Problem::Conflict(Conflict::InvalidLink), _) if visit.person.is_none() => {
            ("/sign-in".to_owned(), t!(language, "nav-sign-in"), None)
        }
        (_, Frame::Desk) => ("/desk".to_owned(), t!(language, "problem-home"), None),
        _ => ("/".to_owned(), t!(language, "problem-home"), None),
    };
    Page::new(frame, title.clone(), move || {
        view! {
            <ui::PageHead title lead=text/>
            {number.map(|number| view! { <p class="numeric">{number}</p> })}
            <p><a class="button" href=home target=tab>{action}</a></p>
        }
    })
    .status(problem.status())
}

/// Renders the HTML document: the page's content within the navigation, in the person's language.
async fn document(visit: Visit, uri: Uri, page: Page, mut response: Response) -> Response {
    let Page { title, frame, status, has_islands, content } = page;
    // The counts need the database.
    let pending = match status {
        StatusCode::SERVICE_UNAVAILABLE => PendingCounts::default(),
        _ => PendingCounts::read(&visit, frame).await,
    };
    let nonce = Arc::new(Mutex::new(None));
    let seen_nonce = nonce.clone();
    let render = leptos_axum::render_app_async_with_context(
        || {},
        move || {
            *seen_nonce.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = use_nonce();
            let content = content.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
            let content = content.map(|content| content());
            shell(&visit, frame, pending, &title, has_islands, content)
        },
    );
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    let mut rendered = render(request).await;
    *rendered.status_mut() = status;
    for (name, value) in response.headers_mut().drain() {
        if let Some(name) = name.filter(|name| [header::SET_COOKIE, header::RETRY_AFTER].contains(name)) {
            rendered.headers_mut().append(name, value);
        }
    }
    let nonce = nonce.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
    let policy = content_security_policy(nonce.map(|nonce| nonce.to_string()).unwrap_or_default());
    let headers = rendered.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    rendered
}

/// The fonts of every page; the language switch needs both. Preloaded, since a font that arrives after the first paint
/// is not used (`font-display` in style/tokens.css).
const FONTS: [&str; 2] = ["onest-latin.woff2", "onest-cyrillic.woff2"];

/// Whether `./dev watch` runs the program.
pub fn is_watch_mode() -> bool {
    static WATCHED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("LEPTOS_WATCH").is_some());
    *WATCHED
}

fn content_security_policy(nonce: String) -> String {
    // The reload socket of cargo-leptos.
    let reload = if is_watch_mode() { " ws:" } else { "" };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{reload}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; manifest-src 'self'"
    )
}

fn shell(
    visit: &Visit,
    frame: Frame,
    pending: PendingCounts,
    title: &str,
    has_islands: bool,
    content: Option<AnyView>,
) -> impl IntoView + use<> {
    let package = visit.site.package().to_owned();
    let options = LeptosOptions::builder().output_name("spilno").site_pkg_dir(package.clone()).build();
    let name = visit.company_name().to_owned();
    let title = if title.is_empty() { name } else { format!("{title} · {name}") };
    let class = match frame {
        Frame::Portal | Frame::Bare => "portal",
        Frame::Desk => "desk",
    };
    view! {
        <!DOCTYPE html>
        <html lang=visit.language.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title inner_html=escaped(&title)></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=format!("/{package}/spilno.css")/>
                {FONTS.map(|file| view! { <link rel="preload" href=format!("/fonts/{file}") r#as="font" type="font/woff2" crossorigin=""/> })}
                // Blocks painting until the page is complete: the widths of table columns depend on later rows.
                <link rel="expect" href="#end" blocking="render"/>
                <AutoReload options=options.clone()/>
                {has_islands.then(|| view! { <HydrationScripts options islands=true/> })}
            </head>
            <body class=class>
                {navigation::page_frame(visit, frame, pending, content)}
                <span id="end" hidden></span>
            </body>
        </html>
    }
}

/// Escapes a title. Rendered as a text node it would get hydration markers, which `<title>` would show.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// Returns a plain-text response in both languages, for requests whose session cannot be read.
fn database_unavailable(what: &str) -> Response {
    tracing::error!("{what}");
    let text =
        format!("{}\n{}\n", t!(domain::Language::Uk, "problem-database"), t!(domain::Language::En, "problem-database"));
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], text).into_response()
}
