//! What people typed as a part of an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986: all that never has a meaning of its own.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// The page to sign in, which leads back to this address of ours.
pub fn sign_in_url(address: &str) -> String {
    const LEGIBLE: &AsciiSet = &UNRESERVED.remove(b'/');
    format!("/sign-in?next={}", utf8_percent_encode(address, LEGIBLE))
}
