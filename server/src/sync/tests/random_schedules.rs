//! Random schedules of people who join, leave and edit, online and offline, while the log fails and the server
//! restarts. Afterwards all copies must be equal and contain everything that was acknowledged. The runtime decides in
//! which order rooms and clients run. `domain` tests the guard alone in the same way, and
//! `random_schedules_on_database.rs` runs these schedules on both databases.

use super::{
    controlled_log::{Memory, document},
    *,
};
use domain::document::Guard;
use futures_util::FutureExt;
use proptest::{prelude::*, sample::Index, test_runner::FileFailurePersistence};
use store::design::log::Edit;

#[derive(Debug, Clone)]
pub enum Step {
    Edit(Index, u32),
    Comment(Index),
    Receive(Index),
    Leave(Index),
    Join(Index),
    SetLog(LogBehaviour),
    Restart,
    Yield,
    /// Waits until all updates sent so far are stored or have failed.
    Store,
}

/// The number of people and what they do.
pub fn schedules() -> impl Strategy<Value = (usize, Vec<Step>)> {
    (2..=PEOPLE, proptest::collection::vec(steps(), 1..60))
}

fn steps() -> impl Strategy<Value = Step> {
    let who = any::<Index>;
    let behaviour = prop_oneof![6 => Just(LogBehaviour::Succeed), 1 => Just(LogBehaviour::Fail), 1 => Just(LogBehaviour::StoreButFail)];
    prop_oneof![
        8 => (who(), any::<u32>()).prop_map(|(who, what)| Step::Edit(who, what)),
        2 => who().prop_map(Step::Comment),
        6 => who().prop_map(Step::Receive),
        1 => who().prop_map(Step::Leave),
        3 => who().prop_map(Step::Join),
        1 => behaviour.prop_map(Step::SetLog),
        1 => Just(Step::Restart),
        4 => Just(Step::Yield),
        2 => Just(Step::Store),
    ]
}

/// The largest number of people in a schedule.
pub const PEOPLE: usize = 8;

pub struct World<L> {
    design: DesignId,
    log: ControlledLog<L>,
    rooms: Rooms<ControlledLog<L>>,
    persons: Vec<PersonId>,
    people: Vec<ClientState>,
    /// The updates that were acknowledged, and by which person they were sent.
    acknowledged: Vec<(usize, Vec<u8>)>,
    next_comment: u128,
}

enum ClientState {
    Connected(Client),
    Offline(Replica),
    /// Only while the state is being replaced.
    Changing,
}

impl<L: EditLog + Clone> World<L> {
    pub fn new(log: L, design: DesignId, persons: Vec<PersonId>) -> Self {
        let log = ControlledLog::new(log);
        let people = (1..=persons.len() as u32).map(|n| ClientState::Offline(Replica::with_client_id(n))).collect();
        Self { design, rooms: Rooms::new(log.clone()), log, persons, people, acknowledged: Vec::new(), next_comment: 0 }
    }

    pub async fn run(mut self, steps: Vec<Step>) {
        for step in steps {
            self.step(step).await;
        }
        self.check().await;
    }

    fn copy(&self, who: usize) -> &Replica {
        match &self.people[who] {
            ClientState::Connected(client) => &client.copy,
            ClientState::Offline(copy) => copy,
            ClientState::Changing => unreachable!(),
        }
    }

    fn participant(&self, who: usize) -> Participant {
        let participant = participant(who as u128 + 1);
        Participant {
            design: self.design,
            editor: Editor { person: self.persons[who], ..participant.editor },
            ..participant
        }
    }

    async fn step(&mut self, step: Step) {
        let count = self.people.len();
        self.next_comment += 1;
        match step {
            Step::Edit(who, what) => {
                let copy = self.copy(who.index(count));
                let edit = match what % 4 {
                    0 => copy.set_quantity(what % 100 + 1),
                    1 => copy.set_option("wood", Some(&domain::document::Value::Number((what % 1_000).into()))),
                    2 => copy.splice_brief(what as usize % 50, 3, "слово 🪑"),
                    _ => copy.set_brief(&format!("Стіл {what}")),
                };
                self.send_edit(who.index(count), edit.unwrap()).await;
            }
            Step::Comment(who) => {
                let who = who.index(count);
                let comment = Comment { author: self.persons[who], ..comment(self.next_comment, who as u128 + 1) };
                let edit = self.copy(who).add_comment(&comment);
                self.send_edit(who, edit.unwrap()).await;
            }
            Step::Receive(who) => self.receive(who.index(count)).await,
            Step::Leave(who) => self.leave(who.index(count)),
            Step::Join(who) => self.join(who.index(count)).await,
            Step::SetLog(behaviour) => _ = self.log.behaviour.send_replace(behaviour),
            Step::Restart => {
                self.rooms.shutdown().await;
                (0..count).for_each(|who| self.leave(who));
                self.rooms = Rooms::new(self.log.clone());
            }
            Step::Yield => tokio::task::yield_now().await,
            Step::Store => _ = self.rooms.snapshot(self.design).await,
        }
    }

    async fn send_edit(&mut self, who: usize, edit: Option<Vec<u8>>) {
        if let (ClientState::Connected(client), Some(edit)) = (&mut self.people[who], edit) {
            client.send_edit(Some(edit)).await;
        }
    }

    /// Receives the frames that have already arrived.
    async fn receive(&mut self, who: usize) {
        let ClientState::Connected(client) = &mut self.people[who] else { return };
        while let Some(received) = client.receive().now_or_never() {
            if received.is_err() {
                return self.leave(who);
            }
        }
    }

    fn leave(&mut self, who: usize) {
        let previous = std::mem::replace(&mut self.people[who], ClientState::Changing);
        self.people[who] = match previous {
            ClientState::Connected(client) => {
                let count = client.acknowledged_frames() as usize;
                let acknowledged = client.sent_updates[..count].iter().map(|update| (who, update.clone()));
                self.acknowledged.extend(acknowledged);
                ClientState::Offline(client.copy)
            }
            other => other,
        };
    }

    async fn join(&mut self, who: usize) {
        self.leave(who);
        if let ClientState::Offline(copy) = std::mem::replace(&mut self.people[who], ClientState::Changing) {
            self.people[who] = match self.rooms.join(self.participant(who)).await {
                Ok(connection) => ClientState::Connected(Client::start(connection, copy).await),
                // The log has just failed and the room is closing; the client has to join again.
                Err(_) => ClientState::Offline(copy),
            };
        }
    }

    async fn check(mut self) {
        self.log.behaviour.send_replace(LogBehaviour::Succeed);
        self.rooms.shutdown().await;
        self.rooms = Rooms::new(self.log.clone());
        // Twice, because the first client to join does not receive the edits of later ones.
        for _ in 0..2 {
            for who in 0..self.people.len() {
                self.join(who).await;
                let ClientState::Connected(client) = &mut self.people[who] else {
                    panic!("a working room rejected a participant")
                };
                client.wait_until_saved().await;
                client.receive_until(|client| client.is_synced).await;
            }
        }
        let edits = self.log.load(self.design).await.unwrap().edits;
        let stored = document(&edits);
        for who in 0..self.people.len() {
            assert_eq!(state(self.copy(who)), state(&stored));
        }
        self.check_acknowledged(edits);
    }

    fn check_acknowledged(&self, edits: Vec<Edit>) {
        let mut guard = Guard::open(edits.into_iter().map(|edit| (edit.person, edit.update)), false).unwrap();
        for (who, update) in &self.acknowledged {
            assert_eq!(guard.admit(&self.participant(*who).editor, update), Ok(None));
        }
    }
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 200;
    }
    config.failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")));
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn copies_converge_and_acknowledged_edits_are_never_lost((people, steps) in schedules()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let persons = (1..=people as u128).map(person).collect();
        runtime.block_on(World::new(Memory::default(), DESIGN, persons).run(steps));
    }
}
