//! The list of people in the room, and the marks at the options that have their focus.

use crate::{
    room::{presence::Person, state::RoomState},
    ui::Avatar,
};
use leptos::prelude::*;
use locales::t;

#[component]
pub fn People(state: RoomState) -> impl IntoView {
    let language = state.language;
    let avatar = move |person: Person| {
        let mine = state.setup.with_value(|setup| setup.person) == person.id;
        let name = if mine { t!(language, "room-you", name = &person.name) } else { person.name.clone() };
        view! {
            <li title=name.clone()>
                <Avatar name=person.name presence=person.colour/>
                <span class="visually-hidden">{name.clone()}</span>
            </li>
        }
    };
    view! {
        <ul class="presence" aria-label=t!(language, "room-people")>
            <For each=move || state.people.get() key=|person| (person.id, person.colour) children=avatar/>
        </ul>
    }
}

/// Marks the other people whose focus is at an option.
#[component]
pub fn AtOption(state: RoomState, key: String) -> impl IntoView {
    let present = Memo::new(move |_| {
        let at = |person: &&Person| person.option.as_ref() == Some(&key);
        state.people.with(|people| people.iter().filter(at).cloned().collect::<Vec<_>>())
    });
    let avatar = move |person: Person| {
        let text = t!(state.language, "room-at-option", name = &person.name);
        view! {
            <span class="at-option" title=text.clone()>
                <Avatar name=person.name presence=person.colour/>
                <span class="visually-hidden">{text.clone()}</span>
            </span>
        }
    };
    view! { <For each=move || present.get() key=|person| (person.id, person.colour) children=avatar/> }
}
