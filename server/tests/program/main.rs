//! The program as a whole: its settings, its mail, and that it keeps its word when it is killed.

#![allow(clippy::unwrap_used)]

mod certificate;
mod client;
mod database_gone;
mod designers;
mod killed;
mod mail;
mod mail_encrypted;
mod mail_killed;
mod mailing;
mod running;
mod settings;
mod shop;
mod signed_out;
mod smtp;
#[path = "../../../store/tests/support/mod.rs"]
mod support;

use rand::{SeedableRng, rngs::StdRng};

/// The plan of a test with chance in it; `TEST_SEED` repeats one.
fn seeded() -> StdRng {
    let seed = match std::env::var("TEST_SEED") {
        Ok(seed) => seed.parse().expect("TEST_SEED: expected a number"),
        Err(_) => rand::random(),
    };
    println!("to repeat this plan: TEST_SEED={seed}");
    StdRng::seed_from_u64(seed)
}
