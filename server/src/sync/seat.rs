//! One connection's place in a room: what the room sends waits here, in bounded number and size.

use super::room::Command;
use axum::body::Bytes;
use domain::{DesignId, Side, document::Editor};
use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// Someone let in, as the policy and their profile say.
#[derive(Debug, Clone)]
pub struct Joined {
    pub design: DesignId,
    pub editor: Editor,
    pub side: Side,
    pub colour: String,
    /// When that began to be asked: what has ended since, is not to be had by it.
    pub asked: Instant,
}

/// Why a connection ends, as WebSocket says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    pub code: u16,
    pub reason: &'static str,
}

impl Closing {
    pub const NOT_BINARY: Closing = Closing { code: 1003, reason: "only binary messages are understood" };
    pub const MALFORMED: Closing = Closing { code: 1007, reason: "not a message of the protocol" };
    pub const REVOKED: Closing = Closing { code: 1008, reason: "access has changed" };
    pub const REFUSED: Closing = Closing { code: 1008, reason: "too many refused updates" };
    pub const TOO_LARGE: Closing = Closing { code: 1009, reason: "the message is too large" };
    pub const UNREADABLE: Closing = Closing { code: 1009, reason: "the message is too large, or not WebSocket" };
    pub const SILENT: Closing = Closing { code: 1001, reason: "nothing was heard for too long" };
    pub const RESTART: Closing = Closing { code: 1012, reason: "the server restarts" };
    pub const SIGNED_OUT: Closing = Closing { code: 1012, reason: "a session has ended; join again" };
    pub const SLOW: Closing = Closing { code: 1013, reason: "too slow to follow; join again" };
    pub const UNSAVED: Closing = Closing { code: 1013, reason: "edits cannot be stored now; join again" };
    pub const UNAVAILABLE: Closing = Closing { code: 1013, reason: "the design cannot be opened now; join again" };
}

pub(super) type SeatId = u64;

/// The connection's end. Dropped, it leaves the room.
#[derive(Debug)]
pub struct Seat {
    speaker: Speaker,
    frames: mpsc::Receiver<Bytes>,
    waiting: Arc<AtomicUsize>,
    closing: oneshot::Receiver<Closing>,
    closed: Option<Closing>,
}

/// What a connection says, goes to the room through this.
#[derive(Debug, Clone)]
pub struct Speaker {
    id: SeatId,
    room: mpsc::Sender<Command>,
}

/// The room's end.
#[derive(Debug)]
pub(super) struct Outbox {
    frames: mpsc::Sender<Bytes>,
    waiting: Arc<AtomicUsize>,
    closing: Option<oneshot::Sender<Closing>>,
}

/// Frames that may wait for one connection, and bytes in all but the first of them.
const FRAMES_LIMIT: usize = 512;
const BYTES_LIMIT: usize = 4 * 1024 * 1024;

/// The connection does not take what it is sent.
#[derive(Debug)]
pub(super) struct TooSlow;

pub(super) fn seat(room: mpsc::Sender<Command>) -> (Seat, SeatId, Outbox) {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let id = LAST.fetch_add(1, Ordering::Relaxed);
    let (send, frames) = mpsc::channel(FRAMES_LIMIT);
    let (close, closing) = oneshot::channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    let seat = Seat { speaker: Speaker { id, room }, frames, waiting: waiting.clone(), closing, closed: None };
    (seat, id, Outbox { frames: send, waiting, closing: Some(close) })
}

impl Outbox {
    pub fn send(&self, frame: Bytes) -> Result<(), TooSlow> {
        let length = frame.len();
        if self.waiting.fetch_add(length, Ordering::Relaxed) > BYTES_LIMIT {
            return Err(TooSlow);
        }
        match self.frames.try_send(frame) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_)) => Err(TooSlow),
            // The connection has gone; that it left is on its way.
            Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
        }
    }

    pub fn close(mut self, closing: Closing) {
        if let Some(close) = self.closing.take() {
            let _ = close.send(closing);
        }
    }
}

impl Speaker {
    /// Hands a frame to the room; waits while the room has too many. False when the room has closed.
    pub async fn send(&self, frame: Bytes) -> bool {
        self.room.send(Command::Frame(self.id, frame)).await.is_ok()
    }
}

impl Seat {
    pub fn speaker(&self) -> Speaker {
        self.speaker.clone()
    }

    /// The next frame from the room, or why there are no more. What was said before the end is still heard.
    pub async fn next(&mut self) -> Result<Bytes, Closing> {
        if let Some(closing) = self.closed {
            return self.frames.try_recv().map_err(|_| closing);
        }
        let heard = tokio::select! {
            biased;
            Some(frame) = self.frames.recv() => Ok(frame),
            closing = &mut self.closing => Err(closing),
        };
        match heard {
            Ok(frame) => {
                self.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
                Ok(frame)
            }
            Err(closing) => Err(self.end(closing.ok())),
        }
    }

    /// Waits until the room ends this connection.
    pub async fn closed(&mut self) -> Closing {
        if let Some(closing) = self.closed {
            return closing;
        }
        let closing = (&mut self.closing).await;
        self.end(closing.ok())
    }

    fn end(&mut self, closing: Option<Closing>) -> Closing {
        *self.closed.insert(closing.unwrap_or(Closing::UNAVAILABLE))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Speaker { id, room } = self.speaker.clone();
        let Err(mpsc::error::TrySendError::Full(left)) = room.try_send(Command::Leave(id)) else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { room.send(left).await });
        }
    }
}
