//! Proposals: staff make them at the desk, customers approve or decline them in the portal.

pub mod desk;
pub mod portal;
