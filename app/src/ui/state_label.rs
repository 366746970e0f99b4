//! The state of a record: a mark whose shape and colour follow its meaning, and the word.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateTone {
    /// Nothing to do now.
    Calm,
    /// The reader's turn.
    Turn,
    /// Someone is at it.
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
