//! Quotation marks around names.

use domain::Language;

/// Puts a name into quotation marks. Marks inside the name become inner ones: `ТОВ «Дуб»` becomes `«ТОВ „Дуб“»`.
///
/// Only paired marks are replaced; an inch sign or an apostrophe is unchanged.
pub fn quote(language: Language, name: &str) -> String {
    let [open, inner_open, inner_close, close] = match language {
        Language::Uk => ['«', '„', '“', '»'],
        Language::En => ['“', '‘', '’', '”'],
    };
    let mut chars: Vec<char> = name.chars().collect();
    let mut opened: Vec<(usize, char)> = Vec::new();
    for at in 0..chars.len() {
        let mark = chars[at];
        match opened.last() {
            Some((start, opening)) if closes(*opening, mark) => {
                chars[*start] = inner_open;
                chars[at] = inner_close;
                opened.pop();
            }
            _ if matches!(mark, '«' | '„' | '“' | '"') => opened.push((at, mark)),
            _ => {}
        }
    }
    std::iter::once(open).chain(chars).chain([close]).collect()
}

fn closes(opening: char, mark: char) -> bool {
    match opening {
        '«' => mark == '»',
        '„' => matches!(mark, '“' | '”'),
        '“' => mark == '”',
        _ => mark == opening,
    }
}

#[cfg(test)]
mod tests {
    use super::quote;
    use domain::Language::{En, Uk};

    #[test]
    fn inner_marks_differ_from_outer_ones() {
        for (name, uk, en) in [
            ("Теплий дуб", "«Теплий дуб»", "“Теплий дуб”"),
            ("ТОВ «Ґречні Люди»", "«ТОВ „Ґречні Люди“»", "“ТОВ ‘Ґречні Люди’”"),
            ("ТОВ \"Ґречні Люди\"", "«ТОВ „Ґречні Люди“»", "“ТОВ ‘Ґречні Люди’”"),
            ("ТОВ „Ґречні Люди“", "«ТОВ „Ґречні Люди“»", "“ТОВ ‘Ґречні Люди’”"),
            ("The “Oak” Company", "«The „Oak“ Company»", "“The ‘Oak’ Company”"),
            ("«А» і «Б»", "«„А“ і „Б“»", "“‘А’ і ‘Б’”"),
            ("Група «ТОВ „Дуб“»", "«Група „ТОВ „Дуб““»", "“Група ‘ТОВ ‘Дуб’’”"),
            ("", "«»", "“”"),
        ] {
            assert_eq!((quote(Uk, name).as_str(), quote(En, name).as_str()), (uk, en));
        }
    }

    #[test]
    fn unpaired_marks_are_unchanged() {
        for name in ["Стіл 19\"", "Кав’ярня", "5 » 3", "«Дуб", "Дуб“"] {
            assert_eq!(quote(Uk, name), format!("«{name}»"));
        }
    }

    proptest::proptest! {
        #[test]
        fn everything_but_quotation_marks_is_unchanged(name in ".*") {
            let letters = |text: &str| text.replace(['«', '»', '„', '“', '”', '"'], "");
            proptest::prop_assert_eq!(letters(&quote(Uk, &name)), letters(&name));
        }
    }
}
