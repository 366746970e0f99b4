//! Frames from hostile or broken clients: the connection is closed with a reason and the document is unchanged.

use super::*;
use yrs::{
    Any, Array, Doc, Map, MapPrelim, StateVector, Text, WriteTxn,
    encoding::write::Write,
    updates::encoder::{Encoder, EncoderV1},
};

fn sync(step: u8, inner: &[u8]) -> Vec<u8> {
    let mut encoder = EncoderV1::new();
    encoder.write_u8(0);
    encoder.write_u8(step);
    encoder.write_buf(inner);
    encoder.to_vec()
}

fn custom(tag: u8, inner: &[u8]) -> Vec<u8> {
    let mut encoder = EncoderV1::new();
    encoder.write_u8(tag);
    encoder.write_buf(inner);
    encoder.to_vec()
}

/// An update with one block of client 5 at clock 0, the first in a root, with this kind of content.
fn block(kind: u8, root: &[u8], content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1, 1, 5, 0, kind, 1, root.len() as u8];
    bytes.extend_from_slice(root);
    bytes.extend_from_slice(content);
    bytes.push(0);
    bytes
}

const HUGE: [u8; 5] = [0xff, 0xff, 0xff, 0xff, 0x0f];

fn nested_value(depth: usize) -> Vec<u8> {
    let mut content = vec![1];
    for _ in 0..depth {
        content.extend_from_slice(&[117, 1]);
    }
    content.push(126);
    block(8, b"options", &content)
}

/// Frames that close the connection as malformed.
fn malformed() -> Vec<(&'static str, Vec<u8>)> {
    let good = Replica::with_client_id(5).set_brief("Стіл").unwrap().unwrap();
    let huge = |before: &[u8]| [before, &HUGE[..]].concat();
    let mut frames = vec![
        ("no bytes", vec![]),
        ("half a type", vec![0x80]),
        ("no step", vec![0]),
        ("unknown step", sync(7, &[])),
        ("length past the end", vec![0, 2, 0x7f, 1, 2]),
        ("huge length", huge(&[0, 2])),
        ("varint without end", [vec![0, 2], vec![0xff; 20]].concat()),
        ("type out of range", [vec![0xff, 0xff, 0x7f], vec![0]].concat()),
        ("bytes after the message", [sync(2, &good), vec![1]].concat()),
        ("custom message cut short", vec![100, 9, 1]),
        ("state vector that claims millions", sync(0, &[255, 255, 255, 122])),
        ("state vector with an invalid client id", sync(0, &[1, 255, 255, 255, 255, 255, 255, 255, 255, 127, 1])),
        ("presence that claims millions", custom(1, &[255, 255, 255, 122])),
        ("presence in invalid UTF-8", custom(1, &[1, 5, 1, 2, 0xff, 0xfe])),
        ("empty update bytes", sync(2, &[])),
        ("missing blocks", sync(2, &huge(&[1]))),
        ("missing clients", sync(2, &HUGE)),
        ("client without blocks", sync(2, &[1, 0, 5, 0, 0])),
        ("missing deletions", sync(2, &huge(&[0]))),
        ("missing ranges", sync(2, &huge(&[0, 1, 5]))),
        ("overlapping ranges", sync(2, &[0, 1, 5, 2, 0, 9, 3, 9])),
        ("range past the last clock", sync(2, &[0, 1, 5, 1, 9, 0xff, 0xff, 0xff, 0xff, 0x0f])),
        ("clock past the last", sync(2, &[&[1, 1, 5][..], &HUGE, &[4, 1, 5], b"brief", &[1, b'a', 0]].concat())),
        ("text in invalid UTF-8 (51 bytes)", sync(2, &block(4, b"brief", &[&[36u8][..], &[0xf0; 36]].concat()))),
        (
            "root in invalid UTF-8 (18 bytes)",
            sync(2, &block(4, &[0xed, 0xa0, 0x80, 0xff, 0xfe], &[3, b'a', b'b', b'c'])),
        ),
        ("key in invalid UTF-8", sync(2, &block(8 | 0x20, b"options", &[2, 0xc3, 0x28, 1, 126]))),
        ("value in invalid UTF-8", sync(2, &block(8, b"comments", &[1, 119, 2, 0xc3, 0x28]))),
        ("integer with too many bytes", sync(2, &block(8, b"comments", &[&[1, 125][..], &[0xff; 11], &[1]].concat()))),
        ("empty text", sync(2, &block(4, b"brief", &[0]))),
        ("unknown value", sync(2, &block(8, b"comments", &[1, 3]))),
        ("missing values", sync(2, &block(8, b"comments", &HUGE))),
        ("item that refers to itself", sync(2, &[1, 1, 5, 0, 0x84, 5, 0, 1, b'a', 0])),
    ];
    for cut in 1..good.len() {
        frames.push(("cut short", sync(2, &good[..cut])));
    }
    frames
}

/// Updates that are refused without closing the connection: name, reason, frame.
fn refused() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let foreign = |act: fn(&mut yrs::TransactionMut<'_>)| {
        let doc = Doc::with_client_id(6);
        let mut txn = doc.transact_mut();
        act(&mut txn);
        txn.commit();
        txn.encode_update_v1()
    };
    let schema = "schema";
    vec![
        ("values nested ten thousand deep", schema, nested_value(10_000)),
        ("binary", schema, block(3, b"comments", &[2, 1, 2])),
        ("legacy JSON", schema, block(2, b"comments", &[0xff, 0xff, 0xff, 0xff, 0x07])),
        ("embedded object", schema, block(5, b"brief", &[2, b'{', b'}'])),
        ("nested document", schema, block(9, b"comments", &[1, b'a', 118, 0])),
        ("garbage-collected block", schema, vec![1, 1, 5, 0, 0, 9, 0]),
        ("wrong root", schema, foreign(|t| t.get_or_insert_text("secret").push(t, "a"))),
        ("wrong root type", schema, foreign(|t| t.get_or_insert_text("options").push(t, "a"))),
        ("nested type", schema, foreign(|t| _ = t.get_or_insert_map("options").insert(t, "a", MapPrelim::default()))),
        ("null comment", schema, foreign(|t| _ = t.get_or_insert_array("comments").push_back(t, Any::Null))),
        ("forged author", "forged-author", Replica::with_client_id(6).add_comment(&comment(9, 2)).unwrap().unwrap()),
    ]
}

async fn room_with_witness() -> (MemoryLog, Rooms<MemoryLog>, Client) {
    let log = MemoryLog::default();
    let rooms = Rooms::new(log.clone());
    let mut witness = Client::join(&rooms, participant(9), 9).await;
    for edit in [witness.copy.set_brief("Стіл 🪑"), witness.copy.add_comment(&comment(1, 9))] {
        witness.send_edit(edit.unwrap()).await;
    }
    witness.wait_until_saved().await;
    (log, rooms, witness)
}

#[tokio::test]
async fn malformed_frames_close_the_connection() {
    let (log, rooms, mut witness) = room_with_witness().await;
    for (what, frame) in malformed() {
        let mut client = Client::join(&rooms, participant(1), 1).await;
        client.wait_until_saved().await;
        client.send_frame(frame.into()).await;
        assert_eq!(client.closed().await, CloseReason::MALFORMED, "{what}");
    }
    let edit = witness.copy.set_quantity(2).unwrap();
    witness.send_edit(edit).await;
    witness.wait_until_saved().await;
    assert_eq!(state(&log.document(DESIGN)), state(&witness.copy));
}

#[tokio::test]
async fn invalid_updates_are_refused_and_the_room_stays_open() {
    let (log, rooms, mut witness) = room_with_witness().await;
    let stored_before = log.edits(DESIGN);
    for (quantity, (what, reason, frame)) in (2..).zip(refused()) {
        let mut client = Client::join(&rooms, participant(1), 1).await;
        client.wait_until_saved().await;
        client.send_edit(Some(frame)).await;
        client.receive_until(|client| matches!(client.notices.last(), Some(SyncNotice::Refused { .. }))).await;
        let expected = SyncNotice::Refused { frame: client.sent_frames(), reason: reason.to_owned() };
        assert_eq!(client.notices.last(), Some(&expected), "{what}");
        assert!(log.edits(DESIGN).len() == stored_before.len() + quantity as usize - 2, "{what} was stored");
        let edit = client.copy.set_quantity(quantity).unwrap();
        client.send_edit(edit).await;
        client.wait_until_saved().await;
        assert_eq!(log.document(DESIGN).snapshot().unwrap().quantity, quantity, "after: {what}");
    }
    assert!(log.edits(DESIGN).starts_with(&stored_before));
    let stored = state(&log.document(DESIGN));
    witness.receive_until(|witness| state(&witness.copy) == stored).await;
}

#[tokio::test]
async fn too_large_frames_close_the_connection() {
    let (_, rooms, _witness) = room_with_witness().await;
    let blocks = [vec![1, 0x91, 0x4e, 5, 0], [4, 1, 1, b'a', 1, b'x'].repeat(10_001), vec![0]].concat();
    let clients = (0..1_025u64).flat_map(|n| {
        let client = [0x80 | (n as u8 & 0x7f), 0x80 | (n >> 7) as u8, 1];
        [&[1][..], &client, &[0, 0x81, 1, 0, 1]].concat()
    });
    let many_clients = [vec![0x81, 0x08], clients.collect(), vec![0]].concat();
    for (what, frame) in [
        ("frame", vec![0; super::super::FRAME_LIMIT + 1]),
        ("update", sync(2, &vec![0; domain::document::UPDATE_LIMIT + 1])),
        ("blocks", sync(2, &blocks)),
        ("clients", sync(2, &many_clients)),
    ] {
        let mut client = Client::join(&rooms, participant(1), 1).await;
        client.wait_until_saved().await;
        client.send_frame(frame.into()).await;
        assert_eq!(client.closed().await, CloseReason::TOO_LARGE, "{what}");
    }
}

/// Sends random bytes and valid frames with randomly changed bytes. Any answer is allowed, except a panic or a document
/// that can no longer be read.
#[tokio::test]
async fn random_frames_do_no_harm() {
    use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
    let (log, rooms, _witness) = room_with_witness().await;
    let mut runner = TestRunner::deterministic();
    let noise = proptest::collection::vec(any::<u8>(), 0..200);
    let hits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    let source = Replica::with_client_id(77);
    let good: Vec<Vec<u8>> = (0..40)
        .map(|n| match n % 4 {
            0 => source.set_brief(&format!("{n} 🪑 слова")).unwrap().unwrap(),
            1 => source.set_quantity(n + 1).unwrap().unwrap(),
            2 => source.set_option("wood", Some(&domain::document::Value::Text(n.to_string()))).unwrap().unwrap(),
            _ => source.add_comment(&comment(100 + u128::from(n), 1)).unwrap().unwrap(),
        })
        .chain([source.full_update()])
        .collect();
    for round in 0..1_500 {
        let frame = match round % 3 {
            0 => noise.new_tree(&mut runner).unwrap().current(),
            1 => sync(2, &noise.new_tree(&mut runner).unwrap().current()),
            _ => {
                let mut update = good[round % good.len()].clone();
                for (at, byte) in hits.new_tree(&mut runner).unwrap().current() {
                    let at = at.index(update.len());
                    update[at] = byte;
                }
                sync(2, &update)
            }
        };
        let connection = rooms.join(participant(1)).await.unwrap();
        connection.sender().send(frame.into()).await;
    }
    rooms.snapshot(DESIGN).await.unwrap();
    let _ = log.document(DESIGN).snapshot().unwrap();
}

/// A state vector may point into the middle of a character of two UTF-16 units. The room must answer or refuse it
/// without a panic.
#[tokio::test]
async fn a_state_vector_within_a_surrogate_pair_does_no_harm() {
    let (_, rooms, _witness) = room_with_witness().await;
    for clock in 0..20 {
        let mut connection = rooms.join(participant(1)).await.unwrap();
        let known: StateVector = [(yrs::ClientID::new(9), clock)].into_iter().collect();
        connection.sender().send(Message::Sync(SyncMessage::SyncStep1(known)).encode_v1().into()).await;
        let _ = connection.next().await.unwrap();
        let _ = connection.next().await;
    }
    rooms.snapshot(DESIGN).await.unwrap();
}
