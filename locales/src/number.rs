//! Numbers and money as each language writes them, after CLDR 48: Ukrainian groups digits by no-break spaces and has
//! a decimal comma, English groups by commas and has a decimal point. Where CLDR has the hyphen for a minus, a minus
//! stands here.

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

pub fn number(language: Language, number: i64) -> String {
    let grouped = group(&number.unsigned_abs().to_string(), signs(language).group);
    if number < 0 { format!("−{grouped}") } else { grouped }
}

/// A plain decimal such as `-1234.5`, as the person writes it.
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

/// Whole amounts are said without the empty minor units.
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

pub fn percent(language: Language, plain: &str) -> String {
    format!("{}%", decimal(language, plain))
}

pub fn file_size(language: Language, bytes: u64) -> String {
    let (amount, unit) = match bytes {
        0..1_000 => (bytes.to_string(), "unit-byte"),
        1_000..1_000_000 => ((bytes / 1_000).to_string(), "unit-kilobyte"),
        _ => (format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10), "unit-megabyte"),
    };
    let unit = crate::text(language, unit, &[]);
    format!("{}\u{a0}{unit}", decimal(language, &amount))
}

fn group(digits: &str, separator: char) -> String {
    // Ukrainian leaves four digits together in running text, but not in sums; one rule for both reads better in lists.
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
    fn sums() {
        let uah = |minor| Money::new(minor, Currency::Uah);
        assert_eq!(money(Uk, uah(1_840_000)), "18\u{a0}400\u{a0}₴");
        assert_eq!(money(En, uah(1_840_050)), "₴18,400.50");
        assert_eq!(money(Uk, uah(-5)), "−0,05\u{a0}₴");
        assert_eq!(money(En, uah(i64::MIN)), "−₴92,233,720,368,547,758.08");
        assert_eq!(decimal(Uk, "-1234.5"), "−1\u{a0}234,5");
        assert_eq!(number(En, 100), "100");
    }

    proptest::proptest! {
        #[test]
        fn digits_are_kept(n in proptest::prelude::any::<i64>()) {
            for language in Language::ALL {
                let digits: String = number(language, n).chars().filter(char::is_ascii_digit).collect();
                proptest::prop_assert_eq!(digits, n.unsigned_abs().to_string());
            }
        }
    }
}
