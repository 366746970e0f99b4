//! Customers: pages of an organisation, the history, and the desk's pages about customers.

pub mod desk;
pub mod history;
pub mod organisation;
