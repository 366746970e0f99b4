//! The rooms' log in the store.

use super::{Entry, Log, LogError, Opened};
use domain::DesignId;
use store::{
    Store,
    design::log::{self, Edit},
};

impl Log for Store {
    async fn load(&self, design: DesignId) -> Result<Opened, LogError> {
        let (edits, locked) = log::load(&mut *self.read().await.map_err(failed)?, design).await.map_err(failed)?;
        let entries = edits.into_iter().map(|edit| Entry { person: edit.person, update: edit.update }).collect();
        Ok(Opened { entries, locked })
    }

    async fn append(&self, design: DesignId, entries: Vec<Entry>) -> Result<(), LogError> {
        let edits: Vec<_> =
            entries.into_iter().map(|entry| Edit { person: entry.person, update: entry.update }).collect();
        log::append(self, design, &edits).await.map_err(failed)
    }
}

fn failed(error: store::Error) -> LogError {
    LogError(Box::new(error))
}
