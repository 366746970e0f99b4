//! What is acknowledged is on disk; what is not on disk, nobody has seen.

use super::*;

#[tokio::test]
async fn an_edit_reaches_the_others_and_is_acknowledged_once_stored() {
    let log = MemoryLog::default();
    let (rooms, mut a, mut b) = two_together(&log).await;
    log.mood.send_replace(Mood::Waits);
    let edit = a.copy.set_quantity(12).unwrap();
    a.send(edit).await;
    // The room is now waiting for the disk; whoever asks, asks after it.
    let asked = tokio::spawn({
        let rooms = rooms.clone();
        async move { rooms.snapshot(DESIGN).await.unwrap().quantity }
    });
    tokio::task::yield_now().await;
    assert!(!asked.is_finished());
    assert_eq!((a.saved(), b.copy.snapshot().unwrap().quantity), (1, 1));
    log.mood.send_replace(Mood::Writes);
    a.settle().await;
    assert_eq!(asked.await.unwrap(), 12);
    assert_eq!(log.document(DESIGN).snapshot().unwrap().quantity, 12);
    b.hear_until(|b| b.copy.snapshot().unwrap().quantity == 12).await;
    assert_eq!(a.heard.last(), Some(&SyncNotice::Saved { frame: 2, state: [(1, 1)].into() }));
}

#[tokio::test]
async fn what_waits_is_stored_together() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    log.mood.send_replace(Mood::Waits);
    for n in 0..100 {
        let edit = a.copy.splice_brief(n, 0, "я").unwrap();
        a.send(edit).await;
    }
    log.mood.send_replace(Mood::Writes);
    a.settle().await;
    let appends: Vec<_> = log.appends.lock().unwrap().iter().map(|accepted| accepted.edits.len()).collect();
    assert_eq!(appends.iter().sum::<usize>(), 100);
    assert!(appends.len() <= 2, "{appends:?}");
}

#[tokio::test]
async fn the_options_are_stored_with_the_edits_that_change_them() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    let (oak, ash) = (Value::Text("oak".to_owned()), Value::Text("ash".to_owned()));
    let edits = [a.copy.set_brief("Стіл"), a.copy.set_option("wood", Some(&oak)), a.copy.set_quantity(2)];
    for edit in edits.into_iter().chain([a.copy.set_option("wood", Some(&ash)), a.copy.set_brief("Стіл і лава")])
    {
        a.send(edit.unwrap()).await;
        a.settle().await;
    }
    let stored: Vec<_> = log.appends.lock().unwrap().iter().filter_map(|accepted| accepted.options.clone()).collect();
    assert_eq!(stored, [Values::from([("wood".to_owned(), oak)]), Values::from([("wood".to_owned(), ash)])]);
}

#[tokio::test]
async fn what_is_said_is_stored_with_who_heard_it() {
    let log = MemoryLog::default();
    let (_rooms, mut a, _b) = two_together(&log).await;
    for edit in [a.copy.set_quantity(2), a.copy.add_comment(&comment(1, 1))] {
        a.send(edit.unwrap()).await;
    }
    a.settle().await;
    let stored = log.appends.lock().unwrap().clone();
    assert_eq!(stored.iter().flat_map(|accepted| accepted.comments.clone()).collect::<Vec<_>>(), [comment(1, 1)]);
    let mut present = stored.last().unwrap().present.clone();
    present.sort();
    assert_eq!(present, [joined(1).editor.person, joined(2).editor.person]);
}

#[tokio::test]
async fn what_cannot_be_stored_is_neither_sent_on_nor_acknowledged() {
    let log = MemoryLog::default();
    let (rooms, mut a, mut b) = two_together(&log).await;
    log.mood.send_replace(Mood::Fails);
    let edit = a.copy.set_quantity(12).unwrap();
    a.send(edit).await;
    assert_eq!(a.ended().await, Closing::UNSAVED);
    assert_eq!(a.heard.last(), Some(&SyncNotice::Unsaved { frame: 2 }));
    assert_eq!(a.saved(), 1);
    assert_eq!(b.ended().await, Closing::UNSAVED);
    assert_eq!(b.copy.snapshot().unwrap().quantity, 1);
    assert!(log.entries(DESIGN).is_empty());
    // The disk is well again: the edit comes back with its author.
    log.mood.send_replace(Mood::Writes);
    let Client { copy, .. } = a;
    let mut a = Client::rejoin(&rooms, joined(1), copy).await;
    a.settle().await;
    assert_eq!(rooms.snapshot(DESIGN).await.unwrap().quantity, 12);
}

#[tokio::test]
async fn a_room_opens_again_as_it_was() {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    for edit in [a.copy.set_quantity(3), a.copy.set_brief("Стіл 🪑"), a.copy.add_comment(&comment(1, 1))] {
        a.send(edit.unwrap()).await;
    }
    a.settle().await;
    let before = state(&a.copy);
    // Sent at the last moment: stored though its author has left.
    let edit = a.copy.set_quantity(4).unwrap();
    a.send(edit).await;
    drop(a);
    let rooms = Rooms::new({
        rooms.shutdown().await;
        log.clone()
    });
    let mut b = Client::join(&rooms, joined(2), 2).await;
    b.settle().await;
    assert_eq!(b.copy.snapshot().unwrap(), Snapshot { quantity: 4, ..before.0 });
    assert_eq!(state(&b.copy), state(&log.document(DESIGN)));
}

#[tokio::test]
async fn an_empty_room_closes() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    assert_eq!(rooms.number(), 1);
    drop(a);
    while rooms.number() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn shutting_down_tells_everyone_and_opens_no_more() {
    let rooms = Rooms::new(MemoryLog::default());
    let mut a = Client::join(&rooms, joined(1), 1).await;
    a.settle().await;
    rooms.shutdown().await;
    assert_eq!(a.ended().await, Closing::RESTART);
    assert_eq!(rooms.join(joined(1)).await.unwrap_err(), Closing::RESTART);
}
