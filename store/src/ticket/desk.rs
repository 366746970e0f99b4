//! Tickets at the desk: the queue, assignment, priority and internal notes.

use super::{record_event, thread, turn, view};
use crate::{
    Change, Error, Page, PageRequest, Result,
    base::{
        page::{ListQuery, SortColumn, SortOrder},
        row::Columns,
    },
    outbox::{Recipients, notify},
};
use domain::{
    CustomerId, NoteId, OrderId, PersonId, Priority, TicketId, TicketState, Timestamp,
    event::Event,
    input::{FieldProblem, FormValidator},
    mail::{Link, MailContent, TicketText},
    policy::{Action, Owner, Permit, ReadTickets, Refusal, Staff},
};
use sqlx::AnyConnection;

/// Which tickets the queue shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueueFilter {
    #[default]
    Mine,
    Unassigned,
    Unsolved,
    Solved,
}

impl QueueFilter {
    pub const ALL: [QueueFilter; 4] =
        [QueueFilter::Mine, QueueFilter::Unassigned, QueueFilter::Unsolved, QueueFilter::Solved];

    pub const fn name(self) -> &'static str {
        match self {
            QueueFilter::Mine => "mine",
            QueueFilter::Unassigned => "unassigned",
            QueueFilter::Unsolved => "unsolved",
            QueueFilter::Solved => "solved",
        }
    }
}

/// One row of the queue.
#[derive(Debug, Clone)]
pub struct QueuedTicket {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub customer: CustomerId,
    pub customer_name: String,
    pub order: Option<(OrderId, i64)>,
    pub state: TicketState,
    pub priority: Priority,
    pub assignee: Option<String>,
    pub updated_at: Timestamp,
}

/// Lists tickets. Unsolved ones: those that wait for staff first, then by priority, then by the longest wait. Solved
/// ones: the last changed first.
pub async fn queue(
    connection: &mut AnyConnection,
    permit: &Permit<ReadTickets>,
    filter: QueueFilter,
    request: &PageRequest,
) -> Result<Page<QueuedTicket>> {
    const URGENT_FIRST: SortOrder = SortOrder(&[
        SortColumn::number("state_rank"),
        SortColumn::number("priority_rank"),
        SortColumn::number("updated_at"),
    ]);
    const LAST_CHANGED_FIRST: SortOrder = SortOrder(&[SortColumn::number("updated_at").descending()]);
    let (condition, order) = match filter {
        QueueFilter::Mine => ("i.assignee_id = $1 AND t.state IN ('open', 'waiting')", URGENT_FIRST),
        QueueFilter::Unassigned => ("i.assignee_id IS NULL AND t.state IN ('open', 'waiting')", URGENT_FIRST),
        QueueFilter::Unsolved => ("t.state IN ('open', 'waiting')", URGENT_FIRST),
        QueueFilter::Solved => ("t.state = 'solved'", LAST_CHANGED_FIRST),
    };
    let sql = format!(
        "SELECT t.id, t.number, t.subject, t.customer_id, c.name AS customer_name, t.order_id, o.number AS order_number,
                t.state, i.priority, a.name AS assignee, t.updated_at,
                CASE t.state WHEN 'open' THEN 0 ELSE 1 END AS state_rank,
                CASE i.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END AS priority_rank
         FROM ticket t JOIN internal_ticket i ON i.ticket_id = t.id JOIN customer c ON c.id = t.customer_id
         LEFT JOIN orders o ON o.id = t.order_id LEFT JOIN person a ON a.id = i.assignee_id
         WHERE $1 <> '' AND {condition}"
    );
    let query = ListQuery::new(sql, order).bind(permit.person().to_string());
    query.fetch(connection, request).await?.read(|row| {
        let order = row.maybe_parse("order_id")?.zip(row.maybe_int("order_number")?);
        Ok(QueuedTicket {
            id: row.parse("id")?,
            number: row.int("number")?,
            subject: row.text("subject")?,
            customer: row.parse("customer_id")?,
            customer_name: row.text("customer_name")?,
            order,
            state: row.parse("state")?,
            priority: row.parse("priority")?,
            assignee: row.maybe_text("assignee")?,
            updated_at: row.time("updated_at")?,
        })
    })
}

/// The numbers of unsolved tickets. `waiting_for_me` counts those that wait for an answer of staff and are mine or
/// unassigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub mine: u64,
    pub unassigned: u64,
    pub unsolved: u64,
    pub waiting_for_me: u64,
}

pub async fn counts(connection: &mut AnyConnection, permit: &Permit<ReadTickets>) -> Result<Counts> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) FILTER (WHERE i.assignee_id = $1) AS BIGINT) AS mine,
                CAST(COUNT(*) FILTER (WHERE i.assignee_id IS NULL) AS BIGINT) AS unassigned,
                CAST(COUNT(*) AS BIGINT) AS unsolved,
                CAST(COUNT(*) FILTER (WHERE t.state = 'open' AND (i.assignee_id IS NULL OR i.assignee_id = $1)) AS BIGINT)
                AS waiting_for_me
         FROM ticket t JOIN internal_ticket i ON i.ticket_id = t.id WHERE t.state IN ('open', 'waiting')",
    )
    .bind(permit.person().to_string())
    .fetch_one(connection)
    .await?;
    let count = |column| row.int(column).map(i64::unsigned_abs);
    Ok(Counts {
        mine: count("mine")?,
        unassigned: count("unassigned")?,
        unsolved: count("unsolved")?,
        waiting_for_me: count("waiting_for_me")?,
    })
}

/// The priority and assignee of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handling {
    pub priority: Priority,
    pub assignee: Option<PersonId>,
}

/// Returns the priority and assignee of a ticket that [`view::find`] returned.
pub async fn handling(connection: &mut AnyConnection, _: &Permit<ReadTickets>, ticket: TicketId) -> Result<Handling> {
    let row = sqlx::query("SELECT priority, assignee_id FROM internal_ticket WHERE ticket_id = $1")
        .bind(ticket.to_string())
        .fetch_optional(connection)
        .await?
        .ok_or(Refusal::Missing)?;
    Ok(Handling { priority: row.parse("priority")?, assignee: row.maybe_parse("assignee_id")? })
}

#[derive(Debug, Clone)]
pub struct Note {
    pub id: NoteId,
    pub who: String,
    pub text: String,
    pub at: Timestamp,
}

/// Lists the internal notes of a ticket, the oldest first.
pub async fn notes(connection: &mut AnyConnection, _: &Permit<ReadTickets>, ticket: TicketId) -> Result<Vec<Note>> {
    let rows = sqlx::query(
        "SELECT n.id, p.name, n.text, n.at FROM internal_ticket_note n JOIN person p ON p.id = n.person_id
         WHERE n.ticket_id = $1 ORDER BY n.at, n.id",
    )
    .bind(ticket.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Note { id: row.parse("id")?, who: row.text("name")?, text: row.text("text")?, at: row.time("at")? })
        })
        .collect()
}

/// Inserts the handling of a new ticket: unassigned, with normal priority.
pub(super) async fn insert_handling(change: &mut Change, ticket: TicketId) -> Result<()> {
    sqlx::query("INSERT INTO internal_ticket (ticket_id, priority) VALUES ($1, $2)")
        .bind(ticket.to_string())
        .bind(Priority::Normal.name())
        .execute(change.connection())
        .await?;
    Ok(())
}

/// The ticket's assignee if they still work for the company; otherwise all staff.
pub(super) fn assignee_or_all_staff(ticket: TicketId) -> Recipients {
    const CONDITION: &str = "p.id IN (SELECT s.person_id FROM staff s WHERE s.person_id = COALESCE(
     (SELECT a.person_id FROM internal_ticket i JOIN staff a ON a.person_id = i.assignee_id WHERE i.ticket_id = $1),
     s.person_id))";
    Recipients::matching(CONDITION, ticket)
}

/// Assigns a ticket to a member of staff if it is unassigned or its assignee left. The first of concurrent calls wins.
pub(super) async fn assign_if_unassigned(change: &mut Change, ticket: &view::Ticket, staff: &Staff) -> Result<()> {
    let taken = sqlx::query(
        "UPDATE internal_ticket SET assignee_id = $1 WHERE ticket_id = $2
         AND (assignee_id IS NULL OR assignee_id NOT IN (SELECT s.person_id FROM staff s))",
    )
    .bind(staff.person().to_string())
    .bind(ticket.id.to_string())
    .execute(change.connection())
    .await?;
    if taken.rows_affected() == 0 {
        return Ok(());
    }
    let name = staff_name(change, staff.person()).await?;
    record_event(change, ticket, |number, title| Event::TicketAssigned { number, title, name }).await
}

/// Adds an internal note, which the customer never sees.
pub async fn add_note(change: &mut Change, ticket: TicketId, text: &str) -> Result<NoteId> {
    let staff = change.actor().staff()?;
    let ticket = find_for_handling(change, ticket).await?;
    let mut check = FormValidator::default();
    let text = check.text("note", text, super::MAX_TEXT);
    check.done()?;
    let (id, at) = (NoteId::from_uuid(change.key()), change.at().0);
    sqlx::query("INSERT INTO internal_ticket_note (id, ticket_id, person_id, text, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.to_string())
        .bind(ticket.id.to_string())
        .bind(staff.person().to_string())
        .bind(text)
        .bind(at)
        .execute(change.connection())
        .await?;
    record_event(change, &ticket, |number, title| Event::TicketNote { number, title }).await?;
    Ok(id)
}

/// Assigns a ticket to a member of staff, or to nobody.
pub async fn assign(change: &mut Change, ticket: TicketId, to: Option<PersonId>) -> Result<()> {
    let ticket = find_for_handling(change, ticket).await?;
    let name = match to {
        None => None,
        Some(person) => Some(staff_name(change, person).await?),
    };
    let assigned = sqlx::query(
        "UPDATE internal_ticket SET assignee_id = $1 WHERE ticket_id = $2 AND COALESCE(assignee_id, '') <> COALESCE($1, '')",
    )
    .bind(to.map(|person| person.to_string()))
    .bind(ticket.id.to_string())
    .execute(change.connection())
    .await?;
    if assigned.rows_affected() == 0 {
        return Ok(());
    }
    record_event(change, &ticket, |number, title| match name {
        Some(name) => Event::TicketAssigned { number, title, name },
        None => Event::TicketReleased { number, title },
    })
    .await
}

async fn staff_name(change: &mut Change, person: PersonId) -> Result<String> {
    let row = sqlx::query("SELECT p.name FROM staff s JOIN person p ON p.id = s.person_id WHERE s.person_id = $1")
        .bind(person.to_string())
        .fetch_optional(change.connection())
        .await?;
    row.ok_or_else(|| Error::field("assignee", FieldProblem::Choice))?.text("name")
}

pub async fn set_priority(change: &mut Change, ticket: TicketId, priority: Priority) -> Result<()> {
    let ticket = find_for_handling(change, ticket).await?;
    let changed = sqlx::query("UPDATE internal_ticket SET priority = $1 WHERE ticket_id = $2 AND priority <> $1")
        .bind(priority.name())
        .bind(ticket.id.to_string())
        .execute(change.connection())
        .await?;
    if changed.rows_affected() == 0 {
        return Ok(());
    }
    record_event(change, &ticket, |number, title| Event::TicketPriority { number, title, priority }).await
}

/// Marks a ticket as solved and notifies the customer.
pub async fn solve(change: &mut Change, ticket: TicketId) -> Result<()> {
    let ticket = find_for_handling(change, ticket).await?;
    let at = change.at().0;
    // Of concurrent calls, only one notifies the customer.
    let solved = sqlx::query("UPDATE ticket SET state = $1, updated_at = $2 WHERE id = $3 AND state <> $1")
        .bind(TicketState::Solved.name())
        .bind(at)
        .bind(ticket.id.to_string())
        .execute(change.connection())
        .await?;
    if solved.rows_affected() == 0 {
        return Ok(());
    }
    record_event(change, &ticket, |number, title| Event::TicketSolved { number, title }).await?;
    let (recipients, thread) = (Recipients::customer(ticket.customer), thread(ticket.id));
    notify(change, recipients, ticket.customer, &thread, |_, who| MailContent::TicketSolved {
        link: Link::Ticket(ticket.id),
        who: who.to_owned(),
        ticket: TicketText { number: ticket.number, subject: ticket.subject.clone(), files: None },
    })
    .await
}

/// Reopens a solved ticket.
pub async fn reopen(change: &mut Change, ticket: TicketId) -> Result<()> {
    let ticket = find_for_handling(change, ticket).await?;
    if ticket.state != TicketState::Solved {
        return Ok(());
    }
    turn(change, ticket.id, TicketState::Open).await?;
    record_event(change, &ticket, |number, title| Event::TicketReopened { number, title }).await
}

async fn find_for_handling(change: &mut Change, ticket: TicketId) -> Result<view::Ticket> {
    let ticket = view::find_in(change, ticket).await?;
    change.may(Action::HandleTicket, Owner::Customer(ticket.customer))?;
    Ok(ticket)
}
