//! Presence: who is in the room, as the server reports them, and which option they are at.

use crate::room::setup::RoomSetup;
use domain::PersonId;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A person in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub colour: u8,
    /// Key of the option that has their focus.
    pub option: Option<String>,
}

impl Person {
    pub fn current(setup: &RoomSetup) -> Self {
        Self { id: setup.person, name: setup.name.clone(), colour: setup.person.presence_colour(), option: None }
    }

    fn from_awareness(state: &Json) -> Option<Self> {
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

/// Returns the awareness state that a client publishes: the option it is at.
pub fn awareness(option: Option<&str>) -> Json {
    json!({ "option": option })
}

/// Returns everyone in the room, each once even with several windows open: the current person first, the others by
/// name.
pub fn present(setup: &RoomSetup, others: &BTreeMap<u64, Json>) -> Vec<Person> {
    let mut present: Vec<Person> =
        others.values().filter_map(Person::from_awareness).filter(|other| other.id != setup.person).collect();
    present.sort_by(|a, b| (&a.name, a.id, a.option.is_none()).cmp(&(&b.name, b.id, b.option.is_none())));
    present.dedup_by_key(|person| person.id);
    present.insert(0, Person::current(setup));
    assign_colours(&mut present);
    present
}

/// Gives each person who shares a colour with another the next free one. The result is the same in every browser.
fn assign_colours(present: &mut [Person]) {
    let mut by_id: Vec<&mut Person> = present.iter_mut().collect();
    by_id.sort_by_key(|person| person.id);
    let mut taken = [false; 8];
    for person in by_id {
        let free = (0..8).map(|step| (person.colour + step) % 8).find(|colour| !taken[usize::from(*colour)]);
        person.colour = free.unwrap_or(person.colour);
        taken[usize::from(person.colour)] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::setup::example, *};

    fn state(id: &str, name: &str, option: Option<&str>) -> Json {
        json!({ "user": { "id": id, "name": name, "color": "#205a4b", "role": "company", "edits": true }, "option": option })
    }

    #[test]
    fn each_person_is_listed_once_and_the_current_one_first() {
        let setup = example();
        let (oksana, andrii) = ("0199a1bf-0000-7000-8000-000000000001", "0199a1bf-0000-7000-8000-000000000002");
        let others = BTreeMap::from([
            (1, state(oksana, "Оксана", None)),
            (2, state(andrii, "Андрій", Some("wood"))),
            (3, state(oksana, "Оксана", Some("length"))),
            (4, state(&setup.person.to_string(), "Я в іншому вікні", None)),
            (5, json!({ "cursor": 7 })),
        ]);
        let present: Vec<(String, Option<String>)> =
            super::present(&setup, &others).into_iter().map(|person| (person.name, person.option)).collect();
        let expected =
            [(setup.name, None), ("Андрій".into(), Some("wood".into())), ("Оксана".into(), Some("length".into()))];
        assert_eq!(present, expected);
    }

    #[test]
    fn colours_are_unique_while_there_are_enough() {
        let setup = example();
        let ids = (0..7).map(|n| format!("0199a1bf-0000-7000-8000-0000000000{n}{n}"));
        let others = ids.enumerate().map(|(at, id)| (at as u64, state(&id, "Хтось", None))).collect();
        let colours: std::collections::BTreeSet<u8> =
            super::present(&setup, &others).into_iter().map(|person| person.colour).collect();
        assert_eq!(colours.len(), 8);
    }
}
