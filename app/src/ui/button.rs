//! Buttons, and links that look like buttons.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The main action; one per page.
    #[default]
    Primary,
    Second,
    Quiet,
    Danger,
}

impl ButtonKind {
    /// Returns the CSS class, for a `<summary>` that looks like a button.
    pub fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button",
            ButtonKind::Second => "button second",
            ButtonKind::Quiet => "button quiet",
            ButtonKind::Danger => "button danger",
        }
    }
}

/// Submits its form.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// Name of the field submitted when this button is used.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    /// Accessible name, if the text alone is ambiguous.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! { <button class=kind.class() type="submit" name=name value=value aria-label=label>{children()}</button> }
}

/// A link to another page that looks like a button.
#[component]
pub fn ButtonLink(#[prop(into)] href: String, #[prop(optional)] kind: ButtonKind, children: Children) -> impl IntoView {
    view! { <a class=kind.class() href=href>{children()}</a> }
}
