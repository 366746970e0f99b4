//! Search columns: searchable values in lower case, and phone numbers also as digits only.

/// Returns the content of a search column.
pub(crate) fn line(parts: &[&str]) -> String {
    let mut line = parts.join(" ").to_lowercase();
    for phone in parts.iter().filter(|part| part.starts_with(['+', '(', '0'])) {
        line.push(' ');
        line.extend(phone.chars().filter(char::is_ascii_digit));
    }
    line
}

/// Returns patterns for `LIKE … ESCAPE '\'`, one for each of the first five words. A match must fit all of them.
pub(crate) fn patterns(typed: &str) -> Vec<String> {
    typed
        .to_lowercase()
        .split_whitespace()
        .take(5)
        .map(|word| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_in_any_script_and_by_digits() {
        let line = line(&["ТОВ «Ґречні Люди»", "+380 (44) 123-45-67"]);
        assert!(line.contains("ґречні люди") && line.contains("380441234567"), "{line}");
    }

    #[test]
    fn what_is_typed_is_no_pattern() {
        assert_eq!(patterns(" 50%  A_b\\ "), ["%50\\%%", "%a\\_b\\\\%"]);
        assert!(patterns("  ").is_empty());
    }
}
