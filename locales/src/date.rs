//! Moments and days as people say them, in their own time zone.

use crate::{Moment, Value, text};
use domain::{Day, Language, Timestamp};
use jiff::{ZonedDateTime, civil::Date};

/// A time zone of the IANA database, which is part of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(jiff::tz::TimeZone);

/// The time zone of the company and of people who have not chosen another.
pub const DEFAULT_TIME_ZONE: &str = "Europe/Kyiv";

/// Zones to choose from; any other of the IANA database can be on record too.
pub const TIME_ZONES: [&str; 14] = [
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Bucharest",
    "Europe/Vilnius",
    "Asia/Tbilisi",
    "Asia/Jerusalem",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "UTC",
];

impl TimeZone {
    /// Returns the zone of this name.
    pub fn find(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().map(Self)
    }

    /// Returns the zone of this name, or [`DEFAULT_TIME_ZONE`] where there is none.
    pub fn named(name: &str) -> Self {
        Self::find(name).unwrap_or_default()
    }

    /// Returns the day on which this moment falls in this zone.
    pub fn day_of(&self, moment: Timestamp) -> Day {
        self.at(moment).date().into()
    }

    fn at(&self, moment: Timestamp) -> ZonedDateTime {
        jiff::Timestamp::from_millisecond(moment.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned_datetime(self.0.clone())
    }
}

impl Default for TimeZone {
    fn default() -> Self {
        Self::find(DEFAULT_TIME_ZONE).unwrap_or(Self(jiff::tz::TimeZone::UTC))
    }
}

/// A moment as people in this zone say it now.
pub fn moment(language: Language, zone: &TimeZone, at: Timestamp, now: Timestamp) -> Moment {
    let (at, now) = (zone.at(at), zone.at(now));
    let (time, month) = (hour_and_minute(&at), month(language, at.date()));
    let whole = whole_date(language, at.date(), &month);
    // Ukrainian needs the hour for its own sake: "о 10:05", but "об 11:05".
    let near = |key| text(language, key, &[("time", Value::from(&time)), ("hour", i64::from(at.hour()).into())]);
    let said = if at.date() == now.date() {
        near("date-today")
    } else if at.date().tomorrow().is_ok_and(|next| next == now.date()) {
        near("date-yesterday")
    } else if at.year() == now.year() {
        let day = at.day().to_string();
        text(language, "date-day-month", &[("day", day.into()), ("month", Value::from(&month))])
    } else {
        whole.clone()
    };
    let zone = at.time_zone().iana_name().unwrap_or("UTC");
    Moment { said, exact: format!("{whole}, {time} ({zone})"), machine: at.timestamp().to_string() }
}

/// The day of a moment: "3 November 2025".
pub fn day(language: Language, zone: &TimeZone, at: Timestamp) -> String {
    named_day(language, zone.day_of(at))
}

/// Formats a day: "3 November 2025".
pub fn named_day(language: Language, day: Day) -> String {
    let date = day.into();
    whole_date(language, date, &month(language, date))
}

fn hour_and_minute(at: &ZonedDateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

fn whole_date(language: Language, date: Date, month: &str) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    text(language, "date-whole", &[("day", day.into()), ("month", month.into()), ("year", year.into())])
}

/// The month's name as it stands in a date.
fn month(language: Language, date: Date) -> String {
    text(language, &format!("date-month-{}", date.month()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(at: &str, now: &str, zone: &str, language: Language) -> String {
        let millis = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().expect("a moment").as_millisecond());
        moment(language, &TimeZone::named(zone), millis(at), millis(now)).said
    }

    #[test]
    fn people_say_the_day_in_their_own_zone() {
        use Language::{En, Uk};
        let now = "2026-11-24T10:00:00Z";
        for (at, zone, language, expected) in [
            ("2026-11-24T08:05:00Z", "Europe/Kyiv", Uk, "сьогодні о 10:05"),
            ("2026-11-24T09:05:00Z", "Europe/Kyiv", Uk, "сьогодні об 11:05"),
            ("2026-11-23T22:30:00Z", "Europe/Kyiv", Uk, "сьогодні о 0:30"),
            ("2026-11-23T09:00:00Z", "Europe/Kyiv", Uk, "учора об 11:00"),
            ("2026-11-23T22:30:00Z", "UTC", En, "yesterday at 22:30"),
            ("2026-11-24T15:00:00Z", "America/New_York", En, "today at 10:00"),
            ("2026-11-03T08:00:00Z", "Europe/Kyiv", Uk, "3\u{a0}листопада"),
            ("2025-11-03T08:00:00Z", "Europe/Kyiv", En, "3\u{a0}November 2025"),
            ("2025-12-31T22:30:00Z", "Europe/Kyiv", En, "1\u{a0}January"),
            ("2025-12-31T22:30:00Z", "UTC", Uk, "31\u{a0}грудня 2025\u{a0}р."),
            ("2026-12-31T22:30:00Z", "Europe/Kyiv", Uk, "1\u{a0}січня 2027\u{a0}р."),
            ("2026-03-29T00:30:00Z", "No/Such_Zone", En, "29\u{a0}March"),
        ] {
            assert_eq!(said(at, now, zone, language), expected, "{at} in {zone}");
        }
        let day = Day::new(2026, 2, 1).expect("a day");
        assert_eq!(named_day(Uk, day), "1\u{a0}лютого 2026\u{a0}р.");
    }

    #[test]
    fn yesterday_reaches_over_the_year_and_over_changed_clocks() {
        use Language::{En, Uk};
        for (at, now, expected) in [
            ("2026-12-31T10:00:00Z", "2026-12-31T22:00:00Z", "yesterday at 12:00"),
            // Kyiv's day of 23 hours: 3:00 becomes 4:00 on 29 March 2026.
            ("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "today at 2:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T20:59:00Z", "today at 4:00"),
            ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", "yesterday at 0:00"),
            // Its day of 25 hours: 3:30 comes twice on 25 October 2026.
            ("2026-10-25T00:30:00Z", "2026-10-25T21:59:00Z", "today at 3:30"),
            ("2026-10-25T01:30:00Z", "2026-10-25T21:59:00Z", "today at 3:30"),
            ("2026-10-24T21:00:00Z", "2026-10-25T21:59:00Z", "today at 0:00"),
        ] {
            assert_eq!(said(at, now, "Europe/Kyiv", En), expected, "{at} seen {now}");
        }
        let at = Timestamp("2026-07-01T09:00:00Z".parse::<jiff::Timestamp>().expect("a moment").as_millisecond());
        let kyiv = TimeZone::named("Europe/Kyiv");
        let Moment { exact, machine, .. } = moment(Uk, &kyiv, at, at);
        assert_eq!(
            (exact.as_str(), machine.as_str()),
            ("1\u{a0}липня 2026\u{a0}р., 12:00 (Europe/Kyiv)", "2026-07-01T09:00:00Z")
        );
        assert_eq!(day(En, &kyiv, at), "1\u{a0}July 2026");
    }

    #[test]
    fn day_of_a_moment_depends_on_the_zone() {
        for (at, kyiv, new_york) in [
            // 23:30 and 00:30 in Kyiv, in summer and in winter.
            ("2026-07-01T20:30:00Z", "2026-07-01", "2026-07-01"),
            ("2026-07-01T21:30:00Z", "2026-07-02", "2026-07-01"),
            ("2026-12-31T21:30:00Z", "2026-12-31", "2026-12-31"),
            ("2026-12-31T22:30:00Z", "2027-01-01", "2026-12-31"),
            // Kyiv's day of 23 hours.
            ("2026-03-28T21:59:59.999Z", "2026-03-28", "2026-03-28"),
            ("2026-03-28T22:00:00Z", "2026-03-29", "2026-03-28"),
            ("2026-03-29T20:59:59.999Z", "2026-03-29", "2026-03-29"),
            ("2026-03-29T21:00:00Z", "2026-03-30", "2026-03-29"),
            // Its day of 25 hours.
            ("2026-10-24T20:59:59.999Z", "2026-10-24", "2026-10-24"),
            ("2026-10-24T21:00:00Z", "2026-10-25", "2026-10-24"),
            ("2026-10-25T21:59:59.999Z", "2026-10-25", "2026-10-25"),
            ("2026-10-25T22:00:00Z", "2026-10-26", "2026-10-25"),
        ] {
            let moment = Timestamp(at.parse::<jiff::Timestamp>().expect("a moment").as_millisecond());
            let day = |zone| TimeZone::named(zone).day_of(moment).to_string();
            assert_eq!((day("Europe/Kyiv").as_str(), day("America/New_York").as_str()), (kyiv, new_york), "{at}");
        }
    }

    #[test]
    fn zones_to_choose_from_exist_and_others_do_not_pass() {
        for zone in TIME_ZONES {
            assert!(TimeZone::find(zone).is_some(), "{zone}");
        }
        assert_eq!(TimeZone::named("No/Such_Zone"), TimeZone::named(DEFAULT_TIME_ZONE));
        for zone in ["", "Kyiv", "../etc/passwd", "Europe/Kyiv\0", "EET-2EEST"] {
            assert!(TimeZone::find(zone).is_none(), "{zone}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_moment_is_said(at in proptest::prelude::any::<i64>(), now in proptest::prelude::any::<i64>()) {
            for language in Language::ALL {
                let zone = TimeZone::named("Europe/Kyiv");
                let (at, now) = (Timestamp(at), Timestamp(now));
                let Moment { said, exact, machine } = moment(language, &zone, at, now);
                for said in [said, exact, machine, day(language, &zone, at)] {
                    proptest::prop_assert!(!said.is_empty() && !said.contains("date-"), "{}", said);
                }
            }
        }
    }
}
