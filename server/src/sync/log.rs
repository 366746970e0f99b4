//! Where a room's edits are kept. The store implements it; tests bring their own.

use domain::DesignId;
use store::design::{log::Edit, room::AcceptedEdits};

/// A design's edits in the order in which they were accepted.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    pub entries: Vec<Edit>,
    /// The design is approved: nothing changes any more.
    pub locked: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the log of a design: {0}")]
pub struct LogError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

pub trait Log: Send + Sync + 'static {
    fn load(&self, design: DesignId) -> impl Future<Output = Result<Opened, LogError>> + Send;

    /// All of it or none, and on disk when it answers.
    fn append(&self, design: DesignId, accepted: AcceptedEdits) -> impl Future<Output = Result<(), LogError>> + Send;
}
