//! Concurrent changes: each commits or rolls back alone, and `commit` returns only when the change is on disk.

#![allow(clippy::unwrap_used)]

mod support;

use domain::{SubmissionId, policy::Actor};
use futures_util::{FutureExt, future::join_all};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::Change;
use support::{Home, on_both};
use tokio::time::timeout;
use uuid::Uuid;

fn number() -> SubmissionId {
    SubmissionId::from_uuid(Uuid::now_v7())
}

async fn submissions(home: &Home) -> Vec<String> {
    sqlx::query_scalar("SELECT id FROM submission ORDER BY id").fetch_all(&mut *home.read().await).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_changes_commit_or_roll_back_independently() {
    on_both(async |home| {
        let change = |given_up: bool| {
            let store = home.store.clone();
            tokio::spawn(async move {
                // Some are dropped while they wait for their turn, at any point.
                if given_up {
                    let _ = futures_util::poll!(std::pin::pin!(store.change(Actor::System)));
                }
                let mut change = store.change(Actor::System).await.unwrap();
                let number = number();
                change.claim_submission(number).await.unwrap();
                if given_up {
                    return None;
                }
                change.commit().await.unwrap();
                Some(number.to_string())
            })
        };
        let made = join_all((0..90).map(|count| change(count % 3 == 0))).await;
        let mut acknowledged: Vec<_> = made.into_iter().filter_map(Result::unwrap).collect();
        acknowledged.sort();
        assert_eq!(acknowledged.len(), 60);
        assert_eq!(submissions(home).await, acknowledged);
    })
    .await;
}

/// A change that fails because of another one can read the rows of that other change afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_made_a_change_fail_are_readable_after_it() {
    on_both(async |home| {
        for made in 1..=20 {
            let number = number();
            let mut first = home.change(&Actor::System).await;
            first.claim_submission(number).await.unwrap();
            let refused = async {
                let mut second = home.change(&Actor::System).await;
                second.claim_submission(number).await.unwrap_err();
                drop(second);
                submissions(home).await.len()
            };
            // On SQLite the second change waits for its turn until the first commits, on PostgreSQL for the counter's row.
            let (seen, first) = tokio::join!(refused, first.commit());
            first.unwrap();
            assert_eq!(seen, made);
        }
    })
    .await;
}

/// An abandoned change leaves nothing behind, whichever member of its group commits.
#[tokio::test]
async fn abandoned_change_is_not_committed_with_its_group() {
    on_both(async |home| {
        let (first, lost) = (number(), number());
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(first).await.unwrap();
        let given_up = async {
            let mut change = home.change(&Actor::System).await;
            change.claim_submission(lost).await.unwrap();
        };
        // On SQLite it waits for its turn until the first change commits.
        let ((), committed) = tokio::join!(given_up, change.commit());
        committed.unwrap();
        assert_eq!(submissions(home).await, [first.to_string()]);
        // The same submission id can be claimed again.
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(lost).await.unwrap();
        change.commit().await.unwrap();
    })
    .await;
}

/// Changes keep being begun and abandoned; a read waits only for rollbacks that began before it.
#[tokio::test(flavor = "multi_thread")]
async fn reads_do_not_wait_for_later_rollbacks() {
    on_both(async |home| {
        let go_on = Arc::new(AtomicBool::new(true));
        let givers_up: Vec<_> = (0..40)
            .map(|_| {
                let (store, go_on) = (home.store.clone(), go_on.clone());
                tokio::spawn(async move {
                    while go_on.load(Ordering::Relaxed) {
                        let mut change = store.change(Actor::System).await.unwrap();
                        change.claim_submission(number()).await.unwrap();
                    }
                })
            })
            .collect();
        let reads = async {
            for _ in 0..20 {
                assert_eq!(submissions(home).await, Vec::<String>::new());
            }
        };
        // A read that waited for all rollbacks would take five seconds each time.
        let read = timeout(Duration::from_secs(40), reads).await;
        go_on.store(false, Ordering::Relaxed);
        join_all(givers_up).await;
        assert!(read.is_ok());
    })
    .await;
}

/// A change fails while the disk is full, and changes succeed again when there is space.
#[tokio::test]
async fn changes_succeed_again_after_a_full_disk() {
    on_both(async |home| {
        if !home.url.starts_with("sqlite:") {
            return;
        }
        let room = async |change: &mut Change, pages: &str| {
            change.connection().execute(AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).await.unwrap();
        };
        let mut change = home.change(&Actor::System).await;
        room(&mut change, "1").await;
        let mut refused = 0;
        for nr in 0..4_000 {
            let full = sqlx::query("INSERT INTO counter (name, value) VALUES ($1, 1)")
                .bind(format!("{nr} {}", "x".repeat(500)))
                .execute(change.connection())
                .await;
            if let Err(error) = full {
                assert!(store::Error::from(error).is_temporary());
                refused += 1;
                break;
            }
        }
        assert_eq!(refused, 1);
        drop(change);
        let number = number();
        let mut change = home.change(&Actor::System).await;
        room(&mut change, "100000").await;
        change.claim_submission(number).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(submissions(home).await, [number.to_string()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commit_finishes_when_the_caller_is_dropped() {
    on_both(async |home| {
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(number()).await.unwrap();
        // Polled once and dropped, as the server does with a request whose browser disconnected.
        let _ = change.commit().now_or_never();
        while submissions(home).await.is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn abandoned_change_releases_the_database() {
    on_both(async |home| {
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(number()).await.unwrap();
        drop(change);
        // A second program on the same database.
        let mut other = AnyConnection::connect(&home.url).await.unwrap();
        other.execute("INSERT INTO counter (name, value) VALUES ('other', 1)").await.unwrap();
        other.close().await.unwrap();
        assert_eq!(submissions(home).await, Vec::<String>::new());
    })
    .await;
}

/// A commit that the database rejects fails for every change that shares it.
#[tokio::test(flavor = "multi_thread")]
async fn failed_commit_is_reported_to_all_members_of_the_group() {
    on_both(async |home| {
        if home.url.starts_with("postgres") {
            // SQLite checks foreign keys immediately unless the schema defers them.
            return;
        }
        let mut first = home.change(&Actor::System).await;
        let second = tokio::spawn({
            let store = home.store.clone();
            async move {
                let mut change = store.change(Actor::System).await.unwrap();
                change.claim_submission(number()).await.unwrap();
                change.commit().await
            }
        });
        // Checked only at the commit: a session without a person.
        first.connection().execute("PRAGMA defer_foreign_keys = ON").await.unwrap();
        first
            .connection()
            .execute("INSERT INTO session (token_hash, person_id, created_at, seen_at, agent) VALUES ('x', 'nobody', 0, 0, '')")
            .await
            .unwrap();
        tokio::task::yield_now().await;
        let (first, second) = tokio::join!(first.commit(), second);
        assert!(first.is_err(), "{first:?}");
        // Whether the second shares the first one's commit depends on timing; its result must be right in either case.
        let told = second.unwrap().is_ok();
        assert_eq!(!submissions(home).await.is_empty(), told);
        // The next change succeeds.
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(number()).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(submissions(home).await.len(), 1 + usize::from(told));
    })
    .await;
}

#[tokio::test]
async fn lost_connection_is_reported_as_temporary() {
    on_both(async |home| {
        if home.url.starts_with("sqlite:") {
            // SQLite runs inside the program, so there is no connection to lose.
            return;
        }
        let mut change = home.change(&Actor::System).await;
        let own = sqlx::query_scalar::<_, i32>("SELECT pg_backend_pid()").fetch_one(change.connection()).await.unwrap();
        let mut other = home.read().await;
        sqlx::query("SELECT pg_terminate_backend($1)").bind(own).execute(&mut *other).await.unwrap();
        let lost = change.claim_submission(number()).await.unwrap_err();
        assert!(lost.is_temporary(), "{lost}");
        let mut next = home.change(&Actor::System).await;
        next.claim_submission(number()).await.unwrap();
        next.commit().await.unwrap();
    })
    .await;
}
