//! The company that owns the portal, and its staff.

use crate::{
    Change, Conflict, Result, Secret, Store,
    account::{password, reset, session},
    base::{row::Columns, search},
    person::{self, NewPerson, Person},
};
use domain::{
    Currency, Day, Language, PersonId, Timestamp,
    input::FormValidator,
    policy::{Action, Actor, Owner, StaffRole},
};
use locales::TimeZone;
use sqlx::AnyConnection;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub currency: Currency,
    /// The language of people who have not chosen one.
    pub language: Language,
    /// Decides which day is today: see [`day_of`].
    pub time_zone: TimeZone,
}

/// Returns the day on which a moment falls for the company. It decides what has lapsed, what is overdue and which days
/// are past, whoever asks and wherever they are. Before the first run the default time zone counts.
pub fn day_of(company: Option<&Company>, at: Timestamp) -> Day {
    company.map_or_else(|| TimeZone::default().day_of(at), |company| company.time_zone.day_of(at))
}

/// Returns the company, or `None` before the first run is finished.
pub async fn find(connection: &mut AnyConnection) -> Result<Option<Company>> {
    let row = sqlx::query("SELECT name, currency, language, time_zone FROM company").fetch_optional(connection).await?;
    row.map(|row| {
        Ok(Company {
            name: row.text("name")?,
            currency: row.parse("currency")?,
            language: row.parse("language")?,
            time_zone: TimeZone::named(&row.text("time_zone")?),
        })
    })
    .transpose()
}

/// The form of the first run.
#[derive(Debug, Clone, Default)]
pub struct FirstRun {
    pub company: String,
    pub currency: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Creates the company and its first administrator, and opens their session. Returns its secret. Open to everyone until
/// there is a company: then it fails with [`Conflict::CompanyExists`].
pub async fn complete_first_run(store: &Store, form: &FirstRun, language: Language, agent: &str) -> Result<Secret> {
    let mut check = FormValidator::default();
    let password = check.new_password("password", &form.password, &form.email);
    // `create` reports an invalid password together with the other fields.
    let hash = if check.done().is_ok() { password::hash(password).await? } else { String::new() };
    let mut change = store.change(Actor::System).await?;
    let person = create(&mut change, form, hash, language).await?;
    let secret = session::open(&mut change, person, agent).await?;
    change.commit().await?;
    Ok(secret)
}

/// Creates the company and its first administrator. Fails with [`Conflict::CompanyExists`] if there is one.
pub async fn create(
    change: &mut Change,
    form: &FirstRun,
    password_hash: String,
    language: Language,
) -> Result<PersonId> {
    change.may(Action::ManageCompany, Owner::Company)?;
    if find(change.connection()).await?.is_some() {
        return Err(Conflict::CompanyExists.into());
    }
    let mut check = FormValidator::default();
    let company = check.line("company", &form.company, 120);
    let currency: Option<Currency> = check.choice("currency", &form.currency);
    let name = check.line("name", &form.name, 120);
    let email = check.email("email", &form.email);
    check.new_password("password", &form.password, &email);
    let currency = check.done_with(currency)?;
    let at = change.at().0;
    let begun = sqlx::query(
        "INSERT INTO company (id, name, currency, language, time_zone, created_at) VALUES (1, $1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(company)
    .bind(currency.code())
    .bind(language.tag())
    .bind(locales::DEFAULT_TIME_ZONE)
    .bind(at)
    .execute(change.connection())
    .await?;
    if begun.rows_affected() == 0 {
        return Err(Conflict::CompanyExists.into());
    }
    let new =
        NewPerson { email, name, phone: String::new(), language, password_hash: Some(password_hash), confirmed: true };
    add_staff_member(change, new, StaffRole::Administrator).await
}

/// Adds a member of staff: a new person, or a known person who belongs neither to the staff nor to a customer.
pub async fn add_staff_member(change: &mut Change, new: NewPerson, role: StaffRole) -> Result<PersonId> {
    change.may(Action::ManageCompany, Owner::Company)?;
    let id = match person::by_email(change.connection(), &new.email).await? {
        Some(known) if has_no_membership(change.connection(), known.id).await? => {
            replace_account(change, &known, new).await?
        }
        _ => person::create(change, new).await?,
    };
    sqlx::query("INSERT INTO staff (person_id, role) VALUES ($1, $2)")
        .bind(id.to_string())
        .bind(role.name())
        .execute(change.connection())
        .await?;
    Ok(id)
}

async fn has_no_membership(connection: &mut AnyConnection, person: PersonId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT person_id FROM member WHERE person_id = $1 UNION SELECT person_id FROM staff WHERE person_id = $1",
    )
    .bind(person.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_none())
}

/// Replaces the name and password of a known person and ends their sessions and links, so that nothing from their old
/// account gives access to the desk.
async fn replace_account(change: &mut Change, known: &Person, new: NewPerson) -> Result<PersonId> {
    let at = change.at().0;
    reset::revoke_access(change, known.id).await?;
    sqlx::query("UPDATE person SET name = $1, password_hash = $2, confirmed_at = $3, search = $4 WHERE id = $5")
        .bind(&new.name)
        .bind(new.password_hash)
        .bind(new.confirmed.then_some(at))
        .bind(search::line(&[&new.name, &known.email, &known.phone]))
        .bind(known.id.to_string())
        .execute(change.connection())
        .await?;
    Ok(known.id)
}

/// A member of the company's staff.
#[derive(Debug, Clone)]
pub struct StaffMember {
    pub person: Person,
    pub role: StaffRole,
}

/// Lists the staff by name, for staff and for the command line.
pub async fn list_staff(connection: &mut AnyConnection, actor: &Actor) -> Result<Vec<StaffMember>> {
    actor.may(Action::SeeInternal, Owner::Company)?;
    all_staff(connection).await
}

/// Lists the staff by name, for callers that asked the policy.
pub(crate) async fn all_staff(connection: &mut AnyConnection) -> Result<Vec<StaffMember>> {
    let rows = sqlx::query(
        "SELECT p.id, p.email, p.name, p.phone, p.language, p.time_zone, p.confirmed_at, p.revision, s.role
         FROM staff s JOIN person p ON p.id = s.person_id ORDER BY p.name, p.id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(StaffMember { person: person::read(row)?, role: row.parse("role")? })).collect()
}
