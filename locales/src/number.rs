//! Formats of numbers and money, following CLDR 48: Ukrainian groups digits with no-break spaces and uses a decimal
//! comma, English groups with commas and uses a decimal point. Unlike CLDR, negative numbers have a minus sign instead
//! of a hyphen.

use domain::{Currency, Language, Money};

struct Signs {
    group: char,
    point: char,
}

const fn signs(language: Language) -> Signs {
    match language {
        Language::Uk => Signs { group: '\u{a0}', point: ',' },
        Language::En => Signs { group: ',', point: '.' },
    }
}

/// Formats a whole number.
pub fn number(language: Language, number: i64) -> String {
    let grouped = group(&number.unsigned_abs().to_string(), signs(language).group);
    if number < 0 { format!("−{grouped}") } else { grouped }
}

/// Formats a plain decimal such as `-1234.5`.
pub fn decimal(language: Language, plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(whole, fraction)| (whole, fraction));
    let whole = group(whole, signs(language).group);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{fraction}", signs(language).point)
    }
}

/// Formats an amount of money. Whole amounts have no minor units: `₴18,400`.
pub fn money(language: Language, money: Money) -> String {
    let (whole, minor) = (money.minor.unsigned_abs() / 100, money.minor.unsigned_abs() % 100);
    let Signs { group: separator, point } = signs(language);
    let mut amount = group(&whole.to_string(), separator);
    if minor != 0 {
        amount = format!("{amount}{point}{minor:02}");
    }
    let sign = if money.minor < 0 { "−" } else { "" };
    let symbol = match money.currency {
        Currency::Uah => "₴",
        Currency::Eur => "€",
        Currency::Usd => "$",
    };
    match language {
        Language::Uk => format!("{sign}{amount}\u{a0}{symbol}"),
        Language::En => format!("{sign}{symbol}{amount}"),
    }
}

/// Formats a plain decimal as a percentage.
pub fn percent(language: Language, plain: &str) -> String {
    format!("{}%", decimal(language, plain))
}

/// Formats a file size in bytes, kilobytes or megabytes (powers of 1,000), rounded down.
pub fn file_size(language: Language, bytes: u64) -> String {
    let (amount, unit) = match bytes {
        0..1_000 => (bytes.to_string(), "unit-byte"),
        1_000..1_000_000 => ((bytes / 1_000).to_string(), "unit-kilobyte"),
        _ if (bytes / 100_000).is_multiple_of(10) => ((bytes / 1_000_000).to_string(), "unit-megabyte"),
        _ => (format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10), "unit-megabyte"),
    };
    let unit = crate::text(language, unit, &[]);
    format!("{}\u{a0}{unit}", decimal(language, &amount))
}

fn group(digits: &str, separator: char) -> String {
    // Ukrainian does not group four digits in running text, but does in sums. One rule for both looks better in lists.
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Uk};

    #[test]
    fn amounts_follow_the_language() {
        let uah = |minor| Money::new(minor, Currency::Uah);
        assert_eq!(money(Uk, uah(1_840_000)), "18\u{a0}400\u{a0}₴");
        assert_eq!(money(En, uah(1_840_050)), "₴18,400.50");
        assert_eq!(money(Uk, uah(-5)), "−0,05\u{a0}₴");
        assert_eq!(money(En, uah(i64::MIN)), "−₴92,233,720,368,547,758.08");
        assert_eq!(decimal(Uk, "-1234.5"), "−1\u{a0}234,5");
        assert_eq!(money(En, Money::new(99, Currency::Usd)), "$0.99");
        assert_eq!(money(Uk, Money::new(100_000_000, Currency::Eur)), "1\u{a0}000\u{a0}000\u{a0}€");
        assert_eq!(
            (number(En, 100), number(Uk, 1_000), number(En, -1_000)),
            ("100".into(), "1\u{a0}000".into(), "−1,000".into())
        );
        assert_eq!((percent(Uk, "12.5"), percent(En, "-20")), ("12,5%".into(), "−20%".into()));
    }

    #[test]
    fn file_sizes_follow_the_language() {
        for (bytes, uk, en) in [
            (0, "0\u{a0}Б", "0\u{a0}B"),
            (999, "999\u{a0}Б", "999\u{a0}B"),
            (1_000, "1\u{a0}кБ", "1\u{a0}kB"),
            (999_999, "999\u{a0}кБ", "999\u{a0}kB"),
            (10_485_760, "10,4\u{a0}МБ", "10.4\u{a0}MB"),
            (20_000_000, "20\u{a0}МБ", "20\u{a0}MB"),
        ] {
            assert_eq!((file_size(Uk, bytes).as_str(), file_size(En, bytes).as_str()), (uk, en));
        }
    }

    proptest::proptest! {
        #[test]
        fn formatted_numbers_can_be_parsed(n in proptest::prelude::any::<i64>()) {
            for language in Language::ALL {
                proptest::prop_assert_eq!(parse(language, &number(language, n)), n.to_string());
                proptest::prop_assert_eq!(parse(language, &decimal(language, &format!("{n}.25"))), format!("{n}.25"));
            }
        }

        #[test]
        fn formatted_money_can_be_parsed(minor in proptest::prelude::any::<i64>()) {
            for (language, currency) in Language::ALL.into_iter().flat_map(|l| Currency::ALL.map(|c| (l, c))) {
                let plain = parse(language, &money(language, Money::new(minor, currency)));
                let plain = if plain.contains('.') { plain.replace('.', "") } else { format!("{plain}00") };
                proptest::prop_assert_eq!(plain.parse::<i128>().expect("digits"), i128::from(minor));
            }
        }

        #[test]
        fn any_input_can_be_formatted(plain in ".*", bytes in proptest::prelude::any::<u64>()) {
            for language in Language::ALL {
                decimal(language, &plain);
                percent(language, &plain);
                file_size(language, bytes);
            }
        }
    }

    /// Converts a formatted number back to a plain one.
    fn parse(language: Language, formatted: &str) -> String {
        let Signs { group, point } = signs(language);
        formatted
            .chars()
            .filter(|c| *c != group)
            .filter_map(|c| match c {
                '−' => Some('-'),
                c if c == point => Some('.'),
                c => c.is_ascii_digit().then_some(c),
            })
            .collect()
    }
}
