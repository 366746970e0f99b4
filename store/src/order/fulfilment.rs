//! Production, shipping and delivery of an order by staff. Each state is left once: if two people do the same action,
//! the second fails with [`Conflict::StepOrder`].

use super::{
    destination, thread,
    view::{self, Order},
};
use crate::{
    Change, Conflict, Result,
    outbox::{Recipients, notify},
};
use domain::{
    Language, OrderId, OrderState, StepId,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent},
    policy::{Action, Owner},
};

/// Starts a step whose earlier steps are all finished.
pub async fn start_step(change: &mut Change, order: OrderId, step: StepId) -> Result<()> {
    let order = find_for_production(change, order).await?;
    let at = change.at().0;
    let started = sqlx::query(
        "UPDATE order_step SET started_at = $1 WHERE id = $2 AND order_id = $3 AND started_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM order_step b WHERE b.order_id = $3 AND b.done_at IS NULL
                         AND b.position < order_step.position)",
    )
    .bind(at)
    .bind(step.to_string())
    .bind(order.id.to_string())
    .execute(change.connection())
    .await?;
    if started.rows_affected() == 0 {
        return Err(Conflict::StepOrder.into());
    }
    if order.state == OrderState::Waiting {
        change_state(change, &order, OrderState::Waiting, OrderState::Production).await?;
    }
    let step = find_step(change, &order, step).await?.name;
    change.record_event(order.customer, order.id, &Event::StepStarted { number: order.number, step }).await
}

/// Finishes a started step. After the last step the order is ready to be shipped.
pub async fn finish_step(change: &mut Change, order: OrderId, step: StepId) -> Result<()> {
    let order = find_for_production(change, order).await?;
    let at = change.at().0;
    let done = sqlx::query(
        "UPDATE order_step SET done_at = $1
         WHERE id = $2 AND order_id = $3 AND started_at IS NOT NULL AND done_at IS NULL",
    )
    .bind(at)
    .bind(step.to_string())
    .bind(order.id.to_string())
    .execute(change.connection())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Conflict::StepOrder.into());
    }
    let steps = view::steps(change.connection(), &order).await?;
    if steps.iter().all(|step| step.done_at.is_some()) {
        change_state(change, &order, OrderState::Production, OrderState::Ready).await?;
    }
    let Some(step) = steps.into_iter().find(|one| one.id == step) else { return Err(Conflict::StepOrder.into()) };
    let event = Event::StepDone { number: order.number, step: step.name.clone() };
    change.record_event(order.customer, order.id, &event).await?;
    notify_customer(change, &order, |language, link, order| MailContent::OrderStep {
        link,
        order,
        step: step.name.get(language).to_owned(),
    })
    .await
}

/// Changes the day on which a step is planned to be finished.
pub async fn plan_step(change: &mut Change, order: OrderId, step: StepId, day: &str) -> Result<()> {
    let order = find_for_production(change, order).await?;
    let today = change.today().await?;
    let mut check = FormValidator::default();
    let day = check.day("planned_on", day, Some(today));
    let day = check.done_with(day)?;
    let before = find_step(change, &order, step).await?;
    let moved =
        sqlx::query("UPDATE order_step SET planned_on = $1 WHERE id = $2 AND order_id = $3 AND done_at IS NULL")
            .bind(day.to_string())
            .bind(step.to_string())
            .bind(order.id.to_string())
            .execute(change.connection())
            .await?;
    if moved.rows_affected() == 0 {
        return Err(Conflict::StepOrder.into());
    }
    let (step, before) = (before.name, before.planned_on);
    let event = Event::StepPlanned { number: order.number, step, before, day };
    change.record_event(order.customer, order.id, &event).await
}

#[derive(Debug, Clone, Default)]
pub struct Shipment {
    pub carrier: String,
    pub tracking: String,
    pub address: String,
    /// The customer's destination as the form showed it, to detect a change since then.
    pub destination: String,
}

/// Records that a carrier has the order. Fails with [`Conflict::DestinationChanged`] if the customer changed the
/// destination since the form was shown.
pub async fn ship(change: &mut Change, order: OrderId, shipment: &Shipment) -> Result<()> {
    let order = find_for_production(change, order).await?;
    let mut check = FormValidator::default();
    let carrier = check.line("carrier", &shipment.carrier, 120);
    let tracking = check.optional_line("tracking", &shipment.tracking, 80);
    let address = check.optional_line("address", &shipment.address, destination::MAX_LENGTH);
    check.done()?;
    change_state(change, &order, OrderState::Ready, OrderState::Delivery).await?;
    // The state is changed first, so that the destination cannot change after this check.
    if view::find_in(change, order.id).await?.destination != shipment.destination {
        return Err(Conflict::DestinationChanged.into());
    }
    let (id, at) = (change.key().to_string(), change.at().0);
    sqlx::query(
        "INSERT INTO delivery (id, order_id, carrier, tracking, address, shipped_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(order.id.to_string())
    .bind(&carrier)
    .bind(&tracking)
    .bind(address)
    .bind(at)
    .execute(change.connection())
    .await?;
    let event = Event::Shipped { number: order.number, carrier: carrier.clone(), tracking: tracking.clone() };
    change.record_event(order.customer, order.id, &event).await?;
    notify_customer(change, &order, |_, link, order| MailContent::OrderShipped {
        link,
        order,
        carrier: carrier.clone(),
        tracking: tracking.clone(),
    })
    .await
}

/// Records that the carrier has delivered the order.
pub async fn deliver(change: &mut Change, order: OrderId) -> Result<()> {
    let order = find_for_production(change, order).await?;
    change_state(change, &order, OrderState::Delivery, OrderState::Delivered).await?;
    let at = change.at().0;
    sqlx::query("UPDATE delivery SET delivered_at = $1 WHERE order_id = $2")
        .bind(at)
        .bind(order.id.to_string())
        .execute(change.connection())
        .await?;
    change.record_event(order.customer, order.id, &Event::Delivered { number: order.number }).await?;
    notify_customer(change, &order, |_, link, order| MailContent::OrderDelivered { link, order }).await
}

async fn find_for_production(change: &mut Change, order: OrderId) -> Result<Order> {
    let order = view::find_in(change, order).await?;
    change.may(Action::Produce, Owner::Customer(order.customer))?;
    Ok(order)
}

async fn find_step(change: &mut Change, order: &Order, step: StepId) -> Result<view::Step> {
    let steps = view::steps(change.connection(), order).await?;
    Ok(steps.into_iter().find(|one| one.id == step).ok_or(domain::policy::Refusal::Missing)?)
}

/// Changes the state of an order. Fails with [`Conflict::StepOrder`] if it is not in the state `from`.
pub(super) async fn change_state(change: &mut Change, order: &Order, from: OrderState, to: OrderState) -> Result<()> {
    let at = change.at().0;
    let turned = sqlx::query("UPDATE orders SET state = $1, updated_at = $2 WHERE id = $3 AND state = $4")
        .bind(to.name())
        .bind(at)
        .bind(order.id.to_string())
        .bind(from.name())
        .execute(change.connection())
        .await?;
    if turned.rows_affected() == 0 { Err(Conflict::StepOrder.into()) } else { Ok(()) }
}

/// Mails the customer's members about their order. `content` gets the recipient's language, the link to the order and
/// its number.
async fn notify_customer(
    change: &mut Change,
    order: &Order,
    content: impl Fn(Language, Link, i64) -> MailContent,
) -> Result<()> {
    let (recipients, thread) = (Recipients::customer(order.customer), thread(order.id));
    notify(change, recipients, order.customer, &thread, |language, _| {
        content(language, Link::Order(order.id), order.number)
    })
    .await
}
