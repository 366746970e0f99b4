//! Changing an organisation's data.

use super::by_id;
use crate::{
    Change, Result,
    base::{change::Event, difference::Difference, record},
};
use domain::{
    CustomerId, CustomerKind,
    policy::{Action, Owner, Refusal},
    record::{Organisation, Record, Typed},
};
use serde_json::json;

/// Saves the form of an organisation's data. Fails with [`crate::Conflict::Stale`] if the form was opened before the
/// last edit.
pub async fn update(change: &mut Change, id: CustomerId, form: &Typed) -> Result<()> {
    change.may(Action::EditCustomer, Owner::Customer(id))?;
    let before = by_id(change.connection(), id).await?;
    if before.kind != CustomerKind::Organisation {
        return Err(Refusal::Missing.into());
    }
    let after = Organisation::from_form(form)?;
    let difference = Difference(before.details.changes(&after));
    if difference.is_empty() {
        return Ok(());
    }
    let search = record::search_line(&after, &[]);
    record::update(change, "customer", id, record::seen(form, before.revision)?, &after, &[("search", search)]).await?;
    let data = difference.with(json!({ "name": after.name }));
    change.history(Event::new("organisation-changed", id, id).with(data)).await
}
