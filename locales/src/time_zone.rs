//! Time zones and the cities that people know them by.

use crate::text::find_text;
use domain::{Day, Language, Timestamp};
use jiff::{ZonedDateTime, tz::Offset};

/// A time zone of a person or of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(jiff::tz::TimeZone);

/// The time zone of the company, and of people until they choose another.
pub const DEFAULT_TIME_ZONE: &str = "Europe/Kyiv";

/// The zones to choose from. A person can also have any other zone of the IANA database.
///
/// Kyiv comes first among the zones of the same offset.
pub const TIME_ZONES: [&str; 68] = [
    "Europe/Kyiv",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Denver",
    "America/Chicago",
    "America/Mexico_City",
    "America/New_York",
    "America/Toronto",
    "America/Halifax",
    "America/Sao_Paulo",
    "Atlantic/Reykjavik",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Budapest",
    "Europe/Copenhagen",
    "Europe/Ljubljana",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Malta",
    "Europe/Monaco",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Podgorica",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Sarajevo",
    "Europe/Skopje",
    "Europe/Stockholm",
    "Europe/Tirane",
    "Europe/Vaduz",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zagreb",
    "Europe/Zurich",
    "Asia/Nicosia",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Chisinau",
    "Europe/Helsinki",
    "Europe/Riga",
    "Europe/Sofia",
    "Europe/Tallinn",
    "Europe/Vilnius",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Asia/Jerusalem",
    "Europe/Istanbul",
    "Asia/Baku",
    "Asia/Dubai",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

impl TimeZone {
    /// Returns the zone with this name in the IANA database, which is compiled into the program.
    pub fn find(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().map(Self)
    }

    /// Returns the zone with this name, or [`DEFAULT_TIME_ZONE`] if the name is unknown.
    pub fn named(name: &str) -> Self {
        Self::find(name).unwrap_or_default()
    }

    /// Returns the day on which this moment falls in this zone.
    pub fn day_of(&self, moment: Timestamp) -> Day {
        self.at(moment).date().into()
    }

    pub(crate) fn at(&self, moment: Timestamp) -> ZonedDateTime {
        instant(moment).to_zoned_datetime(self.0.clone())
    }

    fn offset(&self, moment: Timestamp) -> Offset {
        self.0.to_offset(instant(moment))
    }
}

impl Default for TimeZone {
    fn default() -> Self {
        Self::find(DEFAULT_TIME_ZONE).unwrap_or(Self(jiff::tz::TimeZone::UTC))
    }
}

fn instant(moment: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// Returns names and labels of [`TIME_ZONES`], and of `own` if it is another zone, from west to east.
pub fn time_zone_choices(language: Language, own: &str, now: Timestamp) -> Vec<(String, String)> {
    let other = (!own.is_empty() && !TIME_ZONES.contains(&own)).then_some(own);
    let mut zones: Vec<_> = TIME_ZONES
        .into_iter()
        .chain(other)
        .map(|name| (TimeZone::find(name).map(|zone| zone.offset(now)), name))
        .collect();
    zones.sort_by_key(|(offset, _)| offset.map(Offset::seconds));
    zones.into_iter().map(|(offset, name)| (name.to_owned(), label(language, name, offset))).collect()
}

/// "Kyiv (UTC+2)".
fn label(language: Language, name: &str, offset: Option<Offset>) -> String {
    let city = time_zone_city(language, name);
    match offset {
        Some(offset) if name != "UTC" => format!("{city} ({})", offset_from_utc(offset)),
        _ => city,
    }
}

/// "UTC+2", "UTC−3:30".
fn offset_from_utc(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Returns the city of a time zone in the language, or the last part of the zone's name if there is no translation:
/// "Buenos Aires" for `America/Argentina/Buenos_Aires`.
pub fn time_zone_city(language: Language, name: &str) -> String {
    // The former name, which some browsers and records still have.
    let name = if name == "Europe/Kiev" { "Europe/Kyiv" } else { name };
    find_text(language, &format!("zone-{}", name.replace('/', "-")), &[])
        .unwrap_or_else(|| name.rsplit('/').next().unwrap_or(name).replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Uk};

    /// In winter and in summer.
    fn moments() -> [Timestamp; 2] {
        ["2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z"]
            .map(|text| Timestamp(text.parse::<jiff::Timestamp>().expect("a timestamp").as_millisecond()))
    }

    #[test]
    fn only_zones_of_the_database_are_found() {
        for zone in TIME_ZONES {
            assert!(TimeZone::find(zone).is_some(), "{zone}");
        }
        assert_eq!(TimeZone::named("No/Such_Zone"), TimeZone::named(DEFAULT_TIME_ZONE));
        for zone in ["", "Kyiv", "../etc/passwd", "Europe/Kyiv\0", "EET-2EEST"] {
            assert!(TimeZone::find(zone).is_none(), "{zone}");
        }
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
    fn zones_are_named_by_city() {
        for (zone, uk, en) in [
            ("Europe/Kyiv", "Київ", "Kyiv"),
            ("Europe/Kiev", "Київ", "Kyiv"),
            ("Europe/Warsaw", "Варшава", "Warsaw"),
            ("Europe/London", "Лондон", "London"),
            ("America/New_York", "Нью-Йорк", "New York"),
            ("Europe/Tirane", "Тирана", "Tirana"),
            ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
            ("Etc/GMT+5", "GMT+5", "GMT+5"),
            ("UTC", "UTC", "UTC"),
            ("", "", ""),
        ] {
            assert_eq!((time_zone_city(Uk, zone).as_str(), time_zone_city(En, zone).as_str()), (uk, en));
        }
    }

    #[test]
    fn choices_have_the_current_offset_and_go_from_west_to_east() {
        let [winter, summer] = moments();
        let label = |own: &str, now, zone: &str| {
            let choices = time_zone_choices(Uk, own, now);
            choices.into_iter().find(|(name, _)| name == zone).map(|(_, label)| label)
        };
        for (zone, in_winter, in_summer) in [
            ("Europe/Kyiv", "Київ (UTC+2)", "Київ (UTC+3)"),
            ("Europe/London", "Лондон (UTC)", "Лондон (UTC+1)"),
            ("America/New_York", "Нью-Йорк (UTC−5)", "Нью-Йорк (UTC−4)"),
            ("America/St_Johns", "St Johns (UTC−3:30)", "St Johns (UTC−2:30)"),
            ("Asia/Kolkata", "Kolkata (UTC+5:30)", "Kolkata (UTC+5:30)"),
            ("No/Such_Zone", "Such Zone", "Such Zone"),
            ("UTC", "UTC", "UTC"),
        ] {
            assert_eq!(label(zone, winter, zone).as_deref(), Some(in_winter));
            assert_eq!(label(zone, summer, zone).as_deref(), Some(in_summer));
        }
        let names: Vec<String> = time_zone_choices(En, "", winter).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), TIME_ZONES.len());
        assert_eq!((names[0].as_str(), names[names.len() - 1].as_str()), ("Pacific/Honolulu", "Pacific/Auckland"));
        let place = |zone: &str| names.iter().position(|name| name == zone);
        assert!(place("Europe/Warsaw") < place("Europe/Kyiv") && place("Europe/Kyiv") < place("Europe/Athens"));
    }
}
