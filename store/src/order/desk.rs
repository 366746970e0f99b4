//! The order board, and the internal note of an order.

use super::view::{self, Order};
use crate::{Change, Result, base::row::Columns};
use domain::{
    Day, OrderId, OrderState,
    event::Event,
    input::FormValidator,
    policy::{Action, Owner, Permit, ReadOrders},
};
use sqlx::AnyConnection;

/// An order on the board, with the step it is at.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: OrderId,
    pub number: i64,
    pub title: String,
    pub customer_name: String,
    pub state: OrderState,
    pub due_on: Day,
    /// The number of finished steps and of all steps.
    pub steps: (i64, i64),
}

impl Card {
    /// Whether the order is not delivered and was due before `today`, `YYYY-MM-DD`.
    pub fn is_late(&self, today: Day) -> bool {
        self.due_on < today && self.state != OrderState::Delivered
    }
}

/// Lists the orders that are not accepted yet, by due day.
pub async fn board(connection: &mut AnyConnection, _: &Permit<ReadOrders>) -> Result<Vec<Card>> {
    let rows = sqlx::query(
        "SELECT o.id, o.number, o.title, c.name AS customer_name, o.state, o.due_on,
                CAST(COUNT(s.id) AS BIGINT) AS steps, CAST(COUNT(s.done_at) AS BIGINT) AS done
         FROM orders o JOIN customer c ON c.id = o.customer_id LEFT JOIN order_step s ON s.order_id = o.id
         WHERE o.state <> 'accepted'
         GROUP BY o.id, o.number, o.title, c.name, o.state, o.due_on ORDER BY o.due_on, o.number",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Card {
                id: row.parse("id")?,
                number: row.int("number")?,
                title: row.text("title")?,
                customer_name: row.text("customer_name")?,
                state: row.parse("state")?,
                due_on: row.parse("due_on")?,
                steps: (row.int("done")?, row.int("steps")?),
            })
        })
        .collect()
}

/// Returns the internal note of an order; empty if there is none.
pub async fn note(connection: &mut AnyConnection, _: &Permit<ReadOrders>, order: &Order) -> Result<String> {
    let row = sqlx::query("SELECT note FROM internal_order WHERE order_id = $1")
        .bind(order.id.to_string())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(String::new()), |row| row.text("note"))
}

pub async fn set_note(change: &mut Change, order: OrderId, note: &str) -> Result<()> {
    let order = view::find_in(change, order).await?;
    change.may(Action::SeeInternal, Owner::Customer(order.customer))?;
    let mut check = FormValidator::default();
    let note = check.optional_text("note", note, 4_000);
    check.done()?;
    sqlx::query(
        "INSERT INTO internal_order (order_id, note) VALUES ($1, $2)
         ON CONFLICT (order_id) DO UPDATE SET note = excluded.note",
    )
    .bind(order.id.to_string())
    .bind(note)
    .execute(change.connection())
    .await?;
    change.record_event(order.customer, order.id, &Event::OrderNote { number: order.number }).await
}
