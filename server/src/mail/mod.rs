//! Mail. The worker leases due messages of the outbox, builds each of them once, sends it and records the result.

mod message;
mod template_values;
#[cfg(test)]
mod tests;
mod transport;
mod worker;

pub use transport::{Transport, check};
pub use worker::Worker;
