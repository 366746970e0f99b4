//! Keys of records: UUID version 7, one type for each kind of record, so that an order's key cannot be passed where
//! a ticket's is wanted. Written as 36 characters in the database, in addresses and in JSON.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The text was not a record's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of a record")]
pub struct BadId;

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
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                // Only the form we write ourselves: one record has one address.
                match Uuid::try_parse(text) {
                    Ok(uuid) if text.len() == 36 && !text.contains(|c: char| c.is_ascii_uppercase()) => Ok(Self(uuid)),
                    _ => Err(BadId),
                }
            }
        }
    )+ };
}

ids!(
    AddressId,
    CommentId,
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
    /// Which of the eight colours (`--presence-…` in style/tokens.css) a person has in every room.
    pub fn presence_colour(self) -> u8 {
        self.0.as_bytes().iter().fold(0, |sum, byte| sum ^ byte) % 8
    }
}
