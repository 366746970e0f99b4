//! A client's connection to a room, independent of the transport.

use super::{
    close_reason::CloseReason,
    command::Command,
    outgoing::{self, OutgoingReceiver, OutgoingSender},
    participant::ConnectionId,
};
use axum::body::Bytes;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// The client's end of a connection. Dropping it leaves the room.
#[derive(Debug)]
pub struct Connection {
    sender: FrameSender,
    outgoing: OutgoingReceiver,
}

/// Sends the client's frames to the room.
#[derive(Debug, Clone)]
pub struct FrameSender {
    connection: ConnectionId,
    room: mpsc::Sender<Command>,
}

/// Creates a connection and the queue that the room fills. The room does not know of it before [`Command::Join`].
pub(super) fn open(room: mpsc::Sender<Command>) -> (Connection, ConnectionId, OutgoingSender) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let (sender, receiver) = outgoing::channel();
    (Connection { sender: FrameSender { connection: id, room }, outgoing: receiver }, id, sender)
}

impl FrameSender {
    /// Sends a frame to the room; waits while the room's queue is full. Returns false if the room is closed.
    pub async fn send(&self, frame: Bytes) -> bool {
        self.room.send(Command::Frame(self.connection, frame)).await.is_ok()
    }
}

impl Connection {
    pub fn sender(&self) -> FrameSender {
        self.sender.clone()
    }

    /// Returns the next frame from the room, or the reason why there are no more. Frames that were sent before the room
    /// closed the connection are returned first.
    pub async fn next(&mut self) -> Result<Bytes, CloseReason> {
        self.outgoing.next().await
    }

    /// Waits until the room closes this connection.
    pub async fn closed(&mut self) -> CloseReason {
        self.outgoing.closed().await
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let FrameSender { connection, room } = self.sender.clone();
        let Err(mpsc::error::TrySendError::Full(leave)) = room.try_send(Command::Leave(connection)) else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { room.send(leave).await });
        }
    }
}
