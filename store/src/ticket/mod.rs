//! Tickets: what customers ask, what staff answer, until it is solved.
//!
//! [`open`] asking; [`write`](mod@write) messages of both sides; [`view`] reading; [`desk`] the queue, and what only staff see
//! and do.

pub mod desk;
pub mod open;
pub mod view;
pub mod write;

use crate::{Change, Result, base::batch::Row};
use domain::{TicketId, TicketState, event::Event};

/// Letters of a message.
pub const MAX_TEXT: usize = 10_000;

/// The mails of one ticket belong together.
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

/// Whose turn it is from now on.
async fn turn(change: &mut Change, ticket: TicketId, state: TicketState) -> Result<()> {
    let at = change.at().0;
    let row = Row::new("UPDATE ticket SET state = $1, updated_at = $2 WHERE id = $3")
        .bind(state.name())
        .bind(at)
        .bind(ticket.to_string());
    change.write_later(row.after_others(thread(ticket))).await
}
