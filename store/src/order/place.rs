//! Creating an order. Only the approval of a proposal does this.

use crate::{
    Change, Result,
    design::view::Design,
    outbox::{Recipients, notify},
};
use domain::{
    Day, Money, OrderId, OrderState, VersionId,
    event::Event,
    mail::{Link, MailContent},
    model::ModelStep,
};

pub(crate) struct NewOrder<'a> {
    pub design: &'a Design,
    pub version: VersionId,
    pub total: Money,
    pub due_on: Day,
    /// The company's day on which the order is placed.
    pub today: Day,
}

pub(crate) async fn create(change: &mut Change, new: NewOrder<'_>) -> Result<OrderId> {
    let NewOrder { design, version, total, due_on, today } = new;
    let number = change.next_number("order").await?;
    let (id, at) = (OrderId::from_uuid(change.key()), change.at());
    // An order without production steps can be shipped immediately.
    let state = if design.model.steps.is_empty() { OrderState::Ready } else { OrderState::Waiting };
    sqlx::query(
        "INSERT INTO orders (id, number, customer_id, design_id, version_id, title, state, total_minor, currency, due_on,
                             placed_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $11, $7, $8, $9, $10, $10)",
    )
    .bind(id.to_string())
    .bind(number)
    .bind(design.customer.to_string())
    .bind(design.id.to_string())
    .bind(version.to_string())
    .bind(&design.title)
    .bind(total.minor)
    .bind(total.currency.code())
    .bind(due_on.to_string())
    .bind(at.0)
    .bind(state.name())
    .execute(change.connection())
    .await?;
    plan(change, id, &design.model.steps, today).await?;
    change.record_event(design.customer, id, &Event::OrderPlaced { title: design.title.clone(), number }).await?;
    announce(change, design, id, number).await?;
    Ok(id)
}

/// Inserts the steps of the product's model. Each is planned after the one before, in working days.
async fn plan(change: &mut Change, order: OrderId, steps: &[ModelStep], today: Day) -> Result<()> {
    let mut ready = today;
    for (position, step) in (1_i64..).zip(steps) {
        ready = ready.plus_working_days(step.days);
        let id = change.key().to_string();
        sqlx::query(
            "INSERT INTO order_step (id, order_id, position, name_uk, name_en, planned_on) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(order.to_string())
        .bind(position)
        .bind(&step.name.uk)
        .bind(&step.name.en)
        .bind(ready.to_string())
        .execute(change.connection())
        .await?;
    }
    Ok(())
}

async fn announce(change: &mut Change, design: &Design, order: OrderId, number: i64) -> Result<()> {
    let thread = super::thread(order);
    let members = Recipients::customer(design.customer);
    notify(change, members, design.customer, &thread, |_, _| MailContent::Approved {
        link: Link::Order(order),
        design: design.title.clone(),
        order: number,
    })
    .await?;
    notify(change, Recipients::staff(), design.customer, &thread, |_, _| MailContent::ApprovedStaff {
        link: Link::DeskOrder(order),
        customer: design.customer_name.clone(),
        design: design.title.clone(),
        order: number,
    })
    .await
}
