//! Writing backdated history: records that look as if other people had made them in the past.

use super::{change::Change, error::Result, store::Store};
use domain::{Timestamp, policy::Actor};
use std::ops::{Deref, DerefMut};

/// The permission to write backdated history, for the demo company, imports and tests.
///
/// Only [`open_with_history`](crate::open_with_history) returns one. Page code has a [`Store`] and nothing else, so it
/// cannot act as somebody else or at another time.
pub struct HistoryWriter(Store);

impl HistoryWriter {
    pub(crate) fn new(store: Store) -> Self {
        Self(store)
    }

    /// Begins a change by `actor` at the current time, which can then be backdated.
    pub async fn change(&self, actor: Actor) -> Result<BackdatedChange> {
        Ok(BackdatedChange(self.0.change(actor).await?))
    }
}

/// A change whose actor and time can be set. The operations of the records take it as they take a [`Change`].
pub struct BackdatedChange(Change);

impl BackdatedChange {
    /// Makes the rest of the change act as `actor` at `at`. Mail that it enqueues from now on is stored as sent.
    pub fn impersonate(&mut self, actor: Actor, at: Timestamp) {
        self.0.impersonate(actor, at);
    }

    /// Seeds the random numbers that keys and secrets are made of, which makes them repeatable.
    pub fn seed(&mut self, seed: u64) {
        self.0.seed(seed);
    }

    /// Commits the change, see [`Change::commit`].
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}

impl Deref for BackdatedChange {
    type Target = Change;
    fn deref(&self) -> &Change {
        &self.0
    }
}

impl DerefMut for BackdatedChange {
    fn deref_mut(&mut self) -> &mut Change {
        &mut self.0
    }
}
