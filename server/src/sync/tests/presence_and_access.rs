//! Presence, refused edits, and connections that are closed.

use super::*;
use serde_json::{Value, json};
use yrs::sync::awareness::AwarenessUpdateEntry;
use yrs::{Array, ClientID};

fn presence(client: u64, clock: u32, state: Value) -> Bytes {
    let entry = AwarenessUpdateEntry { clock, json: state.to_string().into() };
    let clients = [(ClientID::new(client), entry)].into();
    Message::Awareness(AwarenessUpdate { clients }).encode_v1().into()
}

fn last_state(client: &Client, of: u64) -> Option<Value> {
    client
        .presence
        .iter()
        .rev()
        .find_map(|update| update.clients.get(&ClientID::new(of)))
        .map(|entry| serde_json::from_str(&entry.json).unwrap())
}

#[tokio::test]
async fn presence_shows_the_identity_set_by_the_server() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    let mut b = Client::join(&rooms, participant(2), 2).await;
    a.send_frame(presence(1, 1, json!({ "user": { "name": "Директор" }, "option": "wood" }))).await;
    b.receive_until(|b| last_state(b, 1).is_some()).await;
    let state = last_state(&b, 1).unwrap();
    assert_eq!((&state["user"]["name"], &state["option"]), (&json!("Person 1"), &json!("wood")));
    assert_eq!(state["user"]["id"], json!(person(1)));
    // The sender receives its own presence too: the Yjs provider needs the echo to see that the connection is alive.
    a.receive_until(|a| last_state(a, 1).is_some()).await;
    // States for another client and invalid states are ignored.
    b.send_frame(presence(1, 9, json!({ "option": "legs" }))).await;
    b.send_frame(presence(2, 1, json!("here"))).await;
    b.send_frame(presence(2, 1, json!({ "note": "x".repeat(5_000) }))).await;
    b.send_frame(presence(2, 1, json!({ "option": "edge" }))).await;
    a.receive_until(|a| last_state(a, 2).is_some()).await;
    assert_eq!(last_state(&a, 2).unwrap()["option"], json!("edge"));
    assert_eq!(last_state(&a, 1).unwrap()["option"], json!("wood"));
    let mut c = Client::join(&rooms, participant(3), 3).await;
    c.receive_until(|c| last_state(c, 1).is_some() && last_state(c, 2).is_some()).await;
    drop(a);
    b.receive_until(|b| last_state(b, 1) == Some(Value::Null)).await;
    c.receive_until(|c| last_state(c, 1) == Some(Value::Null)).await;
}

#[tokio::test]
async fn a_refused_edit_is_reported_to_its_author_only() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    let mut b = Client::join(&rooms, participant(2), 2).await;
    let edit = a.copy.add_comment(&comment(1, 1)).unwrap();
    a.send_edit(edit).await;
    a.wait_until_saved().await;
    b.receive_until(|b| !b.copy.snapshot().unwrap().comments.is_empty()).await;
    // B removes A's comment.
    let removed = {
        let mut txn = b.copy.doc().transact_mut();
        let comments = txn.get_array("comments").unwrap();
        comments.remove(&mut txn, 0);
        txn.commit();
        txn.encode_update_v1()
    };
    b.send_edit(Some(removed)).await;
    b.receive_until(|b| matches!(b.notices.last(), Some(SyncNotice::Refused { .. }))).await;
    let refused = SyncNotice::Refused { frame: b.sent_frames(), reason: "comment-removed".to_owned() };
    assert_eq!(b.notices.last(), Some(&refused));
    // A new copy from the server is correct again.
    let mut b = Client::join(&rooms, participant(2), 22).await;
    b.wait_until_saved().await;
    assert_eq!(state(&b.copy), state(&a.copy));
    assert_eq!(log.edits(DESIGN).len(), 1);
}

#[tokio::test]
async fn a_client_without_notices_receives_permission_denied() {
    let rooms = Rooms::new(MemoryLog::default());
    let without_edit_right =
        Participant { editor: Editor { may_edit: false, ..participant(1).editor }, ..participant(1) };
    let mut connection = rooms.join(without_edit_right).await.unwrap();
    let edit = Replica::with_client_id(1).set_quantity(2).unwrap().unwrap();
    connection.sender().send(update(edit)).await;
    loop {
        if let Message::Auth(reason) = Message::decode_v1(&connection.next().await.unwrap()).unwrap() {
            assert_eq!(reason.as_deref(), Some("may-not-edit"));
            break;
        }
    }
}

#[tokio::test]
async fn an_update_that_depends_on_a_lost_one_is_requested_again() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    let _lost = a.copy.set_brief("Перше").unwrap();
    let edit = a.copy.set_brief("Перше і друге").unwrap();
    a.send_edit(edit).await;
    a.receive_until(|a| a.sent_frames() == 3 && a.acknowledged_frames() == 3).await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().brief, "Перше і друге");
}

#[tokio::test]
async fn a_locked_design_refuses_edits() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    rooms.lock(DESIGN).await;
    a.receive_until(|a| a.notices.contains(&SyncNotice::Locked)).await;
    let edit = a.copy.set_quantity(2).unwrap();
    a.send_edit(edit).await;
    a.receive_until(|a| matches!(a.notices.last(), Some(SyncNotice::Refused { reason, .. }) if reason == "locked"))
        .await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap(), Snapshot::default());
}

#[tokio::test]
async fn participants_are_notified_of_news_beside_the_document() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    rooms.notify_news(DESIGN).await;
    a.receive_until(|a| a.notices.contains(&SyncNotice::News)).await;
}

#[tokio::test]
async fn changed_access_closes_all_connections_of_the_person() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    let mut also_a = Client::join(&rooms, participant(1), 11).await;
    let mut b = Client::join(&rooms, participant(2), 2).await;
    rooms.close_person(person(1), CloseReason::ACCESS_CHANGED).await;
    assert_eq!(a.closed().await, CloseReason::ACCESS_CHANGED);
    assert_eq!(also_a.closed().await, CloseReason::ACCESS_CHANGED);
    // Frames sent over a closed connection have no effect.
    let edit = a.copy.set_quantity(2).unwrap();
    a.send_edit(edit).await;
    b.wait_until_saved().await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().quantity, 1);
}

#[tokio::test(start_paused = true)]
async fn a_join_requested_before_the_access_changed_is_rejected() {
    let rooms = Rooms::new(MemoryLog::default());
    let before = participant(1);
    rooms.close_person(person(1), CloseReason::ACCESS_CHANGED).await;
    assert_eq!(rooms.join(before).await.unwrap_err(), CloseReason::ACCESS_CHANGED);
    assert!(rooms.join(participant(2)).await.is_ok());
    tokio::time::advance(std::time::Duration::from_millis(1)).await;
    assert!(rooms.join(participant(1)).await.is_ok());
}

#[tokio::test]
async fn a_slow_client_is_disconnected_and_can_join_again() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    let mut slow = Client::join(&rooms, participant(2), 2).await;
    a.wait_until_saved().await;
    slow.wait_until_saved().await;
    for n in 0..1_000 {
        let edit = a.copy.splice_brief(n, 0, "я").unwrap();
        a.send_edit(edit).await;
        a.wait_until_saved().await;
    }
    assert_eq!(slow.closed().await, CloseReason::TOO_SLOW);
    assert_ne!(slow.copy.snapshot(), a.copy.snapshot());
    let Client { copy, .. } = slow;
    let mut slow = Client::join_with_copy(&rooms, participant(2), copy).await;
    slow.wait_until_saved().await;
    assert_eq!(state(&slow.copy), state(&a.copy));
}

#[tokio::test]
async fn too_many_refused_updates_close_the_connection() {
    let rooms = Rooms::new(MemoryLog::default());
    let without_edit_right =
        Participant { editor: Editor { may_edit: false, ..participant(1).editor }, ..participant(1) };
    let mut a = Client::join(&rooms, without_edit_right, 1).await;
    for n in 0..30 {
        let edit =
            Replica::with_client_id(100 + n).set_option("wood", Some(&domain::document::Value::Flag(true))).unwrap();
        a.send_edit(edit).await;
    }
    assert_eq!(a.closed().await, CloseReason::TOO_MANY_REFUSALS);
}
