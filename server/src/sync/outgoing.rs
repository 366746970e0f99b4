//! The queue of frames from a room to one connection, limited in number and size.

use super::close_reason::CloseReason;
use axum::body::Bytes;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::{mpsc, oneshot};

/// The largest number of queued frames.
const FRAMES_LIMIT: usize = 512;
/// A frame is accepted while no more than this number of bytes is queued.
const BYTES_LIMIT: usize = 4 * 1024 * 1024;

/// The error for a full queue: the client does not read its frames.
#[derive(Debug)]
pub(super) struct QueueFull;

/// The room's end of the queue.
#[derive(Debug)]
pub(super) struct OutgoingSender {
    frames: mpsc::Sender<Bytes>,
    queued_bytes: Arc<AtomicUsize>,
    close: oneshot::Sender<CloseReason>,
}

/// The connection's end of the queue.
#[derive(Debug)]
pub(super) struct OutgoingReceiver {
    frames: mpsc::Receiver<Bytes>,
    queued_bytes: Arc<AtomicUsize>,
    close: oneshot::Receiver<CloseReason>,
    closed: Option<CloseReason>,
}

pub(super) fn channel() -> (OutgoingSender, OutgoingReceiver) {
    let (frame_sender, frames) = mpsc::channel(FRAMES_LIMIT);
    let (close_sender, close) = oneshot::channel();
    let queued_bytes = Arc::new(AtomicUsize::new(0));
    let sender = OutgoingSender { frames: frame_sender, queued_bytes: queued_bytes.clone(), close: close_sender };
    (sender, OutgoingReceiver { frames, queued_bytes, close, closed: None })
}

impl OutgoingSender {
    pub fn send(&self, frame: Bytes) -> Result<(), QueueFull> {
        let length = frame.len();
        if self.queued_bytes.fetch_add(length, Ordering::Relaxed) > BYTES_LIMIT {
            return Err(QueueFull);
        }
        match self.frames.try_send(frame) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => Err(QueueFull),
            // The connection was dropped; its leave command will arrive.
            Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
        }
    }

    pub fn close(self, reason: CloseReason) {
        let _ = self.close.send(reason);
    }
}

impl OutgoingReceiver {
    /// Returns the next frame, or the reason why there are no more. Frames that were queued before the queue was closed
    /// are returned first.
    pub async fn next(&mut self) -> Result<Bytes, CloseReason> {
        if let Some(reason) = self.closed {
            return self.frames.try_recv().map_err(|_| reason);
        }
        let received = tokio::select! {
            biased;
            Some(frame) = self.frames.recv() => Ok(frame),
            reason = &mut self.close => Err(reason),
        };
        match received {
            Ok(frame) => {
                self.queued_bytes.fetch_sub(frame.len(), Ordering::Relaxed);
                Ok(frame)
            }
            Err(reason) => Err(self.set_closed(reason.ok())),
        }
    }

    /// Waits until the room closes the queue.
    pub async fn closed(&mut self) -> CloseReason {
        if let Some(reason) = self.closed {
            return reason;
        }
        let reason = (&mut self.close).await;
        self.set_closed(reason.ok())
    }

    fn set_closed(&mut self, reason: Option<CloseReason>) -> CloseReason {
        *self.closed.insert(reason.unwrap_or(CloseReason::UNAVAILABLE))
    }
}
