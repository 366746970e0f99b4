//! Something the person should know now: an icon and words, never colour alone.

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
    /// It holds a form: no message to be read out as a whole.
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
