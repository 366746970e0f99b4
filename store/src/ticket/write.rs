//! Messages in a ticket: the customer's, which reopen it, and the answers of staff.

use super::{MAX_TEXT, desk, record_event, thread, turn, view};
use crate::{
    Change, Result,
    base::row_batch::Row,
    file::{self, CheckedFile, UploadedFile},
    outbox::{Recipients, notify},
};
use domain::{
    CustomerId, MessageId, TicketId, TicketState,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent, TicketText},
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
    let (recipients, thread) = (super::desk::assignee_or_all_staff(ticket.id), thread(ticket.id));
    notify(change, recipients, ticket.customer, &thread, |_, who| MailContent::TicketMessageStaff {
        link: Link::DeskTicket(ticket.id),
        who: who.to_owned(),
        ticket: message.about(ticket),
        quote: message.text.clone(),
    })
    .await?;
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
        record_event(change, &ticket, |number, title| Event::TicketSolved { number, title }).await?;
    }
    desk::assign_if_unassigned(change, &ticket, &staff).await?;
    let (recipients, thread) = (Recipients::customer(ticket.customer), thread(ticket.id));
    notify(change, recipients, ticket.customer, &thread, |_, who| MailContent::TicketAnswer {
        link: Link::Ticket(ticket.id),
        who: who.to_owned(),
        ticket: message.about(&ticket),
        quote: message.text.clone(),
    })
    .await?;
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
    record_event(change, ticket, |number, title| Event::TicketMessage { number, title }).await?;
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
    pub text: String,
    /// The names of its files.
    files: Vec<String>,
}

impl InsertedMessage {
    /// Returns what a mail about the message says of its ticket.
    pub fn about(&self, ticket: &view::Ticket) -> TicketText {
        let files = (!self.files.is_empty()).then(|| self.files.join(", "));
        TicketText { number: ticket.number, subject: ticket.subject.clone(), files }
    }
}
