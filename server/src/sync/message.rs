//! Encodes the messages that the server sends, and limits the size of frames.

use axum::body::Bytes;
use domain::document::{NOTICE_MESSAGE, SyncNotice, UPDATE_LIMIT};
use yrs::{
    StateVector,
    sync::{AwarenessUpdate, Message, SyncMessage},
    updates::encoder::Encode,
};

/// The largest accepted frame in bytes. A frame is one message: an update and its protocol header.
pub const FRAME_LIMIT: usize = UPDATE_LIMIT + 64;

pub(super) fn notice(notice: &SyncNotice) -> Bytes {
    // Serialising a `SyncNotice` cannot fail.
    encode(&Message::Custom(NOTICE_MESSAGE, serde_json::to_vec(notice).unwrap_or_default()))
}

fn encode(message: &Message) -> Bytes {
    message.encode_v1().into()
}

/// Requests the updates that the server does not have.
pub(super) fn sync_step1(known: StateVector) -> Bytes {
    encode(&Message::Sync(SyncMessage::SyncStep1(known)))
}

/// Answers [`sync_step1`] with the missing updates.
pub(super) fn sync_step2(update: Vec<u8>) -> Bytes {
    encode(&Message::Sync(SyncMessage::SyncStep2(update)))
}

pub(super) fn update(update: Vec<u8>) -> Bytes {
    encode(&Message::Sync(SyncMessage::Update(update)))
}

pub(super) fn presence(update: AwarenessUpdate) -> Bytes {
    encode(&Message::Awareness(update))
}

/// A rejection for clients that do not support notices.
pub(super) fn permission_denied(reason: &str) -> Bytes {
    encode(&Message::Auth(Some(reason.to_owned())))
}
