//! Who is here, who may what, and who has to go.

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
        .present
        .iter()
        .rev()
        .find_map(|update| update.clients.get(&ClientID::new(of)))
        .map(|entry| serde_json::from_str(&entry.json).unwrap())
}

#[tokio::test]
async fn nobody_is_here_under_another_name() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    let mut b = Client::join(&rooms, joined(2), 2).await;
    a.say(presence(1, 1, json!({ "user": { "name": "Директор" }, "option": "wood" }))).await;
    b.hear_until(|b| last_state(b, 1).is_some()).await;
    let state = last_state(&b, 1).unwrap();
    assert_eq!((&state["user"]["name"], &state["option"]), (&json!("Person 1"), &json!("wood")));
    assert_eq!(state["user"]["id"], json!(person(1)));
    // Its own echo comes back, which Yjs' client needs to believe in the line.
    a.hear_until(|a| last_state(a, 1).is_some()).await;
    // Speaking for another is not heard, nor is nonsense.
    b.say(presence(1, 9, json!({ "option": "legs" }))).await;
    b.say(presence(2, 1, json!("here"))).await;
    b.say(presence(2, 1, json!({ "note": "x".repeat(5_000) }))).await;
    b.say(presence(2, 1, json!({ "option": "edge" }))).await;
    a.hear_until(|a| last_state(a, 2).is_some()).await;
    assert_eq!(last_state(&a, 2).unwrap()["option"], json!("edge"));
    assert_eq!(last_state(&a, 1).unwrap()["option"], json!("wood"));
    let mut c = Client::join(&rooms, joined(3), 3).await;
    c.hear_until(|c| last_state(c, 1).is_some() && last_state(c, 2).is_some()).await;
    drop(a);
    b.hear_until(|b| last_state(b, 1) == Some(Value::Null)).await;
    c.hear_until(|c| last_state(c, 1) == Some(Value::Null)).await;
}

#[tokio::test]
async fn a_refused_edit_is_told_to_its_author_alone() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    let mut b = Client::join(&rooms, joined(2), 2).await;
    let edit = a.copy.add_comment(&comment(1, 1)).unwrap();
    a.send(edit).await;
    a.settle().await;
    b.hear_until(|b| !b.copy.snapshot().unwrap().comments.is_empty()).await;
    // B takes A's comment away.
    let removed = {
        let mut txn = b.copy.doc().transact_mut();
        let comments = txn.get_array("comments").unwrap();
        comments.remove(&mut txn, 0);
        txn.commit();
        txn.encode_update_v1()
    };
    b.send(Some(removed)).await;
    b.hear_until(|b| matches!(b.heard.last(), Some(SyncNotice::Refused { .. }))).await;
    let refused = SyncNotice::Refused { frame: b.sent(), reason: "comment-removed".to_owned() };
    assert_eq!(b.heard.last(), Some(&refused));
    // Whoever takes the server's document anew is right again.
    let mut b = Client::join(&rooms, joined(2), 22).await;
    b.settle().await;
    assert_eq!(state(&b.copy), state(&a.copy));
    assert_eq!(log.entries(DESIGN).len(), 1);
}

#[tokio::test]
async fn a_client_that_knows_no_notices_is_told_in_its_own_words() {
    let rooms = Rooms::new(MemoryLog::default());
    let reader = Joined { editor: Editor { may_edit: false, ..joined(1).editor }, ..joined(1) };
    let mut seat = rooms.join(reader).await.unwrap();
    let edit = Replica::with_client_id(1).set_quantity(2).unwrap().unwrap();
    seat.speaker().send(update(edit)).await;
    loop {
        if let Message::Auth(reason) = Message::decode_v1(&seat.next().await.unwrap()).unwrap() {
            assert_eq!(reason.as_deref(), Some("may-not-edit"));
            break;
        }
    }
}

#[tokio::test]
async fn an_update_that_builds_on_a_lost_one_is_asked_for_whole() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    let _lost = a.copy.set_brief("Перше").unwrap();
    let edit = a.copy.set_brief("Перше і друге").unwrap();
    a.send(edit).await;
    a.hear_until(|a| a.sent() == 3 && a.saved() == 3).await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().brief, "Перше і друге");
}

#[tokio::test]
async fn an_approved_design_changes_no_more() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    rooms.lock(DESIGN).await;
    a.hear_until(|a| a.heard.contains(&SyncNotice::Locked)).await;
    let edit = a.copy.set_quantity(2).unwrap();
    a.send(edit).await;
    a.hear_until(|a| matches!(a.heard.last(), Some(SyncNotice::Refused { reason, .. }) if reason == "locked")).await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap(), Snapshot::default());
}

#[tokio::test]
async fn a_room_hears_of_what_is_new_beside_the_document() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    rooms.tell_news(DESIGN).await;
    a.hear_until(|a| a.heard.contains(&SyncNotice::News)).await;
}

#[tokio::test]
async fn whose_access_changes_has_to_join_again() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    let mut also_a = Client::join(&rooms, joined(1), 11).await;
    let mut b = Client::join(&rooms, joined(2), 2).await;
    rooms.close(person(1), Closing::REVOKED).await;
    assert_eq!(a.ended().await, Closing::REVOKED);
    assert_eq!(also_a.ended().await, Closing::REVOKED);
    // What is still said over the closed line has no effect.
    let edit = a.copy.set_quantity(2).unwrap();
    a.send(edit).await;
    b.settle().await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().quantity, 1);
}

#[tokio::test(start_paused = true)]
async fn who_was_being_let_in_meanwhile_has_to_ask_again() {
    let rooms = Rooms::new(MemoryLog::default());
    let before = joined(1);
    rooms.close(person(1), Closing::REVOKED).await;
    assert_eq!(rooms.join(before).await.unwrap_err(), Closing::REVOKED);
    assert!(rooms.join(joined(2)).await.is_ok());
    tokio::time::advance(std::time::Duration::from_millis(1)).await;
    assert!(rooms.join(joined(1)).await.is_ok());
}

#[tokio::test]
async fn who_does_not_listen_is_dropped_and_comes_again() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    let mut slow = Client::join(&rooms, joined(2), 2).await;
    a.settle().await;
    slow.settle().await;
    for n in 0..1_000 {
        let edit = a.copy.splice_brief(n, 0, "я").unwrap();
        a.send(edit).await;
        a.settle().await;
    }
    assert_eq!(slow.ended().await, Closing::SLOW);
    assert_ne!(slow.copy.snapshot(), a.copy.snapshot());
    let Client { copy, .. } = slow;
    let mut slow = Client::rejoin(&rooms, joined(2), copy).await;
    slow.settle().await;
    assert_eq!(state(&slow.copy), state(&a.copy));
}

#[tokio::test]
async fn who_is_refused_again_and_again_has_to_go() {
    let rooms = Rooms::new(MemoryLog::default());
    let reader = Joined { editor: Editor { may_edit: false, ..joined(1).editor }, ..joined(1) };
    let mut a = Client::join(&rooms, reader, 1).await;
    for n in 0..30 {
        let edit =
            Replica::with_client_id(100 + n).set_option("wood", Some(&domain::document::Value::Flag(true))).unwrap();
        a.send(edit).await;
    }
    assert_eq!(a.ended().await, Closing::REFUSED);
}
