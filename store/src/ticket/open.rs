//! Opening a ticket about an order, a product or neither.

use super::{
    MAX_TEXT, desk, note_event, thread, view,
    write::{self, InsertedMessage},
};
use crate::{
    Change, Result,
    file::{self, UploadedFile},
    order,
    outbox::{Audience, MailKind, notify},
    product,
};
use domain::{
    CustomerId, OrderId, ProductId, TicketId,
    input::FormValidator,
    policy::{Action, Owner, Refusal},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Nothing(CustomerId),
    Product(CustomerId, ProductId),
    /// The ticket belongs to the customer of the order.
    Order(OrderId),
}

#[derive(Debug, Clone)]
pub struct NewTicket {
    pub about: About,
    pub subject: String,
    pub text: String,
    pub files: Vec<UploadedFile>,
}

pub async fn open(change: &mut Change, new: NewTicket) -> Result<TicketId> {
    let (customer, order, product) = match new.about {
        About::Nothing(customer) => (customer, None, None),
        About::Product(customer, product) => {
            (customer, None, Some(product::by_id(change.connection(), product).await?.id))
        }
        About::Order(order) => {
            let actor = change.actor().clone();
            let order = order::view::find(change.connection(), &actor, order).await?;
            (order.customer, Some(order.id), None)
        }
    };
    change.may(Action::OpenTicket, Owner::Customer(customer))?;
    let mut check = FormValidator::default();
    let subject = check.line("subject", &new.subject, 150);
    let text = check.text("text", &new.text, MAX_TEXT);
    let files = file::check(&mut check, "files", new.files);
    check.done()?;
    let id = insert(change, customer, order, product, &subject).await?;
    let message = write::insert_message(change, id, customer, text, files).await?;
    let ticket = view::find_in(change, id).await?;
    note_event(change, "ticket-opened", &ticket).await?;
    announce(change, &ticket, &message).await?;
    Ok(id)
}

async fn insert(
    change: &mut Change,
    customer: CustomerId,
    order: Option<OrderId>,
    product: Option<ProductId>,
    subject: &str,
) -> Result<TicketId> {
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    let number = change.next_number("ticket").await?;
    let (id, at) = (TicketId::from_uuid(change.key()), change.at().0);
    sqlx::query(
        "INSERT INTO ticket (id, number, customer_id, order_id, product_id, subject, state, opened_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $8)",
    )
    .bind(id.to_string())
    .bind(number)
    .bind(customer.to_string())
    .bind(order.map(|order| order.to_string()))
    .bind(product.map(|product| product.to_string()))
    .bind(subject)
    .bind(person.to_string())
    .bind(at)
    .execute(change.connection())
    .await?;
    desk::insert_handling(change, id).await?;
    Ok(id)
}

/// Notifies staff, and confirms the ticket to its author.
async fn announce(change: &mut Change, ticket: &view::Ticket, message: &InsertedMessage) -> Result<()> {
    let (thread, customer) = (thread(ticket.id), ticket.customer);
    let for_staff =
        message.content(ticket, format!("/desk/tickets/{}", ticket.id)).with("customer", &ticket.customer_name);
    notify(change, Audience::staff(), MailKind::TicketOpenedStaff, customer, &thread, for_staff).await?;
    let received = message.content(ticket, format!("/tickets/{}", ticket.id));
    notify(change, Audience::person(ticket.opened_by), MailKind::TicketReceived, customer, &thread, received).await
}
