//! Rooms without a network, but for one test, and without a database, but for the schedules: the log can be told to fail
//! or to wait.

mod bad_frames;
mod benchmark;
mod logs;
mod people;
mod schedules;
mod schedules_on_disk;
mod sessions;
mod socket;
mod storing;
#[path = "../../../../store/tests/support/mod.rs"]
mod support;

use super::{
    Closing, Joined, Log, Rooms, Seat,
    message::{give_missing, update},
};
use axum::body::Bytes;
use domain::{
    CommentId, DesignId, PersonId, Side, Timestamp,
    document::{Comment, ENABLE_NOTICES, Editor, NOTICE_MESSAGE, Replica, Snapshot, SyncNotice, Value},
    model::Values,
};
use logs::{MemoryLog, Mood, Moody};
use tokio::time::Instant;
use uuid::Uuid;
use yrs::{
    ReadTxn, Transact,
    sync::{AwarenessUpdate, Message, SyncMessage},
    updates::{decoder::Decode, encoder::Encode},
};

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
    heard: Vec<SyncNotice>,
    present: Vec<AwarenessUpdate>,
    denied: Vec<String>,
    /// The updates said on this connection.
    said: Vec<Vec<u8>>,
    /// The room has said what this copy lacked.
    answered: bool,
}

impl Client {
    async fn join<L: Log + Clone>(rooms: &Rooms<L>, joined: Joined, number: u32) -> Self {
        Self::rejoin(rooms, joined, Replica::with_client_id(number)).await
    }

    async fn rejoin<L: Log + Clone>(rooms: &Rooms<L>, joined: Joined, copy: Replica) -> Self {
        Self::sit(rooms.join(joined).await.unwrap(), copy).await
    }

    /// Says the first words in a place that was given.
    async fn sit(seat: Seat, copy: Replica) -> Self {
        let client = Self {
            copy,
            seat,
            heard: Vec::new(),
            present: Vec::new(),
            denied: Vec::new(),
            said: Vec::new(),
            answered: false,
        };
        client.say(Message::Custom(NOTICE_MESSAGE, ENABLE_NOTICES.to_vec()).encode_v1().into()).await;
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
                let missing = self.copy.diff(&known);
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
            Message::Custom(NOTICE_MESSAGE, text) => self.heard.push(serde_json::from_slice(&text).unwrap()),
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
            SyncNotice::Saved { frame, .. } => Some(*frame),
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

/// A room with two people who have heard all there is.
async fn two_together(log: &MemoryLog) -> (Rooms<MemoryLog>, Client, Client) {
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    let mut b = Client::join(&rooms, joined(2), 2).await;
    a.settle().await;
    b.settle().await;
    (rooms, a, b)
}

/// All that a copy is: what it says, and every item with its place, as a copy has them that got all at once. The bytes
/// may differ: a copy cuts runs of items as edits come, and the fields of a comment are written in any order.
fn state(copy: &Replica) -> (Snapshot, yrs::Update) {
    let whole = Replica::default();
    whole.apply(&copy.full_update()).unwrap();
    (copy.snapshot().unwrap(), yrs::Update::decode_v1(&whole.full_update()).unwrap())
}
