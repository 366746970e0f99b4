//! Secrets that open something: session cookies and mailed links. 256 random bits, of which the database keeps only
//! the SHA-256, so that a copy of the database opens nothing.

use domain::version;
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new([high, low]: [u128; 2]) -> Self {
        Self(format!("{high:032x}{low:032x}"))
    }

    /// What a browser or a link brought; anything of another shape opens nothing.
    pub fn read(text: &str) -> Option<Self> {
        let shape = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        shape.then(|| Self(text.to_owned()))
    }

    pub(crate) fn hash(&self) -> String {
        version::sha256_hex(&self.0)
    }

    /// For the cookie or the link, and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
