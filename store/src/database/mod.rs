//! Opening the database, and everything that differs between SQLite and PostgreSQL.

mod writer;

use crate::{Change, Clock, Error, Live, Result, batch::Statement, change::Listeners, design, migration};
use domain::policy::Actor;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, any::AnyPoolOptions, pool::PoolConnection};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::sync::broadcast;
use writer::{Turn, Writer};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Sqlite => "sqlite",
            Kind::Postgres => "postgres",
        }
    }
}

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
    #[error("SQLite {0} is too old: 3.51.3 mends a bug that can damage a database")]
    OldSqlite(String),
}

/// The records' home. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    kind: Kind,
    read: AnyPool,
    write: Writing,
    clock: Clock,
    listeners: Listeners,
}

/// How changes are written.
enum Writing {
    /// SQLite allows one writer.
    InTurn(Writer),
    /// PostgreSQL takes many, on the connections that also read.
    AtOnce,
}

/// The transaction of a change.
pub(crate) enum Transaction {
    Turn(Turn),
    Own(sqlx::Transaction<'static, Any>),
}

impl Transaction {
    pub fn connection(&mut self) -> &mut AnyConnection {
        match self {
            Transaction::Turn(turn) => turn.connection(),
            Transaction::Own(transaction) => transaction,
        }
    }

    pub async fn commit(self, last: Option<Statement>) -> std::result::Result<(), sqlx::Error> {
        match self {
            Transaction::Turn(turn) => turn.commit(last).await,
            Transaction::Own(mut transaction) => {
                if let Some(last) = last {
                    last.execute(&mut transaction).await?;
                }
                transaction.commit().await
            }
        }
    }
}

impl Store {
    /// Opens `url` (sqlite:… or postgres://…) and brings its schema up to date.
    pub async fn open(url: &str, clock: Clock) -> std::result::Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let (kind, read, write) = if url.starts_with("sqlite:") {
            let (read, write) = open_sqlite(url).await?;
            (Kind::Sqlite, read, Writing::InTurn(Writer::new(write)))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            (Kind::Postgres, open_postgres(url).await?, Writing::AtOnce)
        } else {
            return Err(OpenError::Url);
        };
        migration::run(&read, kind).await?;
        design::log::note_missing_options(&mut *read.acquire().await?).await.map_err(OpenError::Designs)?;
        Ok(Self(Arc::new(Inner { kind, read, write, clock, listeners: Listeners::default() })))
    }

    /// The address of an SQLite database in a file.
    pub fn sqlite_url(file: &Path) -> String {
        format!("sqlite://{}?mode=rwc", file.display())
    }

    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        if let Writing::InTurn(writer) = &self.0.write {
            writer.undone().await;
        }
        Ok(self.0.read.acquire().await?)
    }

    /// Asks the database for a sign of life: a connection of the pool may have died unseen.
    pub async fn answers(&self) -> Result<()> {
        Ok(self.read().await?.ping().await?)
    }

    /// Begins a change by this actor, now.
    pub async fn change(&self, actor: Actor) -> Result<Change> {
        let transaction = match &self.0.write {
            Writing::InTurn(writer) => Transaction::Turn(writer.begin().await?),
            Writing::AtOnce => Transaction::Own(self.0.read.begin().await?),
        };
        Ok(Change::new(self.0.kind, transaction, actor, self.0.clock.now(), self.0.listeners.clone()))
    }

    /// Resolves when a change that put something into the outbox was committed by this process.
    pub async fn mail_waiting(&self) {
        self.0.listeners.mail_waiting.notified().await;
    }

    /// What those who are connected must learn, from now on.
    pub fn live(&self) -> broadcast::Receiver<Live> {
        self.0.listeners.live.subscribe()
    }

    /// Closes all connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.0.read.close().await;
        if let Writing::InTurn(writer) = &self.0.write {
            writer.close().await;
        }
    }

    /// Writes a consistent copy of an SQLite database into a new file, while it is in use.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        let mut connection = self.0.read.acquire().await?;
        sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(&mut *connection).await?;
        Ok(())
    }
}

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// The pools for reading and for writing.
async fn open_sqlite(url: &str) -> std::result::Result<(AnyPool, AnyPool), OpenError> {
    // "Saved" must survive a power cut: WAL alone with synchronous NORMAL may lose the last commits.
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
    // Where SQLite itself has rolled back, as for want of room, sqlx counts a transaction that is no more.
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

/// 3.51.3 or later.
fn is_recent(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next()) >= (3, 51, 3)
}

async fn open_postgres(url: &str) -> std::result::Result<AnyPool, OpenError> {
    let pool = AnyPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                // Only a connection that lay idle may have died unseen; asking every time would cost a round trip.
                if meta.idle_for > Duration::from_secs(1) { connection.ping().await.map(|()| true) } else { Ok(true) }
            })
        })
        .test_before_acquire(false)
        .connect(url)
        .await?;
    Ok(pool)
}
