//! The client's half of the protocol, without the socket: what to say when joining, what to do with what is heard,
//! and whether the person's edits are saved. The browser's island and the tests put a connection to it.

use super::{Replica, SchemaBreach, Snapshot, read_message};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use yrs::{
    ClientID, ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage, awareness::AwarenessUpdateEntry},
    updates::encoder::Encode,
};

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
    /// Beside the document there is something new: a version, a proposal, an answer.
    News,
}

/// What a person is told about their edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Offline,
    /// On the way, or being stored.
    Waiting,
    Saved,
}

/// One person's part in a room.
#[derive(Default)]
pub struct Session {
    replica: Replica,
    line: Option<Line>,
    locked: bool,
    news: bool,
    /// Whether there are edits that were made while nobody could hear them.
    unsent: bool,
    others: BTreeMap<u64, Json>,
    own: Option<Json>,
    clock: u32,
}

/// A connection.
#[derive(Default)]
struct Line {
    sent: u32,
    saved: u32,
    /// Frames up to this one were sent by a copy that has been given up.
    given_up: u32,
    /// The server has said what this copy lacked.
    answered: bool,
}

/// What hearing a frame led to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// To be sent, in this order.
    pub replies: Vec<Vec<u8>>,
    /// The document reads otherwise than before.
    pub document: bool,
    /// Someone came, left or moved.
    pub people: bool,
    /// The reason why edits were refused: they are gone, the document is the server's again.
    pub refused: Option<String>,
}

impl Session {
    /// With what was kept from an earlier visit.
    pub fn resume(replica: Replica) -> Self {
        Self { replica, unsent: true, ..Self::default() }
    }

    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    pub fn snapshot(&self) -> Result<Snapshot, SchemaBreach> {
        self.replica.snapshot()
    }

    pub fn locked(&self) -> bool {
        self.locked
    }

    /// Whether something beside the document has come since the session began.
    pub fn has_news(&self) -> bool {
        self.news
    }

    /// The others' states by client number, as the server vouches for them.
    pub fn others(&self) -> &BTreeMap<u64, Json> {
        &self.others
    }

    pub fn standing(&self) -> Standing {
        match &self.line {
            None => Standing::Offline,
            Some(line) if line.answered && line.sent > 0 && line.saved == line.sent => Standing::Saved,
            Some(_) => Standing::Waiting,
        }
    }

    /// Whether leaving now would lose something that is kept nowhere else.
    pub fn has_unsaved(&self) -> bool {
        self.unsent || self.line.as_ref().is_some_and(|line| line.saved < line.sent)
    }

    /// The connection stands: what to say first.
    pub fn connected(&mut self) -> Vec<Vec<u8>> {
        self.line = Some(Line::default());
        let mut first = vec![encode(&Message::Custom(NOTICE, ACKNOWLEDGE.to_vec())), self.ask()];
        first.extend(self.still_here());
        first
    }

    pub fn disconnected(&mut self) {
        self.unsent = self.has_unsaved();
        self.line = None;
        self.others.clear();
    }

    /// Makes an edit; what it answers is to be sent. Offline nothing is: it goes with the rest when connected again.
    pub fn edit<E>(&mut self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, E>) -> Result<Option<Vec<u8>>, E> {
        let Some(update) = edit(&self.replica)? else { return Ok(None) };
        let Some(line) = &mut self.line else {
            self.unsent = true;
            return Ok(None);
        };
        line.sent += 1;
        Ok(Some(encode(&Message::Sync(SyncMessage::Update(update)))))
    }

    /// Where this person is: an object of the client's own choice.
    pub fn say_where(&mut self, own: Json) -> Option<Vec<u8>> {
        self.own = Some(own);
        self.still_here()
    }

    /// Says it again: Yjs' own client forgets whoever is silent for thirty seconds.
    pub fn still_here(&mut self) -> Option<Vec<u8>> {
        let own = self.own.as_ref()?.to_string();
        self.line.as_ref()?;
        Some(self.announce(own))
    }

    fn announce(&mut self, json: String) -> Vec<u8> {
        self.clock += 1;
        let entry = AwarenessUpdateEntry { clock: self.clock, json: json.into() };
        let clients = [(ClientID::new(self.replica.number()), entry)].into();
        encode(&Message::Awareness(AwarenessUpdate { clients }))
    }

    pub fn hear(&mut self, frame: &[u8]) -> Heard {
        let Some(line) = &mut self.line else { return Heard::default() };
        match read_message(frame) {
            Some(Message::Sync(SyncMessage::SyncStep1(known))) => {
                // All edits so far are in the answer.
                line.sent += 1;
                self.unsent = false;
                let missing = self.replica.missing(&known);
                Heard::reply(encode(&Message::Sync(SyncMessage::SyncStep2(missing))))
            }
            Some(Message::Sync(SyncMessage::SyncStep2(update))) => {
                line.answered = true;
                self.take(&update)
            }
            Some(Message::Sync(SyncMessage::Update(update))) => self.take(&update),
            Some(Message::Awareness(update)) => self.see(update),
            Some(Message::Custom(NOTICE, notice)) => match serde_json::from_slice(&notice) {
                Ok(notice) => self.note(notice),
                Err(_) => Heard::default(),
            },
            _ => Heard::default(),
        }
    }

    fn take(&mut self, update: &[u8]) -> Heard {
        match self.replica.apply(update) {
            Ok(()) => Heard { document: true, ..Heard::default() },
            // What was sent on before the answer to the first question may build on that answer.
            Err(_) if self.line.as_ref().is_some_and(|line| !line.answered) => Heard::default(),
            Err(_) => Heard::reply(self.ask()),
        }
    }

    fn see(&mut self, update: AwarenessUpdate) -> Heard {
        let me = self.replica.number();
        for (client, entry) in update.clients {
            match serde_json::from_str(&entry.json) {
                Ok(state @ Json::Object(_)) if client.get() != me => _ = self.others.insert(client.get(), state),
                _ => _ = self.others.remove(&client.get()),
            }
        }
        Heard { people: true, ..Heard::default() }
    }

    fn note(&mut self, notice: Notice) -> Heard {
        let Some(line) = &mut self.line else { return Heard::default() };
        match notice {
            Notice::Saved { frame, .. } => line.saved = line.saved.max(frame),
            Notice::Locked => self.locked = true,
            Notice::News => self.news = true,
            // The connection ends next, and the edits go with the next one.
            Notice::Unsaved { .. } => self.unsent = true,
            Notice::Refused { frame, reason } if frame > line.given_up => return self.start_over(reason),
            Notice::Refused { .. } => {}
        }
        Heard::default()
    }

    /// What was refused cannot be taken out of a copy: a new one is filled by the server.
    fn start_over(&mut self, reason: String) -> Heard {
        let farewell = self.announce(Json::Null.to_string());
        self.replica = Replica::default();
        self.unsent = false;
        if let Some(line) = &mut self.line {
            *line = Line { given_up: line.sent, saved: line.sent, sent: line.sent, answered: false };
        }
        let mut replies = vec![farewell, self.ask()];
        replies.extend(self.still_here());
        Heard { replies, document: true, refused: Some(reason), people: false }
    }

    fn ask(&self) -> Vec<u8> {
        let known = self.replica.doc().transact().state_vector();
        encode(&Message::Sync(SyncMessage::SyncStep1(known)))
    }
}

impl Heard {
    fn reply(frame: Vec<u8>) -> Self {
        Self { replies: vec![frame], ..Self::default() }
    }
}

fn encode(message: &Message) -> Vec<u8> {
    message.encode_v1()
}
