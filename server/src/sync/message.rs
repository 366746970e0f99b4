//! What goes over the wire besides y-sync's own messages, and the limits of a frame.

use axum::body::Bytes;
use domain::document::{NOTICE_MESSAGE, SyncNotice, UPDATE_LIMIT};
use yrs::{
    StateVector,
    sync::{AwarenessUpdate, Message, SyncMessage},
    updates::encoder::Encode,
};

/// A frame is one message: an update and what the protocol puts before it.
pub const FRAME_LIMIT: usize = UPDATE_LIMIT + 64;

pub(super) fn notice(notice: &SyncNotice) -> Bytes {
    // A notice of ours is always JSON.
    encode(&Message::Custom(NOTICE_MESSAGE, serde_json::to_vec(notice).unwrap_or_default()))
}

fn encode(message: &Message) -> Bytes {
    message.encode_v1().into()
}

pub(super) fn ask_for_missing(known: StateVector) -> Bytes {
    encode(&Message::Sync(SyncMessage::SyncStep1(known)))
}

pub(super) fn give_missing(update: Vec<u8>) -> Bytes {
    encode(&Message::Sync(SyncMessage::SyncStep2(update)))
}

pub(super) fn update(update: Vec<u8>) -> Bytes {
    encode(&Message::Sync(SyncMessage::Update(update)))
}

pub(super) fn presence(update: AwarenessUpdate) -> Bytes {
    encode(&Message::Awareness(update))
}

/// For clients that know no notices.
pub(super) fn denied(reason: &str) -> Bytes {
    encode(&Message::Auth(Some(reason.to_owned())))
}
