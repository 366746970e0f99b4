//! Proposing a version to the customer.

use super::signature::sign;
use crate::{
    Change, CommitEvent, Conflict, Result,
    design::{
        self,
        version::{self, Version},
        view::{self, Design},
    },
    outbox::{Recipients, notify},
};
use domain::{
    ProposalId, Side, VersionId,
    event::Event,
    input::FormValidator,
    mail::{Link, MailContent},
    policy::{Action, Owner, Refusal},
};
use std::net::IpAddr;

/// The form with the terms of a proposal, as typed.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub price: String,
    pub valid_until: String,
    pub delivery_on: String,
    pub message: String,
}

/// Proposes a version to the customer. Replaces a proposal that is still open. Fails with [`Conflict::DesignClosed`] if
/// the design is approved. `remote` is the address of the client.
pub async fn propose(
    change: &mut Change,
    version: VersionId,
    terms: &Terms,
    remote: Option<IpAddr>,
) -> Result<ProposalId> {
    let actor = change.actor().clone();
    let version = version::find(change.connection(), &actor, version).await?;
    let design = view::find_in(change, version.design).await?;
    change.may(Action::Propose, Owner::Customer(design.customer))?;
    let person = actor.person().ok_or(Refusal::SignIn)?;
    let today = change.today().await?;
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
    let event = Event::Proposed { title: design.title.clone(), number: version.number };
    change.record_event(design.customer, design.id, &event).await?;
    change.broadcast(CommitEvent::DesignUpdated(design.id));
    let content = MailContent::Proposal {
        link: Link::Proposal(design.id, proposal),
        design: design.title.clone(),
        quote: Some(message).filter(|message| !message.is_empty()),
    };
    let (recipients, thread) = (Recipients::customer(design.customer), design::thread(design.id));
    notify(change, recipients, design.customer, &thread, |_, _| content.clone()).await
}
