//! Notifications inside this process after a commit: events for open connections, and waiting mail.

use domain::{DesignId, PersonId};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};

/// An event for open connections, sent after the commit. It is not stored: clients that connect later read the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitEvent {
    /// The design is approved and accepts no more edits.
    DesignLocked(DesignId),
    /// The design has a new version, proposal or answer.
    DesignUpdated(DesignId),
    /// The person's permissions or name changed.
    PersonChanged(PersonId),
    /// One or all sessions of the person ended.
    SessionEnded(PersonId),
}

/// The receivers in this process that a commit wakes.
#[derive(Clone)]
pub(crate) struct Listeners {
    pub mail_waiting: Arc<Notify>,
    pub events: broadcast::Sender<CommitEvent>,
}

impl Default for Listeners {
    fn default() -> Self {
        Self { mail_waiting: Arc::default(), events: broadcast::Sender::new(1_024) }
    }
}
