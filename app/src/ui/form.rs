//! A form: where it posts to, and what is to be mended before it can be taken.

use crate::ui::{Alert, Tone};
use leptos::prelude::*;

/// A form that posts to the page it stands on, or to `action`. The browser's own messages are off: ours say what to do,
/// in the person's language.
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
            {problem.map(|problem| view! { <Alert tone=Tone::Danger><p><strong>{problem}</strong></p></Alert> })}
            {submission.map(|number| view! { <input type="hidden" name="submission" value=number/> })}
            {children()}
        </form>
    }
}

/// The one row of buttons at a form's end; the first is what most people want.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="row actions">{children()}</div> }
}
