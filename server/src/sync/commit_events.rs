//! Applies events of committed changes to the rooms.

use super::{close_reason::CloseReason, rooms::Rooms};
use store::{CommitEvent, Store};
use tokio::sync::broadcast::error::RecvError;

/// Runs until the store is closed.
pub async fn apply_commit_events(store: Store, rooms: Rooms) {
    let mut events = store.commit_events();
    loop {
        match events.recv().await {
            Ok(CommitEvent::DesignLocked(design)) => rooms.lock(design).await,
            Ok(CommitEvent::DesignUpdated(design)) => rooms.notify_news(design).await,
            Ok(CommitEvent::PersonChanged(person)) => rooms.close_person(person, CloseReason::ACCESS_CHANGED).await,
            // A person with another session joins again with that one.
            Ok(CommitEvent::SessionEnded(person)) => rooms.close_person(person, CloseReason::SIGNED_OUT).await,
            // Events were lost. All clients have to join again and so load the current state.
            Err(RecvError::Lagged(lost)) => {
                tracing::warn!(lost, "commit events were lost; all rooms are restarted");
                rooms.restart().await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}
