//! Validates form input. All errors of a form are collected, so that they can be shown together.

use crate::{Day, InvalidId};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::str::FromStr;
use url::Url;

/// What is wrong with a field. The page translates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    Required,
    TooLong {
        max: usize,
    },
    TooShort {
        min: usize,
    },
    /// A password that is the e-mail address or is easy to guess.
    TooCommon,
    /// A password that is not the current one.
    WrongPassword,
    Email,
    /// Control characters, or characters that change the direction of text.
    ControlCharacters,
    /// Not an amount of money from 0 to `max` with at most two decimals.
    Amount {
        max: i64,
    },
    Date,
    DatePast,
    DateAhead,
    Website,
    Choice,
    Taken,
    FileTooLarge {
        max: usize,
    },
    FileType,
    TooManyFiles {
        max: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem:?}")]
pub struct FieldError {
    pub field: &'static str,
    pub problem: FieldProblem,
}

/// Validates the fields of one form and collects the errors.
#[derive(Debug, Default)]
pub struct FormValidator {
    errors: Vec<FieldError>,
}

impl FormValidator {
    pub fn problem(&mut self, field: &'static str, problem: FieldProblem) {
        self.errors.push(FieldError { field, problem });
    }

    /// Validates a required line of text. Whitespace is trimmed and collapsed.
    pub fn line(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        let line = self.optional_line(field, typed, max);
        if line.is_empty() && !self.has(field) {
            self.problem(field, FieldProblem::Required);
        }
        line
    }

    pub fn optional_line(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        self.length(field, &line, max);
        if line.chars().any(|c| c.is_control() || is_bidi_control(c)) {
            self.problem(field, FieldProblem::ControlCharacters);
        }
        if line.chars().all(is_invisible) { String::new() } else { line }
    }

    /// Validates a required text of several lines.
    pub fn text(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        let text = self.optional_text(field, typed, max);
        if text.is_empty() && !self.has(field) {
            self.problem(field, FieldProblem::Required);
        }
        text
    }

    pub fn optional_text(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        let text = typed.replace("\r\n", "\n").trim().to_owned();
        self.length(field, &text, max);
        if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || is_bidi_control(c)) {
            self.problem(field, FieldProblem::ControlCharacters);
        }
        if text.chars().all(|c| is_invisible(c) || c.is_whitespace()) { String::new() } else { text }
    }

    /// Validates the syntax of an e-mail address and returns it in lower case.
    pub fn email(&mut self, field: &'static str, typed: &str) -> String {
        let email = self.line(field, typed, 254).to_lowercase();
        if !self.has(field) && !looks_like_email(&email) {
            self.problem(field, FieldProblem::Email);
        }
        email
    }

    /// Validates a new password: 10 to 200 characters, not the e-mail address and not easy to guess.
    pub fn new_password(&mut self, field: &'static str, typed: &str, email: &str) -> String {
        const MIN: usize = 10;
        const MAX: usize = 200;
        let length = typed.chars().count();
        if typed.is_empty() {
            self.problem(field, FieldProblem::Required);
        } else if length < MIN {
            self.problem(field, FieldProblem::TooShort { min: MIN });
        } else if length > MAX {
            self.problem(field, FieldProblem::TooLong { max: MAX });
        } else if is_common(typed, email) {
            self.problem(field, FieldProblem::TooCommon);
        }
        typed.to_owned()
    }

    /// Validates a day in the format `YYYY-MM-DD`, which date fields send; not before 1900, and not before `earliest`
    /// if it is given.
    pub fn day(&mut self, field: &'static str, typed: &str, earliest: Option<Day>) -> Option<Day> {
        let typed = typed.trim();
        let day = typed.parse::<Day>().ok().filter(|day| day.year() >= 1900);
        match day {
            None if typed.is_empty() => self.problem(field, FieldProblem::Required),
            None => self.problem(field, FieldProblem::Date),
            Some(day) if earliest.is_some_and(|earliest| day < earliest) => {
                self.problem(field, FieldProblem::DatePast);
            }
            Some(_) => {}
        }
        day
    }

    /// Validates a price as people type it, `18 400,50` or `18400.5`, and returns it in minor units.
    pub fn money(&mut self, field: &'static str, typed: &str) -> i64 {
        const MAX: i64 = 1_000_000_000;
        let plain: String =
            typed.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
        if plain.is_empty() {
            self.problem(field, FieldProblem::Required);
            return 0;
        }
        let minor = Some(&plain)
            // `Decimal` would also accept signs and exponents.
            .filter(|plain| plain.chars().all(|c| c.is_ascii_digit() || c == '.'))
            .and_then(|plain| plain.parse::<Decimal>().ok())
            .filter(|amount| *amount <= Decimal::from(MAX) && amount.scale() <= 2)
            .and_then(|amount| (amount * Decimal::ONE_HUNDRED).to_i64());
        minor.unwrap_or_else(|| {
            self.problem(field, FieldProblem::Amount { max: MAX });
            0
        })
    }

    /// A web address that a page may link to: `http` or `https`, with a host that has a dot. `https://` is added if the
    /// scheme is missing; apart from that the address stays as typed.
    pub fn website(&mut self, field: &'static str, typed: &str) -> String {
        let line = self.optional_line(field, typed, 200);
        if line.is_empty() || self.has(field) {
            return line;
        }
        let has_scheme = line.starts_with("https://") || line.starts_with("http://");
        let address = if has_scheme { line } else { format!("https://{line}") };
        if !is_website(&address) {
            self.problem(field, FieldProblem::Website);
        }
        address
    }

    pub fn choice<T: FromStr>(&mut self, field: &'static str, typed: &str) -> Option<T> {
        match typed.parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.problem(field, FieldProblem::Choice);
                None
            }
        }
    }

    pub fn optional_id<T: FromStr<Err = InvalidId>>(&mut self, field: &'static str, typed: &str) -> Option<T> {
        if typed.is_empty() { None } else { self.choice(field, typed) }
    }

    pub fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// Returns the value of a choice, or all errors of the form.
    pub fn done_with<T>(self, chosen: Option<T>) -> Result<T, Vec<FieldError>> {
        match chosen {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }

    /// Returns all errors of the form, if there are any.
    pub fn done(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    fn length(&mut self, field: &'static str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.problem(field, FieldProblem::TooLong { max });
        }
    }
}

/// Whether a character changes the direction of the text around it. With such a character, a name could change how the
/// rest of its line is displayed.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is invisible. Text of such characters only is treated as empty.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{3164}')
}

fn is_website(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let has_domain = url.domain().is_some_and(|domain| domain.trim_end_matches('.').contains('.'));
    has_domain && url.username().is_empty() && url.password().is_none() && !address.contains(char::is_whitespace)
}

fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let local_ok = (1..=64).contains(&local.len())
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let domain_ok = domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    local_ok && domain_ok
}

fn is_common(password: &str, email: &str) -> bool {
    const COMMON_PASSWORDS: [&str; 8] =
        ["password", "qwerty", "1234567890", "0123456789", "iloveyou", "letmein", "йцукен", "пароль"];
    let lower = password.to_lowercase();
    let rest = COMMON_PASSWORDS.iter().fold(lower.clone(), |rest, common| rest.replace(common, ""));
    let local = email.split('@').next().unwrap_or_default();
    lower == email
        || (local.len() >= 4 && lower.replace(local, "").chars().count() < 4)
        || rest.chars().filter(|c| c.is_alphabetic()).count() + rest.chars().count() / 2 < 3
        || lower.chars().all(|c| lower.starts_with(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(typed: &str) -> Result<String, FieldProblem> {
        let mut check = FormValidator::default();
        let line = check.line("name", typed, 20);
        check.done().map(|()| line).map_err(|errors| errors[0].problem)
    }

    #[test]
    fn names_in_any_script_are_accepted_and_invisible_characters_rejected() {
        assert_eq!(line("  Оксана   Гнатюк "), Ok("Оксана Гнатюк".into()));
        assert_eq!(line("שרה לוי"), Ok("שרה לוי".into()));
        assert_eq!(line("\u{200B}\u{FEFF}"), Err(FieldProblem::Required));
        assert_eq!(line("a\u{202E}b"), Err(FieldProblem::ControlCharacters));
        assert_eq!(line("a\u{0}b"), Err(FieldProblem::ControlCharacters));
        assert_eq!(line(&"я".repeat(21)), Err(FieldProblem::TooLong { max: 20 }));
    }

    #[test]
    fn email_syntax_is_checked() {
        for good in ["a@b.ua", "o'neil+x@mail.example.com", "оксана@пошта.укр"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.ua", "a@.ua", "a b@c.ua", "a@-b.ua", "a@b..ua", "a,b@c.ua", "a@b@c"] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }

    #[test]
    fn common_passwords_are_rejected() {
        for bad in ["password12", "qwerty1234567890", "aaaaaaaaaaaa", "oksana@example.com", "oksana12"] {
            assert!(is_common(bad, "oksana@example.com"), "{bad}");
        }
        assert!(!is_common("три зелені стільці", "oksana@example.com"));
    }

    fn day(typed: &str) -> Result<String, FieldProblem> {
        let mut check = FormValidator::default();
        let day = check.day("day", typed, Day::new(2026, 9, 2));
        check.done_with(day).map(|day| day.to_string()).map_err(|errors| errors[0].problem)
    }

    #[test]
    fn days_are_checked() {
        assert_eq!(day(" 2026-09-02 "), Ok("2026-09-02".into()));
        assert_eq!(day("2026-09-01"), Err(FieldProblem::DatePast));
        assert_eq!(day("1900-01-01"), Err(FieldProblem::DatePast));
        assert_eq!(day(""), Err(FieldProblem::Required));
        for wrong in ["2027-02-29", "2026-13-01", "2027-1-01", "1899-12-31", "today"] {
            assert_eq!(day(wrong), Err(FieldProblem::Date), "{wrong}");
        }
    }
}
