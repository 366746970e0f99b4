//! The records. One folder per kind of record; in it, one file per operation or view, with its SQL.
//!
//! Read operations take a connection and proof of who reads: `&Buyer`, `&Permit<…>` or an `&Actor`, whose `Scope` limits
//! the query. Only the policy creates them.
//! Write operations take a [`Change`]: a transaction with its actor and its time. [`base`] is the layer below the
//! records: database, transactions and what every record uses. It imports no record. What differs between SQLite and
//! PostgreSQL is in `base`, except for one lock in `outbox::delivery`.

// The unit tests use `tests/support`, which names the crate.
#[cfg(test)]
extern crate self as store;

pub mod account;
mod base;
pub mod company;
/// Only staff see contact notes.
pub mod contact_note {
    pub mod desk;
}
pub mod customer;
pub mod design;
pub mod file;
pub mod order;
pub mod outbox;
pub mod person;
pub mod product;
pub mod proposal;
pub mod staff;
#[cfg(test)]
mod statements;
pub mod ticket;
pub mod timeline;

pub use base::{
    broadcast::CommitEvent,
    change::Change,
    clock::Clock,
    database_kind::DatabaseKind,
    error::{Conflict, Damage, Error, Result},
    history::{BackdatedChange, HistoryWriter},
    page::{Page, PageRequest, Position},
    pool::OpenError,
    record::REVISION,
    secret::Secret,
    store::Store,
};
pub use sqlx::AnyConnection;

/// Opens the database at `url` (`sqlite:…` or `postgres://…`) and migrates its schema and its designs.
pub async fn open(url: &str, clock: Clock) -> std::result::Result<Store, OpenError> {
    let store = Store::open(url, clock).await?;
    design::log::store_missing_options(&store).await.map_err(OpenError::Designs)?;
    Ok(store)
}

/// Opens the database as [`open`] does, and also returns the permission to write backdated history.
pub async fn open_with_history(url: &str, clock: Clock) -> std::result::Result<(Store, HistoryWriter), OpenError> {
    let store = open(url, clock).await?;
    Ok((store.clone(), HistoryWriter::new(store)))
}
