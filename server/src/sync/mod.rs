//! The design rooms: one task for each open design. It owns the document, stores edits before it relays them, and
//! distributes presence. The protocol is y-sync over WebSocket (docs/room-document.md). [`join`] decides who may join
//! and with which rights, before [`sync_socket`] is called.
//!
//! The path of an edit: socket -> room -> `domain::document::Guard` -> [`EditLog::append`] -> everyone in the room.
//! There is no other path.
//!
//! Files here import each other in one direction only: join, commit_events -> socket -> rooms -> room, connection ->
//! command -> participant, outgoing -> close_reason.

mod close_reason;
mod command;
mod commit_events;
mod connection;
mod edit_log;
mod join;
mod message;
mod outgoing;
mod participant;
mod presence;
mod room;
mod rooms;
mod socket;

pub use close_reason::CloseReason;
pub use command::RoomError;
pub use commit_events::apply_commit_events;
pub use connection::{Connection, FrameSender};
pub use edit_log::{EditLog, EditLogError, LoadedLog};
pub use join::join;
pub use message::FRAME_LIMIT;
pub use participant::Participant;
pub use rooms::Rooms;
pub use socket::sync_socket;

#[cfg(test)]
mod tests;
