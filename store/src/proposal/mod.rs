//! Proposals: a version of a design with a price and a date, signed by the company, which the customer approves or
//! declines.
//!
//! This file reads proposals. A proposal is made in `propose` and answered in [`answer`]; `signature` stores who
//! signed.

pub mod answer;
mod propose;
mod signature;

pub use propose::{Terms, propose};
pub use signature::{Approval, approvals};

use crate::{
    Result,
    base::{
        row::Columns,
        scope::{find_in_scope, in_scope},
    },
    design::view::Design,
};
use domain::{
    ContentHash, Day, DesignId, Money, ProposalId, ProposalState, Timestamp, VersionId,
    policy::{Actor, Permission},
};
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: ProposalId,
    pub design: DesignId,
    pub version: VersionId,
    pub version_number: i64,
    /// The hash of what is proposed: what an approval signs.
    pub hash: ContentHash,
    pub price: Money,
    /// The last day on which it can be approved, `YYYY-MM-DD`.
    pub valid_until: Day,
    pub delivery_on: Day,
    pub message: String,
    pub state: ProposalState,
    pub decline_reason: String,
    pub by: String,
    pub at: Timestamp,
}

impl Proposal {
    /// Whether the proposal is open and its last day was before the company's `today`.
    pub fn has_lapsed(&self, today: Day) -> bool {
        self.state == ProposalState::Open && self.valid_until < today
    }
}

const COLUMNS: &str =
    "SELECT o.id, o.design_id, o.version_id, v.number, v.hash, o.price_minor, o.currency, o.valid_until,
     o.delivery_on, o.message, o.state, o.decline_reason, p.name AS person_name, o.created_at
     FROM proposal o JOIN version v ON v.id = o.version_id JOIN design d ON d.id = o.design_id
     JOIN person p ON p.id = o.proposed_by";

/// All proposals of a design, the newest first.
pub async fn list(connection: &mut AnyConnection, design: &Design) -> Result<Vec<Proposal>> {
    let sql = format!("{COLUMNS} WHERE o.design_id = $1 ORDER BY o.created_at DESC, o.id DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(design.id.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub async fn find(connection: &mut AnyConnection, actor: &Actor, id: ProposalId) -> Result<Proposal> {
    let sql = format!("{COLUMNS} WHERE o.id = $1 AND {}", in_scope("d.customer_id", 2));
    read(&find_in_scope(connection, actor.scope(Permission::ReadDesigns)?, sql, id).await?)
}

/// Returns the proposal that the customer can answer now, if there is one.
async fn find_open(connection: &mut AnyConnection, design: DesignId) -> Result<Option<ProposalId>> {
    let row = sqlx::query("SELECT id FROM proposal WHERE design_id = $1 AND state = 'open' ORDER BY created_at DESC")
        .bind(design.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.parse("id")).transpose()
}

fn read(row: &AnyRow) -> Result<Proposal> {
    Ok(Proposal {
        id: row.parse("id")?,
        design: row.parse("design_id")?,
        version: row.parse("version_id")?,
        version_number: row.int("number")?,
        hash: row.parse("hash")?,
        price: row.money("price_minor")?,
        valid_until: row.parse("valid_until")?,
        delivery_on: row.parse("delivery_on")?,
        message: row.text("message")?,
        state: row.parse("state")?,
        decline_reason: row.text("decline_reason")?,
        by: row.text("person_name")?,
        at: row.time("created_at")?,
    })
}
