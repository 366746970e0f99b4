//! The timeline of a customer.

mod link;
pub mod parts;
