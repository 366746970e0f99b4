//! Fields with a fixed set of values.

use crate::ui::field::{below, description};
use leptos::prelude::*;

/// Value and label of each choice.
pub type Options = Vec<(String, String)>;

#[component]
pub fn Select(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional)] id: Option<&'static str>,
    options: Options,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional_no_strip, into)] hint: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let described = description(id, &error, &hint);
    let options = options
        .into_iter()
        .map(|(key, label)| {
            let selected = key == value;
            view! { <option value=key selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id name=name aria-invalid=error.is_some().then_some("true") autofocus=error.is_some()
                aria-describedby=described>
                {options}
            </select>
            {below(id, error, hint)}
        </div>
    }
}

#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    name: &'static str,
    checked: bool,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value="yes" checked=checked/>
            <span>{label} {hint.map(|hint| view! { <span class="hint">{hint}</span> })}</span>
        </label>
    }
}

/// A value of a [`ChoiceGroup`].
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub about: Option<String>,
}

/// Radio buttons with descriptions.
#[component]
pub fn ChoiceGroup(
    #[prop(into)] label: String,
    name: &'static str,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let described = description(name, &error, &hint);
    let choices = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! {
                <label class="choice">
                    <input type="radio" name=name value=choice.value checked=checked/>
                    <span>
                        {choice.label} {choice.about.map(|about| view! { <span class="hint">{about}</span> })}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=name aria-describedby=described tabindex="-1">
            <legend>{label}</legend>
            <div class="choices">{choices}</div>
            {below(name, error, hint)}
        </fieldset>
    }
}
