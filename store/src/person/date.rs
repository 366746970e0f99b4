//! A person's dates to remember, such as a birthday or an anniversary.

use super::record_own_event;
use crate::{Change, Result, base::row::Columns};
use domain::{
    Day, PersonDateId, PersonId,
    event::Event,
    input::FormValidator,
    policy::{Action, Owner, Refusal},
};
use sqlx::AnyConnection;

/// The label of the birthday. Nobody can type it, because labels are required; pages show its name in their language.
pub const BIRTHDAY: &str = "";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDate {
    pub id: PersonDateId,
    pub label: String,
    pub day: Day,
}

/// Lists a person's dates, including the birthday.
pub async fn list(connection: &mut AnyConnection, person: PersonId) -> Result<Vec<PersonDate>> {
    let rows = sqlx::query("SELECT id, label, day FROM person_date WHERE person_id = $1 ORDER BY day, id")
        .bind(person.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok(PersonDate { id: row.parse("id")?, label: row.text("label")?, day: row.parse("day")? }))
        .collect()
}

pub async fn add(change: &mut Change, label: &str, day: &str) -> Result<()> {
    let person = own(change)?;
    let mut check = FormValidator::default();
    let label = check.line("label", label, 60);
    let day = check.day("day", day, None);
    let day = check.done_with(day)?;
    insert(change, person, &label, day).await?;
    record_own_event(change, person, &Event::DateAdded { name: label, day }).await
}

pub async fn remove(change: &mut Change, id: PersonDateId) -> Result<()> {
    let person = own(change)?;
    let row =
        sqlx::query("DELETE FROM person_date WHERE id = $1 AND person_id = $2 AND label <> $3 RETURNING label, day")
            .bind(id.to_string())
            .bind(person.to_string())
            .bind(BIRTHDAY)
            .fetch_optional(change.connection())
            .await?
            .ok_or(Refusal::Missing)?;
    let event = Event::DateRemoved { name: row.text("label")?, day: row.parse("day")? };
    record_own_event(change, person, &event).await
}

/// Returns a person's birthday, if it is known.
pub(super) async fn birthday(connection: &mut AnyConnection, person: PersonId) -> Result<Option<Day>> {
    let row = sqlx::query("SELECT day FROM person_date WHERE person_id = $1 AND label = $2")
        .bind(person.to_string())
        .bind(BIRTHDAY)
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.parse("day")).transpose()
}

/// Sets the birthday, or removes it if `day` is `None`.
pub(super) async fn set_birthday(change: &mut Change, person: PersonId, day: Option<Day>) -> Result<()> {
    sqlx::query("DELETE FROM person_date WHERE person_id = $1 AND label = $2")
        .bind(person.to_string())
        .bind(BIRTHDAY)
        .execute(change.connection())
        .await?;
    match day {
        Some(day) => insert(change, person, BIRTHDAY, day).await,
        None => Ok(()),
    }
}

async fn insert(change: &mut Change, person: PersonId, label: &str, day: Day) -> Result<()> {
    let id = PersonDateId::from_uuid(change.key());
    sqlx::query("INSERT INTO person_date (id, person_id, label, day) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(person.to_string())
        .bind(label)
        .bind(day.to_string())
        .execute(change.connection())
        .await?;
    Ok(())
}

fn own(change: &Change) -> Result<PersonId> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(person))?;
    Ok(person)
}
