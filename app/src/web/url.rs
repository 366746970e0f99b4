//! Building URLs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The unreserved characters of RFC 3986.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes a text for a query or path segment.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Returns the URL of the sign-in page that redirects back to this path afterwards.
pub fn sign_in_url(address: &str) -> String {
    const LEGIBLE: &AsciiSet = &UNRESERVED.remove(b'/');
    format!("/sign-in?next={}", utf8_percent_encode(address, LEGIBLE))
}
