//! The customer's answer to a proposal. An approval signs the hash that the customer was shown and creates the order.

use super::{Proposal, find, find_open, signature::sign};
use crate::{
    Change, CommitEvent, Conflict, Result,
    design::{self, version, view},
    order::place::{self, NewOrder},
    outbox::{Recipients, notify},
};
use domain::{
    ContentHash, OrderId, ProposalId, Side,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent},
    policy::{Action, Owner, Refusal},
};
use std::net::IpAddr;

/// Approves a proposal, closes the design to edits and creates the order. `seen_hash` is the hash of the version on the
/// customer's page, if it sent a valid one; if the proposal has another one, this fails with
/// [`Conflict::ProposalChanged`]. `remote` is the address of the client.
pub async fn approve(
    change: &mut Change,
    proposal: ProposalId,
    seen_hash: Option<ContentHash>,
    remote: Option<IpAddr>,
) -> Result<OrderId> {
    let actor = change.actor().clone();
    let proposal = find(change.connection(), &actor, proposal).await?;
    let design = view::find_in(change, proposal.design).await?;
    change.may(Action::AnswerProposal, Owner::Customer(design.customer))?;
    let person = actor.person().ok_or(Refusal::SignIn)?;
    if seen_hash != Some(proposal.hash) {
        let now = find_open(change.connection(), design.id).await?;
        return Err(Conflict::ProposalChanged { now }.into());
    }
    let today = change.today().await?;
    if proposal.has_lapsed(today) {
        return Err(Conflict::ProposalLapsed.into());
    }
    // Locks the design before its proposal, in the same order as proposing, which prevents a deadlock.
    sqlx::query("UPDATE design SET state = 'approved', updated_at = $1 WHERE id = $2")
        .bind(change.at().0)
        .bind(design.id.to_string())
        .execute(change.connection())
        .await?;
    close(change, &proposal, "approved", "").await?;
    let version = version::find(change.connection(), &actor, proposal.version).await?;
    sign(change, proposal.id, Side::Customer, person, &version, remote).await?;
    change.broadcast(CommitEvent::DesignLocked(design.id));
    let event = Event::Approved { title: design.title.clone(), number: version.number };
    change.record_event(design.customer, design.id, &event).await?;
    let new =
        NewOrder { design: &design, version: version.id, total: proposal.price, due_on: proposal.delivery_on, today };
    place::create(change, new).await
}

/// Declines a proposal. Staff get the reason by mail.
pub async fn decline(change: &mut Change, proposal: ProposalId, reason: &str) -> Result<()> {
    let actor = change.actor().clone();
    let proposal = find(change.connection(), &actor, proposal).await?;
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
    close(change, &proposal, "declined", &reason).await?;
    let (title, number) = (design.title.clone(), proposal.version_number);
    change.record_event(design.customer, design.id, &Event::Declined { title, number, reason: reason.clone() }).await?;
    change.broadcast(CommitEvent::DesignUpdated(design.id));
    notify(change, Recipients::staff(), design.customer, &design::thread(design.id), |_, _| {
        MailContent::DeclinedStaff {
            link: Link::DeskDesign(design.id),
            customer: design.customer_name.clone(),
            design: design.title.clone(),
            quote: reason.clone(),
        }
    })
    .await
}

/// Ends an open proposal. Fails with [`Conflict::ProposalChanged`] if it is not open any more.
async fn close(change: &mut Change, proposal: &Proposal, state: &str, reason: &str) -> Result<()> {
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
        let now = find_open(change.connection(), proposal.design).await?;
        return Err(Conflict::ProposalChanged { now }.into());
    }
    Ok(())
}
