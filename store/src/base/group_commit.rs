//! Group commit for SQLite, which allows one writer at a time. Concurrent changes share a transaction and so wait for
//! the disk once; PostgreSQL does this itself. Each change has its own savepoint in the shared transaction, is rolled
//! back alone, and is acknowledged only when the shared transaction is on disk.

use super::row_batch::Statement;
use sqlx::{Any, AnyConnection, AnyPool, Error, Transaction};
use std::{
    collections::BTreeSet,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, watch},
    time::timeout,
};

/// The longest time that a read waits for rollbacks.
const MAX_ROLLBACK_WAIT: Duration = Duration::from_secs(5);

/// The transaction that changes can join. The lock is fair: waiting changes get it in their order of arrival.
type OpenGroup = Arc<Mutex<Option<Group>>>;

pub(super) struct Writer {
    pool: AnyPool,
    open: OpenGroup,
    rollbacks: Rollbacks,
}

struct Group {
    transaction: Transaction<'static, Any>,
    /// Set when the transaction is on disk. If the group ended and this is not set, it was rolled back.
    committed: Arc<AtomicBool>,
    /// Whether the savepoint of the last change is known to exist. If not, the last change began with the transaction,
    /// or its future was dropped while the savepoint was being set, and then it has done nothing.
    savepoint: bool,
    /// Whether nothing was done since the savepoint, so that the next change can use it.
    is_unused: bool,
    /// Whether a change is in progress. If nobody holds the lock, that change was abandoned.
    in_progress: bool,
}

/// A change's exclusive use of the shared transaction. If it is dropped before [`SharedTransaction::commit`], the
/// change is rolled back.
pub(crate) struct SharedTransaction {
    group: OwnedMappedMutexGuard<Option<Group>, Group>,
    open: OpenGroup,
    rollbacks: Rollbacks,
}

impl Writer {
    /// `pool` must have exactly one connection, which nothing else uses.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool, open: OpenGroup::default(), rollbacks: Rollbacks::default() }
    }

    /// Waits until no other change is in progress, then begins one.
    pub async fn begin(&self) -> Result<SharedTransaction, Error> {
        let open = self.open.clone().lock_owned().await;
        let group = join(open, &self.pool).await?;
        Ok(SharedTransaction { group, open: self.open.clone(), rollbacks: self.rollbacks.clone() })
    }

    /// Waits until the rollbacks that have begun are done. A change that failed may have read uncommitted rows of its
    /// group; when it is rolled back the group is committed, so a read after this sees the rows that made it fail.
    pub async fn wait_for_rollbacks(&self) {
        // Limited, because a reader that has a change in progress would wait for itself.
        let _ = timeout(MAX_ROLLBACK_WAIT, self.rollbacks.wait_for_begun()).await;
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Joins the open transaction, or opens one. The future may be dropped at any await: the group stays in `open`, and its
/// fields describe what is known to have happened, so that the changes of others are not lost.
async fn join(
    mut open: OwnedMutexGuard<Option<Group>>,
    pool: &AnyPool,
) -> Result<OwnedMappedMutexGuard<Option<Group>, Group>, Error> {
    roll_back_abandoned(&mut open).await;
    if open.is_none() {
        // A deferred transaction that starts to write later can fail with SQLITE_BUSY without waiting for busy_timeout.
        let transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
        *open = Some(Group {
            transaction,
            committed: Arc::default(),
            savepoint: false,
            is_unused: false,
            in_progress: false,
        });
    } else if let Some(group) = open.as_mut().filter(|group| !group.is_unused) {
        let end = group.next_savepoint();
        group.savepoint = false;
        if let Err(error) = sqlx::query(end).execute(&mut *group.transaction).await {
            *open = None;
            return Err(error);
        }
        group.savepoint = true;
    }
    let begun = OwnedMutexGuard::try_map(open, |open| {
        let group = open.as_mut()?;
        (group.is_unused, group.in_progress) = (false, true);
        Some(group)
    });
    begun.map_err(|_| Error::Protocol("the writer has no open transaction".to_owned()))
}

impl Group {
    /// Returns the SQL that ends the last change in the transaction and begins the next.
    fn next_savepoint(&self) -> &'static str {
        if self.savepoint { "RELEASE change; SAVEPOINT change" } else { "SAVEPOINT change" }
    }
}

impl SharedTransaction {
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.group.transaction
    }

    /// Executes `last`, commits, and returns when the change is on disk.
    pub async fn commit(mut self, last: Option<Statement>) -> Result<(), Error> {
        if let Some(mut last) = last {
            // Sets the savepoint of the next change in the same call to SQLite.
            last.sql = format!("{}; {}", last.sql, self.group.next_savepoint());
            last.execute(self.connection()).await?;
            (self.group.savepoint, self.group.is_unused) = (true, true);
        }
        self.group.in_progress = false;
        let (open, committed) = (self.open.clone(), self.group.committed.clone());
        drop(self);
        commit_group(&open, &committed).await
    }
}

impl Drop for SharedTransaction {
    fn drop(&mut self) {
        if self.group.in_progress
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let rollbacks = self.rollbacks.begin();
            let (open, committed) = (self.open.clone(), self.group.committed.clone());
            runtime.spawn(async move {
                // Rolls back now: otherwise the database would stay locked until the next change.
                roll_back_abandoned(&mut *open.lock().await).await;
                // The members of the group get the result from their own calls.
                let _ = commit_group(&open, &committed).await;
                drop(rollbacks);
            });
        }
    }
}

/// The rollbacks in progress, numbered in the order in which they began. A read waits for those that began before it,
/// and not for later ones.
#[derive(Clone, Default)]
struct Rollbacks(watch::Sender<RollbackLog>);

#[derive(Default)]
struct RollbackLog {
    begun: u64,
    open: BTreeSet<u64>,
}

impl Rollbacks {
    fn begin(&self) -> Rollback {
        let mut number = 0;
        self.0.send_modify(|log| {
            log.begun += 1;
            number = log.begun;
            log.open.insert(number);
        });
        Rollback { log: self.0.clone(), number }
    }

    async fn wait_for_begun(&self) {
        let (begun, idle) = {
            let log = self.0.borrow();
            (log.begun, log.open.is_empty())
        };
        if !idle {
            let ended = |log: &RollbackLog| log.open.first().is_none_or(|first| *first > begun);
            // Cannot fail: the sender lives in this writer.
            let _ = self.0.subscribe().wait_for(ended).await;
        }
    }
}

struct Rollback {
    log: watch::Sender<RollbackLog>,
    number: u64,
}

impl Drop for Rollback {
    fn drop(&mut self) {
        self.log.send_modify(|log| {
            log.open.remove(&self.number);
        });
    }
}

/// Commits the group, unless another member has committed it. Fails if the group was rolled back.
async fn commit_group(open: &OpenGroup, committed: &Arc<AtomicBool>) -> Result<(), Error> {
    // Changes that wait for the lock already join the group before this commit gets it.
    let mut open = open.lock().await;
    if committed.load(Ordering::Acquire) {
        return Ok(());
    }
    // A later change that was abandoned must not be committed with the group.
    roll_back_abandoned(&mut open).await;
    match open.take_if(|group| Arc::ptr_eq(&group.committed, committed)) {
        Some(group) => group.transaction.commit().await?,
        None => return Err(Error::Io(io::Error::other("the shared transaction was rolled back"))),
    }
    committed.store(true, Ordering::Release);
    Ok(())
}

/// Rolls back an abandoned change. If that fails, the whole group is rolled back, and the calls of its members return
/// an error.
async fn roll_back_abandoned(open: &mut Option<Group>) {
    let rolled_back = if let Some(group) = open.take_if(|group| group.in_progress && !group.savepoint) {
        group.transaction.rollback().await
    } else if let Some(group) = open.as_mut().filter(|group| group.in_progress) {
        let rolled_back = sqlx::query("ROLLBACK TO change").execute(&mut *group.transaction).await;
        (group.is_unused, group.in_progress) = (true, false);
        rolled_back.map(|_| ())
    } else {
        return;
    };
    if let Err(error) = rolled_back {
        tracing::error!("rolling back a change: {error}");
        *open = None;
    }
}
