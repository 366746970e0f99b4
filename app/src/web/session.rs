//! The session cookie: set when signing in, deleted when signing out.

use crate::web::{
    form::redirect,
    visit::{Visit, session_cookie},
};
use axum::response::Response;
use domain::Span;
use store::{Secret, account::session::MAX_AGE};

/// Sets the session cookie and redirects.
pub fn sign_in_and_redirect(visit: &Visit, secret: &Secret, location: &str) -> Response {
    with_cookie(visit, redirect(location), secret.reveal(), MAX_AGE)
}

/// Deletes the session cookie and redirects.
pub fn sign_out_and_redirect(visit: &Visit, location: &str) -> Response {
    with_cookie(visit, redirect(location), "", Span::seconds(0))
}

fn with_cookie(visit: &Visit, mut response: Response, value: &str, max_age: Span) -> Response {
    let name = session_cookie(&visit.site);
    visit.site.set_cookie(&mut response, name, value, max_age);
    response
}

/// Returns the path if it is one of this site, otherwise `/`. Prevents open redirects.
pub fn safe_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::safe_path;

    #[test]
    fn only_local_paths_are_safe() {
        for bad in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\t/evil.example"]
        {
            assert_eq!(safe_path(bad), "/", "{bad}");
        }
        assert_eq!(safe_path("/tickets?show=all"), "/tickets?show=all");
    }
}
