//! Rooms without a database and, but for one test, without a network: the log is kept in memory and can be told to
//! fail or to wait.

mod bad_frames;
mod benchmark;
mod people;
mod schedules;
mod sessions;
mod socket;
mod storing;

use super::{
    Closing, Joined, Log, LogError, Opened, Rooms, Seat,
    message::{give_missing, update},
};
use axum::body::Bytes;
use domain::{
    CommentId, DesignId, PersonId, Side, Timestamp,
    document::{ACKNOWLEDGE, Comment, Editor, NOTICE, Notice, Replica, Snapshot, Value},
    model::Values,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use store::design::log::Edit;
use tokio::{sync::watch, time::Instant};
use uuid::Uuid;
use yrs::{
    ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage},
    updates::{decoder::Decode, encoder::Encode},
};

#[derive(Clone)]
struct MemoryLog {
    entries: Arc<Mutex<HashMap<DesignId, Vec<Edit>>>>,
    appends: Arc<Mutex<Vec<usize>>>,
    /// The options that came with them.
    options: Arc<Mutex<Vec<Values>>>,
    /// What the next appends do.
    mood: Arc<watch::Sender<Mood>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Writes,
    Fails,
    Waits,
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self {
            entries: Arc::default(),
            appends: Arc::default(),
            options: Arc::default(),
            mood: Arc::new(watch::Sender::new(Mood::Writes)),
        }
    }
}

impl MemoryLog {
    fn entries(&self, design: DesignId) -> Vec<Edit> {
        self.entries.lock().unwrap().get(&design).cloned().unwrap_or_default()
    }

    /// The document as the log alone says.
    fn document(&self, design: DesignId) -> Replica {
        let replica = Replica::default();
        self.entries(design).iter().for_each(|entry| replica.apply(&entry.update).unwrap());
        replica
    }
}

impl Log for MemoryLog {
    async fn load(&self, design: DesignId) -> Result<Opened, LogError> {
        Ok(Opened { entries: self.entries(design), locked: false })
    }

    async fn append(&self, design: DesignId, entries: Vec<Edit>, options: Option<Values>) -> Result<(), LogError> {
        let mut mood = self.mood.subscribe();
        let mood = *mood.wait_for(|mood| *mood != Mood::Waits).await.unwrap();
        if mood == Mood::Fails {
            return Err(LogError("the disk is full".into()));
        }
        self.appends.lock().unwrap().push(entries.len());
        self.options.lock().unwrap().extend(options);
        self.entries.lock().unwrap().entry(design).or_default().extend(entries);
        Ok(())
    }
}

const DESIGN: DesignId = DesignId::from_uuid(Uuid::from_u128(7));

fn person(n: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(n))
}

fn joined(n: u128) -> Joined {
    let editor = Editor { person: person(n), name: format!("Person {n}"), may_edit: true, may_comment: true };
    Joined { design: DESIGN, editor, side: Side::Customer, colour: "#205a4b".to_owned(), asked: Instant::now() }
}

fn comment(id: u128, author: u128) -> Comment {
    Comment {
        id: CommentId::from_uuid(Uuid::from_u128(id)),
        author: person(author),
        name: format!("Person {author}"),
        text: "Чи можна дуб?".to_owned(),
        at: Timestamp(1_790_000_000_000),
    }
}

/// A client such as the browser's: a copy of the document and a place in the room.
struct Client {
    copy: Replica,
    seat: Seat,
    heard: Vec<Notice>,
    present: Vec<AwarenessUpdate>,
    denied: Vec<String>,
    /// The updates said on this connection.
    said: Vec<Vec<u8>>,
    /// The room has said what this copy lacked.
    answered: bool,
}

impl Client {
    async fn join<L: Log + Clone>(rooms: &Rooms<L>, joined: Joined, number: u32) -> Self {
        Self::rejoin(rooms, joined, Replica::numbered(number)).await
    }

    async fn rejoin<L: Log + Clone>(rooms: &Rooms<L>, joined: Joined, copy: Replica) -> Self {
        let seat = rooms.join(joined).await.unwrap();
        let client = Self {
            copy,
            seat,
            heard: Vec::new(),
            present: Vec::new(),
            denied: Vec::new(),
            said: Vec::new(),
            answered: false,
        };
        client.say(Message::Custom(NOTICE, ACKNOWLEDGE.to_vec()).encode_v1().into()).await;
        let known = client.copy.doc().transact().state_vector();
        client.say(Message::Sync(SyncMessage::SyncStep1(known)).encode_v1().into()).await;
        client
    }

    async fn say(&self, frame: Bytes) {
        self.seat.speaker().send(frame).await;
    }

    async fn send(&mut self, edit: Option<Vec<u8>>) {
        let edit = edit.unwrap();
        self.said.push(edit.clone());
        self.say(update(edit)).await;
    }

    fn sent(&self) -> u32 {
        self.said.len() as u32
    }

    /// Takes one frame from the room.
    async fn hear(&mut self) -> Result<(), Closing> {
        let frame = self.seat.next().await?;
        match Message::decode_v1(&frame).unwrap() {
            Message::Sync(SyncMessage::SyncStep1(known)) => {
                let missing = self.copy.missing(&known);
                self.said.push(missing.clone());
                self.say(give_missing(missing)).await;
            }
            Message::Sync(SyncMessage::SyncStep2(update)) => {
                self.copy.apply(&update).unwrap();
                self.answered = true;
            }
            Message::Sync(SyncMessage::Update(update)) => {
                // What was sent before the answer may build on what the answer brings.
                let _ = self.copy.apply(&update);
            }
            Message::Custom(NOTICE, text) => self.heard.push(serde_json::from_slice(&text).unwrap()),
            Message::Awareness(update) => self.present.push(update),
            Message::Auth(reason) => self.denied.extend(reason),
            other => panic!("{other:?}"),
        }
        Ok(())
    }

    async fn hear_until(&mut self, enough: impl Fn(&Self) -> bool) {
        while !enough(self) {
            self.hear().await.unwrap();
        }
    }

    fn saved(&self) -> u32 {
        let frames = self.heard.iter().filter_map(|notice| match notice {
            Notice::Saved { frame, .. } => Some(*frame),
            _ => None,
        });
        frames.max().unwrap_or_default()
    }

    /// Until the room has answered the first questions and stored all that was sent.
    async fn settle(&mut self) {
        self.hear_until(|client| client.sent() > 0 && client.saved() == client.sent()).await;
    }

    async fn ended(&mut self) -> Closing {
        loop {
            if let Err(closing) = self.hear().await {
                return closing;
            }
        }
    }
}

/// All that a copy is. Its bytes are not: the fields of a comment are written in any order.
fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}
