//! Runs the random schedules with rooms whose edit log is the store, on both databases. Each schedule has a seed.
//! Failed schedules are not shrunk, because the database decides in which order it answers.

use super::{
    random_schedules::{PEOPLE, World, schedules},
    support::{Home, on_both},
};
use domain::{PersonId, policy::Actor};
use futures_util::{FutureExt, future::join_all};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::{ops::Range, panic::AssertUnwindSafe, sync::Mutex, time::Duration};
use store::design::start::InitialContent;
use tokio::time::timeout;

/// The number of schedules on each database.
const SCHEDULES: u64 = 2_000;
/// The number of concurrent schedules: while one waits for the disk, others run.
const CONCURRENCY: usize = 8;
/// A schedule that takes longer hangs.
const TIME_LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn copies_converge_to_the_stored_document() {
    let seeds = match std::env::var("TEST_SEED") {
        Ok(seed) => {
            let seed = seed.parse().expect("TEST_SEED: expected a number");
            seed..seed + 1
        }
        Err(_) => {
            let first = rand::random::<u32>().into();
            first..first + SCHEDULES
        }
    };
    on_both(async |home| {
        let (customer, seeds) = (Customer::open(home).await, Mutex::new(seeds.clone()));
        let failed = join_all((0..CONCURRENCY).map(|_| customer.run_all(&seeds))).await;
        let failed: Vec<u64> = failed.into_iter().flatten().collect();
        assert!(failed.is_empty(), "to repeat one of these schedules, TEST_SEED=SEED: {failed:?}");
    })
    .await;
}

struct Customer<'a> {
    home: &'a Home,
    buyer: Actor,
    persons: Vec<PersonId>,
}

impl<'a> Customer<'a> {
    async fn open(home: &'a Home) -> Self {
        home.company().await;
        home.offer_table().await;
        let buyer = home.organisation("Ranok", "Person 1").await;
        let mut persons = vec![buyer.person().unwrap()];
        for n in 2..=PEOPLE {
            persons.push(home.colleague(&buyer, &format!("Person {n}")).await.person().unwrap());
        }
        Self { home, buyer, persons }
    }

    /// Runs one seed after the other; returns the first one whose schedule fails.
    async fn run_all(&self, seeds: &Mutex<Range<u64>>) -> Option<u64> {
        loop {
            let seed = seeds.lock().unwrap().next()?;
            if !self.passes(seed).await {
                return Some(seed);
            }
        }
    }

    async fn passes(&self, seed: u64) -> bool {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), random);
        let (people, steps) = schedules().new_tree(&mut runner).unwrap().current();
        let design = self.home.design(&self.buyer, &InitialContent::default()).await;
        let world = World::new(self.home.store.clone(), design, self.persons[..people].to_vec());
        let run = AssertUnwindSafe(timeout(TIME_LIMIT, world.run(steps))).catch_unwind().await;
        matches!(run, Ok(Ok(())))
    }
}
