//! The records. One folder for each kind; in it, one file for each operation or view, its SQL beside it.
//!
//! Reading takes a connection and the reader's key (`&Buyer` or `&Staff`, which only the policy gives out); changing
//! takes a [`Change`]: the transaction, who acts, and when. What differs between SQLite and PostgreSQL is in
//! [`database`], but for how rows are written together (`batch`), the migrations, and one lock (`outbox::work`).

pub mod account;
mod batch;
mod change;
pub mod company;
pub mod customer;
mod database;
pub mod design;
mod difference;
mod error;
pub mod file;
mod migration;
pub mod order;
pub mod outbox;
pub mod person;
pub mod product;
mod row;
mod scope;
mod search;
mod secret;
pub mod staff;
mod submission;
pub mod ticket;
pub mod timeline;

pub use change::{Change, Clock, Live};
pub use database::{Kind, OpenError, Store};
pub use error::{Conflict, Error, Result};
pub use secret::Secret;
pub use sqlx::AnyConnection;
