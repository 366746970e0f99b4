//! The shared document of a design room. It is a Yjs document, so any Yjs client can take part; docs/room-document.md
//! describes its schema. This module does no input or output and reads no clock.
//!
//! - [`Replica`]: one copy of the document.
//! - [`Snapshot`]: the content of a copy as plain values.
//! - [`Guard`]: decides which updates the server accepts.
//! - [`SyncClient`]: the client side of the sync protocol.

mod guard;
mod item_index;
mod limits;
mod rejection;
mod replica;
mod snapshot;
mod sync_client;
mod wire;

pub use guard::{AdmittedUpdate, Editor, Guard};
pub use limits::{
    BRIEF_LIMIT, COMMENT_LIMIT, DOCUMENT_LIMIT, FIELD_ITEMS_LIMIT, LOG_LIMIT, NAME_LIMIT, OPTION_KEY_LIMIT,
    OPTION_TEXT_LIMIT, OPTIONS_LIMIT, QUANTITY_RANGE, UPDATE_LIMIT,
};
pub use rejection::Rejection;
pub use replica::{ApplyError, Replica, text_difference};
pub use snapshot::{Comment, SchemaError, Snapshot, Value};
pub use sync_client::{ENABLE_NOTICES, FrameOutcome, NOTICE_MESSAGE, SaveStatus, SyncClient, SyncNotice};
pub use wire::{decode_message, decode_state_vector};
