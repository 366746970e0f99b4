//! Labels and values of declared records ([`domain::record`]).

use crate::{day_text, t, text, time_zone_city};
use domain::{
    Language,
    record::{FieldChange, FieldKind, Record},
};

/// Returns the label of a record's field. `field` is the field's text key, as in a [`FieldChange`].
pub fn label<T: Record>(language: Language, field: &str) -> String {
    text(language, &T::label_key(field), &[])
}

/// Returns a field's value as it is shown to people.
pub fn value(language: Language, kind: FieldKind, value: &str) -> String {
    match kind {
        _ if value.is_empty() => String::new(),
        FieldKind::Day => day_text(language, value),
        FieldKind::TimeZone => time_zone_city(language, value),
        _ => kind.value_key(value).map_or_else(|| value.to_owned(), |key| text(language, &key, &[])),
    }
}

/// Returns the changes of a record's fields as lines of the timeline: "Phone: … → …".
pub(crate) fn changes<T: Record>(language: Language, changes: &[FieldChange]) -> Vec<String> {
    let line = |change: &FieldChange| {
        let field = T::FIELDS.iter().find(|field| field.text_key() == change.field);
        let shown = |text: &str| field.map_or_else(|| text.to_owned(), |field| value(language, field.kind, text));
        changed(language, &label::<T>(language, &change.field), &shown(&change.from), &shown(&change.to))
    };
    changes.iter().map(line).collect()
}

/// Returns one change as a line. `from` and `to` are the values as shown to people.
pub(crate) fn changed(language: Language, field: &str, from: &str, to: &str) -> String {
    match (from.is_empty(), to.is_empty()) {
        (true, _) => t!(language, "timeline-set", field = field, to = to),
        (_, true) => t!(language, "timeline-emptied", field = field, from = from),
        _ => t!(language, "timeline-changed", field = field, from = from, to = to),
    }
}
