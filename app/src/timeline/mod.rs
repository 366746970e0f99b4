//! The timeline of a customer.

pub mod parts;
pub mod portal;
