//! What every page uses: the request's visit, forms, pages and errors, addresses, routes. Imports no record.

pub mod address;
pub mod file;
pub mod form;
pub mod language;
pub mod page;
pub mod problem;
pub mod record;
pub mod routes;
pub mod session;
pub mod site;
pub mod upload;
pub mod visit;
