//! The way of every request: who asks is read, a form of another site is refused, the page or the problem that comes
//! back is rendered into a whole document.

use crate::{
    Page, Problem, Site, Visit,
    account::unsubscribe,
    frame::{self, Waiting},
    ui,
    web::{address::sign_in_and_back, form::go, page::Frame},
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

/// The layer around all pages.
pub async fn answer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = match Visit::open(&site, &parts).await {
        Ok(visit) => visit,
        Err(error) => return last_resort(&error.to_string()),
    };
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let response = match gate(&visit, &parts.method, &parts.headers, uri.path()) {
        Some(early) => early,
        None => {
            parts.extensions.insert(visit.clone());
            next.run(Request::from_parts(parts, body)).await
        }
    };
    finish(visit, &method, uri, response).await
}

/// What is answered before any handler, if anything.
fn gate(visit: &Visit, method: &Method, headers: &axum::http::HeaderMap, path: &str) -> Option<Response> {
    let ours = || comes_from_here(visit.site.base_url(), headers) || unsubscribe::is_authorised_by(path);
    if !method.is_safe() && !ours() {
        return Some(Problem::Foreign.into_response());
    }
    // No database takes this character, and nobody types it.
    if visit.address.contains("%00") {
        return Some(Problem::Unreadable.into_response());
    }
    if visit.company.is_none() && path != "/first-run" && path != "/language" {
        return Some(go("/first-run"));
    }
    None
}

/// Whether a request that changes something was made by one of our own pages. Browsers say so in `Sec-Fetch-Site`;
/// older ones in `Origin`. A request that says neither is refused.
pub fn comes_from_here(base_url: &str, headers: &axum::http::HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("origin"), text("sec-fetch-site")) {
        (Some(origin), _) => origin == base_url,
        (None, Some(site)) => site == "same-origin",
        (None, None) => false,
    }
}

/// Renders the page or the problem that a handler left in its response; other responses pass.
async fn finish(visit: Visit, method: &Method, uri: Uri, mut response: Response) -> Response {
    let page = match (response.extensions_mut().remove::<Page>(), response.extensions_mut().remove::<Problem>()) {
        (Some(page), _) => page,
        (None, Some(Problem::SignIn)) if method.is_safe() => return go(&sign_in_and_back(&visit.address)),
        (None, Some(problem)) => problem_page(&visit, problem),
        (None, None) if response.status() == StatusCode::NOT_FOUND => problem_page(&visit, Problem::Missing),
        (None, None) if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            problem_page(&visit, Problem::WrongMethod)
        }
        // The address cannot be read: it is not UTF-8, or asks for page minus one.
        (None, None) if response.status() == StatusCode::BAD_REQUEST => problem_page(&visit, Problem::Unreadable),
        (None, None) => return response,
    };
    document(visit, uri, page, response).await
}

fn problem_page(visit: &Visit, problem: Problem) -> Page {
    if let Problem::Internal(what) | Problem::Unavailable(what) = &problem {
        tracing::error!(request = visit.request, "{what}");
    }
    let language = visit.language;
    let title = t!(language, &format!("problem-{}-title", problem.name()));
    let text = t!(language, &format!("problem-{}-text", problem.name()));
    let number = matches!(problem, Problem::Internal(_)).then(|| {
        let number = visit.request.clone();
        t!(language, "problem-number", number = number)
    });
    let frame = if visit.actor.staff().is_ok() { Frame::Desk } else { Frame::Portal };
    let (home, action, tab) = match (&problem, frame) {
        // Not here, as for a page: once signed in, going back shows the form with what was typed.
        (Problem::SignIn, _) => (sign_in_and_back(&visit.address), t!(language, "nav-sign-in"), Some("_blank")),
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

/// Renders the whole document, in the person's language, with the frame around the content.
async fn document(visit: Visit, uri: Uri, page: Page, mut response: Response) -> Response {
    let Page { title, frame, status, live, content } = page;
    // Where the database does not answer, the menu does without.
    let waiting = match status {
        StatusCode::SERVICE_UNAVAILABLE => Waiting::default(),
        _ => Waiting::read(&visit, frame).await,
    };
    let nonce = Arc::new(Mutex::new(None));
    let seen_nonce = nonce.clone();
    let render = leptos_axum::render_app_async_with_context(
        || {},
        move || {
            *seen_nonce.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = use_nonce();
            let content = content.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
            let content = content.map(|content| content());
            shell(&visit, frame, waiting, &title, live, content)
        },
    );
    let mut asked = Request::new(Body::empty());
    *asked.uri_mut() = uri;
    let mut rendered = render(asked).await;
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

/// What every page writes with, in both languages (the switch between them names both). Asked for at once, since what
/// has not come by the first painting is not used: see style/tokens.css.
const FONTS: [&str; 2] = ["onest-latin.woff2", "onest-cyrillic.woff2"];

/// Whether `./dev watch` runs the program.
pub fn is_watched() -> bool {
    static WATCHED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("LEPTOS_WATCH").is_some());
    *WATCHED
}

fn content_security_policy(nonce: String) -> String {
    // By which pages that are watched are told to load again.
    let reload = if is_watched() { " ws:" } else { "" };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{reload}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; manifest-src 'self'"
    )
}

fn shell(
    visit: &Visit,
    frame: Frame,
    waiting: Waiting,
    title: &str,
    live: bool,
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
                // Not painted before all has come: columns take their widths from rows that come later.
                <link rel="expect" href="#end" blocking="render"/>
                <AutoReload options=options.clone()/>
                {live.then(|| view! { <HydrationScripts options islands=true/> })}
            </head>
            <body class=class>
                {frame::around(visit, frame, waiting, content)}
                <span id="end" hidden></span>
            </body>
        </html>
    }
}

/// A title takes no marks beside its words, which a rendered text has: it is written as it is.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// The database does not answer: no language, no frame, but an honest sentence.
fn last_resort(what: &str) -> Response {
    tracing::error!("{what}");
    let text =
        format!("{}\n{}\n", t!(domain::Language::Uk, "problem-database"), t!(domain::Language::En, "problem-database"));
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], text).into_response()
}
