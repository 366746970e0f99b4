//! Forms and their fields. A field says what it is called, what it expects and what is to be mended, to the eye and
//! to a screen reader alike.

use leptos::prelude::*;

/// A form that posts to the page it stands on, or to `action`.
#[component]
pub fn Form(
    #[prop(optional, into)] action: Option<String>,
    /// Said above the fields when some need mending.
    #[prop(optional_no_strip)]
    problem: Option<String>,
    /// Makes a second sending of the same form harmless.
    #[prop(optional, into)]
    submission: Option<String>,
    #[prop(optional)] wide: bool,
    /// Whether files go with it.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    let class = if wide { "form wide" } else { "form" };
    let encoding = files.then_some("multipart/form-data");
    view! {
        <form class=class method="post" action=action enctype=encoding novalidate>
            {problem.map(|problem| view! { <super::Notice tone=super::Tone::Danger><p>{problem}</p></super::Notice> })}
            {submission.map(|number| view! { <input type="hidden" name="submission" value=number/> })}
            {children()}
        </form>
    }
}

#[component]
pub fn Field(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    /// Said beside the label of a field that may stay empty.
    #[prop(optional, into)]
    optional: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] list: Option<&'static str>,
) -> impl IntoView {
    let required = optional.is_none();
    let described = description(name, &error, &hint);
    view! {
        <div class="field">
            <label for=name>{label} {mark(optional)}</label>
            <input id=name name=name type=kind value=value autocomplete=autocomplete inputmode=inputmode list=list
                required=required aria-invalid=error.is_some().then_some("true") aria-describedby=described dir="auto"/>
            {below(name, error, hint)}
        </div>
    }
}

#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] optional: Option<String>,
) -> impl IntoView {
    let required = optional.is_none();
    let described = description(name, &error, &hint);
    view! {
        <div class="field">
            <label for=name>{label} {mark(optional)}</label>
            <textarea id=name name=name required=required dir="auto" aria-invalid=error.is_some().then_some("true") aria-describedby=described>
                {value}
            </textarea>
            {below(name, error, hint)}
        </div>
    }
}

/// Value and label of each choice.
pub type Options = Vec<(String, String)>;

#[component]
pub fn Select(
    #[prop(into)] label: String,
    name: &'static str,
    options: Options,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let described = description(name, &error, &hint);
    let options = options
        .into_iter()
        .map(|(key, label)| {
            let selected = key == value;
            view! { <option value=key selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name aria-invalid=error.is_some().then_some("true") aria-describedby=described>
                {options}
            </select>
            {below(name, error, hint)}
        </div>
    }
}

#[component]
pub fn Checkbox(#[prop(into)] label: String, name: &'static str, checked: bool) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value="yes" checked=checked/>
            <span>{label}</span>
        </label>
    }
}

fn mark(optional: Option<String>) -> impl IntoView {
    optional.map(|word| view! { <span class="optional">"(" {word} ")"</span> })
}

fn description(name: &str, error: &Option<String>, hint: &Option<String>) -> Option<String> {
    let ids = [error.as_ref().map(|_| format!("{name}-error")), hint.as_ref().map(|_| format!("{name}-hint"))];
    let ids: Vec<_> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn below(name: &'static str, error: Option<String>, hint: Option<String>) -> impl IntoView {
    view! {
        {hint.map(|hint| view! { <span class="hint" id=format!("{name}-hint")>{hint}</span> })}
        {error.map(|error| view! { <span class="error" id=format!("{name}-error")>{error}</span> })}
    }
}
