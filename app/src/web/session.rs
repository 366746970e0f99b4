//! The session's cookie: set at signing in, taken away at signing out.

use crate::web::{
    form::go,
    visit::{Visit, session_cookie},
};
use axum::response::Response;
use domain::Span;
use store::{Secret, account::session::MAX_AGE};

/// Leads on as someone who is signed in.
pub fn begin(visit: &Visit, secret: &Secret, location: &str) -> Response {
    with_cookie(visit, go(location), secret.reveal(), MAX_AGE)
}

/// Leads on as a visitor.
pub fn end(visit: &Visit, location: &str) -> Response {
    with_cookie(visit, go(location), "", Span::seconds(0))
}

fn with_cookie(visit: &Visit, mut response: Response, value: &str, lasts: Span) -> Response {
    let name = session_cookie(&visit.site);
    visit.site.set_cookie(&mut response, name, value, lasts);
    response
}

/// A path of this portal to lead back to; anything else leads to the start.
pub fn safe_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::safe_path;

    #[test]
    fn leads_nowhere_else() {
        for bad in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\t/evil.example"]
        {
            assert_eq!(safe_path(bad), "/", "{bad}");
        }
        assert_eq!(safe_path("/orders?page=2"), "/orders?page=2");
    }
}
