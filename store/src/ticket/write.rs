//! Messages in a ticket: the customer's, which reopen it, and the answers of staff.

use super::{MAX_TEXT, desk, note_event, thread, turn, view};
use crate::{
    Change, Result,
    base::batch::Row,
    file::{self, CheckedFile, UploadedFile},
    outbox::{Audience, Content, MailKind, notify},
};
use domain::{
    CustomerId, MessageId, TicketId, TicketState,
    input::FormValidator,
    policy::{Action, Owner, Refusal},
};

/// Adds a message of the customer and opens the ticket, whatever its state was.
pub async fn write_message(
    change: &mut Change,
    ticket: TicketId,
    text: &str,
    files: Vec<UploadedFile>,
) -> Result<MessageId> {
    let ticket = view::find_in(change, ticket).await?;
    write_message_in(change, &ticket, text, files).await
}

/// Like [`write_message`], for a ticket that the caller read before it began the change, which shortens the change.
pub async fn write_message_in(
    change: &mut Change,
    ticket: &view::Ticket,
    text: &str,
    files: Vec<UploadedFile>,
) -> Result<MessageId> {
    change.actor().buyer()?;
    change.may(Action::WriteMessage, Owner::Customer(ticket.customer))?;
    let message = check_and_insert(change, ticket, text, files).await?;
    turn(change, ticket.id, TicketState::Open).await?;
    let content = message.content(ticket, format!("/desk/tickets/{}", ticket.id));
    let (audience, thread) = (super::desk::assignee_or_all_staff(ticket.id), thread(ticket.id));
    notify(change, audience, MailKind::TicketMessageStaff, ticket.customer, &thread, content).await?;
    Ok(message.id)
}

/// Adds an answer of staff and sets the state `then`. Assigns an unassigned ticket to the author.
pub async fn write_answer(
    change: &mut Change,
    ticket: TicketId,
    text: &str,
    files: Vec<UploadedFile>,
    then: TicketState,
) -> Result<MessageId> {
    let staff = change.actor().staff()?;
    let ticket = view::find_in(change, ticket).await?;
    change.may(Action::WriteMessage, Owner::Customer(ticket.customer))?;
    let message = check_and_insert(change, &ticket, text, files).await?;
    turn(change, ticket.id, then).await?;
    if then == TicketState::Solved && ticket.state != TicketState::Solved {
        note_event(change, "ticket-solved", &ticket).await?;
    }
    desk::assign_if_unassigned(change, &ticket, &staff).await?;
    let content = message.content(&ticket, format!("/tickets/{}", ticket.id));
    let customer = ticket.customer;
    notify(change, Audience::customer(customer), MailKind::TicketAnswer, customer, &thread(ticket.id), content).await?;
    Ok(message.id)
}

/// Checks a message and inserts it.
async fn check_and_insert(
    change: &mut Change,
    ticket: &view::Ticket,
    text: &str,
    files: Vec<UploadedFile>,
) -> Result<InsertedMessage> {
    let mut check = FormValidator::default();
    let text = check.text("text", text, MAX_TEXT);
    let files = file::check(&mut check, "files", files);
    check.done()?;
    let message = insert_message(change, ticket.id, ticket.customer, text, files).await?;
    note_event(change, "ticket-message", ticket).await?;
    Ok(message)
}

pub(super) async fn insert_message(
    change: &mut Change,
    ticket: TicketId,
    customer: CustomerId,
    text: String,
    files: Vec<CheckedFile>,
) -> Result<InsertedMessage> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    let from_staff = change.actor().staff().is_ok();
    let (id, at) = (MessageId::from_uuid(change.key()), change.at().0);
    let row = Row::new(
        "INSERT INTO ticket_message (id, ticket_id, person_id, from_staff, text, at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(ticket.to_string())
    .bind(person.to_string())
    .bind(i64::from(from_staff))
    .bind(text.as_str())
    .bind(at);
    change.write_later(row).await?;
    let message = InsertedMessage { id, text, files: files.iter().map(|file| file.name.clone()).collect() };
    file::insert(change, customer, &view::record(id), files).await?;
    Ok(message)
}

/// A message that was inserted.
pub(super) struct InsertedMessage {
    id: MessageId,
    text: String,
    /// The names of its files.
    files: Vec<String>,
}

impl InsertedMessage {
    /// Returns the content of a mail about the message.
    pub fn content(&self, ticket: &view::Ticket, path: String) -> Content {
        let content = Content::new(path).with("ticket", ticket.number).with("subject", &ticket.subject);
        let content = if self.files.is_empty() { content } else { content.with("files", self.files.join(", ")) };
        content.quoting(&self.text)
    }
}
