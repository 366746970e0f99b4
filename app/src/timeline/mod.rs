//! The timeline of a customer.

pub mod link;
pub mod parts;
