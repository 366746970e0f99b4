//! A person's own profile.

use super::{Person, date, record_own_event};
use crate::{
    Change, CommitEvent, Result,
    base::{difference::Difference, record},
};
use domain::{
    Day,
    event::Event,
    input::{FieldProblem, FormValidator},
    policy::{Action, Owner, Refusal},
    record::{Organisation, Profile, Record, Typed},
};
use sqlx::AnyConnection;

/// Returns a person's profile.
pub async fn find(connection: &mut AnyConnection, person: &Person) -> Result<Profile> {
    Ok(Profile {
        name: person.name.clone(),
        phone: person.phone.clone(),
        birthday: date::birthday(connection, person.id).await?.map(|day| day.to_string()).unwrap_or_default(),
        language: person.language.tag().to_owned(),
        time_zone: person.time_zone.clone(),
    })
}

/// Saves the form of one's own profile. A private person's customer takes the person's name. Fails with
/// [`crate::Conflict::Stale`] if the form was opened before the last edit.
pub async fn update(change: &mut Change, form: &Typed) -> Result<()> {
    let id = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(id))?;
    let person = super::by_id(change.connection(), id).await?.ok_or(Refusal::Missing)?;
    let before = find(change.connection(), &person).await?;
    let (after, birthday) = check(form, change.today().await?)?;
    let difference = Difference(before.changes(&after));
    if difference.is_empty() {
        return Ok(());
    }
    let search = record::search_line(&after, &[&person.email]);
    let revision = record::seen(form, person.revision)?;
    record::update(change, "person", id, revision, &after, &[("search", search)]).await?;
    date::set_birthday(change, id, birthday).await?;
    if before.name != after.name {
        rename_private_customer(change, &person, &after.name).await?;
        // Design rooms show the name that a person had when they joined.
        change.broadcast(CommitEvent::PersonChanged(id));
    }
    let event = Event::PersonChanged { name: after.name, changes: difference.into_changes() };
    record_own_event(change, id, &event).await
}

/// Returns the profile and its birthday, which must not be after `today`.
fn check(form: &Typed, today: Day) -> Result<(Profile, Option<Day>)> {
    let mut check = FormValidator::default();
    let profile = Profile::check(form, &mut check);
    if locales::TimeZone::find(&profile.time_zone).is_none() {
        check.problem("time_zone", FieldProblem::Choice);
    }
    let birthday = profile.birthday.parse::<Day>().ok();
    if birthday.is_some_and(|day| day > today) {
        check.problem("birthday", FieldProblem::DateAhead);
    }
    check.done()?;
    Ok((profile, birthday))
}

async fn rename_private_customer(change: &mut Change, person: &Person, name: &str) -> Result<()> {
    let details = Organisation { name: name.to_owned(), ..Organisation::default() };
    sqlx::query(
        "UPDATE customer SET name = $1, search = $2, revision = revision + 1 WHERE kind = 'person' AND id IN
             (SELECT customer_id FROM member WHERE person_id = $3)",
    )
    .bind(name)
    .bind(record::search_line(&details, &[]))
    .bind(person.id.to_string())
    .execute(change.connection())
    .await?;
    Ok(())
}
