//! R11: updates put together by someone who knows the wire format and means harm. Whatever the guard lets in, the
//! document stays readable, keeps to its schema, opens again from its log, and has every comment as it was written.

#![allow(clippy::unwrap_used)]

use domain::document::{Admitted, Comment, Editor, Guard, Refused, Replica, Snapshot, Value};
use domain::{CommentId, PersonId, Timestamp};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use uuid::Uuid;
use yrs::encoding::write::Write;
use yrs::updates::encoder::{Encoder, EncoderV1};
use yrs::{ReadTxn, Transact};

#[derive(Debug, Clone)]
struct Update {
    sections: Vec<Section>,
    deletions: Vec<((u64, u32), u32)>,
}

#[derive(Debug, Clone)]
struct Section {
    client: u64,
    /// How far before what is known of the client it begins; below zero there is a gap.
    back: i64,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    left: Option<(u64, u32)>,
    right: Option<(u64, u32)>,
    root: &'static str,
    key: Option<&'static str>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Text(String),
    Number(u32),
    Numbers(u32),
    Comment(u128),
    Deleted(u32),
    Collected(u32),
    Skipped(u32),
}

/// Clients 1 and 2 have written before, as person 1 and person 2; the hostile person is the second.
fn ids() -> impl Strategy<Value = (u64, u32)> {
    (prop_oneof![3 => Just(1), 3 => Just(2), 1 => Just(50), 1 => Just(51)], 0..24u32)
}

/// Where person 1 wrote: root, key, and the clocks of client 1 there.
const PLACES: [(&str, Option<&str>, std::ops::Range<u32>); 4] = [
    ("brief", None, 0..9),
    ("options", Some("wood"), 9..10),
    ("comments", None, 10..11),
    ("order", Some("quantity"), 11..12),
];

fn contents() -> impl Strategy<Value = Content> {
    prop_oneof![
        4 => "[а-я🪑]{1,4}".prop_map(Content::Text),
        3 => (1..9u32).prop_map(Content::Number),
        1 => (0..4u32).prop_map(Content::Numbers),
        3 => (1_000..1_010u128).prop_map(Content::Comment),
        2 => (1..6u32).prop_map(Content::Deleted),
        1 => (1..4u32).prop_map(Content::Collected),
        1 => (1..4u32).prop_map(Content::Skipped),
    ]
}

/// Mostly what belongs together: a place, neighbours in it, and content for it. Else anything.
fn blocks() -> impl Strategy<Value = Block> {
    let fitting =
        (0..PLACES.len(), 0..9u32, 0..9u32, 0..4u8, contents()).prop_map(|(place, left, right, beside, other)| {
            let (root, key, clocks) = PLACES[place].clone();
            let near = |at: u32| Some((1, clocks.start + at % (clocks.end - clocks.start)));
            let content = match (root, other) {
                (_, Content::Deleted(len)) => Content::Deleted(len),
                ("brief", Content::Text(text)) => Content::Text(text),
                ("brief", _) => Content::Text("слово".to_owned()),
                ("comments", Content::Comment(id)) => Content::Comment(id),
                ("comments", _) => Content::Comment(1_000 + u128::from(left * 10 + right)),
                _ => Content::Number(left + 1),
            };
            let left = if beside & 1 != 0 { near(left) } else { None };
            let right = if beside & 2 != 0 && root != "options" { near(right) } else { None };
            Block { left, right, root, key, content }
        });
    let root = proptest::sample::select(vec!["options", "order", "brief", "comments"]);
    let key = proptest::option::of(proptest::sample::select(vec!["wood", "quantity"]));
    let beside = || proptest::option::weighted(0.6, ids());
    let any = (beside(), beside(), root, key, contents()).prop_map(|(left, right, root, key, content)| Block {
        left,
        right,
        root,
        key,
        content,
    });
    prop_oneof![12 => fitting, 1 => any]
}

fn sections() -> impl Strategy<Value = Section> {
    let client = prop_oneof![1 => Just(1), 8 => Just(2), 8 => Just(50), 8 => Just(51)];
    let back = prop_oneof![12 => Just(0), 3 => 1..4i64, 1 => Just(-1)];
    (client, back, proptest::collection::vec(blocks(), 1..4)).prop_map(|(client, back, blocks)| Section {
        client,
        back,
        blocks,
    })
}

fn updates() -> impl Strategy<Value = Update> {
    let deletions = proptest::collection::vec((ids(), 1..3u32), 0..2);
    (proptest::collection::vec(sections(), 0..3), deletions)
        .prop_map(|(sections, deletions)| Update { sections, deletions })
}

impl Update {
    fn write(&self, known: &yrs::StateVector) -> Vec<u8> {
        let mut encoder = EncoderV1::new();
        encoder.write_var(self.sections.len() as u32);
        for section in &self.sections {
            let known = i64::from(known.get(&yrs::ClientID::new(section.client)));
            encoder.write_var(section.blocks.len() as u32);
            encoder.write_var(section.client);
            encoder.write_var((known - section.back).max(0) as u32);
            section.blocks.iter().for_each(|block| write_block(&mut encoder, block));
        }
        encoder.write_var(self.deletions.len() as u32);
        for ((client, clock), len) in &self.deletions {
            encoder.write_var(*client);
            encoder.write_var(1u32);
            encoder.write_var(*clock);
            encoder.write_var(*len);
        }
        encoder.to_vec()
    }
}

fn write_block(encoder: &mut EncoderV1, block: &Block) {
    let kind = match block.content {
        Content::Collected(_) => 0,
        Content::Deleted(_) => 1,
        Content::Text(_) => 4,
        Content::Number(_) | Content::Numbers(_) | Content::Comment(_) => 8,
        Content::Skipped(_) => 10,
    };
    if let Content::Collected(len) | Content::Skipped(len) = block.content {
        encoder.write_u8(kind);
        return encoder.write_var(len);
    }
    let flags = [(block.left.is_some(), 0x80), (block.right.is_some(), 0x40), (block.key.is_some(), 0x20)];
    encoder.write_u8(kind | flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum::<u8>());
    for (client, clock) in block.left.iter().chain(&block.right) {
        encoder.write_var(*client);
        encoder.write_var(*clock);
    }
    if block.left.is_none() && block.right.is_none() {
        encoder.write_var(1u32);
        encoder.write_string(block.root);
        block.key.iter().for_each(|key| encoder.write_string(key));
    }
    match &block.content {
        Content::Text(text) => encoder.write_string(text),
        Content::Deleted(len) => encoder.write_var(*len),
        Content::Number(number) => {
            encoder.write_var(1u32);
            yrs::Any::from(*number).encode(encoder);
        }
        Content::Numbers(count) => {
            encoder.write_var(*count);
            (0..*count).for_each(|n| yrs::Any::from(n).encode(encoder));
        }
        Content::Comment(id) => {
            encoder.write_var(1u32);
            shared(&comment(*id, 2)).encode(encoder);
        }
        Content::Collected(_) | Content::Skipped(_) => {}
    }
}

fn shared(comment: &Comment) -> yrs::Any {
    yrs::Any::from_json(&serde_json::to_string(comment).unwrap()).unwrap()
}

fn editor(n: u128) -> Editor {
    let person = PersonId::from_uuid(Uuid::from_u128(n));
    Editor { person, name: format!("Person {n}"), may_edit: true, may_comment: true }
}

fn comment(id: u128, author: u128) -> Comment {
    Comment {
        id: CommentId::from_uuid(Uuid::from_u128(id)),
        author: editor(author).person,
        name: format!("Person {author}"),
        text: "Чи можна дуб?".to_owned(),
        at: Timestamp(1_790_000_000_000),
    }
}

/// A guard with what two people wrote, and the log of it.
fn furnished() -> (Guard, Vec<(PersonId, Vec<u8>)>) {
    let mut guard = Guard::open([], false).unwrap();
    let mut log = Vec::new();
    for n in [1, 2] {
        let copy = Replica::numbered(n);
        copy.apply(&guard.live().whole()).unwrap();
        for edit in [
            copy.set_brief(&format!("Стіл {n} 🪑")),
            copy.set_option("wood", Some(&Value::Number(n.into()))),
            copy.add_comment(&comment(n.into(), n.into())),
            copy.set_quantity(n + 1),
            copy.splice_brief(2, 2, ""),
        ] {
            let Ok(Admitted::Change(change)) = guard.admit(&editor(n.into()), &edit.unwrap().unwrap()) else {
                panic!("a good edit was refused");
            };
            log.push((editor(n.into()).person, change.update));
        }
        guard.settle().unwrap();
    }
    (guard, log)
}

fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}

/// The letters of the brief in any order: neighbours that nobody can have seen side by side (a first letter with the
/// fourth to its right) make Yjs order them by arrival, and that cannot be told from the bytes. All else is equal.
fn state_but_for_letters_order(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    let (mut snapshot, items) = state(copy);
    let mut letters: Vec<_> = snapshot.brief.chars().collect();
    letters.sort_unstable();
    snapshot.brief = letters.into_iter().collect();
    (snapshot, items)
}

fn check(hostile: Vec<Update>) {
    let (mut guard, mut log) = furnished();
    let mut admitted = 0;
    for update in hostile {
        let update = update.write(&guard.live().doc().transact().state_vector());
        let comments = guard.live().snapshot().unwrap().comments;
        let before = state(guard.live());
        match guard.admit(&editor(2), &update) {
            Ok(Admitted::Change(change)) => {
                admitted += 1;
                log.push((editor(2).person, change.update));
            }
            Ok(Admitted::Nothing) | Err(_) => {
                guard.settle().unwrap();
                assert_eq!(state(guard.live()), before);
                continue;
            }
        }
        guard.settle().unwrap();
        let after = guard.live().snapshot().unwrap().comments;
        assert!(comments.iter().all(|comment| after.contains(comment)));
        let new = after.iter().filter(|comment| !comments.contains(comment));
        new.for_each(|comment| assert_eq!(comment.author, editor(2).person));
    }
    let again = Guard::open(log, false).unwrap();
    assert_eq!(state(again.live()), state(guard.live()));
    let newcomer = Replica::default();
    newcomer.apply(&guard.live().whole()).unwrap();
    assert_eq!(state_but_for_letters_order(&newcomer), state_but_for_letters_order(guard.live()));
    // The others go on as if nothing had been.
    let edit = newcomer.set_brief("Далі").unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(3), &edit), Ok(Admitted::Change(_))), "after {admitted}");
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 3_000;
    }
    config.failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")));
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_let_in_does_no_harm(hostile in proptest::collection::vec(updates(), 1..12)) {
        check(hostile);
    }
}

/// Deleted letters of this client, each put first in the brief: to place one, yrs passes those of lower clients.
fn firsts(client: u64, number: usize) -> Update {
    let block = Block { left: None, right: None, root: "brief", key: None, content: Content::Deleted(1) };
    Update { sections: vec![Section { client, back: 0, blocks: vec![block; number] }], deletions: vec![] }
}

#[test]
fn items_that_take_long_to_place_are_refused() {
    let mut guard = Guard::open([], false).unwrap();
    let too_many = firsts(50, 2_001).write(&yrs::StateVector::default());
    assert!(matches!(guard.admit(&editor(2), &too_many), Err(Refused::UpdateTooLarge)));
    let copy = Replica::numbered(50);
    for _ in 0..20_000 {
        // Each letter before all others; the brief stays short.
        for edit in [copy.splice_brief(0, 0, "a"), copy.splice_brief(1, 1, "")] {
            let Some(edit) = edit.unwrap() else { continue };
            assert!(matches!(guard.admit(&editor(2), &edit), Ok(Admitted::Change(_))));
        }
    }
    let one_more = copy.splice_brief(0, 0, "a").unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &one_more), Err(Refused::DocumentFull)));
}

#[test]
fn what_is_typed_in_one_go_is_one_item() {
    let mut guard = Guard::open([], false).unwrap();
    let copy = Replica::numbered(50);
    for count in 0..24_000 {
        if count == 12_000 {
            let cleared = copy.splice_brief(0, count, "").unwrap().unwrap();
            assert!(matches!(guard.admit(&editor(2), &cleared), Ok(Admitted::Change(_))));
        }
        let letter = copy.splice_brief(usize::MAX, 0, "a").unwrap().unwrap();
        assert!(matches!(guard.admit(&editor(2), &letter), Ok(Admitted::Change(_))));
    }
}
