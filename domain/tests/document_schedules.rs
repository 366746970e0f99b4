//! Two to eight editors who are often offline, a network that reorders, duplicates and loses updates, and a server
//! that restarts. In the end all copies are equal, no acknowledged edit is missing, and nobody changed another person's
//! comment.
//!
//! A failing schedule is shrunk, printed and saved in the regressions file beside this one, which is run first.
//! `PROPTEST_CASES=100000` runs the long version.

#![allow(clippy::unwrap_used)]

use domain::document::{Comment, Editor, Guard, Rejection, Replica, Snapshot, Value};
use domain::{CommentId, PersonId, Timestamp};
use proptest::{prelude::*, sample::Index, test_runner::FileFailurePersistence};
use std::collections::HashMap;
use uuid::Uuid;
use yrs::updates::decoder::Decode;
use yrs::{Array, ReadTxn, StateVector, Transact};

#[derive(Debug, Clone)]
enum Step {
    Edit(Index, Edit),
    /// One of an editor's pending updates reaches the server, in any order.
    Up(Index, Index),
    UpTwice(Index, Index),
    LoseUp(Index),
    Down(Index, Index),
    DownTwice(Index, Index),
    LoseDown(Index),
    Reconnect(Index),
    Store,
    /// Edits that are not stored are lost, and all connections close.
    Restart,
    Intrude(Index, Intrusion),
}

#[derive(Debug, Clone)]
enum Edit {
    Option(u8, Option<u8>),
    Quantity(u32),
    Splice(Index, u8, String),
    Brief(String),
    Comment(String),
}

#[derive(Debug, Clone)]
enum Intrusion {
    RemoveComment(Index),
    RemoveAndRewrite(Index),
    ForgeComment,
}

fn edits() -> impl Strategy<Value = Edit> {
    let words = || "[а-яa-z 🪑]{1,12}";
    prop_oneof![
        2 => (0..4u8, proptest::option::weighted(0.8, 0..9u8)).prop_map(|(key, value)| Edit::Option(key, value)),
        1 => (1..50u32).prop_map(Edit::Quantity),
        4 => (any::<Index>(), 0..6u8, words()).prop_map(|(at, gone, new)| Edit::Splice(at, gone, new)),
        1 => words().prop_map(Edit::Brief),
        2 => words().prop_map(Edit::Comment),
    ]
}

fn intrusions() -> impl Strategy<Value = Intrusion> {
    prop_oneof![
        any::<Index>().prop_map(Intrusion::RemoveComment),
        any::<Index>().prop_map(Intrusion::RemoveAndRewrite),
        Just(Intrusion::ForgeComment),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let who = any::<Index>;
    prop_oneof![
        8 => (who(), edits()).prop_map(|(who, edit)| Step::Edit(who, edit)),
        6 => (who(), who()).prop_map(|(who, which)| Step::Up(who, which)),
        1 => (who(), who()).prop_map(|(who, which)| Step::UpTwice(who, which)),
        1 => who().prop_map(Step::LoseUp),
        6 => (who(), who()).prop_map(|(who, which)| Step::Down(who, which)),
        1 => (who(), who()).prop_map(|(who, which)| Step::DownTwice(who, which)),
        1 => who().prop_map(Step::LoseDown),
        2 => who().prop_map(Step::Reconnect),
        4 => Just(Step::Store),
        1 => Just(Step::Restart),
        1 => (who(), intrusions()).prop_map(|(who, how)| Step::Intrude(who, how)),
    ]
}

struct Person {
    editor: Editor,
    copy: Replica,
    up: Vec<Vec<u8>>,
    down: Vec<Vec<u8>>,
    /// The updates that the server acknowledged as stored.
    acknowledged: Vec<Vec<u8>>,
}

struct World {
    people: Vec<Person>,
    guard: Guard,
    log: Vec<(PersonId, Vec<u8>)>,
    /// Updates to be stored: the sender, the received update and the admitted one.
    pending: Vec<(usize, Vec<u8>, Option<Vec<u8>>)>,
    written: HashMap<CommentId, Comment>,
    last: u128,
}

fn person(n: usize) -> Person {
    let id = PersonId::from_uuid(Uuid::from_u128(n as u128 + 1));
    Person {
        editor: Editor { person: id, name: format!("Person {n}"), may_edit: true, may_comment: true },
        copy: Replica::with_client_id(n as u32 + 1),
        up: Vec::new(),
        down: Vec::new(),
        acknowledged: Vec::new(),
    }
}

impl World {
    fn new(people: usize) -> Self {
        Self {
            people: (0..people).map(person).collect(),
            guard: Guard::open([], false).unwrap(),
            log: Vec::new(),
            pending: Vec::new(),
            written: HashMap::new(),
            last: 0,
        }
    }

    fn step(&mut self, step: Step) {
        let count = self.people.len();
        match step {
            Step::Edit(who, edit) => self.edit(who.index(count), edit),
            Step::Up(who, which) => self.up(who.index(count), which, false),
            Step::UpTwice(who, which) => self.up(who.index(count), which, true),
            Step::LoseUp(who) => _ = self.people[who.index(count)].up.pop(),
            Step::Down(who, which) => self.down(who.index(count), which, false),
            Step::DownTwice(who, which) => self.down(who.index(count), which, true),
            Step::LoseDown(who) => _ = self.people[who.index(count)].down.pop(),
            Step::Reconnect(who) => self.reconnect(who.index(count)),
            Step::Store => self.store(),
            Step::Restart => self.restart(),
            Step::Intrude(who, how) => self.intrude(who.index(count), how),
        }
    }

    fn edit(&mut self, who: usize, edit: Edit) {
        self.last += 1;
        let person = &mut self.people[who];
        let update = match edit {
            Edit::Option(key, value) => {
                let value = value.map(|value| Value::Number(value.into()));
                person.copy.set_option(&format!("option {key}"), value.as_ref())
            }
            Edit::Quantity(quantity) => person.copy.set_quantity(quantity),
            Edit::Splice(at, gone, new) => {
                let length = person.copy.snapshot().unwrap().brief.encode_utf16().count();
                person.copy.splice_brief(at.index(length + 1), gone.into(), &new)
            }
            Edit::Brief(text) => person.copy.set_brief(&text),
            Edit::Comment(text) => {
                let comment = comment(&person.editor, self.last, &text);
                self.written.insert(comment.id, comment.clone());
                person.copy.add_comment(&comment)
            }
        };
        person.up.extend(update.unwrap());
    }

    fn up(&mut self, who: usize, which: Index, twice: bool) {
        let up = &mut self.people[who].up;
        if up.is_empty() {
            return;
        }
        let which = which.index(up.len());
        let update = if twice { up[which].clone() } else { up.remove(which) };
        self.receive(who, update);
    }

    fn receive(&mut self, who: usize, update: Vec<u8>) {
        match self.guard.admit(&self.people[who].editor, &update) {
            Ok(Some(change)) => self.pending.push((who, update, Some(change.update))),
            Ok(None) => self.pending.push((who, update, None)),
            // The server requests the missing updates.
            Err(Rejection::Incomplete) => self.answer_server(who),
            Err(rejection) => panic!("{rejection:?}"),
        }
    }

    fn answer_server(&mut self, who: usize) {
        let known = StateVector::decode_v1(&self.guard.stored().state_vector()).unwrap();
        let missing = self.people[who].copy.diff(&known);
        match self.guard.admit(&self.people[who].editor, &missing) {
            Ok(Some(change)) => self.pending.push((who, missing, Some(change.update))),
            Ok(None) => self.pending.push((who, missing, None)),
            Err(rejection) => panic!("after sync step 1: {rejection:?}"),
        }
    }

    fn down(&mut self, who: usize, which: Index, twice: bool) {
        let Person { copy, down, .. } = &mut self.people[who];
        if down.is_empty() {
            return;
        }
        let which = which.index(down.len());
        let update = if twice { down[which].clone() } else { down.remove(which) };
        let _ = copy.apply(&update);
    }

    fn reconnect(&mut self, who: usize) {
        let person = &mut self.people[who];
        person.up.clear();
        person.down.clear();
        let known = StateVector::decode_v1(&person.copy.state_vector()).unwrap();
        person.copy.apply(&self.guard.diff(&known).unwrap()).unwrap();
        self.answer_server(who);
    }

    fn store(&mut self) {
        self.guard.commit().unwrap();
        for (who, sent, stored) in std::mem::take(&mut self.pending) {
            self.people[who].acknowledged.push(sent);
            let Some(update) = stored else { continue };
            self.log.push((self.people[who].editor.person, update.clone()));
            for (other, person) in self.people.iter_mut().enumerate() {
                if other != who {
                    person.down.push(update.clone());
                }
            }
        }
    }

    fn restart(&mut self) {
        self.pending.clear();
        self.guard = Guard::open(self.log.clone(), false).unwrap();
        for person in &mut self.people {
            person.up.clear();
            person.down.clear();
        }
        (0..self.people.len()).for_each(|who| self.reconnect(who));
    }

    /// Uses a separate copy, because rejected edits stay in the copy that made them.
    fn intrude(&mut self, who: usize, how: Intrusion) {
        self.last += 1;
        let copy = Replica::with_client_id(1_000 + self.last as u32);
        copy.apply(&self.guard.stored().full_update()).unwrap();
        let editor = self.people[who].editor.clone();
        let comments = copy.snapshot().unwrap().comments;
        let update = match how {
            Intrusion::ForgeComment => {
                let other = self.people[(who + 1) % self.people.len()].editor.clone();
                copy.add_comment(&comment(&other, self.last, "підробка")).unwrap().unwrap()
            }
            Intrusion::RemoveComment(_) | Intrusion::RemoveAndRewrite(_) if comments.is_empty() => return,
            Intrusion::RemoveComment(which) => remove_comment(&copy, which.index(comments.len())),
            Intrusion::RemoveAndRewrite(which) => {
                let which = which.index(comments.len());
                remove_comment(&copy, which);
                copy.add_comment(&Comment { text: "інше".to_owned(), ..comments[which].clone() }).unwrap();
                copy.full_update()
            }
        };
        let result = self.guard.admit(&editor, &update);
        assert!(result.is_err(), "{result:?}");
    }

    /// Reconnects everyone until all edits are exchanged.
    fn settle(&mut self) {
        for _ in 0..2 {
            (0..self.people.len()).for_each(|who| self.reconnect(who));
            self.store();
        }
    }

    fn check(mut self) {
        self.settle();
        let server = state(self.guard.stored());
        for person in &self.people {
            assert_eq!(state(&person.copy), server);
        }
        assert_eq!(state(Guard::open(self.log.clone(), false).unwrap().stored()), server);
        for comment in &server.0.comments {
            assert_eq!(self.written.get(&comment.id), Some(comment));
        }
        assert_eq!(server.0.comments.len(), self.written.len());
        for person in &self.people {
            for update in &person.acknowledged {
                assert_eq!(self.guard.admit(&person.editor, update), Ok(None));
            }
        }
    }
}

fn comment(author: &Editor, id: u128, text: &str) -> Comment {
    Comment {
        id: CommentId::from_uuid(Uuid::from_u128(id)),
        author: author.person,
        name: author.name.clone(),
        text: format!("«{text}»"),
        at: Timestamp(1_790_000_000_000 + id as i64),
    }
}

fn remove_comment(copy: &Replica, which: usize) -> Vec<u8> {
    let mut txn = copy.doc().transact_mut();
    let comments = txn.get_array("comments").unwrap();
    comments.remove(&mut txn, which as u32);
    txn.commit();
    txn.encode_update_v1()
}

/// The complete state of a copy. Encoded bytes cannot be compared, because the fields of a comment are encoded in any
/// order.
fn state(copy: &Replica) -> (Snapshot, yrs::Snapshot) {
    (copy.snapshot().unwrap(), copy.doc().transact().snapshot())
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 2_000;
    }
    config.failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")));
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn all_copies_converge_and_no_acknowledged_edit_is_lost(
        people in 2..=8usize,
        steps in proptest::collection::vec(steps(), 1..80),
    ) {
        let mut world = World::new(people);
        steps.into_iter().for_each(|step| world.step(step));
        world.check();
    }
}
