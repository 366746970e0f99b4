//! Support tickets: questions of customers and answers of staff.
//!
//! [`open`] asking; [`write`](mod@write) messages of both sides; [`view`] reading; [`desk`] the queue, and what only
//! staff see and do.

pub mod desk;
pub mod open;
pub mod view;
pub mod write;

use crate::{
    Change, Result,
    base::{batch::Row, change::Event},
};
use domain::{TicketId, TicketState};
use serde_json::json;

/// The maximum length of a message in characters.
pub const MAX_TEXT: usize = 10_000;

/// The key of the mail thread of a ticket.
fn thread(ticket: TicketId) -> String {
    format!("ticket:{ticket}")
}

/// Writes on the timeline what happened to a ticket.
async fn note_event(change: &mut Change, kind: &str, ticket: &view::Ticket) -> Result<()> {
    let data = json!({ "number": ticket.number, "title": ticket.subject });
    change.history(Event::new(kind, ticket.customer, ticket.id).with(data)).await
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
