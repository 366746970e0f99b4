//! The browser's side of the protocol, `domain::document::SyncClient`, with a room.

use super::*;
use domain::document::{SaveStatus, SyncClient, Value};
use serde_json::json;

struct Browser {
    session: SyncClient,
    connection: Connection,
    refused: Vec<String>,
}

impl Browser {
    async fn open(rooms: &Rooms<MemoryLog>, participant: Participant, mut session: SyncClient) -> Self {
        let connection = rooms.join(participant).await.unwrap();
        let first = session.connected();
        let browser = Self { session, connection, refused: Vec::new() };
        browser.send(first).await;
        browser
    }

    async fn send(&self, frames: impl IntoIterator<Item = Vec<u8>>) {
        for frame in frames {
            self.connection.sender().send(frame.into()).await;
        }
    }

    async fn edit<E: std::fmt::Debug>(&mut self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, E>) {
        let frame = self.session.edit(edit).unwrap();
        self.send(frame).await;
    }

    async fn receive_until(&mut self, is_done: impl Fn(&Self) -> bool) {
        while !is_done(self) {
            let frame = self.connection.next().await.unwrap();
            let received = self.session.handle_frame(&frame);
            self.refused.extend(received.rejection);
            self.send(received.replies).await;
        }
    }

    async fn receive_until_saved(&mut self) {
        self.receive_until(|browser| browser.session.save_status() == SaveStatus::Saved).await;
    }

    fn close(self) -> SyncClient {
        let Self { mut session, .. } = self;
        session.disconnected();
        session
    }
}

#[tokio::test]
async fn edits_are_saved_and_survive_being_offline() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Browser::open(&rooms, participant(1), SyncClient::default()).await;
    let mut b = Browser::open(&rooms, participant(2), SyncClient::default()).await;
    a.receive_until_saved().await;
    b.receive_until_saved().await;
    a.edit(|copy| copy.set_option("wood", Some(&Value::Text("oak".into())))).await;
    assert_eq!((a.session.save_status(), a.session.has_unsaved()), (SaveStatus::Saving, true));
    a.receive_until_saved().await;
    b.receive_until(|b| b.session.snapshot().unwrap().options.contains_key("wood")).await;
    let mut session = b.close();
    assert_eq!((session.save_status(), session.has_unsaved()), (SaveStatus::Offline, false));
    assert_eq!(session.edit(|copy| copy.set_brief("Без мережі")), Ok(None));
    assert!(session.has_unsaved());
    a.edit(|copy| copy.set_quantity(5)).await;
    let mut b = Browser::open(&rooms, participant(2), session).await;
    b.receive_until_saved().await;
    a.receive_until(|a| !a.session.snapshot().unwrap().brief.is_empty()).await;
    assert_eq!(a.session.snapshot(), b.session.snapshot());
    assert_eq!(state(a.session.replica()), state(&log.document(DESIGN)));
}

#[tokio::test]
async fn refused_edits_are_reverted_and_the_session_continues() {
    let rooms = Rooms::new(MemoryLog::default());
    let only_comments = Participant { editor: Editor { may_edit: false, ..participant(2).editor }, ..participant(2) };
    let mut a = Browser::open(&rooms, participant(1), SyncClient::default()).await;
    a.edit(|copy| copy.set_quantity(5)).await;
    a.edit(|copy| copy.set_brief("Стіл")).await;
    a.receive_until_saved().await;
    let mut b = Browser::open(&rooms, only_comments, SyncClient::default()).await;
    b.receive_until_saved().await;
    let place = b.session.set_presence(json!({ "option": "quantity" }));
    b.send(place).await;
    b.edit(|copy| copy.set_quantity(9)).await;
    b.edit(|copy| copy.set_quantity(10)).await;
    b.edit(|copy| copy.splice_brief(0, 1, "")).await;
    b.receive_until(|b| !b.refused.is_empty()).await;
    assert_eq!(b.refused, ["may-not-edit"]);
    b.receive_until(|b| b.session.snapshot().unwrap().quantity == 5).await;
    b.edit(|copy| copy.add_comment(&comment(1, 2))).await;
    b.receive_until_saved().await;
    assert_eq!((b.refused.len(), b.session.others().len()), (1, 0));
    a.receive_until(|a| a.session.snapshot().unwrap().comments.len() == 1).await;
    rooms.lock(DESIGN).await;
    b.receive_until(|b| b.session.is_locked()).await;
}

#[tokio::test]
async fn people_see_each_other_join_move_and_leave() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Browser::open(&rooms, participant(1), SyncClient::default()).await;
    let mut session = SyncClient::default();
    assert_eq!(session.set_presence(json!({ "option": "wood" })), None);
    let number = session.replica().client_id();
    let b = Browser::open(&rooms, participant(2), session).await;
    a.receive_until(|a| a.session.others().contains_key(&number)).await;
    let state = &a.session.others()[&number];
    assert_eq!((&state["option"], &state["user"]["name"]), (&json!("wood"), &json!("Person 2")));
    drop(b);
    a.receive_until(|a| a.session.others().is_empty()).await;
}
