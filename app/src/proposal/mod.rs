//! Proposals: making one at the desk, answering it in the portal.

pub mod desk;
pub mod portal;
