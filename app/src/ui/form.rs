//! Forms and their rows of buttons.

use crate::ui::{Alert, Tone};
use leptos::prelude::*;

/// A form that posts to the URL of its page, or to `action`. The browser's own validation is turned off: the server's
/// messages are in the person's language.
#[component]
pub fn Form(
    #[prop(optional, into)] action: Option<String>,
    /// The message above the fields if some are invalid.
    #[prop(optional_no_strip)]
    problem: Option<String>,
    /// The submission id, which makes a second submission of the form harmless.
    #[prop(optional, into)]
    submission: Option<String>,
    #[prop(optional)] wide: bool,
    /// Whether the form has files.
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

/// The row of buttons at the end of a form. The first button is the main action.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="row actions">{children()}</div> }
}
