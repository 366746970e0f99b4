//! How many edits one room takes: `cargo test -p server --release sync::tests::benchmark -- --ignored --nocapture`.

use super::*;
use domain::document::Guard;
use std::time::Instant;

const EDITS: u32 = 20_000;

/// A typist, with an option changed now and then; the text grows to some thousand letters.
fn edits() -> Vec<Vec<u8>> {
    let copy = Replica::with_client_id(1);
    (0..EDITS)
        .map(|n| match n % 20 {
            0 => copy.set_option("length", Some(&domain::document::Value::Number(n.into()))),
            19 => copy.splice_brief(n as usize % 4_000, 12, "стіл"),
            _ => copy.splice_brief(n as usize % 4_000, 0, "я"),
        })
        .map(|edit| edit.unwrap().unwrap())
        .collect()
}

#[test]
#[ignore = "prints figures"]
fn the_guard_alone() {
    let edits = edits();
    let editor = joined(1).editor;
    let mut guard = Guard::open([], false).unwrap();
    let started = Instant::now();
    for edit in &edits {
        guard.admit(&editor, edit).unwrap();
        guard.commit().unwrap();
    }
    let took = started.elapsed();
    println!("guard and live copy: {:.0} updates/s, {:?} each", f64::from(EDITS) / took.as_secs_f64(), took / EDITS);
    let entries: Vec<_> = edits.into_iter().map(|edit| (person(1), edit)).collect();
    let started = Instant::now();
    Guard::open(entries, false).unwrap();
    println!("opening a log of {EDITS} updates: {:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn a_room_of_eleven() {
    let edits = edits();
    let rooms = Rooms::new(MemoryLog::default());
    let mut listeners = Vec::new();
    for n in 2..12 {
        let mut seat = rooms.join(joined(n)).await.unwrap();
        listeners.push(tokio::spawn(async move {
            let mut heard = 0;
            while heard < EDITS {
                let frame = seat.next().await.unwrap();
                heard += u32::from(frame.starts_with(&[0, 2]));
            }
        }));
    }
    let typist = rooms.join(joined(1)).await.unwrap();
    let started = Instant::now();
    for edit in edits {
        typist.speaker().send(update(edit)).await;
    }
    for listener in listeners {
        listener.await.unwrap();
    }
    let took = started.elapsed();
    let rate = f64::from(EDITS) / took.as_secs_f64();
    println!("one room, ten listeners: {rate:.0} updates/s taken, {:.0} delivered/s", rate * 10.0);
}
