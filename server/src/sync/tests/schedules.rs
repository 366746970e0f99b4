//! R10 through the rooms: people come and go, edit offline and online, the disk fails, the server restarts. The order
//! in which rooms and people run is the runtime's; the guard alone is tried with far more schedules in `domain`.

use super::*;
use domain::document::{Admitted, Guard};
use futures_util::FutureExt;
use proptest::{prelude::*, sample::Index, test_runner::FileFailurePersistence};

#[derive(Debug, Clone)]
enum Step {
    Edit(Index, u32),
    Comment(Index),
    Listen(Index),
    Leave(Index),
    Join(Index),
    Disk(Mood),
    Restart,
    Breathe,
}

fn steps() -> impl Strategy<Value = Step> {
    let who = any::<Index>;
    prop_oneof![
        8 => (who(), any::<u32>()).prop_map(|(who, what)| Step::Edit(who, what)),
        2 => who().prop_map(Step::Comment),
        6 => who().prop_map(Step::Listen),
        1 => who().prop_map(Step::Leave),
        3 => who().prop_map(Step::Join),
        1 => prop_oneof![3 => Just(Mood::Writes), 1 => Just(Mood::Fails)].prop_map(Step::Disk),
        1 => Just(Step::Restart),
        6 => Just(Step::Breathe),
    ]
}

struct World {
    log: MemoryLog,
    rooms: Rooms<MemoryLog>,
    people: Vec<Participant>,
    /// What people were told is stored.
    acknowledged: Vec<(u128, Vec<u8>)>,
    last: u128,
}

enum Participant {
    Here(Client),
    Away(Replica),
    /// Only while changing places.
    Between,
}

impl World {
    fn copy(&self, who: usize) -> &Replica {
        match &self.people[who] {
            Participant::Here(client) => &client.copy,
            Participant::Away(copy) => copy,
            Participant::Between => unreachable!(),
        }
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
                let edit = self.copy(who).add_comment(&comment(self.last, who as u128 + 1));
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
                let told = client.said[..saved].iter().map(|update| (who as u128 + 1, update.clone()));
                self.acknowledged.extend(told);
                Participant::Away(client.copy)
            }
            other => other,
        };
    }

    async fn join(&mut self, who: usize) {
        self.leave(who);
        if let Participant::Away(copy) = std::mem::replace(&mut self.people[who], Participant::Between) {
            let client = Client::rejoin(&self.rooms, joined(who as u128 + 1), copy).await;
            self.people[who] = Participant::Here(client);
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
                let Participant::Here(client) = &mut self.people[who] else { unreachable!() };
                client.settle().await;
                client.hear_until(|client| client.answered).await;
            }
        }
        let stored = self.log.document(DESIGN);
        for who in 0..self.people.len() {
            assert_eq!(state(self.copy(who)), state(&stored));
        }
        self.check_acknowledged();
    }

    fn check_acknowledged(&self) {
        let entries = self.log.entries(DESIGN).into_iter().map(|entry| (entry.person, entry.update));
        let mut guard = Guard::open(entries, false).unwrap();
        for (person, update) in &self.acknowledged {
            let editor = joined(*person).editor;
            assert_eq!(guard.admit(&editor, update), Ok(Admitted::Nothing));
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
    fn all_copies_become_equal_and_nothing_acknowledged_is_lost(
        people in 2..=8usize,
        steps in proptest::collection::vec(steps(), 1..60),
    ) {
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
            let log = MemoryLog::default();
            let people = (1..=people as u32).map(|n| Participant::Away(Replica::numbered(n))).collect();
            let mut world = World { rooms: Rooms::new(log.clone()), log, people, acknowledged: Vec::new(), last: 0 };
            for step in steps {
                world.step(step).await;
            }
            world.check().await;
        });
    }
}
