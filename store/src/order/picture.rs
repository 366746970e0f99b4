//! Pictures of production steps, taken by staff and shown to the customer.

use super::view::{self, Order};
use crate::{
    Change, Conflict, Result,
    base::{change::Event, row::Columns},
    file::{self, File, UploadedFile},
};
use domain::{
    OrderId, StepId,
    input::{FieldProblem, FormValidator},
    policy::{Action, Owner},
};
use serde_json::json;
use sqlx::AnyConnection;

/// Adds pictures to a step that was started.
pub async fn add(change: &mut Change, order: OrderId, step: StepId, sent: Vec<UploadedFile>) -> Result<()> {
    let order = view::find_in(change, order).await?;
    change.may(Action::Produce, Owner::Customer(order.customer))?;
    let steps = view::steps(change.connection(), &order).await?;
    let step = steps.into_iter().find(|one| one.id == step && one.started_at.is_some()).ok_or(Conflict::StepOrder)?;
    let mut check = FormValidator::default();
    if sent.is_empty() {
        check.problem("files", FieldProblem::Required);
    }
    let files = file::check(&mut check, "files", sent);
    check.done()?;
    file::insert(change, order.customer, &record(step.id), files).await?;
    let data = json!({ "number": order.number, "step": step.name });
    change.history(Event::new("step-pictured", order.customer, order.id).with(data)).await
}

fn record(step: StepId) -> String {
    format!("step:{step}")
}

/// Lists the pictures of an order that [`view::find`] returned, with their steps.
pub async fn list(connection: &mut AnyConnection, order: &Order) -> Result<Vec<(StepId, File)>> {
    let rows = sqlx::query(
        "SELECT s.id AS step_id, f.id, f.name, f.media_type, f.size, f.sha256
         FROM order_step s JOIN file f ON f.record = 'step:' || s.id
         WHERE s.order_id = $1 ORDER BY s.position, f.created_at, f.id",
    )
    .bind(order.id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.parse("step_id")?, file::read(row)?))).collect()
}
