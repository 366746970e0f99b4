//! Reading what people typed: each field gives its value or a problem, and all problems of a form are told at once.

use crate::{BadId, Day};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::str::FromStr;

/// What is wrong with one field, for the page to say in the person's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    Required,
    TooLong {
        max: usize,
    },
    TooShort {
        min: usize,
    },
    /// A password that is the e-mail address, or one that everybody tries first.
    TooCommon,
    /// A password that differs from the one on record.
    WrongPassword,
    Email,
    /// Control characters, or characters that turn the direction of the text around them.
    ControlCharacters,
    /// A sum of money, with no more than two digits after the point.
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

/// Collects the problems of one form.
#[derive(Debug, Default)]
pub struct Check {
    errors: Vec<FieldError>,
}

impl Check {
    pub fn problem(&mut self, field: &'static str, problem: FieldProblem) {
        self.errors.push(FieldError { field, problem });
    }

    /// One line, required: white space around and inside is folded.
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
        if line.chars().any(|c| c.is_control() || turns_text(c)) {
            self.problem(field, FieldProblem::ControlCharacters);
        }
        if line.chars().all(invisible) { String::new() } else { line }
    }

    /// Several lines, required.
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
        if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || turns_text(c)) {
            self.problem(field, FieldProblem::ControlCharacters);
        }
        if text.chars().all(|c| invisible(c) || c.is_whitespace()) { String::new() } else { text }
    }

    /// An address that mail can be sent to, in lower case. Whether it exists, only a mail can tell.
    pub fn email(&mut self, field: &'static str, typed: &str) -> String {
        let email = self.line(field, typed, 254).to_lowercase();
        if !self.has(field) && !looks_like_email(&email) {
            self.problem(field, FieldProblem::Email);
        }
        email
    }

    /// A new password: 10 to 200 characters of any kind, not the address, not one that everybody tries first.
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

    /// Reads a day as `YYYY-MM-DD`, the form in which date fields send it. Days before 1900 are refused, and so are days
    /// before `earliest`.
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

    /// A price as people type it, `18 400,50` or `18400.5`; its minor units.
    pub fn money(&mut self, field: &'static str, typed: &str) -> i64 {
        const MAX: i64 = 1_000_000_000;
        let plain: String =
            typed.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
        if plain.is_empty() {
            self.problem(field, FieldProblem::Required);
            return 0;
        }
        let minor = Some(&plain)
            // The parser would take more: signs, powers of ten.
            .filter(|plain| plain.chars().all(|c| c.is_ascii_digit() || c == '.'))
            .and_then(|plain| plain.parse::<Decimal>().ok())
            .filter(|amount| *amount <= Decimal::from(MAX) && amount.scale() <= 2)
            .and_then(|amount| (amount * Decimal::ONE_HUNDRED).to_i64());
        minor.unwrap_or_else(|| {
            self.problem(field, FieldProblem::Amount { max: MAX });
            0
        })
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

    pub fn optional_id<T: FromStr<Err = BadId>>(&mut self, field: &'static str, typed: &str) -> Option<T> {
        if typed.is_empty() { None } else { self.choice(field, typed) }
    }

    pub fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// What a choice gave, where nothing is wrong with the form.
    pub fn done_with<T>(self, chosen: Option<T>) -> Result<T, Vec<FieldError>> {
        match chosen {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }

    /// All that is wrong, or leave to go on.
    pub fn done(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    fn length(&mut self, field: &'static str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.problem(field, FieldProblem::TooLong { max });
        }
    }
}

/// Characters that reorder the text around them: a name must not be able to rewrite the line it stands in.
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing: text made only of them counts as empty.
pub fn invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{3164}')
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
    const TRIED_FIRST: [&str; 8] =
        ["password", "qwerty", "1234567890", "0123456789", "iloveyou", "letmein", "йцукен", "пароль"];
    let lower = password.to_lowercase();
    let rest = TRIED_FIRST.iter().fold(lower.clone(), |rest, common| rest.replace(common, ""));
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
        let mut check = Check::default();
        let line = check.line("name", typed, 20);
        check.done().map(|()| line).map_err(|errors| errors[0].problem)
    }

    #[test]
    fn names_keep_their_script_and_lose_what_hides() {
        assert_eq!(line("  Оксана   Гнатюк "), Ok("Оксана Гнатюк".into()));
        assert_eq!(line("שרה לוי"), Ok("שרה לוי".into()));
        assert_eq!(line("\u{200B}\u{FEFF}"), Err(FieldProblem::Required));
        assert_eq!(line("a\u{202E}b"), Err(FieldProblem::ControlCharacters));
        assert_eq!(line("a\u{0}b"), Err(FieldProblem::ControlCharacters));
        assert_eq!(line(&"я".repeat(21)), Err(FieldProblem::TooLong { max: 20 }));
    }

    #[test]
    fn addresses() {
        for good in ["a@b.ua", "o'neil+x@mail.example.com", "оксана@пошта.укр"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.ua", "a@.ua", "a b@c.ua", "a@-b.ua", "a@b..ua", "a,b@c.ua", "a@b@c"] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }

    #[test]
    fn passwords_everybody_tries_first() {
        for bad in ["password12", "qwerty1234567890", "aaaaaaaaaaaa", "oksana@example.com", "oksana12"] {
            assert!(is_common(bad, "oksana@example.com"), "{bad}");
        }
        assert!(!is_common("три зелені стільці", "oksana@example.com"));
    }

    fn day(typed: &str) -> Result<String, FieldProblem> {
        let mut check = Check::default();
        let day = check.day("day", typed, Day::new(2026, 9, 2));
        check.done_with(day).map(|day| day.to_string()).map_err(|errors| errors[0].problem)
    }

    #[test]
    fn days() {
        assert_eq!(day(" 2026-09-02 "), Ok("2026-09-02".into()));
        assert_eq!(day("2026-09-01"), Err(FieldProblem::DatePast));
        assert_eq!(day("1900-01-01"), Err(FieldProblem::DatePast));
        assert_eq!(day(""), Err(FieldProblem::Required));
        for wrong in ["2027-02-29", "2026-13-01", "2027-1-01", "1899-12-31", "today"] {
            assert_eq!(day(wrong), Err(FieldProblem::Date), "{wrong}");
        }
    }
}
