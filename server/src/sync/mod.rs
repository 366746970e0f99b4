//! The live design rooms: one task for each open design, which owns its document, stores what people change before
//! anyone else sees it, and tells who is here. The protocol is y-sync over WebSocket (docs/room-document.md). Who may
//! join, and as what, is decided before [`sync_socket`] is called.
//!
//! The life of one edit: socket -> [`room`] -> `domain::document::Guard` -> [`Log::append`] -> everyone in the room.
//! There is no other path: an edit that comes from another server will enter at the same place as one just stored.

mod entry;
mod log;
mod message;
mod presence;
mod room;
mod rooms;
mod seat;
mod socket;
mod stored;

pub use entry::{follow, join};
pub use log::{Log, LogError, Opened};
pub use message::FRAME_LIMIT;
pub use rooms::{RoomError, Rooms};
pub use seat::{Closing, Joined, Seat};
pub use socket::sync_socket;

#[cfg(test)]
mod tests;
