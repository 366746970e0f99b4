//! Customers: an organisation's own pages and the desk's pages about customers.

pub mod desk;
pub mod history;
pub mod organisation;
