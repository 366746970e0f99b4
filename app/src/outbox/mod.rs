//! The outbox, for staff.

pub mod desk;
