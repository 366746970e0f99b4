//! Lookup and formatting of texts.

use crate::quote;
use domain::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::langid;

/// A value in a text. Numbers select plural forms.
pub enum Value<'a> {
    Text(std::borrow::Cow<'a, str>),
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text.into())
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text.as_str().into())
    }
}
impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}
macro_rules! numbers {
    ($($type:ty),+) => { $(impl From<$type> for Value<'_> {
        fn from(number: $type) -> Self {
            Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
        }
    })+ };
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

macro_rules! files {
    ($folder:literal) => {
        &[
            include_str!(concat!("../", $folder, "/common.ftl")),
            include_str!(concat!("../", $folder, "/design.ftl")),
            include_str!(concat!("../", $folder, "/errors.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/account.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/catalogue.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/designs.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/desk.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/mail.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/orders.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/profile.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/tickets.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/timeline.ftl")),
            #[cfg(not(target_family = "wasm"))]
            include_str!(concat!("../", $folder, "/time_zones.ftl")),
        ]
    };
}

static UK: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Uk));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::En));

/// Returns the files of a language. The browser gets only those that its islands use.
fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::Uk => files!("uk"),
        Language::En => files!("en"),
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let locale = match language {
        Language::Uk => langid!("uk"),
        Language::En => langid!("en"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    // The only possible error is a duplicate function.
    let _ = bundle.add_function("QUOTE", move |values, _| match values.first() {
        Some(FluentValue::String(name)) => quote(language, name).into(),
        Some(value) => value.clone(),
        None => FluentValue::Error,
    });
    for source in sources(language) {
        // Invalid and duplicate messages are skipped here; tests reject both.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// Returns the text with this key. A missing text, which tests reject, is replaced by its key.
pub fn text(language: Language, key: &str, values: &[(&str, Value<'_>)]) -> String {
    find_text(language, key, values).unwrap_or_else(|| key.to_owned())
}

/// Returns the text with this key, or `None` if it does not exist.
pub fn find_text(language: Language, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
    let bundle = match language {
        Language::Uk => &*UK,
        Language::En => &*EN,
    };
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> = values
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Text(text) => FluentValue::from(text.as_ref()),
                Value::Number(number) => FluentValue::from(*number),
            };
            (*name, value)
        })
        .collect();
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests {
    use crate::t;
    use domain::Language::{En, Uk};

    #[test]
    fn plural_forms_follow_the_number() {
        for (count, uk, en) in [
            (0, "Виправте 0 полів", "0 fields need correcting"),
            (1, "Виправте 1 поле", "1 field needs correcting"),
            (2, "Виправте 2 поля", "2 fields need correcting"),
            (5, "Виправте 5 полів", "5 fields need correcting"),
            (11, "Виправте 11 полів", "11 fields need correcting"),
            (21, "Виправте 21 поле", "21 fields need correcting"),
            (112, "Виправте 112 полів", "112 fields need correcting"),
            (122, "Виправте 122 поля", "122 fields need correcting"),
        ] {
            assert_eq!(
                (t!(Uk, "form-errors", count = count), t!(En, "form-errors", count = count)),
                (uk.into(), en.into())
            );
        }
    }

    #[test]
    fn missing_text_is_replaced_by_its_key() {
        let (key, hostile) = ("no-such-text", String::from("{ $number } <b>"));
        assert_eq!(t!(Uk, key), key);
        assert_eq!(t!(En, "problem-number", number = hostile), "Request number: { $number } <b>");
    }

    #[test]
    fn quote_function_puts_names_into_quotation_marks() {
        assert_eq!(t!(Uk, "join-title", organisation = "Дуб"), "Запрошення до організації «Дуб»");
        assert_eq!(
            t!(Uk, "mail-footer-must", company = "ТОВ «Дуб»"),
            "Ви отримали цього листа від компанії «ТОВ „Дуб“», бо він стосується вашої домовленості з нами."
        );
        assert_eq!(
            t!(En, "timeline-step-done", number = 7, step = "Sanding “twice”"),
            "Order no. 7: step “Sanding ‘twice’” done"
        );
    }

    /// Prints the time to format a text: `cargo test -p locales -- --ignored --nocapture`.
    #[test]
    #[ignore = "a measurement"]
    fn measure_formatting() {
        const ROUNDS: u32 = 100_000;
        let measure = |name: &str, format: fn() -> String| {
            format();
            let start = std::time::Instant::now();
            for _ in 0..ROUNDS {
                std::hint::black_box(format());
            }
            println!("{name}: {:?}", start.elapsed() / ROUNDS);
        };
        measure("plain", || t!(Uk, "skip-to-content"));
        measure("with a value", || t!(Uk, "problem-number", number = "42"));
        measure("with plural forms", || t!(Uk, "form-errors", count = 22));
    }
}
