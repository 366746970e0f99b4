//! Logs that can be told to fail or to wait: one in memory, and any other.

use crate::sync::{Log, LogError, Opened};
use domain::{DesignId, document::Replica};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use store::design::{log::Edit, room::AcceptedEdits};
use tokio::sync::watch;

/// A log with a mood of its own.
#[derive(Clone)]
pub struct Moody<L> {
    log: L,
    /// What each append brought.
    pub appends: Arc<Mutex<Vec<AcceptedEdits>>>,
    /// What the next appends do.
    pub mood: Arc<watch::Sender<Mood>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    Writes,
    Fails,
    Waits,
    /// Writes, and says that it failed: as where the answer to a commit is lost.
    LosesItsAnswer,
}

impl<L> Moody<L> {
    pub fn new(log: L) -> Self {
        Self { log, appends: Arc::default(), mood: Arc::new(watch::Sender::new(Mood::Writes)) }
    }
}

impl<L: Log> Log for Moody<L> {
    async fn load(&self, design: DesignId) -> Result<Opened, LogError> {
        self.log.load(design).await
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), LogError> {
        let mut mood = self.mood.subscribe();
        let mood = *mood.wait_for(|mood| *mood != Mood::Waits).await.unwrap();
        if mood == Mood::Fails {
            return Err(LogError("the disk is full".into()));
        }
        self.appends.lock().unwrap().push(accepted.clone());
        self.log.append(design, accepted).await?;
        if mood == Mood::LosesItsAnswer { Err(LogError("no answer".into())) } else { Ok(()) }
    }
}

pub type MemoryLog = Moody<Memory>;

#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<HashMap<DesignId, Vec<Edit>>>>);

impl Log for Memory {
    async fn load(&self, design: DesignId) -> Result<Opened, LogError> {
        let entries = self.0.lock().unwrap().get(&design).cloned().unwrap_or_default();
        Ok(Opened { entries, locked: false })
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), LogError> {
        self.0.lock().unwrap().entry(design).or_default().extend(accepted.edits);
        Ok(())
    }
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self::new(Memory::default())
    }
}

impl MemoryLog {
    pub fn entries(&self, design: DesignId) -> Vec<Edit> {
        self.log.0.lock().unwrap().get(&design).cloned().unwrap_or_default()
    }

    pub fn document(&self, design: DesignId) -> Replica {
        document(&self.entries(design))
    }
}

/// The document as the log alone says.
pub fn document(entries: &[Edit]) -> Replica {
    let replica = Replica::default();
    entries.iter().for_each(|entry| replica.apply(&entry.update).unwrap());
    replica
}
