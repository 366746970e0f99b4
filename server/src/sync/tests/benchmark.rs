//! Measures the edits per second of one room: `cargo test -p server --release sync::tests::benchmark -- --ignored
//! --nocapture`.

use super::*;
use domain::document::Guard;
use std::time::Instant;

const EDITS: u32 = 20_000;

/// The edits of a person who types and sometimes changes an option. The text grows to some thousand characters.
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
#[ignore = "benchmark"]
fn guard_throughput() {
    let edits = edits();
    let editor = participant(1).editor;
    let mut guard = Guard::open([], false).unwrap();
    let started = Instant::now();
    for edit in &edits {
        guard.admit(&editor, edit).unwrap();
        guard.commit().unwrap();
    }
    let took = started.elapsed();
    println!("guard: {:.0} updates/s, {:?} each", f64::from(EDITS) / took.as_secs_f64(), took / EDITS);
    let entries: Vec<_> = edits.into_iter().map(|edit| (person(1), edit)).collect();
    let started = Instant::now();
    Guard::open(entries, false).unwrap();
    println!("opening a log of {EDITS} updates: {:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "benchmark"]
async fn room_throughput_with_eleven_people() {
    let edits = edits();
    let rooms = Rooms::new(MemoryLog::default());
    let mut listeners = Vec::new();
    for n in 2..12 {
        let mut connection = rooms.join(participant(n)).await.unwrap();
        listeners.push(tokio::spawn(async move {
            let mut received = 0;
            while received < EDITS {
                let frame = connection.next().await.unwrap();
                received += u32::from(frame.starts_with(&[0, 2]));
            }
        }));
    }
    let typist = rooms.join(participant(1)).await.unwrap();
    let started = Instant::now();
    for edit in edits {
        typist.sender().send(update(edit)).await;
    }
    for listener in listeners {
        listener.await.unwrap();
    }
    let took = started.elapsed();
    let rate = f64::from(EDITS) / took.as_secs_f64();
    println!("one room, ten listeners: {rate:.0} updates/s accepted, {:.0} delivered/s", rate * 10.0);
}
