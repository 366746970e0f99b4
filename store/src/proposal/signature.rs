//! The signatures under a proposal: each side signs the hash of the proposed version.

use super::Proposal;
use crate::{Change, Conflict, Error, Result, base::row::Columns, design::version::Version, person};
use domain::{ContentHash, PersonId, ProposalId, Side, Timestamp, policy::Refusal};
use sqlx::AnyConnection;
use std::net::IpAddr;

/// A signature under a proposal.
#[derive(Debug, Clone)]
pub struct Approval {
    pub side: Side,
    pub person_name: String,
    pub hash: ContentHash,
    pub at: Timestamp,
}

/// Returns the signatures of a proposal that [`find`](super::find) returned, the oldest first.
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
                hash: row.parse("hash")?,
                at: row.time("at")?,
            })
        })
        .collect()
}

/// Stores the signature of one side: the person, their name, the hash of the version and the client's address, which is
/// stored as an empty text if it is unknown. Fails with
/// [`Conflict::ProposalChanged`] if that side has signed already.
pub(super) async fn sign(
    change: &mut Change,
    proposal: ProposalId,
    side: Side,
    person: PersonId,
    version: &Version,
    remote: Option<IpAddr>,
) -> Result<()> {
    let name = person::by_id(change.connection(), person).await?.ok_or(Refusal::SignIn)?.name;
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
    .bind(version.hash.to_string())
    .bind(remote.map(|address| address.to_string()).unwrap_or_default())
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
