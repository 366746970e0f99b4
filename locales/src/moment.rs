//! A moment said, as it goes to pages and into the browser.

use serde::{Deserialize, Serialize};

/// A moment for those who read, for those who want to know exactly, and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// "today at 14:05", "yesterday at 9:30", "3 November", "3 November 2025".
    pub said: String,
    /// "3 November 2025, 14:05 (Europe/Kyiv)".
    pub exact: String,
    /// For `<time datetime>`.
    pub machine: String,
}
