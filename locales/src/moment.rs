//! A formatted moment, as pages and the browser get it.

use serde::{Deserialize, Serialize};

/// A moment, formatted for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// "today at 14:05", "yesterday at 9:30", "3 November", "3 November 2025".
    pub short: String,
    /// "3 November 2025, 14:05 (Kyiv)".
    pub exact: String,
    /// The timestamp for `<time datetime>`, in RFC 3339 format.
    pub rfc3339: String,
}
