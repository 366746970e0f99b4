//! Opening a ticket: about an order, about a product, or about nothing in particular.

use super::{
    MAX_TEXT, desk, note_event, thread, view,
    write::{self, Said},
};
use crate::{
    Change, Result,
    file::{self, Sent},
    order,
    outbox::{Audience, MailKind, tell},
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
    /// The order's customer asks.
    Order(OrderId),
}

#[derive(Debug, Clone)]
pub struct NewTicket {
    pub about: About,
    pub subject: String,
    pub text: String,
    pub files: Vec<Sent>,
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
    let files = file::accept(&mut check, "files", new.files);
    check.done()?;
    let id = insert(change, customer, order, product, &subject).await?;
    let said = write::put(change, id, customer, text, files).await?;
    let ticket = view::find_in(change, id).await?;
    note_event(change, "ticket-opened", &ticket).await?;
    announce(change, &ticket, &said).await?;
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
    desk::begin(change, id).await?;
    Ok(id)
}

/// Tells staff, and the one who asked that it came in.
async fn announce(change: &mut Change, ticket: &view::Ticket, said: &Said) -> Result<()> {
    let (thread, customer) = (thread(ticket.id), ticket.customer);
    let for_staff =
        said.content(ticket, format!("/desk/tickets/{}", ticket.id)).with("customer", &ticket.customer_name);
    tell(change, Audience::staff(), MailKind::TicketOpenedStaff, customer, &thread, for_staff).await?;
    let received = said.content(ticket, format!("/tickets/{}", ticket.id));
    tell(change, Audience::person(ticket.opened_by), MailKind::TicketReceived, customer, &thread, received).await
}
