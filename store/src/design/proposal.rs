//! Proposals: a version with a price and a date, signed by the company, open for the customer's answer.

use super::{
    version::{self, Version},
    view::{self, Design},
};
use crate::{
    Change, Conflict, Error, Result,
    base::{broadcast::CommitEvent, change::Event, row::Columns, scope::one},
    company,
    outbox::{Audience, Content, MailKind, tell},
};
use domain::{
    Day, DesignId, Money, PersonId, ProposalId, ProposalState, Side, Timestamp, VersionId,
    input::FormValidator,
    policy::{Action, Actor, Owner, Refusal},
};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: ProposalId,
    pub design: DesignId,
    pub version: VersionId,
    pub version_number: i64,
    /// The hash of what is proposed: what an approval signs.
    pub hash: String,
    pub price: Money,
    /// The last day on which it can be approved, in the company's time zone.
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
    let sql = format!(
        "{COLUMNS} WHERE o.id = $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM member m WHERE m.customer_id = d.customer_id AND m.person_id = $2))"
    );
    read(&one(connection, actor, sql, id).await?)
}

/// The proposal that waits for an answer, if any.
pub(super) async fn open(connection: &mut AnyConnection, design: DesignId) -> Result<Option<ProposalId>> {
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
        hash: row.text("hash")?,
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

/// A signature under a proposal.
#[derive(Debug, Clone)]
pub struct Approval {
    pub side: Side,
    pub person_name: String,
    pub hash: String,
    pub at: Timestamp,
}

/// Who has signed a proposal that [`find`] gave: the company first.
pub async fn approvals(connection: &mut AnyConnection, proposal: &Proposal) -> Result<Vec<Approval>> {
    let rows = sqlx::query("SELECT side, person_name, hash, at FROM approval WHERE proposal_id = $1 ORDER BY at, side")
        .bind(proposal.id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Approval {
                side: row.parse("side")?,
                person_name: row.text("person_name")?,
                hash: row.text("hash")?,
                at: row.time("at")?,
            })
        })
        .collect()
}

#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub price: String,
    pub valid_until: String,
    pub delivery_on: String,
    pub message: String,
}

/// Proposes a version to the customer. A proposal that was open is replaced.
pub async fn propose(change: &mut Change, version: VersionId, terms: &Terms, remote: &str) -> Result<ProposalId> {
    let actor = change.actor().clone();
    let version = version::find(change.connection(), &actor, version).await?;
    let design = view::find_in(change, version.design).await?;
    change.may(Action::Propose, Owner::Customer(design.customer))?;
    let person = actor.person().ok_or(Refusal::SignIn)?;
    let today = company::today(change).await?;
    let mut check = FormValidator::default();
    let price = check.money("price", &terms.price);
    let valid_until = check.day("valid_until", &terms.valid_until, Some(today));
    let delivery_on = check.day("delivery_on", &terms.delivery_on, Some(today));
    let message = check.optional_text("message", &terms.message, 4_000);
    let (valid_until, delivery_on) = check.done_with(valid_until.zip(delivery_on))?;
    let held =
        sqlx::query("UPDATE design SET state = 'proposed', updated_at = $1 WHERE id = $2 AND state <> 'approved'")
            .bind(change.at().0)
            .bind(design.id.to_string())
            .execute(change.connection())
            .await?;
    if held.rows_affected() == 0 {
        return Err(Conflict::DesignClosed.into());
    }
    sqlx::query("UPDATE proposal SET state = 'replaced', ended_at = $1 WHERE design_id = $2 AND state = 'open'")
        .bind(change.at().0)
        .bind(design.id.to_string())
        .execute(change.connection())
        .await?;
    let id = ProposalId::from_uuid(change.key());
    sqlx::query(
        "INSERT INTO proposal (id, design_id, version_id, price_minor, currency, valid_until, delivery_on, message,
                               state, decline_reason, proposed_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', $9, $10)",
    )
    .bind(id.to_string())
    .bind(design.id.to_string())
    .bind(version.id.to_string())
    .bind(price)
    .bind(version.total.currency.code())
    .bind(valid_until.to_string())
    .bind(delivery_on.to_string())
    .bind(&message)
    .bind(person.to_string())
    .bind(change.at().0)
    .execute(change.connection())
    .await?;
    sign(change, id, Side::Company, person, &version, remote).await?;
    announce(change, &design, &version, id, message).await?;
    Ok(id)
}

async fn announce(
    change: &mut Change,
    design: &Design,
    version: &Version,
    proposal: ProposalId,
    message: String,
) -> Result<()> {
    let data = json!({ "title": design.title, "number": version.number });
    change.history(Event::new("proposed", design.customer, design.id).with(data)).await?;
    change.broadcast(CommitEvent::DesignUpdated(design.id));
    let mut content =
        Content::new(format!("/designs/{}/proposals/{proposal}", design.id)).with("design", &design.title);
    content.quote = Some(message).filter(|message| !message.is_empty());
    let thread = super::thread(design.id);
    tell(change, Audience::customer(design.customer), MailKind::Proposal, design.customer, &thread, content).await
}

/// Puts one side's name under the hash of the version.
pub(super) async fn sign(
    change: &mut Change,
    proposal: ProposalId,
    side: Side,
    person: PersonId,
    version: &Version,
    remote: &str,
) -> Result<()> {
    let name = crate::person::by_id(change.connection(), person).await?.ok_or(Refusal::SignIn)?.name;
    let (id, at) = (change.key().to_string(), change.at().0);
    sqlx::query(
        "INSERT INTO approval (id, proposal_id, side, person_id, person_name, hash, address, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(proposal.to_string())
    .bind(side.name())
    .bind(person.to_string())
    .bind(name)
    .bind(&version.hash)
    .bind(remote)
    .bind(at)
    .execute(change.connection())
    .await
    .map_err(|error| {
        if Error::is_unique_violation(&error) {
            Conflict::ProposalChanged { now: None }.into()
        } else {
            Error::from(error)
        }
    })?;
    Ok(())
}
