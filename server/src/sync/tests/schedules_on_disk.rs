//! R10 over both databases: the same schedules with rooms whose log is the store. They have a seed each instead of
//! shrinking, since in which order the database answers is its own.

use super::{
    schedules::{PEOPLE, World, schedules},
    support::{Home, on_both},
};
use domain::{PersonId, policy::Actor};
use futures_util::{FutureExt, StreamExt, stream};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::panic::AssertUnwindSafe;
use store::design::start::Beginning;

/// On each database.
const SCHEDULES: u64 = 2_000;
/// So many at once: while one waits for the disk, others go on.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn all_copies_become_equal_to_what_is_stored() {
    let seeds: Vec<u64> = match std::env::var("TEST_SEED") {
        Ok(seed) => vec![seed.parse().expect("TEST_SEED: expected a number")],
        Err(_) => {
            let first = rand::random::<u32>().into();
            (first..first + SCHEDULES).collect()
        }
    };
    on_both(async |home| {
        let shop = Shop::open(home).await;
        let failed = stream::iter(&seeds).map(|seed| shop.fails(*seed)).buffer_unordered(AT_ONCE);
        let failed: Vec<u64> = failed.filter_map(async |failed| failed).collect().await;
        assert!(failed.is_empty(), "to repeat one of these schedules: TEST_SEED=SEED; they fail: {failed:?}");
    })
    .await;
}

struct Shop<'a> {
    home: &'a Home,
    buyer: Actor,
    persons: Vec<PersonId>,
}

impl<'a> Shop<'a> {
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

    /// The seed again, where its schedule fails.
    async fn fails(&self, seed: u64) -> Option<u64> {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let (people, steps) =
            schedules().new_tree(&mut TestRunner::new_with_rng(Config::default(), random)).unwrap().current();
        let design = self.home.design(&self.buyer, &Beginning::default()).await;
        let world = World::new(self.home.store.clone(), design, self.persons[..people].to_vec());
        AssertUnwindSafe(world.run(steps)).catch_unwind().await.is_err().then_some(seed)
    }
}
