//! A person who was admitted to a room.

use domain::{DesignId, Side, document::Editor};
use tokio::time::Instant;

/// The number of a room connection, unique in this process.
pub(super) type ConnectionId = u64;

/// A person with the rights and the name they had when they were admitted.
#[derive(Debug, Clone)]
pub struct Participant {
    pub design: DesignId,
    pub editor: Editor,
    pub side: Side,
    pub colour: String,
    /// When the request arrived, before the person's rights were read. A revocation after this moment applies to this
    /// participant.
    pub requested_at: Instant,
}
