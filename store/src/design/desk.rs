//! Parts of a design that only staff see: cost, margin, notes.

use super::view::{self, Design};
use crate::{Change, Result, base::row::Columns, outbox::Recipients};
use domain::{
    DesignId, Money, Timestamp,
    event::Event,
    input::FormValidator,
    policy::{Action, Owner, Permit, ReadCosts, ReadDesigns, Refusal},
};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// Returns what each version costs the company, by version number.
pub async fn version_costs(
    connection: &mut AnyConnection,
    _: &Permit<ReadCosts>,
    design: &Design,
) -> Result<HashMap<i64, Money>> {
    let rows = sqlx::query(
        "SELECT v.number, v.currency, c.cost_minor FROM internal_version_cost c JOIN version v ON v.id = c.version_id
         WHERE v.design_id = $1",
    )
    .bind(design.id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.int("number")?, row.money("cost_minor")?))).collect()
}

/// The members of staff who edited the design, or all staff if none did.
pub(super) fn participants(design: DesignId) -> Recipients {
    const CONDITION: &str = "p.id IN (SELECT s.person_id FROM staff s)
     AND (p.id IN (SELECT u.person_id FROM design_update u WHERE u.design_id = $1) OR NOT EXISTS
         (SELECT 1 FROM design_update u JOIN staff s ON s.person_id = u.person_id WHERE u.design_id = $1))";
    Recipients::matching(CONDITION, design)
}

#[derive(Debug, Clone)]
pub struct Note {
    pub by: String,
    pub text: String,
    pub at: Timestamp,
}

pub async fn notes(connection: &mut AnyConnection, _: &Permit<ReadDesigns>, design: &Design) -> Result<Vec<Note>> {
    let rows = sqlx::query(
        "SELECT p.name, n.text, n.at FROM internal_design_note n JOIN person p ON p.id = n.person_id
         WHERE n.design_id = $1 ORDER BY n.at, n.id",
    )
    .bind(design.id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(Note { by: row.text("name")?, text: row.text("text")?, at: row.time("at")? })).collect()
}

pub async fn add_note(change: &mut Change, design: DesignId, text: &str) -> Result<()> {
    let design = view::find_in(change, design).await?;
    change.may(Action::SeeInternal, Owner::Customer(design.customer))?;
    let person = change.actor().person().ok_or(Refusal::SignIn)?;
    let mut check = FormValidator::default();
    let text = check.text("note", text, 4_000);
    check.done()?;
    let (id, at) = (change.key().to_string(), change.at().0);
    sqlx::query("INSERT INTO internal_design_note (id, design_id, person_id, text, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(design.id.to_string())
        .bind(person.to_string())
        .bind(text)
        .bind(at)
        .execute(change.connection())
        .await?;
    change.record_event(design.customer, design.id, &Event::DesignNote { title: design.title }).await
}
