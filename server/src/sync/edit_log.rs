//! The log of edits from which a room loads its document and to which it appends. The store implements it; tests have
//! their own implementations.

use domain::DesignId;
use store::{
    Store,
    design::{
        log::{self, Edit},
        room::{self, AcceptedEdits},
    },
};

/// A design's stored edits, in the order in which they were accepted.
#[derive(Debug, Clone, Default)]
pub struct LoadedLog {
    pub edits: Vec<Edit>,
    /// Whether the design is approved, so that its document can no longer change.
    pub is_locked: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the edit log of a design: {0}")]
pub struct EditLogError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

pub trait EditLog: Send + Sync + 'static {
    fn load(&self, design: DesignId) -> impl Future<Output = Result<LoadedLog, EditLogError>> + Send;

    /// Appends all edits or none of them. They are durable when this returns `Ok`.
    fn append(
        &self,
        design: DesignId,
        accepted: AcceptedEdits,
    ) -> impl Future<Output = Result<(), EditLogError>> + Send;
}

impl EditLog for Store {
    async fn load(&self, design: DesignId) -> Result<LoadedLog, EditLogError> {
        let mut connection = self.read().await.map_err(store_error)?;
        let (edits, is_locked) = log::load(&mut connection, design).await.map_err(store_error)?;
        Ok(LoadedLog { edits, is_locked })
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), EditLogError> {
        room::append(self, design, &accepted).await.map_err(store_error)
    }
}

fn store_error(error: store::Error) -> EditLogError {
    EditLogError(Box::new(error))
}
