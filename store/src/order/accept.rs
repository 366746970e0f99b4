//! The customer's acceptance of a delivered order.

use super::{fulfilment::change_state, view};
use crate::{
    Change, Result,
    base::change::Event,
    outbox::{Audience, Content, MailKind, notify},
};
use domain::{
    OrderId, OrderState,
    policy::{Action, Owner, Refusal},
};
use serde_json::json;

/// Accepts a delivered order.
pub async fn accept(change: &mut Change, order: OrderId) -> Result<()> {
    let order = view::find_in(change, order).await?;
    change.may(Action::AcceptDelivery, Owner::Customer(order.customer))?;
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    change_state(change, &order, OrderState::Delivered, OrderState::Accepted).await?;
    let at = change.at().0;
    sqlx::query("UPDATE orders SET accepted_at = $1, accepted_by = $2 WHERE id = $3")
        .bind(at)
        .bind(person.to_string())
        .bind(order.id.to_string())
        .execute(change.connection())
        .await?;
    let event = Event::new("accepted", order.customer, order.id).with(json!({ "number": order.number }));
    change.history(event).await?;
    let content = Content::new(format!("/desk/orders/{}", order.id))
        .with("customer", &order.customer_name)
        .with("order", order.number);
    let thread = super::thread(order.id);
    notify(change, Audience::staff(), MailKind::OrderAcceptedStaff, order.customer, &thread, content).await
}
