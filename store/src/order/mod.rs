//! Orders: from the approved version to the customer's acceptance.
//!
//! [`place`] made by an approval; [`view`] reading; [`produce`] steps, shipping and delivery by staff; [`picture`] pictures
//! of the steps; [`destination`] and [`accept`] by the customer; [`desk`] what only staff see.

pub mod accept;
pub mod desk;
pub mod destination;
pub mod fulfilment;
pub mod picture;
pub(crate) mod place;
pub mod view;

/// The conversation that an order's mails belong to.
fn thread(order: domain::OrderId) -> String {
    format!("order:{order}")
}
