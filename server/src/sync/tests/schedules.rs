//! R10 through the rooms: people come and go, edit offline and online, the disk fails, the server restarts. The order
//! in which rooms and people run is the runtime's; the guard alone is tried with schedules of its own in `domain`, rooms
//! over both databases in `schedules_on_disk.rs`.

use super::{
    logs::{Memory, document},
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
    Listen(Index),
    Leave(Index),
    Join(Index),
    Disk(Mood),
    Restart,
    Breathe,
    /// Waits until all that was said so far is stored, or could not be.
    Store,
}

/// How many people there are, and what they do.
pub fn schedules() -> impl Strategy<Value = (usize, Vec<Step>)> {
    (2..=PEOPLE, proptest::collection::vec(steps(), 1..60))
}

fn steps() -> impl Strategy<Value = Step> {
    let who = any::<Index>;
    let mood = prop_oneof![6 => Just(Mood::Writes), 1 => Just(Mood::Fails), 1 => Just(Mood::LosesItsAnswer)];
    prop_oneof![
        8 => (who(), any::<u32>()).prop_map(|(who, what)| Step::Edit(who, what)),
        2 => who().prop_map(Step::Comment),
        6 => who().prop_map(Step::Listen),
        1 => who().prop_map(Step::Leave),
        3 => who().prop_map(Step::Join),
        1 => mood.prop_map(Step::Disk),
        1 => Just(Step::Restart),
        4 => Just(Step::Breathe),
        2 => Just(Step::Store),
    ]
}

/// At most so many take part.
pub const PEOPLE: usize = 8;

pub struct World<L> {
    design: DesignId,
    log: Moody<L>,
    rooms: Rooms<Moody<L>>,
    persons: Vec<PersonId>,
    people: Vec<Participant>,
    /// What people were told is stored.
    acknowledged: Vec<(usize, Vec<u8>)>,
    last: u128,
}

enum Participant {
    Here(Client),
    Away(Replica),
    /// Only while changing places.
    Between,
}

impl<L: Log + Clone> World<L> {
    pub fn new(log: L, design: DesignId, persons: Vec<PersonId>) -> Self {
        let log = Moody::new(log);
        let people = (1..=persons.len() as u32).map(|n| Participant::Away(Replica::with_client_id(n))).collect();
        Self { design, rooms: Rooms::new(log.clone()), log, persons, people, acknowledged: Vec::new(), last: 0 }
    }

    pub async fn run(mut self, steps: Vec<Step>) {
        for step in steps {
            self.step(step).await;
        }
        self.check().await;
    }

    fn copy(&self, who: usize) -> &Replica {
        match &self.people[who] {
            Participant::Here(client) => &client.copy,
            Participant::Away(copy) => copy,
            Participant::Between => unreachable!(),
        }
    }

    fn joined(&self, who: usize) -> Joined {
        let joined = joined(who as u128 + 1);
        Joined { design: self.design, editor: Editor { person: self.persons[who], ..joined.editor }, ..joined }
    }

    async fn step(&mut self, step: Step) {
        let count = self.people.len();
        self.last += 1;
        match step {
            Step::Edit(who, what) => {
                let copy = self.copy(who.index(count));
                let edit = match what % 4 {
                    0 => copy.set_quantity(what % 100 + 1),
                    1 => copy.set_option("wood", Some(&domain::document::Value::Number((what % 1_000).into()))),
                    2 => copy.splice_brief(what as usize % 50, 3, "слово 🪑"),
                    _ => copy.set_brief(&format!("Стіл {what}")),
                };
                self.tell(who.index(count), edit.unwrap()).await;
            }
            Step::Comment(who) => {
                let who = who.index(count);
                let comment = Comment { author: self.persons[who], ..comment(self.last, who as u128 + 1) };
                let edit = self.copy(who).add_comment(&comment);
                self.tell(who, edit.unwrap()).await;
            }
            Step::Listen(who) => self.listen(who.index(count)).await,
            Step::Leave(who) => self.leave(who.index(count)),
            Step::Join(who) => self.join(who.index(count)).await,
            Step::Disk(mood) => _ = self.log.mood.send_replace(mood),
            Step::Restart => {
                self.rooms.shutdown().await;
                (0..count).for_each(|who| self.leave(who));
                self.rooms = Rooms::new(self.log.clone());
            }
            Step::Breathe => tokio::task::yield_now().await,
            Step::Store => _ = self.rooms.snapshot(self.design).await,
        }
    }

    async fn tell(&mut self, who: usize, edit: Option<Vec<u8>>) {
        if let (Participant::Here(client), Some(edit)) = (&mut self.people[who], edit) {
            client.send(Some(edit)).await;
        }
    }

    /// Hears what is there already.
    async fn listen(&mut self, who: usize) {
        let Participant::Here(client) = &mut self.people[who] else { return };
        while let Some(heard) = client.hear().now_or_never() {
            if heard.is_err() {
                return self.leave(who);
            }
        }
    }

    fn leave(&mut self, who: usize) {
        let was = std::mem::replace(&mut self.people[who], Participant::Between);
        self.people[who] = match was {
            Participant::Here(client) => {
                let saved = client.saved() as usize;
                let told = client.said[..saved].iter().map(|update| (who, update.clone()));
                self.acknowledged.extend(told);
                Participant::Away(client.copy)
            }
            other => other,
        };
    }

    async fn join(&mut self, who: usize) {
        self.leave(who);
        if let Participant::Away(copy) = std::mem::replace(&mut self.people[who], Participant::Between) {
            self.people[who] = match self.rooms.join(self.joined(who)).await {
                Ok(seat) => Participant::Here(Client::sit(seat, copy).await),
                // The disk failed just then, and the room is ending: who comes has to come again.
                Err(_) => Participant::Away(copy),
            };
        }
    }

    async fn check(mut self) {
        self.log.mood.send_replace(Mood::Writes);
        self.rooms.shutdown().await;
        self.rooms = Rooms::new(self.log.clone());
        // Twice, for the first to come does not hear what the last brings before it has.
        for _ in 0..2 {
            for who in 0..self.people.len() {
                self.join(who).await;
                let Participant::Here(client) = &mut self.people[who] else { panic!("turned away by a sound room") };
                client.settle().await;
                client.hear_until(|client| client.answered).await;
            }
        }
        let entries = self.log.load(self.design).await.unwrap().entries;
        let stored = document(&entries);
        for who in 0..self.people.len() {
            assert_eq!(state(self.copy(who)), state(&stored));
        }
        self.check_acknowledged(entries);
    }

    fn check_acknowledged(&self, entries: Vec<Edit>) {
        let mut guard = Guard::open(entries.into_iter().map(|entry| (entry.person, entry.update)), false).unwrap();
        for (who, update) in &self.acknowledged {
            assert_eq!(guard.admit(&self.joined(*who).editor, update), Ok(None));
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
    fn all_copies_become_equal_and_nothing_acknowledged_is_lost((people, steps) in schedules()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let persons = (1..=people as u128).map(person).collect();
        runtime.block_on(World::new(Memory::default(), DESIGN, persons).run(steps));
    }
}
