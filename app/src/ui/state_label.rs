//! The label of a state: a mark, whose shape and colour depend on the tone, and a word.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateTone {
    /// Nothing to do now.
    Calm,
    /// The signed-in person has to act.
    Turn,
    /// Work is in progress.
    Busy,
    Good,
    Bad,
}

#[component]
pub fn StateLabel(tone: StateTone, text: String) -> impl IntoView {
    let class = match tone {
        StateTone::Calm => "state",
        StateTone::Turn => "state turn",
        StateTone::Busy => "state busy",
        StateTone::Good => "state good",
        StateTone::Bad => "state bad",
    };
    view! { <span class=class>{text}</span> }
}
