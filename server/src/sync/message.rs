//! What goes over the wire besides y-sync's own messages, and the limits of a frame.

use axum::body::Bytes;
use domain::document::UPDATE_LIMIT;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use yrs::{
    StateVector,
    sync::{AwarenessUpdate, Message, SyncMessage},
    updates::encoder::Encode,
};

/// A frame is one message: an update and what the protocol puts before it.
pub const FRAME_LIMIT: usize = UPDATE_LIMIT + 64;

/// The message type of notices. A client that wants them sends one of its own first, [`ACKNOWLEDGE`]; others are not
/// sent any, since they would not know the type.
pub const NOTICE: u8 = 100;
pub const ACKNOWLEDGE: &[u8] = br#"{"acknowledge":true}"#;

/// What the server says about a client's own edits. Numbers count the client's update frames (sync step 2 and update)
/// on this connection, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notice {
    /// Everything up to this frame is on disk; the state is how far that is for the clients that edited.
    Saved { frame: u32, state: BTreeMap<u64, u32> },
    /// This frame was refused as a whole: the client puts its document right by taking the server's.
    Refused { frame: u32, reason: String },
    /// What came after the last `saved` up to this frame could not be stored.
    Unsaved { frame: u32 },
    /// The design is approved.
    Locked,
}

impl Notice {
    pub fn frame(&self) -> Bytes {
        let text = serde_json::to_vec(self).unwrap_or_default();
        encode(&Message::Custom(NOTICE, text))
    }
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
