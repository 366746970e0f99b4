//! Calendar days.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

pub use jiff::civil::Weekday;

/// A day of the Gregorian calendar, without a time zone. Its text form, in the database and in JSON too, is
/// `YYYY-MM-DD`.
///
/// Which day a moment falls on depends on a time zone: see `locales::TimeZone::day_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

/// The error for a text that is not a calendar day in the form `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a day of the calendar as YYYY-MM-DD")]
pub struct InvalidDay;

impl Day {
    /// Returns `None` if the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Like [`Day::new`], for constants. Panics if the calendar has no such day.
    pub const fn constant(year: i16, month: i8, day: i8) -> Self {
        Self(jiff::civil::date(year, month, day))
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Whether the day is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// Returns the day `days` days later, or earlier if `days` is negative. Stops at the ends of the calendar.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)))
    }

    /// Returns the day `days` working days later. If `days` is zero, returns this day, or the Monday after it if this
    /// day is on a weekend.
    pub fn plus_working_days(self, days: u32) -> Self {
        let (mut day, mut left) = (self, days);
        loop {
            while day.is_weekend() {
                day = day.plus_days(1);
            }
            if left == 0 {
                return day;
            }
            day = day.plus_days(1);
            left -= 1;
        }
    }

    /// Returns the number of days from this day to `other`; negative if `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.0.duration_since(self.0).as_hours() / 24
    }
}

impl From<jiff::civil::Date> for Day {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl From<Day> for jiff::civil::Date {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let day = text.parse().map(Self).map_err(|_| InvalidDay)?;
        // jiff also reads other forms of ISO 8601, such as 20260203, 2026-02-03T10:00 and years of six digits.
        if text.len() == 10 && day.to_string() == text { Ok(day) } else { Err(InvalidDay) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn text_form_is_strict() {
        for good in ["2026-09-02", "2024-02-29", "2000-02-29", "1900-01-01", "1970-01-01", "9999-12-31", "0001-01-01"] {
            assert_eq!(day(good).to_string(), good);
        }
        for bad in [
            "",
            "2026-02-30",
            "2025-02-29",
            "1900-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-04-31",
            "2026-2-3",
            "2026-02-3",
            "26-02-03",
            "20260203",
            "2026-02-03 ",
            " 2026-02-03",
            "2026-02-03\n",
            "2026/02/03",
            "03.02.2026",
            "2026-02-03T10:00",
            "2026-02-03T10:00:00Z",
            "2026-02-03[Europe/Kyiv]",
            "2026-W06-2",
            "+002026-02-03",
            "-000001-02-03",
            "−2026-02-03",
            "２０２６-02-03",
            "10000-01-01",
            "today",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(InvalidDay), "{bad:?}");
        }
    }

    #[test]
    fn json_form_is_the_text() {
        assert_eq!(serde_json::to_value(day("2026-09-02")).ok(), Some("2026-09-02".into()));
        assert_eq!(serde_json::from_str::<Day>("\"2026-09-02\"").ok(), Some(day("2026-09-02")));
        assert!(serde_json::from_str::<Day>("\"2026-09-31\"").is_err());
        assert!(serde_json::from_str::<Day>("20260902").is_err());
    }

    #[test]
    fn order_is_that_of_the_calendar() {
        let days = ["1999-12-31", "2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-10-02"].map(day);
        assert!(days.is_sorted());
        assert!(day("2026-09-30") < day("2026-10-01"));
    }

    #[test]
    fn arithmetic_follows_the_calendar() {
        for (from, days, to) in [
            ("2026-12-31", 1, "2027-01-01"),
            ("2026-01-01", -1, "2025-12-31"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2026-02-28", 1, "2026-03-01"),
            ("2026-09-02", 0, "2026-09-02"),
            // Across both changes of the clocks in Kyiv: on 29 March a day has 23 hours, on 25 October 25.
            ("2026-03-28", 2, "2026-03-30"),
            ("2026-10-24", 2, "2026-10-26"),
            ("2026-10-26", -2, "2026-10-24"),
        ] {
            assert_eq!(day(from).plus_days(days), day(to), "{from} plus {days}");
            assert_eq!(day(from).days_until(day(to)), i64::from(days), "from {from} to {to}");
        }
        assert_eq!(day("9999-12-31").plus_days(i32::MAX), day("9999-12-31"));
    }

    #[test]
    fn working_days_skip_weekends() {
        assert_eq!(day("2026-09-02").weekday(), Weekday::Wednesday);
        let weekend = ["2026-09-04", "2026-09-05", "2026-09-06", "2026-09-07"].map(|text| day(text).is_weekend());
        assert_eq!(weekend, [false, true, true, false]);
        for (from, days, to) in [
            ("2026-09-02", 0, "2026-09-02"),
            ("2026-09-02", 2, "2026-09-04"),
            ("2026-09-02", 3, "2026-09-07"),
            ("2026-09-02", 8, "2026-09-14"),
            ("2026-09-05", 0, "2026-09-07"),
            ("2026-09-05", 1, "2026-09-08"),
        ] {
            assert_eq!(day(from).plus_working_days(days), day(to), "{from} plus {days} working days");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_day_can_be_read_back(year in 0i16..=9999, month in 1i8..=12, number in 1i8..=31) {
            if let Some(day) = Day::new(year, month, number) {
                proptest::prop_assert_eq!(day.to_string().parse(), Ok(day));
            }
        }
    }
}
