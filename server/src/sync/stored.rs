//! The rooms' log in the store.

use super::{Log, LogError, Opened};
use domain::DesignId;
use store::{
    Store,
    design::{
        log,
        room::{self, AcceptedEdits},
    },
};

impl Log for Store {
    async fn load(&self, design: DesignId) -> Result<Opened, LogError> {
        let (entries, locked) = log::load(&mut *self.read().await.map_err(failed)?, design).await.map_err(failed)?;
        Ok(Opened { entries, locked })
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), LogError> {
        room::append(self, design, &accepted).await.map_err(failed)
    }
}

fn failed(error: store::Error) -> LogError {
    LogError(Box::new(error))
}
