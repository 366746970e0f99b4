//! The customer's acceptance of a delivered order.

use super::{fulfilment::change_state, view};
use crate::{
    Change, Result,
    outbox::{Recipients, notify},
};
use domain::{
    OrderId, OrderState,
    event::Event,
    mail::{Link, MailContent},
    policy::{Action, Owner, Refusal},
};

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
    change.record_event(order.customer, order.id, &Event::Accepted { number: order.number }).await?;
    notify(change, Recipients::staff(), order.customer, &super::thread(order.id), |_, _| {
        MailContent::OrderAcceptedStaff {
            link: Link::DeskOrder(order.id),
            customer: order.customer_name.clone(),
            order: order.number,
        }
    })
    .await
}
