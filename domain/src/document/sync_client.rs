//! The client side of the sync protocol, without the socket: which frames to send, how to handle received frames, and
//! whether the person's edits are saved. The design room in the browser and the tests connect it to a WebSocket.

use super::{
    replica::Replica,
    snapshot::{SchemaError, Snapshot},
    wire::decode_message,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use yrs::{
    ClientID, ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage, awareness::AwarenessUpdateEntry},
    updates::encoder::Encode,
};

/// The y-sync message type of notices. The server sends notices only to clients that asked for them with
/// [`ENABLE_NOTICES`], because other clients do not know the type.
pub const NOTICE_MESSAGE: u8 = 100;
/// The content of the message with which a client asks for notices.
pub const ENABLE_NOTICES: &[u8] = br#"{"acknowledge":true}"#;

/// A notice from the server to one client, mostly about the client's own edits. `frame` is the number of an update
/// frame (sync step 2 or update) that the client sent on this connection, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SyncNotice {
    /// All frames up to this one are on disk. `state` maps each client id that edited to its new clock.
    Saved { frame: u32, state: BTreeMap<u64, u32> },
    /// This frame was rejected as a whole. The client must replace its document by the server's.
    Refused { frame: u32, reason: String },
    /// The frames after the last `saved` up to this one could not be stored.
    Unsaved { frame: u32 },
    /// The design was approved and can no longer be edited.
    Locked,
    /// The design has a new version, proposal or answer.
    News,
}

/// Whether a person's edits are saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveStatus {
    Offline,
    /// Edits are being sent or stored.
    Saving,
    Saved,
}

/// One client of a design room: its copy of the document, its connection and the presence of the others.
#[derive(Default)]
pub struct SyncClient {
    replica: Replica,
    connection: Option<ConnectionState>,
    locked: bool,
    has_news: bool,
    /// Whether there are edits that were made offline.
    has_offline_edits: bool,
    others: BTreeMap<u64, Json>,
    own_presence: Option<Json>,
    presence_clock: u32,
}

#[derive(Default)]
struct ConnectionState {
    /// How many update frames were sent.
    sent: u32,
    /// All frames up to this one are on the server's disk.
    saved: u32,
    /// Frames up to this one were sent from a copy that was discarded.
    discarded: u32,
    /// Whether the server answered the first sync step 1 of the current copy.
    synced: bool,
}

/// The result of handling a frame.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrameOutcome {
    /// Frames to send, in this order.
    pub replies: Vec<Vec<u8>>,
    pub document_changed: bool,
    /// Whether someone joined, left or moved.
    pub presence_changed: bool,
    /// The code of the server's rejection. The client's edits were discarded and the document is reloaded.
    pub rejection: Option<String>,
}

impl SyncClient {
    /// Starts with a copy that was saved in the browser and may contain unsent edits.
    pub fn resume(replica: Replica) -> Self {
        Self { replica, has_offline_edits: true, ..Self::default() }
    }

    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    pub fn snapshot(&self) -> Result<Snapshot, SchemaError> {
        self.replica.snapshot()
    }

    pub fn is_locked(&self) -> bool {
        self.locked
    }

    /// Whether the server reported a new version, proposal or answer since this client started.
    pub fn has_news(&self) -> bool {
        self.has_news
    }

    /// The awareness states of the other clients by client id. The server guarantees their `user` field.
    pub fn others(&self) -> &BTreeMap<u64, Json> {
        &self.others
    }

    pub fn save_status(&self) -> SaveStatus {
        match &self.connection {
            None => SaveStatus::Offline,
            Some(state) if state.synced && state.sent > 0 && state.saved == state.sent => SaveStatus::Saved,
            Some(_) => SaveStatus::Saving,
        }
    }

    /// Whether closing the page now would lose edits.
    pub fn has_unsaved(&self) -> bool {
        self.has_offline_edits || self.connection.as_ref().is_some_and(|state| state.saved < state.sent)
    }

    /// To be called when a connection opens. Returns the first frames to send.
    pub fn connected(&mut self) -> Vec<Vec<u8>> {
        self.connection = Some(ConnectionState::default());
        let mut first = vec![encode(&Message::Custom(NOTICE_MESSAGE, ENABLE_NOTICES.to_vec())), self.sync_step_1()];
        first.extend(self.refresh_presence());
        first
    }

    /// To be called when the connection closes.
    pub fn disconnected(&mut self) {
        self.has_offline_edits = self.has_unsaved();
        self.connection = None;
        self.others.clear();
    }

    /// Makes an edit and returns the frame to send. Returns `None` if nothing changed or the client is offline: offline
    /// edits are sent with the next sync.
    pub fn edit<E>(&mut self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, E>) -> Result<Option<Vec<u8>>, E> {
        let Some(update) = edit(&self.replica)? else { return Ok(None) };
        let Some(state) = &mut self.connection else {
            self.has_offline_edits = true;
            return Ok(None);
        };
        state.sent += 1;
        Ok(Some(encode(&Message::Sync(SyncMessage::Update(update)))))
    }

    /// Sets this client's awareness state, a JSON object, and returns the frame to send.
    pub fn set_presence(&mut self, presence: Json) -> Option<Vec<u8>> {
        self.own_presence = Some(presence);
        self.refresh_presence()
    }

    /// Returns the frame that repeats this client's awareness state. Yjs clients drop states after 30 seconds.
    pub fn refresh_presence(&mut self) -> Option<Vec<u8>> {
        let presence = self.own_presence.as_ref()?.to_string();
        self.connection.as_ref()?;
        Some(self.encode_presence(presence))
    }

    fn encode_presence(&mut self, json: String) -> Vec<u8> {
        self.presence_clock += 1;
        let entry = AwarenessUpdateEntry { clock: self.presence_clock, json: json.into() };
        let clients = [(ClientID::new(self.replica.client_id()), entry)].into();
        encode(&Message::Awareness(AwarenessUpdate { clients }))
    }

    /// Handles a frame from the server.
    pub fn handle_frame(&mut self, frame: &[u8]) -> FrameOutcome {
        let Some(state) = &mut self.connection else { return FrameOutcome::default() };
        match decode_message(frame) {
            Some(Message::Sync(SyncMessage::SyncStep1(state_vector))) => {
                // The answer contains all edits so far, also those made offline.
                state.sent += 1;
                self.has_offline_edits = false;
                let update = self.replica.diff(&state_vector);
                FrameOutcome::reply(encode(&Message::Sync(SyncMessage::SyncStep2(update))))
            }
            Some(Message::Sync(SyncMessage::SyncStep2(update))) => {
                state.synced = true;
                self.apply_update(&update)
            }
            Some(Message::Sync(SyncMessage::Update(update))) => self.apply_update(&update),
            Some(Message::Awareness(update)) => self.apply_awareness(update),
            Some(Message::Custom(NOTICE_MESSAGE, notice)) => match serde_json::from_slice(&notice) {
                Ok(notice) => self.handle_notice(notice),
                Err(_) => FrameOutcome::default(),
            },
            _ => FrameOutcome::default(),
        }
    }

    fn apply_update(&mut self, update: &[u8]) -> FrameOutcome {
        match self.replica.apply(update) {
            Ok(()) => FrameOutcome { document_changed: true, ..FrameOutcome::default() },
            // An update that arrives before the first sync step 2 may depend on it.
            Err(_) if self.connection.as_ref().is_some_and(|state| !state.synced) => FrameOutcome::default(),
            Err(_) => FrameOutcome::reply(self.sync_step_1()),
        }
    }

    fn apply_awareness(&mut self, update: AwarenessUpdate) -> FrameOutcome {
        let own_id = self.replica.client_id();
        for (client, entry) in update.clients {
            match serde_json::from_str(&entry.json) {
                Ok(state @ Json::Object(_)) if client.get() != own_id => _ = self.others.insert(client.get(), state),
                _ => _ = self.others.remove(&client.get()),
            }
        }
        FrameOutcome { presence_changed: true, ..FrameOutcome::default() }
    }

    fn handle_notice(&mut self, notice: SyncNotice) -> FrameOutcome {
        let Some(state) = &mut self.connection else { return FrameOutcome::default() };
        match notice {
            SyncNotice::Saved { frame, .. } => state.saved = state.saved.max(frame),
            SyncNotice::Locked => self.locked = true,
            SyncNotice::News => self.has_news = true,
            // The server closes the connection next. The edits are sent again on the next connection.
            SyncNotice::Unsaved { .. } => self.has_offline_edits = true,
            SyncNotice::Refused { frame, reason } if frame > state.discarded => return self.discard_replica(reason),
            SyncNotice::Refused { .. } => {}
        }
        FrameOutcome::default()
    }

    /// Replaces the copy by an empty one and requests the document from the server. Rejected edits cannot be removed
    /// from a copy.
    fn discard_replica(&mut self, reason: String) -> FrameOutcome {
        let leave = self.encode_presence(Json::Null.to_string());
        self.replica = Replica::default();
        self.has_offline_edits = false;
        if let Some(state) = &mut self.connection {
            *state = ConnectionState { discarded: state.sent, saved: state.sent, sent: state.sent, synced: false };
        }
        let mut replies = vec![leave, self.sync_step_1()];
        replies.extend(self.refresh_presence());
        FrameOutcome { replies, document_changed: true, rejection: Some(reason), presence_changed: false }
    }

    fn sync_step_1(&self) -> Vec<u8> {
        let state_vector = self.replica.doc().transact().state_vector();
        encode(&Message::Sync(SyncMessage::SyncStep1(state_vector)))
    }
}

impl FrameOutcome {
    fn reply(frame: Vec<u8>) -> Self {
        Self { replies: vec![frame], ..Self::default() }
    }
}

fn encode(message: &Message) -> Vec<u8> {
    message.encode_v1()
}
