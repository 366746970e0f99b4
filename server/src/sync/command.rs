//! The commands that a room's task handles.

use super::{
    close_reason::CloseReason,
    outgoing::OutgoingSender,
    participant::{ConnectionId, Participant},
};
use axum::body::Bytes;
use domain::{
    PersonId,
    document::{SchemaError, Snapshot},
};
use tokio::sync::oneshot;

#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    #[error("the design's document is not available: {0}")]
    Unavailable(String),
    #[error("the design's document does not match its schema: {0}")]
    Schema(#[from] SchemaError),
}

#[derive(Debug)]
pub(super) enum Command {
    Join(ConnectionId, Participant, OutgoingSender),
    Frame(ConnectionId, Bytes),
    Leave(ConnectionId),
    Snapshot(oneshot::Sender<Result<Snapshot, RoomError>>),
    Lock(oneshot::Sender<()>),
    /// Notifies all participants that the design's page has something new.
    NotifyNews(oneshot::Sender<()>),
    /// Closes all connections of this person.
    ClosePerson(PersonId, CloseReason, oneshot::Sender<()>),
    Shutdown,
}

impl Command {
    /// The connection that sent the command, if a connection did.
    pub fn connection(&self) -> Option<ConnectionId> {
        match self {
            Command::Join(id, ..) | Command::Frame(id, _) | Command::Leave(id) => Some(*id),
            Command::Snapshot(_)
            | Command::Lock(_)
            | Command::NotifyNews(_)
            | Command::ClosePerson(..)
            | Command::Shutdown => None,
        }
    }

    /// Answers the command for a room that is closed.
    pub fn reject(self, reason: CloseReason) {
        match self {
            Command::Join(_, _, outgoing) => outgoing.close(reason),
            Command::Snapshot(reply) => {
                let _ = reply.send(Err(RoomError::Unavailable(reason.phrase.to_owned())));
            }
            Command::Lock(reply) | Command::NotifyNews(reply) | Command::ClosePerson(_, _, reply) => {
                let _ = reply.send(());
            }
            Command::Frame(..) | Command::Leave(_) | Command::Shutdown => {}
        }
    }
}
