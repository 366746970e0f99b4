//! Writing in a ticket: the customer's message, which opens it again, and the answer of staff.

use super::{MAX_TEXT, desk, note_event, thread, turn, view};
use crate::{
    Change, Result,
    base::batch::Row,
    file::{self, Accepted, Sent},
    outbox::{Audience, Content, MailKind, tell},
};
use domain::{
    CustomerId, MessageId, TicketId, TicketState,
    input::FormValidator,
    policy::{Action, Owner, Refusal},
};

/// A customer writes; whatever the state was, it is staff's turn now.
pub async fn write(change: &mut Change, ticket: TicketId, text: &str, files: Vec<Sent>) -> Result<MessageId> {
    let ticket = view::find_in(change, ticket).await?;
    write_in(change, &ticket, text, files).await
}

/// The same, in a ticket that [`view::find`] gave this actor before: others who write need not wait meanwhile.
pub async fn write_in(change: &mut Change, ticket: &view::Ticket, text: &str, files: Vec<Sent>) -> Result<MessageId> {
    change.actor().buyer()?;
    change.may(Action::WriteMessage, Owner::Customer(ticket.customer))?;
    let said = take(change, ticket, text, files).await?;
    turn(change, ticket.id, TicketState::Open).await?;
    let content = said.content(ticket, format!("/desk/tickets/{}", ticket.id));
    let (audience, thread) = (super::desk::assignee_or_all_staff(ticket.id), thread(ticket.id));
    tell(change, audience, MailKind::TicketMessageStaff, ticket.customer, &thread, content).await?;
    Ok(said.id)
}

/// Staff answer, and say whose turn it is then. A ticket that nobody has becomes that of who answers.
pub async fn answer(
    change: &mut Change,
    ticket: TicketId,
    text: &str,
    files: Vec<Sent>,
    then: TicketState,
) -> Result<MessageId> {
    let staff = change.actor().staff()?;
    let ticket = view::find_in(change, ticket).await?;
    change.may(Action::WriteMessage, Owner::Customer(ticket.customer))?;
    let said = take(change, &ticket, text, files).await?;
    turn(change, ticket.id, then).await?;
    if then == TicketState::Solved && ticket.state != TicketState::Solved {
        note_event(change, "ticket-solved", &ticket).await?;
    }
    desk::take_on(change, &ticket, &staff).await?;
    let content = said.content(&ticket, format!("/tickets/{}", ticket.id));
    let customer = ticket.customer;
    tell(change, Audience::customer(customer), MailKind::TicketAnswer, customer, &thread(ticket.id), content).await?;
    Ok(said.id)
}

/// Checks what was written and keeps it.
async fn take(change: &mut Change, ticket: &view::Ticket, text: &str, files: Vec<Sent>) -> Result<Said> {
    let mut check = FormValidator::default();
    let text = check.text("text", text, MAX_TEXT);
    let files = file::accept(&mut check, "files", files);
    check.done()?;
    let said = put(change, ticket.id, ticket.customer, text, files).await?;
    note_event(change, "ticket-message", ticket).await?;
    Ok(said)
}

pub(super) async fn put(
    change: &mut Change,
    ticket: TicketId,
    customer: CustomerId,
    text: String,
    files: Vec<Accepted>,
) -> Result<Said> {
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
    let said = Said { id, text, files: files.iter().map(|file| file.name.clone()).collect() };
    file::keep(change, customer, &view::record(id), files).await?;
    Ok(said)
}

/// A message that is kept.
pub(super) struct Said {
    id: MessageId,
    text: String,
    /// Names of the files that came with it.
    files: Vec<String>,
}

impl Said {
    /// What a mail about it says.
    pub fn content(&self, ticket: &view::Ticket, path: String) -> Content {
        let content = Content::new(path).with("ticket", ticket.number).with("subject", &ticket.subject);
        let content = if self.files.is_empty() { content } else { content.with("files", self.files.join(", ")) };
        content.quoting(&self.text)
    }
}
