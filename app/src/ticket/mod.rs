//! Tickets, for customers and staff.

pub mod desk;
pub mod new;
pub mod parts;
pub mod portal;
pub mod portal_list;
