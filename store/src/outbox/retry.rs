//! When mail that could not be sent is tried again.

use domain::Span;

/// The number of attempts, over about two days, after which a mail has failed and is shown to staff.
pub const MAX_ATTEMPTS: u32 = 16;

/// Returns the delay after this many failed attempts: 10 s, 20 s, 40 s, … up to 12 h.
pub(super) fn retry_delay(attempts: u32) -> Span {
    let seconds = 10_i64.saturating_mul(1 << attempts.saturating_sub(1).min(20));
    Span::seconds(seconds.min(12 * 3600))
}
