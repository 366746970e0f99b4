//! Malicious updates by someone who knows the wire format. Whatever updates the guard accepts, the document stays
//! readable and valid, can be restored from its log, and no comment is changed or removed.

#![allow(clippy::unwrap_used)]

use domain::document::{Comment, Editor, Guard, Rejection, Replica, Snapshot, Value};
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
    /// How many known clocks of the client the section repeats. A negative number makes a gap.
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

/// Clients 1 and 2 have edits by person 1 and person 2. The attacker is person 2.
fn ids() -> impl Strategy<Value = (u64, u32)> {
    (prop_oneof![3 => Just(1), 3 => Just(2), 1 => Just(50), 1 => Just(51)], 0..24u32)
}

/// The fields that person 1 edited: root, key, and the clocks of client 1 in it.
const FIELDS: [(&str, Option<&str>, std::ops::Range<u32>); 4] = [
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

/// Mostly plausible blocks: a field with neighbours in it and content for it. Some are arbitrary.
fn blocks() -> impl Strategy<Value = Block> {
    let plausible =
        (0..FIELDS.len(), 0..9u32, 0..9u32, 0..4u8, contents()).prop_map(|(field, left, right, beside, other)| {
            let (root, key, clocks) = FIELDS[field].clone();
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
    let arbitrary = (beside(), beside(), root, key, contents()).prop_map(|(left, right, root, key, content)| Block {
        left,
        right,
        root,
        key,
        content,
    });
    prop_oneof![12 => plausible, 1 => arbitrary]
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

/// A guard whose document has edits by two people, and its log.
fn filled() -> (Guard, Vec<(PersonId, Vec<u8>)>) {
    let mut guard = Guard::open([], false).unwrap();
    let mut log = Vec::new();
    for n in [1, 2] {
        let copy = Replica::with_client_id(n);
        copy.apply(&guard.stored().full_update()).unwrap();
        for edit in [
            copy.set_brief(&format!("Стіл {n} 🪑")),
            copy.set_option("wood", Some(&Value::Number(n.into()))),
            copy.add_comment(&comment(n.into(), n.into())),
            copy.set_quantity(n + 1),
            copy.splice_brief(2, 2, ""),
        ] {
            let Ok(Some(change)) = guard.admit(&editor(n.into()), &edit.unwrap().unwrap()) else {
                panic!("a valid edit was rejected");
            };
            log.push((editor(n.into()).person, change.update));
        }
        guard.commit().unwrap();
    }
    (guard, log)
}

fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}

/// The state with the letters of the brief sorted. If an update names neighbours that were never adjacent, Yjs orders
/// letters by arrival. The guard cannot detect this from the bytes.
fn state_with_sorted_brief(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    let (mut snapshot, items) = state(copy);
    let mut letters: Vec<_> = snapshot.brief.chars().collect();
    letters.sort_unstable();
    snapshot.brief = letters.into_iter().collect();
    (snapshot, items)
}

fn check(hostile: Vec<Update>) {
    let (mut guard, mut log) = filled();
    let mut admitted = 0;
    for update in hostile {
        let update = update.write(&guard.stored().doc().transact().state_vector());
        let comments = guard.stored().snapshot().unwrap().comments;
        let before = state(guard.stored());
        match guard.admit(&editor(2), &update) {
            Ok(Some(change)) => {
                admitted += 1;
                log.push((editor(2).person, change.update));
            }
            Ok(None) | Err(_) => {
                guard.commit().unwrap();
                assert_eq!(state(guard.stored()), before);
                continue;
            }
        }
        guard.commit().unwrap();
        let after = guard.stored().snapshot().unwrap().comments;
        assert!(comments.iter().all(|comment| after.contains(comment)));
        let new = after.iter().filter(|comment| !comments.contains(comment));
        new.for_each(|comment| assert_eq!(comment.author, editor(2).person));
    }
    let reopened = Guard::open(log, false).unwrap();
    assert_eq!(state(reopened.stored()), state(guard.stored()));
    let newcomer = Replica::default();
    newcomer.apply(&guard.stored().full_update()).unwrap();
    assert_eq!(state_with_sorted_brief(&newcomer), state_with_sorted_brief(guard.stored()));
    // The others can continue to edit.
    let edit = newcomer.set_brief("Далі").unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(3), &edit), Ok(Some(_))), "after {admitted}");
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
    fn accepted_updates_do_no_harm(hostile in proptest::collection::vec(updates(), 1..12)) {
        check(hostile);
    }
}

/// Deleted letters of one client, each inserted at the start of the brief. To integrate one, yrs visits all letters of
/// lower client ids.
fn letters_at_start(client: u64, number: usize) -> Update {
    let block = Block { left: None, right: None, root: "brief", key: None, content: Content::Deleted(1) };
    Update { sections: vec![Section { client, back: 0, blocks: vec![block; number] }], deletions: vec![] }
}

#[test]
fn items_that_take_long_to_integrate_are_rejected() {
    let mut guard = Guard::open([], false).unwrap();
    let too_many = letters_at_start(50, 2_001).write(&yrs::StateVector::default());
    assert!(matches!(guard.admit(&editor(2), &too_many), Err(Rejection::UpdateTooLarge)));
    let copy = Replica::with_client_id(50);
    for _ in 0..20_000 {
        // Insert each letter at the start and delete the one before, so that the brief stays short.
        for edit in [copy.splice_brief(0, 0, "a"), copy.splice_brief(1, 1, "")] {
            let Some(edit) = edit.unwrap() else { continue };
            assert!(matches!(guard.admit(&editor(2), &edit), Ok(Some(_))));
        }
    }
    let one_more = copy.splice_brief(0, 0, "a").unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &one_more), Err(Rejection::DocumentFull)));
}

#[test]
fn continuous_typing_is_one_item() {
    let mut guard = Guard::open([], false).unwrap();
    let copy = Replica::with_client_id(50);
    for count in 0..24_000 {
        if count == 12_000 {
            let cleared = copy.splice_brief(0, count, "").unwrap().unwrap();
            assert!(matches!(guard.admit(&editor(2), &cleared), Ok(Some(_))));
        }
        let letter = copy.splice_brief(usize::MAX, 0, "a").unwrap().unwrap();
        assert!(matches!(guard.admit(&editor(2), &letter), Ok(Some(_))));
    }
}
