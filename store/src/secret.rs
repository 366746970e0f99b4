//! Secrets that open something: session cookies and mailed links. 256 random bits, of which the database keeps only
//! the SHA-256, so that a copy of the database opens nothing.

use domain::version;
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new(random: [u8; 32]) -> Self {
        Self(hex(&random))
    }

    /// What a browser or a link brought; anything of another shape opens nothing.
    pub fn read(text: &str) -> Option<Self> {
        let shape = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        shape.then(|| Self(text.to_owned()))
    }

    pub(crate) fn hash(&self) -> String {
        version::hash(&self.0)
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

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
