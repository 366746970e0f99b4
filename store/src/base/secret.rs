//! Secrets that grant access: session cookies and mailed links. They have 256 random bits. The database stores only
//! their SHA-256 hash, so that a copy of the database grants no access.

use domain::{ContentHash, mail::LinkSecret};
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new([high, low]: [u128; 2]) -> Self {
        Self(format!("{high:032x}{low:032x}"))
    }

    /// Parses a secret from a cookie or a link: 64 lower-case hexadecimal digits. Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let shape = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        shape.then(|| Self(text.to_owned()))
    }

    pub(crate) fn hash(&self) -> String {
        ContentHash::of(&self.0).to_string()
    }

    /// Returns the secret for the link of a mail.
    pub(crate) fn for_link(&self) -> LinkSecret {
        LinkSecret::new(self.0.as_str())
    }

    /// Returns the secret itself, to be put into the cookie or the link and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
