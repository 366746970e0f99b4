//! Ids of records: UUIDs of version 7, with one type for each kind of record, so that the id of an order cannot be used
//! as the id of a ticket. In the database, in URLs and in JSON they are written as 36 characters.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The error for a text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id")]
pub struct InvalidId;

macro_rules! ids {
    ($($name:ident),+ $(,)?) => { $(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                // Only the canonical form is accepted, so that each record has one URL.
                match Uuid::try_parse(text) {
                    Ok(uuid) if text.len() == 36 && !text.contains(|c: char| c.is_ascii_uppercase()) => Ok(Self(uuid)),
                    _ => Err(InvalidId),
                }
            }
        }
    )+ };
}

ids!(
    AddressId,
    CommentId,
    ContactNoteId,
    CustomerId,
    DesignId,
    FileId,
    InvitationId,
    MessageId,
    NoteId,
    OrderId,
    OutboxId,
    PersonDateId,
    PersonId,
    ProductId,
    ProposalId,
    StepId,
    SubmissionId,
    TicketId,
    VersionId,
);

impl PersonId {
    /// Returns the number of the person's colour in design rooms, 0 to 7 (`--presence-…` in style/tokens.css).
    pub fn presence_colour(self) -> u8 {
        self.0.as_bytes().iter().fold(0, |sum, byte| sum ^ byte) % 8
    }
}
