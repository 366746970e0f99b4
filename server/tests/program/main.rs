//! Tests of the whole program: settings, log, mail, and recovery after it was killed.

#![allow(clippy::unwrap_used)]

mod certificate;
mod client;
mod crash_recovery;
mod database_outage;
mod edit_load;
mod log;
mod mail_crash_recovery;
mod mail_delivery;
mod mail_encryption;
mod mail_worker;
mod message_load;
mod process;
mod settings;
mod sign_out;
mod smtp_server;
#[path = "../../../store/tests/support/mod.rs"]
mod support;

use rand::{SeedableRng, rngs::StdRng};

/// Returns a random generator with a printed seed. `TEST_SEED` sets the seed.
fn seeded() -> StdRng {
    let seed = match std::env::var("TEST_SEED") {
        Ok(seed) => seed.parse().expect("TEST_SEED: expected a number"),
        Err(_) => rand::random(),
    };
    println!("to repeat this run: TEST_SEED={seed}");
    StdRng::seed_from_u64(seed)
}
