//! Forms and lists of facts for declared records ([`domain::record`]).

use super::{form::FormState, visit::Visit};
use crate::ui::{Field, Options, Select, TextArea};
use domain::{
    Language,
    record::{self as declared, FieldKind, Record, Typed},
};
use leptos::prelude::*;
use locales::{find_text, record, t, time_zone_choices};

/// The values that a page offers for a field of [`FieldKind::Pick`], by the field's key.
pub type Picks = Vec<(&'static str, Options)>;

/// Returns the fields of a record's form, in the order of their declaration.
pub fn fields<T: Record>(visit: &Visit, form: &FormState<Typed>, picks: &Picks) -> Vec<AnyView> {
    T::FIELDS.iter().map(|field| input::<T>(visit, field, form, picks)).collect()
}

fn input<T: Record>(
    visit: &Visit,
    field: &'static declared::Field<T>,
    form: &FormState<Typed>,
    picks: &Picks,
) -> AnyView {
    let language = visit.language;
    let (name, label) = (field.key, record::label::<T>(language, &field.text_key()));
    let value = form.values.get(name).to_owned();
    let error = form.error(language, name);
    let hint = find_text(language, &T::hint_key(&field.text_key()), &[]);
    let optional = (!field.is_required).then(|| t!(language, "optional"));
    let line = |kind: &'static str, inputmode: Option<&'static str>| {
        view! {
            <Field label=label.clone() name kind value=value.clone() error=error.clone() hint=hint.clone() optional=optional.clone()
                autocomplete=field.autocomplete inputmode=inputmode/>
        }
        .into_any()
    };
    match field.kind {
        FieldKind::Line { .. } => line("text", None),
        FieldKind::Number { .. } => line("text", Some("numeric")),
        FieldKind::Phone => line("tel", None),
        FieldKind::Website => line("text", Some("url")),
        FieldKind::Day => line("date", None),
        FieldKind::Text { max } => {
            let maxlength = u32::try_from(max).unwrap_or(u32::MAX);
            view! { <TextArea label name value error hint optional maxlength accesskey=field.access_key/> }.into_any()
        }
        FieldKind::Choice { values, .. } => {
            let named = |value: &&str| ((*value).to_owned(), record::value(language, field.kind, value));
            let options = with_none(field.is_required, values.iter().map(named).collect());
            view! { <Select label name options value error hint/> }.into_any()
        }
        FieldKind::TimeZone => {
            let options = time_zone_choices(language, &value, visit.now);
            view! { <Select label name options value error hint/> }.into_any()
        }
        FieldKind::Pick => {
            let offered = picks.iter().find(|(key, _)| *key == name).map(|(_, options)| options.clone());
            let options = with_none(field.is_required, offered.unwrap_or_default());
            view! { <Select label name options value error hint/> }.into_any()
        }
    }
}

/// Adds an empty first choice if the field is optional.
fn with_none(is_required: bool, mut options: Options) -> Options {
    if !is_required {
        options.insert(0, (String::new(), "—".to_owned()));
    }
    options
}

/// Returns the filled fields of a record as labels and values. Phones and websites are links.
pub fn facts<T: Record>(language: Language, record: &T) -> Vec<(String, AnyView)> {
    let fact = |(field, value): (&declared::Field<T>, &str)| {
        let value = match field.kind {
            FieldKind::Phone => phone(value),
            FieldKind::Website => website(value),
            kind => record::value(language, kind, value).into_any(),
        };
        (record::label::<T>(language, &field.text_key()), value)
    };
    record.filled().map(fact).collect()
}

/// A phone number that starts a call.
pub fn phone(phone: &str) -> AnyView {
    let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! { <a href=format!("tel:{number}")>{phone.to_owned()}</a> }.into_any()
}

fn website(website: &str) -> AnyView {
    let name = website.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
    view! { <a href=website.to_owned() rel="noreferrer nofollow">{name}</a> }.into_any()
}

/// The hidden input with the revision that the record had when the form was opened.
pub fn revision(revision: i64) -> impl IntoView {
    view! { <input type="hidden" name=store::REVISION value=revision.to_string()/> }
}
