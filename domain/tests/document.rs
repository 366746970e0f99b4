//! Which edits of the shared document the guard accepts and which it rejects.

#![allow(clippy::unwrap_used)]

use domain::document::{Comment, Editor, Guard, Rejection, Replica, SchemaError, Snapshot, Value};
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

/// A guard whose document has an option, a quantity, a brief and a comment, all by person 1.
fn filled() -> Guard {
    let mut guard = empty();
    let author = Replica::with_client_id(1);
    for update in [
        author.set_option("wood", Some(&Value::Text("oak".into()))),
        author.set_quantity(2),
        author.set_brief("Стіл для кухні 🪑"),
        author.add_comment(&comment(1, 1)),
    ] {
        let update = update.unwrap().unwrap();
        assert!(matches!(guard.admit(&editor(1), &update), Ok(Some(_))));
    }
    guard.commit().unwrap();
    guard
}

/// The complete state of a copy: its content, and which items it contains and has deleted. Encoded bytes cannot be
/// compared, because the fields of a comment are encoded in any order.
fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}

fn copy(guard: &Guard, number: u32) -> Replica {
    let copy = Replica::with_client_id(number);
    copy.apply(&guard.stored().full_update()).unwrap();
    copy
}

#[test]
fn snapshot_contains_the_edits() {
    let snapshot = filled().stored().snapshot().unwrap();
    let expected = Snapshot {
        options: [("wood".to_owned(), Value::Text("oak".to_owned()))].into(),
        quantity: 2,
        brief: "Стіл для кухні 🪑".to_owned(),
        comments: vec![comment(1, 1)],
    };
    assert_eq!(snapshot, expected);
}

#[test]
fn edit_that_changes_nothing_returns_no_update() {
    let copy = copy(&filled(), 2);
    assert_eq!(copy.set_quantity(2), Ok(None));
    assert_eq!(copy.set_brief("Стіл для кухні 🪑"), Ok(None));
    assert_eq!(copy.set_option("wood", Some(&Value::Text("oak".into()))), Ok(None));
    assert_eq!(copy.set_option("edge", None), Ok(None));
}

#[test]
fn concurrent_edits_of_the_brief_are_merged() {
    let guard = filled();
    let (a, b) = (copy(&guard, 2), copy(&guard, 3));
    let from_a = a.set_brief("Великий стіл для кухні 🪑").unwrap().unwrap();
    let from_b = b.set_brief("Стіл для кухні 🪑 з ясена").unwrap().unwrap();
    a.apply(&from_b).unwrap();
    b.apply(&from_a).unwrap();
    assert_eq!(a.snapshot(), b.snapshot());
    assert_eq!(a.snapshot().unwrap().brief, "Великий стіл для кухні 🪑 з ясена");
}

#[test]
fn numbers_are_stored_exactly_or_rejected() {
    let copy = Replica::with_client_id(1);
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
fn edits_without_permission_are_rejected() {
    let mut guard = filled();
    let (before, state_before) = (guard.stored().full_update(), state(guard.stored()));
    let read_only = Editor { may_edit: false, may_comment: false, ..editor(2) };
    let comment_only = Editor { may_edit: false, ..editor(2) };
    let replica = |n| {
        let copy = Replica::with_client_id(n);
        copy.apply(&before).unwrap();
        copy
    };
    for (edit, editor, rejection) in [
        (replica(10).set_quantity(3), &comment_only, Rejection::MayNotEdit),
        (replica(11).set_option("wood", None), &comment_only, Rejection::MayNotEdit),
        (replica(12).splice_brief(0, 4, ""), &comment_only, Rejection::MayNotEdit),
        (replica(13).add_comment(&comment(2, 2)), &read_only, Rejection::MayNotComment),
        (replica(14).add_comment(&comment(2, 3)), &editor(2), Rejection::ForgedAuthor),
        (
            replica(15).add_comment(&Comment { name: "Директор".into(), ..comment(2, 2) }),
            &editor(2),
            Rejection::ForgedAuthor,
        ),
        (
            replica(16).add_comment(&Comment { id: comment(1, 1).id, ..comment(2, 2) }),
            &editor(2),
            SchemaError::DuplicateComment.into(),
        ),
        (replica(1).set_quantity(3), &editor(2), Rejection::ForeignClient),
    ] {
        assert_eq!(guard.admit(editor, &edit.unwrap().unwrap()), Err(rejection));
        guard.commit().unwrap();
        assert_eq!(state(guard.stored()), state_before);
    }
    let update = replica(20).add_comment(&comment(2, 2)).unwrap().unwrap();
    assert!(matches!(guard.admit(&comment_only, &update), Ok(Some(_))));
}

/// A read-only client also answers the server's sync step 1, with edits that the server already has.
#[test]
fn known_edits_are_accepted_from_read_only_clients() {
    let mut guard = filled();
    let other = copy(&guard, 2);
    let removal = other.splice_brief(0, 5, "").unwrap().unwrap();
    guard.admit(&editor(2), &removal).unwrap();
    guard.commit().unwrap();
    guard.set_locked(true);
    let read_only = Editor { may_edit: false, may_comment: false, ..editor(3) };
    assert_eq!(guard.admit(&read_only, &other.full_update()), Ok(None));
}

#[test]
fn locked_document_rejects_all_edits() {
    let mut guard = filled();
    guard.set_locked(true);
    let copy = copy(&guard, 2);
    for edit in [copy.set_quantity(9), copy.splice_brief(0, 1, ""), copy.add_comment(&comment(5, 2))] {
        assert_eq!(guard.admit(&editor(2), &edit.unwrap().unwrap()), Err(Rejection::Locked));
    }
}

#[test]
fn comments_cannot_be_removed() {
    let mut guard = filled();
    let (whole, state_before) = (guard.stored().full_update(), state(guard.stored()));
    let raw = raw(&whole, 7);
    let mut txn = raw.transact_mut();
    txn.get_or_insert_array("comments").remove(&mut txn, 0);
    txn.commit();
    let update = txn.encode_update_v1();
    for editor in [editor(1), editor(2)] {
        assert_eq!(guard.admit(&editor, &update), Err(Rejection::CommentRemoved));
    }
    assert_eq!(state(guard.stored()), state_before);
}

/// A document of a client that ignores the schema.
fn raw(whole: &[u8], number: u64) -> Doc {
    use yrs::updates::decoder::Decode;
    let doc = Doc::with_client_id(number);
    doc.transact_mut().apply_update(yrs::Update::decode_v1(whole).unwrap()).unwrap();
    doc
}

#[test]
fn updates_outside_the_schema_are_rejected() {
    type Edit = fn(&mut yrs::TransactionMut<'_>);
    let edits: [(&str, Edit); 20] = [
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
    let mut guard = filled();
    let (whole, state_before) = (guard.stored().full_update(), state(guard.stored()));
    for (number, (name, edit)) in edits.into_iter().enumerate() {
        let doc = raw(&whole, 100 + number as u64);
        let mut txn = doc.transact_mut();
        edit(&mut txn);
        txn.commit();
        let result = guard.admit(&editor(2), &txn.encode_update_v1());
        assert!(matches!(result, Err(Rejection::Schema(_))), "{name}: {result:?}");
    }
    guard.commit().unwrap();
    assert_eq!(state(guard.stored()), state_before);
    let valid = copy(&guard, 2).set_quantity(7).unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &valid), Ok(Some(_))));
}

#[test]
fn update_with_missing_dependencies_is_incomplete() {
    let mut guard = filled();
    let copy = copy(&guard, 2);
    let first = copy.set_brief("Перше").unwrap().unwrap();
    let second = copy.set_brief("Перше і друге").unwrap().unwrap();
    assert_eq!(guard.admit(&editor(2), &second), Err(Rejection::Incomplete));
    let both = copy.diff(&guard.stored().doc().transact().state_vector());
    assert!(matches!(guard.admit(&editor(2), &both), Ok(Some(_))));
    assert_eq!(guard.admit(&editor(2), &first), Ok(None));
    assert_eq!(guard.admit(&editor(2), &second), Ok(None));
}

#[test]
fn rejection_keeps_updates_admitted_before() {
    let mut guard = filled();
    let copy = copy(&guard, 2);
    let good = copy.set_quantity(5).unwrap().unwrap();
    let bad = copy.add_comment(&comment(9, 1)).unwrap().unwrap();
    assert!(matches!(guard.admit(&editor(2), &good), Ok(Some(_))));
    assert_eq!(guard.admit(&editor(2), &bad), Err(Rejection::ForgedAuthor));
    guard.commit().unwrap();
    assert_eq!(guard.stored().snapshot().unwrap().quantity, 5);
}

#[test]
fn document_is_restored_from_its_log() {
    let mut guard = empty();
    let author = Replica::with_client_id(1);
    let mut log = Vec::new();
    for n in 0..200u32 {
        let update = match n % 3 {
            0 => author.splice_brief(n as usize / 2, 1, "слово "),
            1 => author.set_option("length", Some(&Value::Number(n.into()))),
            _ => author.set_quantity(n),
        };
        match guard.admit(&editor(1), &update.unwrap().unwrap()) {
            Ok(Some(change)) => log.push((person(1), change.update)),
            other => panic!("{other:?}"),
        }
    }
    guard.commit().unwrap();
    let mut reopened = Guard::open(log, false).unwrap();
    assert_eq!(state(reopened.stored()), state(guard.stored()));
    assert_eq!(reopened.stored().full_update(), author.full_update());
    assert_eq!(reopened.stored().full_update(), guard.stored().full_update());
    let forged = author.set_quantity(77_777).unwrap().unwrap();
    assert_eq!(reopened.admit(&editor(2), &forged), Err(Rejection::ForeignClient));
}

#[test]
fn document_size_is_limited() {
    let mut guard = empty();
    let full = (0..2_000).find_map(|n| {
        let copy = Replica::with_client_id(1_000 + n);
        let long = Comment { text: "я".repeat(4_000), ..comment(u128::from(n) + 10, 2) };
        guard.admit(&editor(2), &copy.add_comment(&long).unwrap().unwrap()).err()
    });
    assert_eq!(full, Some(Rejection::DocumentFull));
    guard.commit().unwrap();
    assert!(guard.stored().full_update().len() <= domain::document::DOCUMENT_LIMIT);
}
