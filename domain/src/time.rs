//! Moments, as the database keeps them. What a moment is called in a person's time zone is said by `locales` and
//! the pages; nothing in this crate asks a clock.

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

    /// Saturday or Sunday, by UTC. 1970 began on a Thursday.
    pub const fn is_weekend(self) -> bool {
        (self.0.div_euclid(Span::days(1).0) + 3).rem_euclid(7) >= 5
    }

    /// After so many days of work; where that is none, the next moment that is not on a weekend.
    pub const fn plus_working_days(self, days: u32) -> Self {
        let (mut at, mut left) = (self, days);
        loop {
            while at.is_weekend() {
                at = at.plus(Span::days(1));
            }
            if left == 0 {
                return at;
            }
            at = at.plus(Span::days(1));
            left -= 1;
        }
    }
}

/// A length of time in milliseconds.
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
    use crate::input::day_of;

    #[test]
    fn weekends_are_no_days_of_work() {
        // A Wednesday.
        let began = Timestamp(1_788_339_600_000);
        let after = |days| day_of(began.plus_working_days(days));
        assert_eq!([after(0), after(2), after(3), after(8)], ["2026-09-02", "2026-09-04", "2026-09-07", "2026-09-14"]);
        let saturday = began.plus(Span::days(3));
        assert_eq!(day_of(saturday.plus_working_days(0)), "2026-09-07");
        assert_eq!(day_of(saturday.plus_working_days(1)), "2026-09-08");
    }
}
