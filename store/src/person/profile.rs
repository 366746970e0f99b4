//! What a person says of themselves.

use super::{Person, date, history};
use crate::{
    Change, CommitEvent, Result,
    base::{difference::Difference, search},
    company,
};
use domain::{
    Day, Language,
    input::Check,
    policy::{Action, Owner, Refusal},
};
use serde_json::json;

#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub name: String,
    pub phone: String,
    pub language: String,
    pub time_zone: String,
    /// As typed: a day, or empty.
    pub birthday: String,
}

/// Changes one's own profile. A private person's customer goes by the person's name.
pub async fn change(change: &mut Change, form: &Profile) -> Result<()> {
    let id = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(id))?;
    let before = super::by_id(change.connection(), id).await?.ok_or(Refusal::Missing)?;
    let (after, birthday) = check(form, &before, company::today(change).await?)?;
    sqlx::query("UPDATE person SET name = $1, phone = $2, language = $3, time_zone = $4, search = $5 WHERE id = $6")
        .bind(&after.name)
        .bind(&after.phone)
        .bind(after.language.tag())
        .bind(&after.time_zone)
        .bind(search::line(&[&after.name, &after.email, &after.phone]))
        .bind(id.to_string())
        .execute(change.connection())
        .await?;
    let birthday_before = date::set_birthday(change, id, birthday).await?;
    rename_private_customer(change, &after).await?;
    let difference = Difference::default()
        .field("name", &before.name, &after.name)
        .field("phone", &before.phone, &after.phone)
        .field("language", before.language.tag(), after.language.tag())
        .field("time-zone", &before.time_zone, &after.time_zone)
        .field("birthday", &text(birthday_before), &text(birthday));
    if difference.is_empty() {
        return Ok(());
    }
    if before.name != after.name {
        // Rooms know people by the name with which they came.
        change.broadcast(CommitEvent::PersonChanged(id));
    }
    history(change, id, "person-changed", difference.with(json!({ "name": after.name }))).await
}

fn check(form: &Profile, before: &Person, today: Day) -> Result<(Person, Option<Day>)> {
    let mut check = Check::default();
    let name = check.line("name", &form.name, 120);
    let phone = check.optional_line("phone", &form.phone, 40);
    let language: Option<Language> = check.choice("language", &form.language);
    let time_zone = form.time_zone.trim().to_owned();
    if locales::TimeZone::find(&time_zone).is_none() {
        check.problem("time_zone", domain::input::FieldProblem::Choice);
    }
    let has_birthday = !form.birthday.trim().is_empty();
    let birthday = if has_birthday { check.day("birthday", &form.birthday, None) } else { None };
    if birthday.is_some_and(|day| day > today) {
        check.problem("birthday", domain::input::FieldProblem::DateAhead);
    }
    check.done()?;
    let language = language.unwrap_or(before.language);
    Ok((Person { name, phone, language, time_zone, ..before.clone() }, birthday))
}

/// A day as a history's difference shows it; empty where there is none.
fn text(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

async fn rename_private_customer(change: &mut Change, person: &Person) -> Result<()> {
    sqlx::query(
        "UPDATE customer SET name = $1, search = $2 WHERE kind = 'person' AND id IN
             (SELECT customer_id FROM member WHERE person_id = $3)",
    )
    .bind(&person.name)
    .bind(search::line(&[&person.name]))
    .bind(person.id.to_string())
    .execute(change.connection())
    .await?;
    Ok(())
}
