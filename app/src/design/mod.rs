//! Designs: room, lists and versions, for customers and staff.

pub mod desk;
pub mod parts;
pub mod portal;
pub mod portal_list;
mod room_setup;
pub mod version;
pub mod versions;
