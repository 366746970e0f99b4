//! Buttons: what a click does stands on them. A link that leads somewhere is a link, also where it looks like a button.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The next step; one on a page.
    #[default]
    Primary,
    Second,
    Quiet,
    Danger,
}

impl ButtonKind {
    /// For what unfolds a part of the page: everything else is a component here.
    pub fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button",
            ButtonKind::Second => "button second",
            ButtonKind::Quiet => "button quiet",
            ButtonKind::Danger => "button danger",
        }
    }
}

/// Sends its form.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// What is sent with the form when this button of several was used.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    /// Said instead of the text to those who do not see what stands beside it.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! { <button class=kind.class() type="submit" name=name value=value aria-label=label>{children()}</button> }
}

/// Leads to another page.
#[component]
pub fn ButtonLink(#[prop(into)] href: String, #[prop(optional)] kind: ButtonKind, children: Children) -> impl IntoView {
    view! { <a class=kind.class() href=href>{children()}</a> }
}
