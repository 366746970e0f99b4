//! People who sign in, both members of customers and staff.
//!
//! [`profile`]: name, phone, language and time zone; [`date`]: dates to remember; [`notification`]: which mail they get.

pub mod date;
pub mod notification;
pub mod profile;

use crate::{
    Change, Error, Result,
    base::{row::Columns, search},
};
use domain::{
    CustomerId, Language, PersonId, Timestamp,
    event::Event,
    input::FieldProblem,
    policy::{Action, Owner, Refusal},
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub phone: String,
    pub language: Language,
    pub time_zone: String,
    pub confirmed_at: Option<Timestamp>,
    /// Counts the edits of the person's data.
    pub revision: i64,
}

/// The data of a new person. The caller has checked the fields.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub phone: String,
    pub language: Language,
    pub password_hash: Option<String>,
    pub confirmed: bool,
}

/// Creates a person. Fails with [`FieldProblem::Taken`] if the email address has an account.
pub(crate) async fn create(change: &mut Change, new: NewPerson) -> Result<PersonId> {
    let id = PersonId::from_uuid(change.key());
    let at = change.at().0;
    let search = search::line(&[&new.name, &new.email, &new.phone]);
    let created = sqlx::query(
        "INSERT INTO person (id, email, confirmed_at, password_hash, name, phone, language, time_zone, created_at, search)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (email) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(new.email)
    .bind(new.confirmed.then_some(at))
    .bind(new.password_hash)
    .bind(new.name)
    .bind(new.phone)
    .bind(new.language.tag())
    .bind(locales::DEFAULT_TIME_ZONE)
    .bind(at)
    .bind(search)
    .execute(change.connection())
    .await?;
    if created.rows_affected() == 0 {
        return Err(Error::field("email", FieldProblem::Taken));
    }
    Ok(id)
}

/// Locks the person's row until the change ends, so that decisions that depend on several rows of a person are
/// serialized.
pub(crate) async fn lock(change: &mut Change, id: PersonId) -> Result<()> {
    sqlx::query("UPDATE person SET id = id WHERE id = $1").bind(id.to_string()).execute(change.connection()).await?;
    Ok(())
}

pub(crate) async fn by_email(connection: &mut AnyConnection, email: &str) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT id, email, name, phone, language, time_zone, confirmed_at, revision FROM person WHERE email = $1",
    )
    .bind(email)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn by_id(connection: &mut AnyConnection, id: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT id, email, name, phone, language, time_zone, confirmed_at, revision FROM person WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) fn read(row: &AnyRow) -> Result<Person> {
    Ok(Person {
        id: row.parse("id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        phone: row.text("phone")?,
        language: row.parse("language")?,
        time_zone: row.text("time_zone")?,
        confirmed_at: row.maybe_time("confirmed_at")?,
        revision: row.int("revision")?,
    })
}

/// Stores the actor's own language.
pub async fn set_language(change: &mut Change, language: Language) -> Result<()> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    change.may(Action::EditPerson, Owner::Person(person))?;
    sqlx::query("UPDATE person SET language = $1 WHERE id = $2")
        .bind(language.tag())
        .bind(person.to_string())
        .execute(change.connection())
        .await?;
    Ok(())
}

/// Returns the customers that a person is a member of, the earliest membership first.
async fn customers(connection: &mut AnyConnection, person: PersonId) -> Result<Vec<CustomerId>> {
    let rows = sqlx::query("SELECT customer_id FROM member WHERE person_id = $1 ORDER BY created_at, customer_id")
        .bind(person.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.parse("customer_id")).collect()
}

/// Adds an event about a person to the timeline of each customer that they are a member of.
pub(crate) async fn record_own_event(change: &mut Change, person: PersonId, event: &Event) -> Result<()> {
    let mut customers: Vec<_> = customers(change.connection(), person).await?.into_iter().map(Some).collect();
    if customers.is_empty() {
        customers.push(None);
    }
    for customer in customers {
        change.record_event_of(person, customer, person, event).await?;
    }
    Ok(())
}
