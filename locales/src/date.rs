//! Dates and times in a person's language and time zone.

use crate::{Moment, TimeZone, Value, text, time_zone_city};
use domain::{Day, Language, Timestamp};
use jiff::{ZonedDateTime, civil::Date};

/// Formats a moment for a reader in this zone, relative to the current time.
pub fn moment(language: Language, zone: &TimeZone, at: Timestamp, now: Timestamp) -> Moment {
    let (at, now) = (zone.at(at), zone.at(now));
    let (time, month) = (hour_and_minute(&at), month(language, at.date()));
    let whole = whole_date(language, at.date(), &month);
    // The Ukrainian preposition depends on the hour: "о 10:05", but "об 11:05".
    let with_time = |key| text(language, key, &[("time", Value::from(&time)), ("hour", i64::from(at.hour()).into())]);
    let short = if at.date() == now.date() {
        with_time("date-today")
    } else if at.date().tomorrow().is_ok_and(|next| next == now.date()) {
        with_time("date-yesterday")
    } else if at.year() == now.year() {
        let day = at.day().to_string();
        text(language, "date-day-month", &[("day", day.into()), ("month", Value::from(&month))])
    } else {
        whole.clone()
    };
    let city = time_zone_city(language, at.time_zone().iana_name().unwrap_or("UTC"));
    Moment { short, exact: format!("{whole}, {time} ({city})"), rfc3339: at.timestamp().to_string() }
}

/// Formats the day of a moment: "3 November 2025".
pub fn day(language: Language, zone: &TimeZone, at: Timestamp) -> String {
    named_day(language, zone.day_of(at))
}

/// Formats a day: "3 November 2025".
pub fn named_day(language: Language, day: Day) -> String {
    let date = day.into();
    whole_date(language, date, &month(language, date))
}

/// Formats a day that is given as text. Text that is not a day is returned unchanged.
pub fn day_text(language: Language, text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |day| named_day(language, day))
}

fn hour_and_minute(at: &ZonedDateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

fn whole_date(language: Language, date: Date, month: &str) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    text(language, "date-whole", &[("day", day.into()), ("month", month.into()), ("year", year.into())])
}

/// Returns the month's name in the form that dates use (the genitive in Ukrainian).
fn month(language: Language, date: Date) -> String {
    text(language, &format!("date-month-{}", date.month()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(at: &str, now: &str, zone: &str, language: Language) -> String {
        let millis = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().expect("a timestamp").as_millisecond());
        moment(language, &TimeZone::named(zone), millis(at), millis(now)).short
    }

    #[test]
    fn days_depend_on_the_readers_zone() {
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
            assert_eq!(short(at, now, zone, language), expected, "{at} in {zone}");
        }
        let day = Day::new(2026, 2, 1).expect("a day");
        assert_eq!(named_day(Uk, day), "1\u{a0}лютого 2026\u{a0}р.");
        assert_eq!(day_text(Uk, "2026-02-01"), "1\u{a0}лютого 2026\u{a0}р.");
        assert_eq!(day_text(Uk, "2026-02-30"), "2026-02-30");
    }

    #[test]
    fn yesterday_is_found_across_new_year_and_clock_changes() {
        use Language::{En, Uk};
        for (at, now, expected) in [
            ("2026-12-31T10:00:00Z", "2026-12-31T22:00:00Z", "yesterday at 12:00"),
            // Kyiv's day of 23 hours: 3:00 becomes 4:00 on 29 March 2026.
            ("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "today at 2:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T20:59:00Z", "today at 4:00"),
            ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", "yesterday at 0:00"),
            // Kyiv's day of 25 hours: 3:30 occurs twice on 25 October 2026.
            ("2026-10-25T00:30:00Z", "2026-10-25T21:59:00Z", "today at 3:30"),
            ("2026-10-25T01:30:00Z", "2026-10-25T21:59:00Z", "today at 3:30"),
            ("2026-10-24T21:00:00Z", "2026-10-25T21:59:00Z", "today at 0:00"),
        ] {
            assert_eq!(short(at, now, "Europe/Kyiv", En), expected, "{at} at {now}");
        }
        let at = Timestamp("2026-07-01T09:00:00Z".parse::<jiff::Timestamp>().expect("a timestamp").as_millisecond());
        let kyiv = TimeZone::named("Europe/Kyiv");
        let Moment { exact, rfc3339, .. } = moment(Uk, &kyiv, at, at);
        assert_eq!(
            (exact.as_str(), rfc3339.as_str()),
            ("1\u{a0}липня 2026\u{a0}р., 12:00 (Київ)", "2026-07-01T09:00:00Z")
        );
        assert_eq!(day(En, &kyiv, at), "1\u{a0}July 2026");
    }

    proptest::proptest! {
        #[test]
        fn any_moment_can_be_formatted(at in proptest::prelude::any::<i64>(), now in proptest::prelude::any::<i64>()) {
            for language in Language::ALL {
                let zone = TimeZone::named("Europe/Kyiv");
                let (at, now) = (Timestamp(at), Timestamp(now));
                let Moment { short, exact, rfc3339 } = moment(language, &zone, at, now);
                for text in [short, exact, rfc3339, day(language, &zone, at)] {
                    proptest::prop_assert!(!text.is_empty() && !text.contains("date-"), "{}", text);
                }
            }
        }
    }
}
