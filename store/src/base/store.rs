//! The handle to the database: opens it, hands out connections, begins changes, makes backups.

use super::{
    broadcast::{CommitEvent, Listeners},
    change::Change,
    clock::Clock,
    database_kind::DatabaseKind,
    error::Result,
    group_commit::Writer,
    migration,
    pool::{OpenError, open_postgres, open_sqlite},
    transaction::Transaction,
};
use domain::policy::Actor;
use sqlx::{Any, AnyPool, Connection, pool::PoolConnection};
use std::{path::Path, sync::Arc};
use tokio::sync::broadcast;

/// A handle to the database. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    kind: DatabaseKind,
    read: AnyPool,
    write: Writing,
    clock: Clock,
    listeners: Listeners,
}

/// How changes reach the database.
enum Writing {
    /// SQLite allows one writer at a time.
    Serial(Writer),
    /// PostgreSQL allows many; they use the connections of the reading pool.
    Concurrent,
}

impl Store {
    /// Opens `url` (`sqlite:…` or `postgres://…`) and migrates its schema.
    pub(crate) async fn open(url: &str, clock: Clock) -> std::result::Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let (kind, read, write) = if url.starts_with("sqlite:") {
            let (read, write) = open_sqlite(url).await?;
            (DatabaseKind::Sqlite, read, Writing::Serial(Writer::new(write)))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            (DatabaseKind::Postgres, open_postgres(url).await?, Writing::Concurrent)
        } else {
            return Err(OpenError::Url);
        };
        migration::run(&read, kind).await?;
        Ok(Self(Arc::new(Inner { kind, read, write, clock, listeners: Listeners::default() })))
    }

    /// Returns the URL of an SQLite database in `file`, which is created when missing.
    pub fn sqlite_url(file: &Path) -> String {
        format!("sqlite://{}?mode=rwc", file.display())
    }

    pub fn kind(&self) -> DatabaseKind {
        self.0.kind
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Returns a connection for reading.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        if let Writing::Serial(writer) = &self.0.write {
            writer.wait_for_rollbacks().await;
        }
        Ok(self.0.read.acquire().await?)
    }

    /// Pings the database.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read().await?.ping().await?)
    }

    /// Begins a change by `actor` at the current time.
    pub async fn change(&self, actor: Actor) -> Result<Change> {
        let transaction = match &self.0.write {
            Writing::Serial(writer) => Transaction::Shared(writer.begin().await?),
            Writing::Concurrent => Transaction::Own(self.0.read.begin().await?),
        };
        Ok(Change::new(self.0.kind, transaction, actor, self.0.clock.now(), self.0.listeners.clone()))
    }

    /// Waits until this process commits a change that enqueued mail.
    pub async fn wait_for_mail(&self) {
        self.0.listeners.mail_waiting.notified().await;
    }

    /// Subscribes to the events of this process' commits.
    pub fn commit_events(&self) -> broadcast::Receiver<CommitEvent> {
        self.0.listeners.events.subscribe()
    }

    /// Closes all connections. On SQLite this checkpoints the write-ahead log.
    pub async fn close(&self) {
        self.0.read.close().await;
        if let Writing::Serial(writer) = &self.0.write {
            writer.close().await;
        }
    }

    /// Writes a consistent copy of an SQLite database into the new file `file`. The database stays in use.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        let mut connection = self.0.read.acquire().await?;
        sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(&mut *connection).await?;
        Ok(())
    }
}
