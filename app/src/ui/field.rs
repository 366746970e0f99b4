//! Text and file inputs with label, hint and error. Fields with an error have `autofocus`; browsers focus the first of
//! them and scroll to it.

use crate::ui::{Icon, Shape};
use leptos::prelude::*;

#[component]
pub fn Field(
    #[prop(into)] label: String,
    name: &'static str,
    /// Required if another form of the page has a field of the same name.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    /// The word beside the label of an optional field. Without it the field is required.
    #[prop(optional_no_strip, into)]
    optional: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional_no_strip, into)] autocomplete: Option<&'static str>,
    #[prop(optional_no_strip, into)] inputmode: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Values that the browser suggests.
    #[prop(optional)]
    suggestions: Vec<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_owned());
    let required = optional.is_none();
    let described = description(&id, &error, &hint);
    let below = below(&id, error.clone(), hint);
    let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
    let suggestions = list.clone().map(|list| {
        let options = suggestions.into_iter().map(|value| view! { <option value=value></option> }).collect_view();
        view! { <datalist id=list>{options}</datalist> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label} {mark(optional)}</label>
            <input id=id name=name type=kind value=value autocomplete=autocomplete inputmode=inputmode
                maxlength=maxlength required=required aria-invalid=error.is_some().then_some("true")
                autofocus=error.is_some() aria-describedby=described list=list dir="auto"/>
            {suggestions}
            {below}
        </div>
    }
}

#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] optional: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional_no_strip)] accesskey: Option<&'static str>,
) -> impl IntoView {
    let required = optional.is_none();
    let described = description(name, &error, &hint);
    view! {
        <div class="field">
            <label for=name>{label} {mark(optional)}</label>
            <textarea id=name name=name required=required maxlength=maxlength accesskey=accesskey dir="auto"
                aria-invalid=error.is_some().then_some("true") autofocus=error.is_some() aria-describedby=described>
                {raw_text(&value)}
            </textarea>
            {below(name, error, hint)}
        </div>
    }
}

/// An input for several files.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    name: &'static str,
    /// The accepted file types, as in the HTML attribute `accept`.
    #[prop(into)]
    accept: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] optional: Option<String>,
) -> impl IntoView {
    let required = optional.is_none();
    let described = description(name, &error, &hint);
    view! {
        <div class="field">
            <label for=name>{label} {mark(optional)}</label>
            <input id=name name=name type="file" multiple accept=accept required=required
                aria-invalid=error.is_some().then_some("true") autofocus=error.is_some() aria-describedby=described/>
            {below(name, error, hint)}
        </div>
    }
}

/// Escapes a text for the inside of a `<textarea>`, where Leptos does not escape. Adds a line break at the start,
/// because browsers remove the first one.
pub fn raw_text(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

pub(super) fn mark(optional: Option<String>) -> impl IntoView {
    optional.map(|word| view! { <span class="optional">" (" {word} ")"</span> })
}

/// Returns the ids of the error and the hint below a field, for `aria-describedby`.
pub(super) fn description(id: &str, error: &Option<String>, hint: &Option<String>) -> Option<String> {
    let ids = [error.as_ref().map(|_| format!("{id}-error")), hint.as_ref().map(|_| format!("{id}-hint"))];
    let ids: Vec<_> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

pub(super) fn below(id: &str, error: Option<String>, hint: Option<String>) -> impl IntoView + use<> {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        {hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
        {error
            .map(|error| {
                view! { <span class="error" id=error_id><Icon shape=Shape::Danger/><span>{error}</span></span> }
            })}
    }
}
