//! The outbox. Only staff see it.

pub mod desk;
