//! SQLite's one writer. Changes that come at the same time share a transaction, and so one wait for the disk (group
//! commit, as PostgreSQL does it by itself): each has a savepoint of its own in it, fails alone, and is acknowledged
//! only when the whole transaction is on disk.

use sqlx::{Any, AnyConnection, AnyPool, Error, Executor, Transaction};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

/// The transaction that changes can join. The lock is fair: who waited longest is next.
type Open = Arc<Mutex<Option<Group>>>;

pub(super) struct Writer {
    pool: AnyPool,
    open: Open,
}

struct Group {
    transaction: Transaction<'static, Any>,
    /// Set when it is on disk. A group that ended without was rolled back.
    committed: Arc<AtomicBool>,
    /// How many changes are done in it.
    members: usize,
    /// A change is being made; where nobody holds the lock, it was given up.
    working: bool,
}

/// A change's turn at writing. Dropped before [`Turn::commit`], what it did is undone.
pub(crate) struct Turn {
    group: OwnedMappedMutexGuard<Option<Group>, Group>,
    open: Open,
}

impl Writer {
    /// `pool` has one connection, which nothing else uses.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool, open: Open::default() }
    }

    /// Waits for the turn of a change and begins it.
    pub async fn begin(&self) -> Result<Turn, Error> {
        let mut open = self.open.clone().lock_owned().await;
        settle(&mut open).await?;
        let group = match open.take() {
            Some(mut group) => {
                group.transaction.execute("SAVEPOINT change").await?;
                group
            }
            None => Group {
                // A deferred transaction that starts to write late can be refused in a way that waiting does not cover.
                transaction: self.pool.begin_with("BEGIN IMMEDIATE").await?,
                committed: Arc::default(),
                members: 0,
                working: false,
            },
        };
        let group = OwnedMutexGuard::map(open, |open| open.insert(Group { working: true, ..group }));
        Ok(Turn { group, open: self.open.clone() })
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl Turn {
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.group.transaction
    }

    /// Answers when the change is on disk.
    pub async fn commit(mut self) -> Result<(), Error> {
        if self.group.members > 0 {
            self.group.transaction.execute("RELEASE change").await?;
        }
        self.group.members += 1;
        self.group.working = false;
        let (open, committed) = (self.open.clone(), self.group.committed.clone());
        // Those who wait by now make their changes before the lock comes back here.
        drop(self);
        let mut open = open.lock().await;
        if committed.load(Ordering::Acquire) {
            return Ok(());
        }
        match open.take_if(|group| Arc::ptr_eq(&group.committed, &committed)) {
            Some(group) => group.transaction.commit().await?,
            None => {
                return Err(Error::Protocol("the transaction that it shared with others was rolled back".to_owned()));
            }
        }
        committed.store(true, Ordering::Release);
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // The database is not to stay locked until the next change comes.
        if self.group.working
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let open = self.open.clone();
            runtime.spawn(async move {
                if let Err(error) = settle(&mut *open.lock().await).await {
                    tracing::error!("undoing a change: {error}");
                }
            });
        }
    }
}

/// Undoes a change that was given up. Where that cannot be done, the whole group is rolled back.
async fn settle(open: &mut Option<Group>) -> Result<(), Error> {
    let Some(mut group) = open.take_if(|group| group.working) else { return Ok(()) };
    if group.members == 0 {
        return group.transaction.rollback().await;
    }
    group.transaction.execute("ROLLBACK TO change; RELEASE change").await?;
    group.working = false;
    *open = Some(group);
    Ok(())
}
