//! Support tickets: questions of customers and answers of staff.
//!
//! [`open`] asking; [`write`](mod@write) messages of both sides; [`view`] reading; [`desk`] the queue, and what only
//! staff see and do.

pub mod desk;
pub mod open;
pub mod view;
pub mod write;

use crate::{Change, Result, base::row_batch::Row};
use domain::{TicketId, TicketState, event::Event};

/// The maximum length of a message in characters.
pub const MAX_TEXT: usize = 10_000;

/// The key of the mail thread of a ticket.
fn thread(ticket: TicketId) -> String {
    format!("ticket:{ticket}")
}

/// Adds an event about a ticket to the timeline. `event` gets the ticket's number and subject.
async fn record_event(
    change: &mut Change,
    ticket: &view::Ticket,
    event: impl FnOnce(i64, String) -> Event,
) -> Result<()> {
    let event = event(ticket.number, ticket.subject.clone());
    change.record_event(ticket.customer, ticket.id, &event).await
}

/// Sets the state of a ticket.
async fn turn(change: &mut Change, ticket: TicketId, state: TicketState) -> Result<()> {
    let at = change.at().0;
    let row = Row::new("UPDATE ticket SET state = $1, updated_at = $2 WHERE id = $3")
        .bind(state.name())
        .bind(at)
        .bind(ticket.to_string());
    change.write_later(row.after_rows_with(thread(ticket))).await
}
