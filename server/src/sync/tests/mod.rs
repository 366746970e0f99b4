//! Tests of rooms. Only `socket` uses a network and only `random_schedules_on_database` a database; the others use an
//! edit log that fails or blocks on demand.

mod bad_frames;
mod benchmark;
mod browser_session;
mod controlled_log;
mod presence_and_access;
mod random_schedules;
mod random_schedules_on_database;
mod socket;
mod storage;
#[path = "../../../../store/tests/support/mod.rs"]
mod support;

use super::{
    CloseReason, Connection, EditLog, Participant, Rooms,
    message::{sync_step2, update},
};
use axum::body::Bytes;
use controlled_log::{ControlledLog, LogBehaviour, MemoryLog};
use domain::{
    CommentId, DesignId, PersonId, Side, Timestamp,
    document::{Comment, ENABLE_NOTICES, Editor, NOTICE_MESSAGE, Replica, Snapshot, SyncNotice, Value},
    model::Values,
};
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

fn participant(n: u128) -> Participant {
    let editor = Editor { person: person(n), name: format!("Person {n}"), may_edit: true, may_comment: true };
    Participant {
        design: DESIGN,
        editor,
        side: Side::Customer,
        colour: "#205a4b".to_owned(),
        requested_at: Instant::now(),
    }
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

/// A client like the browser's: a copy of the document and a connection to the room.
struct Client {
    copy: Replica,
    connection: Connection,
    notices: Vec<SyncNotice>,
    presence: Vec<AwarenessUpdate>,
    denied: Vec<String>,
    /// The updates sent on this connection.
    sent_updates: Vec<Vec<u8>>,
    /// Whether the room has sent what this copy lacked.
    is_synced: bool,
}

impl Client {
    async fn join<L: EditLog + Clone>(rooms: &Rooms<L>, participant: Participant, number: u32) -> Self {
        Self::join_with_copy(rooms, participant, Replica::with_client_id(number)).await
    }

    async fn join_with_copy<L: EditLog + Clone>(rooms: &Rooms<L>, participant: Participant, copy: Replica) -> Self {
        Self::start(rooms.join(participant).await.unwrap(), copy).await
    }

    /// Sends the first messages on a new connection.
    async fn start(connection: Connection, copy: Replica) -> Self {
        let client = Self {
            copy,
            connection,
            notices: Vec::new(),
            presence: Vec::new(),
            denied: Vec::new(),
            sent_updates: Vec::new(),
            is_synced: false,
        };
        client.send_frame(Message::Custom(NOTICE_MESSAGE, ENABLE_NOTICES.to_vec()).encode_v1().into()).await;
        let known = client.copy.doc().transact().state_vector();
        client.send_frame(Message::Sync(SyncMessage::SyncStep1(known)).encode_v1().into()).await;
        client
    }

    async fn send_frame(&self, frame: Bytes) {
        self.connection.sender().send(frame).await;
    }

    async fn send_edit(&mut self, edit: Option<Vec<u8>>) {
        let edit = edit.unwrap();
        self.sent_updates.push(edit.clone());
        self.send_frame(update(edit)).await;
    }

    fn sent_frames(&self) -> u32 {
        self.sent_updates.len() as u32
    }

    /// Handles one frame from the room.
    async fn receive(&mut self) -> Result<(), CloseReason> {
        let frame = self.connection.next().await?;
        match Message::decode_v1(&frame).unwrap() {
            Message::Sync(SyncMessage::SyncStep1(known)) => {
                let missing = self.copy.diff(&known);
                self.sent_updates.push(missing.clone());
                self.send_frame(sync_step2(missing)).await;
            }
            Message::Sync(SyncMessage::SyncStep2(update)) => {
                self.copy.apply(&update).unwrap();
                self.is_synced = true;
            }
            Message::Sync(SyncMessage::Update(update)) => {
                // An update that was relayed before the sync answer may depend on the answer.
                let _ = self.copy.apply(&update);
            }
            Message::Custom(NOTICE_MESSAGE, text) => self.notices.push(serde_json::from_slice(&text).unwrap()),
            Message::Awareness(update) => self.presence.push(update),
            Message::Auth(reason) => self.denied.extend(reason),
            other => panic!("{other:?}"),
        }
        Ok(())
    }

    async fn receive_until(&mut self, enough: impl Fn(&Self) -> bool) {
        while !enough(self) {
            self.receive().await.unwrap();
        }
    }

    fn acknowledged_frames(&self) -> u32 {
        let frames = self.notices.iter().filter_map(|notice| match notice {
            SyncNotice::Saved { frame, .. } => Some(*frame),
            _ => None,
        });
        frames.max().unwrap_or_default()
    }

    /// Waits until the room has answered the first messages and acknowledged all sent updates.
    async fn wait_until_saved(&mut self) {
        self.receive_until(|client| client.sent_frames() > 0 && client.acknowledged_frames() == client.sent_frames())
            .await;
    }

    async fn closed(&mut self) -> CloseReason {
        loop {
            if let Err(closing) = self.receive().await {
                return closing;
            }
        }
    }
}

/// Opens a room with two synced clients.
async fn room_with_two_clients(log: &MemoryLog) -> (Rooms<MemoryLog>, Client, Client) {
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    let mut b = Client::join(&rooms, participant(2), 2).await;
    a.wait_until_saved().await;
    b.wait_until_saved().await;
    (rooms, a, b)
}

/// The content of a copy and all its items. Two copies in the same state can differ in their bytes: a copy splits runs
/// of items as edits arrive, and the fields of a comment have no fixed order. So the items are compared after applying
/// the whole document to an empty copy.
fn state(copy: &Replica) -> (Snapshot, yrs::Update) {
    let whole = Replica::default();
    whole.apply(&copy.full_update()).unwrap();
    (copy.snapshot().unwrap(), yrs::Update::decode_v1(&whole.full_update()).unwrap())
}
