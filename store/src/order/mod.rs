//! Orders: from the approved version to the customer's acceptance.
//!
//! `place` creates an order for an approved proposal; [`view`] reads orders; [`fulfilment`] has production, shipping
//! and delivery by staff; [`picture`] stores pictures of the steps; [`destination`] and [`accept`] are actions of the
//! customer; [`desk`] has what only staff see.

pub mod accept;
pub mod desk;
pub mod destination;
pub mod fulfilment;
pub mod picture;
pub(crate) mod place;
pub mod view;

/// The key of the mail thread of an order.
fn thread(order: domain::OrderId) -> String {
    format!("order:{order}")
}
