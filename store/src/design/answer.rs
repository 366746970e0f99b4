//! The customer's answer to a proposal. Approval is bound to the hash that the customer was shown, and makes the order.

use super::{
    proposal::{self, Proposal},
    version, view,
};
use crate::{
    Change, CommitEvent, Conflict, Result,
    base::change::Event,
    company,
    order::place::{self, Placing},
    outbox::{Audience, Content, MailKind, tell},
};
use domain::{
    OrderId, ProposalId, Side,
    input::FormValidator,
    policy::{Action, Owner, Refusal},
};
use serde_json::json;

/// Approves what was shown: `seen_hash` is the hash of the version on the customer's page. From here on the design takes
/// no edits, and there is an order.
pub async fn approve(change: &mut Change, proposal: ProposalId, seen_hash: &str, remote: &str) -> Result<OrderId> {
    let actor = change.actor().clone();
    let proposal = proposal::find(change.connection(), &actor, proposal).await?;
    let design = view::find_in(change, proposal.design).await?;
    change.may(Action::AnswerProposal, Owner::Customer(design.customer))?;
    let person = actor.person().ok_or(Refusal::SignIn)?;
    if seen_hash != proposal.hash {
        let now = proposal::open(change.connection(), design.id).await?;
        return Err(Conflict::ProposalChanged { now }.into());
    }
    let today = company::today(change).await?;
    if proposal.has_lapsed(today) {
        return Err(Conflict::ProposalLapsed.into());
    }
    // The design before its proposal, as proposing does: two that take both in another order would wait for ever.
    sqlx::query("UPDATE design SET state = 'approved', updated_at = $1 WHERE id = $2")
        .bind(change.at().0)
        .bind(design.id.to_string())
        .execute(change.connection())
        .await?;
    end(change, &proposal, "approved", "").await?;
    let version = version::find(change.connection(), &actor, proposal.version).await?;
    proposal::sign(change, proposal.id, Side::Customer, person, &version, remote).await?;
    change.broadcast(CommitEvent::DesignLocked(design.id));
    let data = json!({ "title": design.title, "number": version.number });
    change.history(Event::new("approved", design.customer, design.id).with(data)).await?;
    let placing =
        Placing { design: &design, version: version.id, total: proposal.price, due_on: proposal.delivery_on, today };
    place::place(change, placing).await
}

/// Declines, with the reason that staff read.
pub async fn decline(change: &mut Change, proposal: ProposalId, reason: &str) -> Result<()> {
    let actor = change.actor().clone();
    let proposal = proposal::find(change.connection(), &actor, proposal).await?;
    let design = view::find_in(change, proposal.design).await?;
    change.may(Action::AnswerProposal, Owner::Customer(design.customer))?;
    let mut check = FormValidator::default();
    let reason = check.text("reason", reason, 2_000);
    check.done()?;
    sqlx::query("UPDATE design SET state = 'designing', updated_at = $1 WHERE id = $2 AND state = 'proposed'")
        .bind(change.at().0)
        .bind(design.id.to_string())
        .execute(change.connection())
        .await?;
    end(change, &proposal, "declined", &reason).await?;
    let data = json!({ "title": design.title, "number": proposal.version_number, "reason": reason });
    change.history(Event::new("declined", design.customer, design.id).with(data)).await?;
    change.broadcast(CommitEvent::DesignUpdated(design.id));
    let content = Content::new(format!("/desk/designs/{}", design.id))
        .with("customer", &design.customer_name)
        .with("design", &design.title)
        .quoting(reason);
    let thread = super::thread(design.id);
    tell(change, Audience::staff(), MailKind::DeclinedStaff, design.customer, &thread, content).await
}

/// Only one answer is taken: the first.
async fn end(change: &mut Change, proposal: &Proposal, state: &str, reason: &str) -> Result<()> {
    let ended = sqlx::query(
        "UPDATE proposal SET state = $1, decline_reason = $2, ended_at = $3 WHERE id = $4 AND state = 'open'",
    )
    .bind(state)
    .bind(reason)
    .bind(change.at().0)
    .bind(proposal.id.to_string())
    .execute(change.connection())
    .await?;
    if ended.rows_affected() == 0 {
        let now = proposal::open(change.connection(), proposal.design).await?;
        return Err(Conflict::ProposalChanged { now }.into());
    }
    Ok(())
}
