//! A message above or within a page. Icon and text carry the meaning, not colour alone.

use crate::ui::{Icon, Shape};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Attention,
    Danger,
    Info,
}

#[component]
pub fn Alert(
    tone: Tone,
    /// Whether it contains a form. It then has no ARIA role, so that screen readers do not read the whole form out.
    #[prop(optional)]
    form: bool,
    children: Children,
) -> impl IntoView {
    let (class, shape, role) = match tone {
        Tone::Good => ("notice good", Shape::Good, "status"),
        Tone::Attention => ("notice attention", Shape::Attention, "status"),
        Tone::Danger => ("notice danger", Shape::Danger, "alert"),
        Tone::Info => ("notice", Shape::Info, "status"),
    };
    view! {
        <div class=class role=(!form).then_some(role)>
            <Icon shape/>
            <div>{children()}</div>
        </div>
    }
}
