//! The home pages of the portal and the desk.

pub mod desk;
pub mod portal;
