//! Moments in the workshop's working hours.

use super::generator::Generator;
use domain::{Day, Span, Timestamp};
use locales::TimeZone;
use rand::RngExt;
use std::ops::Range;

const DAY: i64 = Span::days(1).0;
/// The workshop's hours in UTC: 9 or 10 to 17 or 18 o'clock in Kyiv.
const OPENING_HOUR: i64 = 7;
const CLOSING_HOUR: i64 = 15;

fn midnight(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(DAY))
}

/// Returns the demo company's day at this moment.
pub fn day_of(at: Timestamp) -> Day {
    TimeZone::default().day_of(at)
}

/// Adds working days, skipping weekends. With zero days, returns the first moment that is not on a weekend, in steps of
/// one day.
pub fn plus_working_days(at: Timestamp, days: u32) -> Timestamp {
    let day = day_of(at);
    at.plus(Span::days(day.days_until(day.plus_working_days(days))))
}

/// Returns the moment this number of working days before `now`, at this hour in UTC.
pub fn workdays_ago(now: Timestamp, days: u32, hour: i64, minute: i64) -> Timestamp {
    let mut at = midnight(now);
    for _ in 0..days {
        at = at.minus(Span::days(1));
        while day_of(at).is_weekend() {
            at = at.minus(Span::days(1));
        }
    }
    at.plus(Span::hours(hour)).plus(Span::minutes(minute))
}

impl Generator {
    /// Returns `at` if it is within working hours, else a moment soon after the workshop opens next.
    pub(super) fn in_working_hours(&mut self, at: Timestamp) -> Timestamp {
        let hour = at.0.rem_euclid(DAY) / Span::hours(1).0;
        if !day_of(at).is_weekend() && (OPENING_HOUR..CLOSING_HOUR).contains(&hour) {
            return at;
        }
        let next = if hour < OPENING_HOUR { midnight(at) } else { midnight(at).plus(Span::days(1)) };
        plus_working_days(next, 0).plus(Span::hours(OPENING_HOUR)).plus(Span::minutes(self.random.random_range(5..150)))
    }

    /// Returns a moment in working hours, a random number of hours after `at`.
    pub(super) fn working_hours_after(&mut self, at: Timestamp, hours: Range<i64>) -> Timestamp {
        let later = at.plus(Span::minutes(self.random.random_range(hours.start * 60..hours.end * 60)));
        self.in_working_hours(later)
    }

    /// Returns a random daytime moment within the span after `from`.
    pub(super) fn random_moment(&mut self, from: Timestamp, span: Span) -> Timestamp {
        let day = self.random.random_range(0..=(span.0 / DAY).max(1));
        let minute = self.random.random_range(7 * 60..19 * 60);
        midnight(from).plus(Span::days(day)).plus(Span::minutes(minute)).max(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workdays_ago_skips_weekends() {
        // A Wednesday.
        let now = Timestamp(1_788_339_600_000);
        assert_eq!(day_of(workdays_ago(now, 3, 9, 0)).to_string(), "2026-08-28");
        assert_eq!(day_of(workdays_ago(now.plus(Span::days(3)), 1, 9, 0)).to_string(), "2026-09-04");
        assert_eq!(plus_working_days(now, 0), now);
        assert_eq!(plus_working_days(now, 3), now.plus(Span::days(5)));
        assert_eq!(plus_working_days(now.plus(Span::days(3)), 0), now.plus(Span::days(5)));
    }
}
