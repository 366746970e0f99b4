//! SQLite's one writer. Changes that come at the same time share a transaction, and so one wait for the disk (group
//! commit, as PostgreSQL does it by itself): each has a savepoint of its own in it, fails alone, and is acknowledged
//! only when the whole transaction is on disk.

use super::batch::Statement;
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

/// How long reading waits for what is being undone.
const PATIENCE: Duration = Duration::from_secs(5);

/// The transaction that changes can join. The lock is fair: who waited longest is next.
type Open = Arc<Mutex<Option<Group>>>;

pub(super) struct Writer {
    pool: AnyPool,
    open: Open,
    undoing: Undoing,
}

struct Group {
    transaction: Transaction<'static, Any>,
    /// Set when it is on disk. A group that ended without was rolled back.
    committed: Arc<AtomicBool>,
    /// The last change begins at a savepoint that surely stands; else where the transaction does, or at one that was
    /// being set when its asker went away, and then it has done nothing.
    savepoint: bool,
    /// Nothing was done since the savepoint: it is the next change's.
    fresh: bool,
    /// A change is being made; where nobody holds the lock, it was given up.
    working: bool,
}

/// A change's turn at writing. Dropped before [`Turn::commit`], what it did is undone.
pub(crate) struct Turn {
    group: OwnedMappedMutexGuard<Option<Group>, Group>,
    open: Open,
    undoing: Undoing,
}

impl Writer {
    /// `pool` has one connection, which nothing else uses.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool, open: Open::default(), undoing: Undoing::default() }
    }

    /// Waits for the turn of a change and begins it.
    pub async fn begin(&self) -> Result<Turn, Error> {
        let open = self.open.clone().lock_owned().await;
        let group = join(open, &self.pool).await?;
        Ok(Turn { group, open: self.open.clone(), undoing: self.undoing.clone() })
    }

    /// A change that was given up has seen what others did in its group: who reads next, to tell why, must see it too.
    pub async fn wait_for_rollbacks(&self) {
        // Not for ever: who reads while making a change would wait for themselves.
        let _ = timeout(PATIENCE, self.undoing.all_begun()).await;
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Joins the open transaction, or opens one. Who goes away in between must not take the others' changes with them: the
/// group stays where it is, and stands for what surely is.
async fn join(
    mut open: OwnedMutexGuard<Option<Group>>,
    pool: &AnyPool,
) -> Result<OwnedMappedMutexGuard<Option<Group>, Group>, Error> {
    settle(&mut open).await;
    if open.is_none() {
        // A deferred transaction that starts to write late can be refused in a way that waiting does not cover.
        let transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
        *open = Some(Group { transaction, committed: Arc::default(), savepoint: false, fresh: false, working: false });
    } else if let Some(group) = open.as_mut().filter(|group| !group.fresh) {
        let end = group.end();
        group.savepoint = false;
        if let Err(error) = sqlx::query(end).execute(&mut *group.transaction).await {
            *open = None;
            return Err(error);
        }
        group.savepoint = true;
    }
    let begun = OwnedMutexGuard::try_map(open, |open| {
        let group = open.as_mut()?;
        (group.fresh, group.working) = (false, true);
        Some(group)
    });
    begun.map_err(|_| Error::Protocol("no transaction was begun".to_owned()))
}

impl Group {
    /// Ends the last change within the transaction, and begins the next.
    fn end(&self) -> &'static str {
        if self.savepoint { "RELEASE change; SAVEPOINT change" } else { "SAVEPOINT change" }
    }
}

impl Turn {
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.group.transaction
    }

    /// Answers when the change is on disk, `last` with it.
    pub async fn commit(mut self, last: Option<Statement>) -> Result<(), Error> {
        if let Some(mut last) = last {
            // On the same way to the database: the savepoint for who is next.
            last.sql = format!("{}; {}", last.sql, self.group.end());
            last.execute(self.connection()).await?;
            (self.group.savepoint, self.group.fresh) = (true, true);
        }
        self.group.working = false;
        let (open, committed) = (self.open.clone(), self.group.committed.clone());
        drop(self);
        conclude(&open, &committed).await
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.group.working
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let undoing = self.undoing.begin();
            let (open, committed) = (self.open.clone(), self.group.committed.clone());
            runtime.spawn(async move {
                // The database is not to stay locked until the next change comes.
                settle(&mut *open.lock().await).await;
                // Whether it went well, those are told whose changes they are.
                let _ = conclude(&open, &committed).await;
                drop(undoing);
            });
        }
    }
}

/// Changes that are being undone, by the number of their beginning. Who reads waits for those begun before, not for
/// those that others go on beginning.
#[derive(Clone, Default)]
struct Undoing(watch::Sender<Underway>);

#[derive(Default)]
struct Underway {
    begun: u64,
    open: BTreeSet<u64>,
}

impl Undoing {
    fn begin(&self) -> OneUndone {
        let mut number = 0;
        self.0.send_modify(|underway| {
            underway.begun += 1;
            number = underway.begun;
            underway.open.insert(number);
        });
        OneUndone { underway: self.0.clone(), number }
    }

    async fn all_begun(&self) {
        let (begun, idle) = {
            let underway = self.0.borrow();
            (underway.begun, underway.open.is_empty())
        };
        if !idle {
            let ended = |underway: &Underway| underway.open.first().is_none_or(|first| *first > begun);
            // The sender is this writer's own.
            let _ = self.0.subscribe().wait_for(ended).await;
        }
    }
}

struct OneUndone {
    underway: watch::Sender<Underway>,
    number: u64,
}

impl Drop for OneUndone {
    fn drop(&mut self) {
        self.underway.send_modify(|underway| {
            underway.open.remove(&self.number);
        });
    }
}

/// Commits the group, unless another of its members has.
async fn conclude(open: &Open, committed: &Arc<AtomicBool>) -> Result<(), Error> {
    // Those who wait by now make their changes before the lock comes here.
    let mut open = open.lock().await;
    if committed.load(Ordering::Acquire) {
        return Ok(());
    }
    // Whoever came after and gave up is not kept along.
    settle(&mut open).await;
    match open.take_if(|group| Arc::ptr_eq(&group.committed, committed)) {
        Some(group) => group.transaction.commit().await?,
        None => return Err(Error::Io(io::Error::other("the transaction that it shared with others was rolled back"))),
    }
    committed.store(true, Ordering::Release);
    Ok(())
}

/// Undoes a change that was given up. Where that cannot be done, the whole group is rolled back, which its members are
/// told when they ask.
async fn settle(open: &mut Option<Group>) {
    let undone = if let Some(group) = open.take_if(|group| group.working && !group.savepoint) {
        group.transaction.rollback().await
    } else if let Some(group) = open.as_mut().filter(|group| group.working) {
        let undone = sqlx::query("ROLLBACK TO change").execute(&mut *group.transaction).await;
        (group.fresh, group.working) = (true, false);
        undone.map(|_| ())
    } else {
        return;
    };
    if let Err(error) = undone {
        tracing::error!("undoing a change: {error}");
        *open = None;
    }
}
