//! Connection pools for SQLite and PostgreSQL.

use super::error::Error;
use sqlx::{AnyPool, Connection, Executor, any::AnyPoolOptions};
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("DATABASE_URL: expected sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME")]
    Url,
    #[error("the database cannot be opened: {0}")]
    Connect(#[from] sqlx::Error),
    #[error("the database's schema cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the designs of an older database cannot be brought up to date: {0}")]
    Designs(#[source] Error),
    #[error("SQLite {0} is too old: versions before 3.51.3 have a bug that can corrupt a database")]
    OldSqlite(String),
}

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// Opens an SQLite database. Returns the pool for reading and the pool for writing, which has one connection.
pub(super) async fn open_sqlite(url: &str) -> std::result::Result<(AnyPool, AnyPool), OpenError> {
    // Acknowledged commits must survive a power failure. In WAL mode, synchronous NORMAL can lose the last commits.
    const SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;";
    let pool = |connections| {
        AnyPoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|connection, _| Box::pin(async move { connection.execute(SETTINGS).await.map(|_| ()) }))
    };
    // SQLite rolls a transaction back by itself after some errors, such as a full disk; sqlx still counts it as open.
    // The pool discards such a connection.
    let write = pool(1).after_release(|connection, _| {
        Box::pin(async move {
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    });
    let write = write.connect(url).await?;
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&write).await?;
    if !is_recent(&version) {
        return Err(OpenError::OldSqlite(version));
    }
    let read = pool(READERS).connect(url).await?;
    Ok((read, write))
}

/// Whether the SQLite version is 3.51.3 or later.
fn is_recent(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next()) >= (3, 51, 3)
}

pub(super) async fn open_postgres(url: &str) -> std::result::Result<AnyPool, OpenError> {
    let pool = AnyPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                // Pings only connections that were idle for a while: a ping costs a round trip.
                if meta.idle_for > Duration::from_secs(1) { connection.ping().await.map(|()| true) } else { Ok(true) }
            })
        })
        .test_before_acquire(false)
        .connect(url)
        .await?;
    Ok(pool)
}
