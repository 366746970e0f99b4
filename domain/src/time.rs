//! Timestamps and time spans. Time zones are handled by `locales` and the pages. Nothing in this crate reads a clock.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// Whether the timestamp is on a Saturday or Sunday in UTC.
    pub const fn is_weekend(self) -> bool {
        // 1 January 1970 was a Thursday.
        (self.0.div_euclid(Span::days(1).0) + 3).rem_euclid(7) >= 5
    }

    /// Adds working days, skipping weekends. With zero days, returns the first timestamp that is not on a weekend, in steps
    /// of one day.
    pub const fn plus_working_days(self, days: u32) -> Self {
        let (mut at, mut remaining) = (self, days);
        loop {
            while at.is_weekend() {
                at = at.plus(Span::days(1));
            }
            if remaining == 0 {
                return at;
            }
            at = at.plus(Span::days(1));
            remaining -= 1;
        }
    }
}

/// A signed duration in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub i64);

impl Span {
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1_000)
    }
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_are_not_working_days() {
        // Wednesday, 2 September 2026.
        let start = Timestamp(1_788_339_600_000);
        let calendar_days = |from: Timestamp, days| {
            let passed = from.plus_working_days(days).0 - start.0;
            assert_eq!(passed % Span::days(1).0, 0);
            passed / Span::days(1).0
        };
        assert_eq!([0, 2, 3, 8].map(|days| calendar_days(start, days)), [0, 2, 5, 12]);
        let saturday = start.plus(Span::days(3));
        assert_eq!([0, 1].map(|days| calendar_days(saturday, days)), [5, 6]);
    }
}
