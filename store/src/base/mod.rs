//! The layer below the records: errors, database, transactions, rows. Imports no record.

pub(crate) mod broadcast;
pub(crate) mod change;
pub(crate) mod clock;
pub(crate) mod database_kind;
pub(crate) mod difference;
pub(crate) mod error;
mod group_commit;
pub(crate) mod history;
mod migration;
pub(crate) mod page;
pub(crate) mod pool;
pub(crate) mod record;
pub(crate) mod row;
pub(crate) mod row_batch;
pub(crate) mod scope;
pub(crate) mod search;
pub(crate) mod secret;
pub(crate) mod store;
mod submission;
mod transaction;
