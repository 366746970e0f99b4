//! Notes about calls, meetings and letters, and the next steps that follow from them. Only staff see them.

use crate::{
    Change, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        record,
        row::Columns,
    },
    company, customer, staff,
};
use domain::{
    ContactNoteId, CustomerId, Day, PersonId,
    event::Event,
    input::{FieldProblem, FormValidator},
    policy::{Action, Owner, Permit, ReadCustomers, Refusal},
    record::{ContactNote, Record, Typed},
};
use sqlx::{AnyConnection, any::AnyRow};

/// A next step that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    pub id: ContactNoteId,
    pub customer: CustomerId,
    pub customer_name: String,
    pub text: String,
    /// What was said, and who took part on the customer's side.
    pub summary: String,
    pub people: String,
    pub day: Day,
    /// The name of the person who does it.
    pub assignee: String,
}

/// Writes down a contact. A next step needs a day, and is done by the author where the form names nobody else.
pub async fn create(change: &mut Change, customer: CustomerId, form: &Typed) -> Result<ContactNoteId> {
    change.may(Action::SeeInternal, Owner::Customer(customer))?;
    let author = change.actor().person().ok_or(Refusal::SignIn)?;
    customer::by_id(change.connection(), customer).await?;
    let note = check(change, author, form).await?;
    let id = ContactNoteId::from_uuid(change.key());
    let extra = [("id", id.to_string()), ("customer_id", customer.to_string()), ("person_id", author.to_string())];
    record::insert(change, "internal_contact_note", &note, &extra).await?;
    let event = Event::ContactNoted {
        channel: note.channel,
        direction: note.direction,
        people: note.people,
        summary: note.summary,
        next_step: note.next_step,
        next_on: note.next_on.parse().ok(),
    };
    change.record_event(customer, id, &event).await?;
    Ok(id)
}

async fn check(change: &mut Change, author: PersonId, form: &Typed) -> Result<ContactNote> {
    let mut check = FormValidator::default();
    let mut note = ContactNote::check(form, &mut check);
    match (note.next_step.is_empty(), note.next_on.is_empty()) {
        (false, true) => check.problem("next_on", FieldProblem::Required),
        (true, false) => check.problem("next_step", FieldProblem::Required),
        (true, true) => note.assignee.clear(),
        (false, false) if note.assignee.is_empty() => note.assignee = author.to_string(),
        (false, false) => {
            let is_staff = match note.assignee.parse() {
                Ok(person) => staff::is_staff(change.connection(), person).await?,
                Err(_) => false,
            };
            if !is_staff {
                check.problem("assignee", FieldProblem::Choice);
            }
        }
    }
    check.done()?;
    Ok(note)
}

/// Marks a next step of this customer as done. A step that is done already, or does not exist, is missing.
pub async fn finish_step(change: &mut Change, customer: CustomerId, id: ContactNoteId) -> Result<()> {
    change.may(Action::SeeInternal, Owner::Customer(customer))?;
    let at = change.at().0;
    let row = sqlx::query(
        "UPDATE internal_contact_note SET done_at = $1
         WHERE id = $2 AND customer_id = $3 AND next_on <> '' AND done_at IS NULL RETURNING next_step",
    )
    .bind(at)
    .bind(id.to_string())
    .bind(customer.to_string())
    .fetch_optional(change.connection())
    .await?
    .ok_or(Refusal::Missing)?;
    change.record_event(customer, id, &Event::NextStepDone { step: row.text("next_step")? }).await
}

const OPEN_STEPS: &str =
    "SELECT n.id, n.customer_id, c.name AS customer_name, n.next_step, n.summary, n.people, n.next_on,
            p.name AS assignee
     FROM internal_contact_note n JOIN customer c ON c.id = n.customer_id JOIN person p ON p.id = n.assignee
     WHERE n.next_on <> '' AND n.done_at IS NULL";

/// Lists the customer's open next steps, the earliest day first.
pub async fn open_steps(
    connection: &mut AnyConnection,
    _: &Permit<ReadCustomers>,
    customer: CustomerId,
) -> Result<Vec<NextStep>> {
    let sql = format!("{OPEN_STEPS} AND n.customer_id = $1 ORDER BY n.next_on, n.id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(customer.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Lists the open next steps that are due on `today`, the earliest day first: those of this member of staff and those of
/// people who left the staff.
pub async fn due_steps(
    connection: &mut AnyConnection,
    permit: &Permit<ReadCustomers>,
    today: Day,
    request: &PageRequest,
) -> Result<Page<NextStep>> {
    const EARLIEST_FIRST: SortOrder = SortOrder(&[SortColumn::day("next_on")]);
    let sql = format!(
        "{OPEN_STEPS} AND n.next_on <= $1 AND (n.assignee = $2 OR n.assignee NOT IN (SELECT s.person_id FROM staff s))"
    );
    let query = ListQuery::new(sql, EARLIEST_FIRST).bind(today.to_string()).bind(permit.person().to_string());
    query.fetch(connection, request).await?.read(read)
}

/// Lists the people who can do a next step, by name.
pub async fn assignees(connection: &mut AnyConnection, _: &Permit<ReadCustomers>) -> Result<Vec<(PersonId, String)>> {
    let staff = company::all_staff(connection).await?;
    Ok(staff.into_iter().map(|member| (member.person.id, member.person.name)).collect())
}

fn read(row: &AnyRow) -> Result<NextStep> {
    Ok(NextStep {
        id: row.parse("id")?,
        customer: row.parse("customer_id")?,
        customer_name: row.text("customer_name")?,
        text: row.text("next_step")?,
        summary: row.text("summary")?,
        people: row.text("people")?,
        day: row.parse("next_on")?,
        assignee: row.text("assignee")?,
    })
}
