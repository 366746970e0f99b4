//! Mail: the worker takes what waits in the outbox, builds each message once, sends it, and marks what became of it.

mod letter;
#[cfg(test)]
mod tests;
mod transport;
mod words;
mod worker;

pub use transport::{Transport, check};
pub use worker::Worker;
