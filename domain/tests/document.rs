//! What people can do to the shared document, and what they cannot.

#![allow(clippy::unwrap_used)]

use domain::document::{Admitted, Comment, Editor, Guard, Refused, Replica, SchemaBreach, Snapshot, Value};
use domain::{CommentId, PersonId, Timestamp};
use uuid::Uuid;
use yrs::{Any, Array, Doc, Map, MapPrelim, ReadTxn, Text, Transact, WriteTxn, XmlFragment, XmlTextPrelim};

fn person(n: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(n))
}

fn editor(n: u128) -> Editor {
    Editor { person: person(n), name: format!("Person {n}"), may_edit: true, may_comment: true }
}

fn comment(id: u128, author: u128) -> Comment {
    Comment {
        id: CommentId::from_uuid(Uuid::from_u128(id)),
        author: person(author),
        name: format!("Person {author}"),
        text: "Чи можна дуб?".to_owned(),
        at: Timestamp(1_790_000_000_000),
    }
}

fn empty() -> Guard {
    Guard::open([], false).unwrap()
}

/// A guard that holds something of everything, made by person 1.
fn furnished() -> Guard {
    let mut guard = empty();
    let maker = Replica::numbered(1);
    for update in [
        maker.set_option("wood", Some(&Value::Text("oak".into()))),
        maker.set_quantity(2),
        maker.set_brief("Стіл для кухні 🪑"),
        maker.add_comment(&comment(1, 1)),
    ] {
        let update = update.unwrap().unwrap();
        assert!(matches!(guard.admit(&editor(1), &update), Ok(Admitted::Change(_))));
    }
    guard.settle().unwrap();
    guard
}

/// All that a copy is: its content, and which items it knows and has deleted. (Its bytes are not: the fields of a
/// comment are written in any order.)
fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}

fn copy(guard: &Guard, number: u32) -> Replica {
    let copy = Replica::numbered(number);
    copy.apply(&guard.live().whole()).unwrap();
    copy
}

#[test]
fn edits_are_read_back() {
    let snapshot = furnished().live().snapshot().unwrap();
    let expected = Snapshot {
        options: [("wood".to_owned(), Value::Text("oak".to_owned()))].into(),
        quantity: 2,
        brief: "Стіл для кухні 🪑".to_owned(),
        comments: vec![comment(1, 1)],
    };
    assert_eq!(snapshot, expected);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_update() {
    let copy = copy(&furnished(), 2);
    assert_eq!(copy.set_quantity(2), Ok(None));
    assert_eq!(copy.set_brief("Стіл для кухні 🪑"), Ok(None));
    assert_eq!(copy.set_option("wood", Some(&Value::Text("oak".into()))), Ok(None));
    assert_eq!(copy.set_option("edge", None), Ok(None));
}

#[test]
fn two_who_write_in_the_brief_keep_both_words() {
    let guard = furnished();
    let (a, b) = (copy(&guard, 2), copy(&guard, 3));
    let from_a = a.set_brief("Великий стіл для кухні 🪑").unwrap().unwrap();
    let from_b = b.set_brief("Стіл для кухні 🪑 з ясена").unwrap().unwrap();
    a.apply(&from_b).unwrap();
    b.apply(&from_a).unwrap();
    assert_eq!(a.snapshot(), b.snapshot());
    assert_eq!(a.snapshot().unwrap().brief, "Великий стіл для кухні 🪑 з ясена");
}

#[test]
fn numbers_mean_the_same_to_everyone() {
    let copy = Replica::numbered(1);
    for text in ["0", "-1", "1200", "0.1", "75.25", "1000000000", "-999.999999"] {
        let value = Value::Number(text.parse().unwrap());
        copy.set_option("length", Some(&value)).unwrap();
        assert_eq!(copy.snapshot().unwrap().options["length"], value, "{text}");
    }
    for text in ["0.0000001", "1000000001", "123456789.1234567"] {
        let value = Value::Number(text.parse().unwrap());
        assert!(copy.set_option("length", Some(&value)).is_err(), "{text}");
    }
}

#[test]
fn what_a_person_may_not_change_is_refused() {
    let mut guard = furnished();
    let (before, held) = (guard.live().whole(), state(guard.live()));
    let only_reads = Editor { may_edit: false, may_comment: false, ..editor(2) };
    let only_comments = Editor { may_edit: false, ..editor(2) };
    let edits = |n| {
        let copy = Replica::numbered(n);
        copy.apply(&before).unwrap();
        copy
    };
    for (edit, who, refusal) in [
        (edits(10).set_quantity(3), &only_comments, Refused::MayNotEdit),
        (edits(11).set_option("wood", None), &only_comments, Refused::MayNotEdit),
        (edits(12).splice_brief(0, 4, ""), &only_comments, Refused::MayNotEdit),
        (edits(13).add_comment(&comment(2, 2)), &only_reads, Refused::MayNotComment),
        (edits(14).add_comment(&comment(2, 3)), &editor(2), Refused::ForgedAuthor),
        (
            edits(15).add_comment(&Comment { name: "Директор".into(), ..comment(2, 2) }),
            &editor(2),
            Refused::ForgedAuthor,
        ),
        (
            edits(16).add_comment(&Comment { id: comment(1, 1).id, ..comment(2, 2) }),
            &editor(2),
            SchemaBreach::CommentTwice.into(),
        ),
        (edits(1).set_quantity(3), &editor(2), Refused::ForeignClient),
    ] {
        assert_eq!(guard.admit(who, &edit.unwrap().unwrap()), Err(refusal));
        guard.settle().unwrap();
        assert_eq!(state(guard.live()), held);
    }
    let update = edits(20).add_comment(&comment(2, 2)).unwrap().unwrap();
    assert!(matches!(guard.admit(&only_comments, &update), Ok(Admitted::Change(_))));
}

/// Who only reads still answers the server's first question with all they know, which is nothing new.
#[test]
fn what_is_known_may_be_said_again_by_anyone() {
    let mut guard = furnished();
    let other = copy(&guard, 2);
    let removed = other.splice_brief(0, 5, "").unwrap().unwrap();
    guard.admit(&editor(2), &removed).unwrap();
    guard.settle().unwrap();
    guard.set_locked(true);
    let reader = Editor { may_edit: false, may_comment: false, ..editor(3) };
    assert_eq!(guard.admit(&reader, &other.whole()), Ok(Admitted::Nothing));
}

#[test]
fn a_locked_document_refuses_everyone() {
    let mut guard = furnished();
    guard.set_locked(true);
    let copy = copy(&guard, 2);
    for edit in [copy.set_quantity(9), copy.splice_brief(0, 1, ""), copy.add_comment(&comment(5, 2))] {
        assert_eq!(guard.admit(&editor(2), &edit.unwrap().unwrap()), Err(Refused::Locked));
    }
}

#[test]
fn a_comment_is_neither_removed_nor_rewritten() {
    let mut guard = furnished();
    let (whole, held) = (guard.live().whole(), state(guard.live()));
    let raw = raw(&whole, 7);
    let mut txn = raw.transact_mut();
    txn.get_or_insert_array("comments").remove(&mut txn, 0);
    txn.commit();
    let update = txn.encode_update_v1();
    for who in [editor(1), editor(2)] {
        assert_eq!(guard.admit(&who, &update), Err(Refused::CommentRemoved));
    }
    assert_eq!(state(guard.live()), held);
}

/// A document of a client that keeps to no schema.
fn raw(whole: &[u8], number: u64) -> Doc {
    use yrs::updates::decoder::Decode;
    let doc = Doc::with_client_id(number);
    doc.transact_mut().apply_update(yrs::Update::decode_v1(whole).unwrap()).unwrap();
    doc
}

#[test]
fn what_the_schema_does_not_have_is_refused() {
    type Act = fn(&mut yrs::TransactionMut<'_>);
    let acts: [(&str, Act); 20] = [
        ("unknown map", |t| _ = t.get_or_insert_map("secret").insert(t, "a", 1)),
        ("unknown text", |t| t.get_or_insert_text("more").push(t, "a")),
        ("list in options", |t| _ = t.get_or_insert_array("options").push_back(t, 1)),
        ("text in options", |t| t.get_or_insert_text("options").push(t, "a")),
        ("map in options", |t| _ = t.get_or_insert_map("options").insert(t, "wood", MapPrelim::default())),
        ("list as option", |t| _ = t.get_or_insert_map("options").insert(t, "wood", Any::from(vec![Any::from(1)]))),
        ("nothing as option", |t| _ = t.get_or_insert_map("options").insert(t, "wood", Any::Null)),
        ("not a number", |t| _ = t.get_or_insert_map("options").insert(t, "wood", f64::NAN)),
        ("key without letters", |t| _ = t.get_or_insert_map("options").insert(t, "", 1)),
        ("key too long", |t| _ = t.get_or_insert_map("options").insert(t, "k".repeat(65), 1)),
        ("no quantity", |t| _ = t.get_or_insert_map("order").insert(t, "quantity", 0)),
        ("half a piece", |t| _ = t.get_or_insert_map("order").insert(t, "quantity", 0.5)),
        ("too many", |t| _ = t.get_or_insert_map("order").insert(t, "quantity", 100_001)),
        ("other key in order", |t| _ = t.get_or_insert_map("order").insert(t, "price", 1)),
        ("number in the brief", |t| _ = t.get_or_insert_array("brief").push_back(t, 1)),
        ("key in the brief", |t| _ = t.get_or_insert_map("brief").insert(t, "a", 1)),
        ("formatted brief", |t| {
            let brief = t.get_or_insert_text("brief");
            brief.insert_with_attributes(t, 0, "a", [("b".into(), true.into())].into());
        }),
        ("long brief", |t| t.get_or_insert_text("brief").push(t, &"я".repeat(20_001))),
        ("comment of words", |t| _ = t.get_or_insert_array("comments").push_back(t, "hello")),
        ("markup", |t| _ = t.get_or_insert_xml_fragment("comments").push_back(t, XmlTextPrelim::new(""))),
    ];
    let mut guard = furnished();
    let (whole, held) = (guard.live().whole(), state(guard.live()));
    for (number, (what, act)) in acts.into_iter().enumerate() {
        let doc = raw(&whole, 100 + number as u64);
        let mut txn = doc.transact_mut();
        act(&mut txn);
        txn.commit();
        let refused = guard.admit(&editor(2), &txn.encode_update_v1());
        assert!(matches!(refused, Err(Refused::Schema(_))), "{what}: {refused:?}");
    }
    guard.settle().unwrap();
    assert_eq!(state(guard.live()), held);
    let fine = copy(&guard, 2).set_quantity(7).unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &fine), Ok(Admitted::Change(_))));
}

#[test]
fn what_is_missing_in_between_is_asked_for() {
    let mut guard = furnished();
    let copy = copy(&guard, 2);
    let first = copy.set_brief("Перше").unwrap().unwrap();
    let second = copy.set_brief("Перше і друге").unwrap().unwrap();
    assert_eq!(guard.admit(&editor(2), &second), Err(Refused::Incomplete));
    let both = copy.missing(&guard.live().doc().transact().state_vector());
    assert!(matches!(guard.admit(&editor(2), &both), Ok(Admitted::Change(_))));
    assert_eq!(guard.admit(&editor(2), &first), Ok(Admitted::Nothing));
    assert_eq!(guard.admit(&editor(2), &second), Ok(Admitted::Nothing));
}

#[test]
fn a_refusal_leaves_what_was_admitted_before_it() {
    let mut guard = furnished();
    let copy = copy(&guard, 2);
    let good = copy.set_quantity(5).unwrap().unwrap();
    let bad = copy.add_comment(&comment(9, 1)).unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &good), Ok(Admitted::Change(_))));
    assert_eq!(guard.admit(&editor(2), &bad), Err(Refused::ForgedAuthor));
    guard.settle().unwrap();
    assert_eq!(guard.live().snapshot().unwrap().quantity, 5);
}

#[test]
fn a_document_opens_again_as_its_log_says() {
    let mut guard = empty();
    let maker = Replica::numbered(1);
    let mut log = Vec::new();
    for n in 0..200u32 {
        let update = match n % 3 {
            0 => maker.splice_brief(n as usize / 2, 1, "слово "),
            1 => maker.set_option("length", Some(&Value::Number(n.into()))),
            _ => maker.set_quantity(n),
        };
        match guard.admit(&editor(1), &update.unwrap().unwrap()) {
            Ok(Admitted::Change(change)) => log.push((person(1), change.update)),
            other => panic!("{other:?}"),
        }
    }
    guard.settle().unwrap();
    let mut again = Guard::open(log, false).unwrap();
    assert_eq!(state(again.live()), state(guard.live()));
    assert_eq!(again.live().whole(), maker.whole());
    assert_eq!(again.live().whole(), guard.live().whole());
    let stolen = maker.set_quantity(77_777).unwrap().unwrap();
    assert_eq!(again.admit(&editor(2), &stolen), Err(Refused::ForeignClient));
}

#[test]
fn a_document_does_not_grow_without_end() {
    let mut guard = empty();
    let full = (0..2_000).find_map(|n| {
        let copy = Replica::numbered(1_000 + n);
        let long = Comment { text: "я".repeat(4_000), ..comment(u128::from(n) + 10, 2) };
        guard.admit(&editor(2), &copy.add_comment(&long).unwrap().unwrap()).err()
    });
    assert_eq!(full, Some(Refused::DocumentFull));
    guard.settle().unwrap();
    assert!(guard.live().whole().len() <= domain::document::DOCUMENT_LIMIT);
}
