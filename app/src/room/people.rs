//! Who is in the room now, as the server vouches for them, and where.

use crate::{
    room::{Live, RoomSetup},
    ui::Avatar,
};
use domain::PersonId;
use leptos::prelude::*;
use locales::t;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub colour: u8,
    /// The option that they are at.
    pub option: Option<String>,
}

impl Person {
    pub fn me(setup: &RoomSetup) -> Self {
        Self { id: setup.person, name: setup.name.clone(), colour: setup.person.presence_colour(), option: None }
    }

    fn read(state: &Json) -> Option<Self> {
        let user = state.get("user")?;
        let id: PersonId = user.get("id")?.as_str()?.parse().ok()?;
        Some(Self {
            id,
            colour: id.presence_colour(),
            name: user.get("name")?.as_str()?.to_owned(),
            option: state.get("option").and_then(Json::as_str).map(str::to_owned),
        })
    }
}

/// What a client says of where it is.
pub fn place(option: Option<&str>) -> Json {
    json!({ "option": option })
}

/// Everybody once, however many windows they have open: this person first, the others by name.
pub fn here(setup: &RoomSetup, others: &BTreeMap<u64, Json>) -> Vec<Person> {
    let mut here: Vec<Person> =
        others.values().filter_map(Person::read).filter(|other| other.id != setup.person).collect();
    here.sort_by(|a, b| (&a.name, a.id, a.option.is_none()).cmp(&(&b.name, b.id, b.option.is_none())));
    here.dedup_by_key(|person| person.id);
    here.insert(0, Person::me(setup));
    tell_apart(&mut here);
    here
}

/// Gives whoever shares a colour with someone the next that is free. Everybody in the room comes to the same.
fn tell_apart(here: &mut [Person]) {
    let mut by_id: Vec<&mut Person> = here.iter_mut().collect();
    by_id.sort_by_key(|person| person.id);
    let mut taken = [false; 8];
    for person in by_id {
        let free = (0..8).map(|step| (person.colour + step) % 8).find(|colour| !taken[usize::from(*colour)]);
        person.colour = free.unwrap_or(person.colour);
        taken[usize::from(person.colour)] = true;
    }
}

#[component]
pub fn People(live: Live) -> impl IntoView {
    let language = live.language;
    let one = move |person: Person| {
        let mine = live.setup.with_value(|setup| setup.person) == person.id;
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
            <For each=move || live.people.get() key=|person| (person.id, person.colour) children=one/>
        </ul>
    }
}

/// Those of the others who are at an option now.
#[component]
pub fn AtOption(live: Live, key: String) -> impl IntoView {
    let here = Memo::new(move |_| {
        let at = |person: &&Person| person.option.as_ref() == Some(&key);
        live.people.with(|people| people.iter().filter(at).cloned().collect::<Vec<_>>())
    });
    let one = move |person: Person| {
        let said = t!(live.language, "room-at-option", name = &person.name);
        view! {
            <span class="at-option" title=said.clone()>
                <Avatar name=person.name presence=person.colour/>
                <span class="visually-hidden">{said.clone()}</span>
            </span>
        }
    };
    view! { <For each=move || here.get() key=|person| (person.id, person.colour) children=one/> }
}

#[cfg(test)]
mod tests {
    use super::{super::setup::example, *};

    fn state(id: &str, name: &str, option: Option<&str>) -> Json {
        json!({ "user": { "id": id, "name": name, "color": "#205a4b", "role": "company", "edits": true }, "option": option })
    }

    #[test]
    fn everybody_is_here_once_and_i_come_first() {
        let setup = example();
        let (oksana, andrii) = ("0199a1bf-0000-7000-8000-000000000001", "0199a1bf-0000-7000-8000-000000000002");
        let others = BTreeMap::from([
            (1, state(oksana, "Оксана", None)),
            (2, state(andrii, "Андрій", Some("wood"))),
            (3, state(oksana, "Оксана", Some("length"))),
            (4, state(&setup.person.to_string(), "Я в іншому вікні", None)),
            (5, json!({ "cursor": 7 })),
        ]);
        let here: Vec<(String, Option<String>)> =
            super::here(&setup, &others).into_iter().map(|person| (person.name, person.option)).collect();
        let expected =
            [(setup.name, None), ("Андрій".into(), Some("wood".into())), ("Оксана".into(), Some("length".into()))];
        assert_eq!(here, expected);
    }

    #[test]
    fn nobody_shares_a_colour_while_there_are_enough() {
        let setup = example();
        let ids = (0..7).map(|n| format!("0199a1bf-0000-7000-8000-0000000000{n}{n}"));
        let others = ids.enumerate().map(|(at, id)| (at as u64, state(&id, "Хтось", None))).collect();
        let colours: std::collections::BTreeSet<u8> =
            super::here(&setup, &others).into_iter().map(|person| person.colour).collect();
        assert_eq!(colours.len(), 8);
    }
}
