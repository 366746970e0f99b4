//! What every page uses: request context, forms, pages, errors, URLs, routes. Imports no record module.

pub mod file;
pub mod form;
pub mod language;
pub mod page;
pub mod paging;
pub mod problem;
pub mod record;
pub mod routes;
pub mod session;
pub mod site;
pub mod upload;
pub mod url;
pub mod visit;
