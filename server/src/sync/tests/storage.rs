//! Acknowledged edits are stored, and edits that are not stored are not relayed.

use super::*;

#[tokio::test]
async fn an_edit_is_relayed_and_acknowledged_only_after_it_is_stored() {
    let log = MemoryLog::default();
    let (rooms, mut a, mut b) = room_with_two_clients(&log).await;
    log.behaviour.send_replace(LogBehaviour::Block);
    let edit = a.copy.set_quantity(12).unwrap();
    a.send_edit(edit).await;
    // The room is waiting for the log, so the snapshot has to wait too.
    let snapshot = tokio::spawn({
        let rooms = rooms.clone();
        async move { rooms.snapshot(DESIGN).await.unwrap().quantity }
    });
    tokio::task::yield_now().await;
    assert!(!snapshot.is_finished());
    assert_eq!((a.acknowledged_frames(), b.copy.snapshot().unwrap().quantity), (1, 1));
    log.behaviour.send_replace(LogBehaviour::Succeed);
    a.wait_until_saved().await;
    assert_eq!(snapshot.await.unwrap(), 12);
    assert_eq!(log.document(DESIGN).snapshot().unwrap().quantity, 12);
    b.receive_until(|b| b.copy.snapshot().unwrap().quantity == 12).await;
    assert_eq!(a.notices.last(), Some(&SyncNotice::Saved { frame: 2, state: [(1, 1)].into() }));
}

#[tokio::test]
async fn waiting_edits_are_stored_together() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    log.behaviour.send_replace(LogBehaviour::Block);
    for n in 0..100 {
        let edit = a.copy.splice_brief(n, 0, "я").unwrap();
        a.send_edit(edit).await;
    }
    log.behaviour.send_replace(LogBehaviour::Succeed);
    a.wait_until_saved().await;
    let appends: Vec<_> = log.appends.lock().unwrap().iter().map(|accepted| accepted.edits.len()).collect();
    assert_eq!(appends.iter().sum::<usize>(), 100);
    assert!(appends.len() <= 2, "{appends:?}");
}

#[tokio::test]
async fn options_are_stored_with_the_edits_that_change_them() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    let (oak, ash) = (Value::Text("oak".to_owned()), Value::Text("ash".to_owned()));
    let edits = [a.copy.set_brief("Стіл"), a.copy.set_option("wood", Some(&oak)), a.copy.set_quantity(2)];
    for edit in edits.into_iter().chain([a.copy.set_option("wood", Some(&ash)), a.copy.set_brief("Стіл і лава")])
    {
        a.send_edit(edit.unwrap()).await;
        a.wait_until_saved().await;
    }
    let stored: Vec<_> = log.appends.lock().unwrap().iter().filter_map(|accepted| accepted.options.clone()).collect();
    assert_eq!(stored, [Values::from([("wood".to_owned(), oak)]), Values::from([("wood".to_owned(), ash)])]);
}

#[tokio::test]
async fn comments_are_stored_with_the_people_who_were_present() {
    let log = MemoryLog::default();
    let (_rooms, mut a, _b) = room_with_two_clients(&log).await;
    for edit in [a.copy.set_quantity(2), a.copy.add_comment(&comment(1, 1))] {
        a.send_edit(edit.unwrap()).await;
    }
    a.wait_until_saved().await;
    let stored = log.appends.lock().unwrap().clone();
    assert_eq!(stored.iter().flat_map(|accepted| accepted.comments.clone()).collect::<Vec<_>>(), [comment(1, 1)]);
    let mut present = stored.last().unwrap().present.clone();
    present.sort();
    assert_eq!(present, [participant(1).editor.person, participant(2).editor.person]);
}

#[tokio::test]
async fn edits_that_cannot_be_stored_are_neither_relayed_nor_acknowledged() {
    let log = MemoryLog::default();
    let (rooms, mut a, mut b) = room_with_two_clients(&log).await;
    log.behaviour.send_replace(LogBehaviour::Fail);
    let edit = a.copy.set_quantity(12).unwrap();
    a.send_edit(edit).await;
    assert_eq!(a.closed().await, CloseReason::NOT_STORED);
    assert_eq!(a.notices.last(), Some(&SyncNotice::Unsaved { frame: 2 }));
    assert_eq!(a.acknowledged_frames(), 1);
    assert_eq!(b.closed().await, CloseReason::NOT_STORED);
    assert_eq!(b.copy.snapshot().unwrap().quantity, 1);
    assert!(log.edits(DESIGN).is_empty());
    // The log works again: the author joins again and sends the edit.
    log.behaviour.send_replace(LogBehaviour::Succeed);
    let Client { copy, .. } = a;
    let mut a = Client::join_with_copy(&rooms, participant(1), copy).await;
    a.wait_until_saved().await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().quantity, 12);
}

#[tokio::test]
async fn a_reopened_room_has_the_same_document() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    for edit in [a.copy.set_quantity(3), a.copy.set_brief("Стіл 🪑"), a.copy.add_comment(&comment(1, 1))] {
        a.send_edit(edit.unwrap()).await;
    }
    a.wait_until_saved().await;
    let before = state(&a.copy);
    // Sent just before leaving: stored although its author has left.
    let edit = a.copy.set_quantity(4).unwrap();
    a.send_edit(edit).await;
    drop(a);
    let rooms = Rooms::new({
        rooms.shutdown().await;
        log.clone()
    });
    let mut b = Client::join(&rooms, participant(2), 2).await;
    b.wait_until_saved().await;
    assert_eq!(b.copy.snapshot().unwrap(), Snapshot { quantity: 4, ..before.0 });
    assert_eq!(state(&b.copy), state(&log.document(DESIGN)));
}

#[tokio::test]
async fn an_empty_room_closes() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    assert_eq!(rooms.count(), 1);
    drop(a);
    while rooms.count() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn shutdown_closes_all_connections_and_opens_no_rooms() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, participant(1), 1).await;
    a.wait_until_saved().await;
    rooms.shutdown().await;
    assert_eq!(a.closed().await, CloseReason::RESTART);
    assert_eq!(rooms.join(participant(1)).await.unwrap_err(), CloseReason::RESTART);
}
