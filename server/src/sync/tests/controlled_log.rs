//! A wrapper that makes an edit log fail or block on demand, and an edit log in memory.

use crate::sync::{EditLog, EditLogError, LoadedLog};
use domain::{DesignId, document::Replica};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use store::design::{log::Edit, room::AcceptedEdits};
use tokio::sync::watch;

/// An edit log whose appends succeed, fail or block as the test sets it.
#[derive(Clone)]
pub struct ControlledLog<L> {
    log: L,
    /// The arguments of all appends that did not fail.
    pub appends: Arc<Mutex<Vec<AcceptedEdits>>>,
    /// The behaviour of the next appends.
    pub behaviour: Arc<watch::Sender<LogBehaviour>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LogBehaviour {
    Succeed,
    Fail,
    /// Waits until the behaviour changes.
    Block,
    /// Stores the edits and returns an error, as when the answer to a commit is lost.
    StoreButFail,
}

impl<L> ControlledLog<L> {
    pub fn new(log: L) -> Self {
        Self { log, appends: Arc::default(), behaviour: Arc::new(watch::Sender::new(LogBehaviour::Succeed)) }
    }
}

impl<L: EditLog> EditLog for ControlledLog<L> {
    async fn load(&self, design: DesignId) -> Result<LoadedLog, EditLogError> {
        self.log.load(design).await
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), EditLogError> {
        let mut behaviour = self.behaviour.subscribe();
        let behaviour = *behaviour.wait_for(|behaviour| *behaviour != LogBehaviour::Block).await.unwrap();
        if behaviour == LogBehaviour::Fail {
            return Err(EditLogError("the disk is full".into()));
        }
        self.appends.lock().unwrap().push(accepted.clone());
        self.log.append(design, accepted).await?;
        if behaviour == LogBehaviour::StoreButFail { Err(EditLogError("no answer".into())) } else { Ok(()) }
    }
}

pub type MemoryLog = ControlledLog<Memory>;

#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<HashMap<DesignId, Vec<Edit>>>>);

impl EditLog for Memory {
    async fn load(&self, design: DesignId) -> Result<LoadedLog, EditLogError> {
        let edits = self.0.lock().unwrap().get(&design).cloned().unwrap_or_default();
        Ok(LoadedLog { edits, is_locked: false })
    }

    async fn append(&self, design: DesignId, accepted: AcceptedEdits) -> Result<(), EditLogError> {
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
    pub fn edits(&self, design: DesignId) -> Vec<Edit> {
        self.log.0.lock().unwrap().get(&design).cloned().unwrap_or_default()
    }

    pub fn document(&self, design: DesignId) -> Replica {
        document(&self.edits(design))
    }
}

/// Builds the document from the log alone.
pub fn document(edits: &[Edit]) -> Replica {
    let replica = Replica::default();
    edits.iter().for_each(|edit| replica.apply(&edit.update).unwrap());
    replica
}
