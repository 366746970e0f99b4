//! The destination of an order, which the customer can set until the order is shipped.

use super::view;
use crate::{Change, Conflict, Result, base::change::Event};
use domain::{
    OrderId,
    input::FormValidator,
    policy::{Action, Owner},
};
use serde_json::json;

/// The maximum length in characters. Any address of a customer fits.
pub const MAX_LENGTH: usize = 320;

/// Sets the destination: an address or a description. Fails with [`Conflict::StepOrder`] if the order was shipped.
pub async fn set(change: &mut Change, order: OrderId, destination: &str) -> Result<()> {
    let order = view::find_in(change, order).await?;
    change.may(Action::DirectDelivery, Owner::Customer(order.customer))?;
    let mut check = FormValidator::default();
    let destination = check.line("destination", destination, MAX_LENGTH);
    check.done()?;
    if destination == order.destination {
        return Ok(());
    }
    let chosen =
        sqlx::query("UPDATE orders SET destination = $1 WHERE id = $2 AND state IN ('waiting', 'production', 'ready')")
            .bind(&destination)
            .bind(order.id.to_string())
            .execute(change.connection())
            .await?;
    if chosen.rows_affected() == 0 {
        return Err(Conflict::StepOrder.into());
    }
    let data = json!({ "number": order.number, "address": destination });
    change.history(Event::new("destination-chosen", order.customer, order.id).with(data)).await
}
