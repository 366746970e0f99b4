//! When things happen in the workshop: on working days, in working hours.

use super::Telling;
use domain::{Day, Span, Timestamp};
use locales::TimeZone;
use rand::RngExt;
use std::ops::Range;

const DAY: i64 = Span::days(1).0;
/// The workshop's hours by UTC: from nine or ten until five or six in Kyiv.
const OPENS: i64 = 7;
const CLOSES: i64 = 15;

fn midnight(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(DAY))
}

/// Returns the company's day at a moment.
pub fn day_of(at: Timestamp) -> Day {
    TimeZone::default().day_of(at)
}

/// Returns the same time of the day so many working days later.
pub fn plus_working_days(at: Timestamp, days: u32) -> Timestamp {
    let day = day_of(at);
    at.plus(Span::days(day.days_until(day.plus_working_days(days))))
}

/// So many working days before `now`, at this hour by UTC.
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

impl Telling {
    /// The moment itself where the workshop is at work then, else one soon after it opens again.
    pub(super) fn at_work(&mut self, at: Timestamp) -> Timestamp {
        let hour = at.0.rem_euclid(DAY) / Span::hours(1).0;
        if !day_of(at).is_weekend() && (OPENS..CLOSES).contains(&hour) {
            return at;
        }
        let next = if hour < OPENS { midnight(at) } else { midnight(at).plus(Span::days(1)) };
        plus_working_days(next, 0).plus(Span::hours(OPENS)).plus(Span::minutes(self.random.random_range(5..150)))
    }

    /// So many hours later, when the workshop is at work.
    pub(super) fn at_work_after(&mut self, at: Timestamp, hours: Range<i64>) -> Timestamp {
        let later = at.plus(Span::minutes(self.random.random_range(hours.start * 60..hours.end * 60)));
        self.at_work(later)
    }

    /// A moment within the span after `from`, by day.
    pub(super) fn within(&mut self, from: Timestamp, span: Span) -> Timestamp {
        let day = self.random.random_range(0..=(span.0 / DAY).max(1));
        let minute = self.random.random_range(7 * 60..19 * 60);
        midnight(from).plus(Span::days(day)).plus(Span::minutes(minute)).max(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_work_leave_out_weekends() {
        // 2 September 2026, a Wednesday.
        let now = Timestamp(1_788_339_600_000);
        assert_eq!(day_of(workdays_ago(now, 3, 9, 0)).to_string(), "2026-08-28");
        assert_eq!(day_of(workdays_ago(now.plus(Span::days(3)), 1, 9, 0)).to_string(), "2026-09-04");
        assert_eq!(plus_working_days(now, 0), now);
        assert_eq!(plus_working_days(now, 3), now.plus(Span::days(5)));
        assert_eq!(plus_working_days(now.plus(Span::days(3)), 0), now.plus(Span::days(5)));
    }
}
