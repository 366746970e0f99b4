//! The browser's half, `domain::document::SyncClient`, in a room.

use super::*;
use domain::document::{SaveStatus, SyncClient, Value};
use serde_json::json;

struct Browser {
    session: SyncClient,
    seat: Seat,
    refused: Vec<String>,
}

impl Browser {
    async fn open(rooms: &Rooms<MemoryLog>, joined: Joined, mut session: SyncClient) -> Self {
        let seat = rooms.join(joined).await.unwrap();
        let first = session.connected();
        let browser = Self { session, seat, refused: Vec::new() };
        browser.say(first).await;
        browser
    }

    async fn say(&self, frames: impl IntoIterator<Item = Vec<u8>>) {
        for frame in frames {
            self.seat.speaker().send(frame.into()).await;
        }
    }

    async fn edit<E: std::fmt::Debug>(&mut self, edit: impl FnOnce(&Replica) -> Result<Option<Vec<u8>>, E>) {
        let frame = self.session.edit(edit).unwrap();
        self.say(frame).await;
    }

    async fn until(&mut self, enough: impl Fn(&Self) -> bool) {
        while !enough(self) {
            let frame = self.seat.next().await.unwrap();
            let heard = self.session.handle_frame(&frame);
            self.refused.extend(heard.rejection);
            self.say(heard.replies).await;
        }
    }

    async fn until_saved(&mut self) {
        self.until(|browser| browser.session.save_status() == SaveStatus::Saved).await;
    }

    fn close(self) -> SyncClient {
        let Self { mut session, .. } = self;
        session.disconnected();
        session
    }
}

#[tokio::test]
async fn edits_wait_and_are_saved_and_survive_being_offline() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Browser::open(&rooms, joined(1), SyncClient::default()).await;
    let mut b = Browser::open(&rooms, joined(2), SyncClient::default()).await;
    a.until_saved().await;
    b.until_saved().await;
    a.edit(|copy| copy.set_option("wood", Some(&Value::Text("oak".into())))).await;
    assert_eq!((a.session.save_status(), a.session.has_unsaved()), (SaveStatus::Saving, true));
    a.until_saved().await;
    b.until(|b| b.session.snapshot().unwrap().options.contains_key("wood")).await;
    let mut session = b.close();
    assert_eq!((session.save_status(), session.has_unsaved()), (SaveStatus::Offline, false));
    assert_eq!(session.edit(|copy| copy.set_brief("Без мережі")), Ok(None));
    assert!(session.has_unsaved());
    a.edit(|copy| copy.set_quantity(5)).await;
    let mut b = Browser::open(&rooms, joined(2), session).await;
    b.until_saved().await;
    a.until(|a| !a.session.snapshot().unwrap().brief.is_empty()).await;
    assert_eq!(a.session.snapshot(), b.session.snapshot());
    assert_eq!(state(a.session.replica()), state(&log.document(DESIGN)));
}

#[tokio::test]
async fn what_is_refused_is_taken_back_and_the_person_goes_on() {
    let rooms = Rooms::new(MemoryLog::default());
    let only_comments = Joined { editor: Editor { may_edit: false, ..joined(2).editor }, ..joined(2) };
    let mut a = Browser::open(&rooms, joined(1), SyncClient::default()).await;
    a.edit(|copy| copy.set_quantity(5)).await;
    a.edit(|copy| copy.set_brief("Стіл")).await;
    a.until_saved().await;
    let mut b = Browser::open(&rooms, only_comments, SyncClient::default()).await;
    b.until_saved().await;
    let place = b.session.set_presence(json!({ "option": "quantity" }));
    b.say(place).await;
    b.edit(|copy| copy.set_quantity(9)).await;
    b.edit(|copy| copy.set_quantity(10)).await;
    b.edit(|copy| copy.splice_brief(0, 1, "")).await;
    b.until(|b| !b.refused.is_empty()).await;
    assert_eq!(b.refused, ["may-not-edit"]);
    b.until(|b| b.session.snapshot().unwrap().quantity == 5).await;
    b.edit(|copy| copy.add_comment(&comment(1, 2))).await;
    b.until_saved().await;
    assert_eq!((b.refused.len(), b.session.others().len()), (1, 0));
    a.until(|a| a.session.snapshot().unwrap().comments.len() == 1).await;
    rooms.lock(DESIGN).await;
    b.until(|b| b.session.is_locked()).await;
}

#[tokio::test]
async fn people_see_each_other_come_move_and_go() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Browser::open(&rooms, joined(1), SyncClient::default()).await;
    let mut session = SyncClient::default();
    assert_eq!(session.set_presence(json!({ "option": "wood" })), None);
    let number = session.replica().client_id();
    let b = Browser::open(&rooms, joined(2), session).await;
    a.until(|a| a.session.others().contains_key(&number)).await;
    let state = &a.session.others()[&number];
    assert_eq!((&state["option"], &state["user"]["name"]), (&json!("wood"), &json!("Person 2")));
    drop(b);
    a.until(|a| a.session.others().is_empty()).await;
}
