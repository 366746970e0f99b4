//! Writing at the same time: each change is kept or given up alone, and an answer means that it is kept.

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

async fn kept(home: &Home) -> Vec<String> {
    sqlx::query_scalar("SELECT id FROM submission ORDER BY id").fetch_all(&mut *home.read().await).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_changes_commit_or_roll_back_independently() {
    on_both(async |home| {
        let change = |given_up: bool| {
            let store = home.store.clone();
            tokio::spawn(async move {
                // Some ask for their turn and go away before they have it, wherever that finds them.
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
        assert_eq!(kept(home).await, acknowledged);
    })
    .await;
}

/// Who is refused for what another has done is shown what that was.
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
                kept(home).await.len()
            };
            // On SQLite the second waits for its turn before the first is committed; on PostgreSQL for the number.
            let (seen, first) = tokio::join!(refused, first.commit());
            first.unwrap();
            assert_eq!(seen, made);
        }
    })
    .await;
}

/// Who gives up between others leaves nothing behind, whoever of them commits.
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
        // On SQLite it waits for its turn before the first is committed.
        let ((), committed) = tokio::join!(given_up, change.commit());
        committed.unwrap();
        assert_eq!(kept(home).await, [first.to_string()]);
        // The same number can be taken by who comes again.
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(lost).await.unwrap();
        change.commit().await.unwrap();
    })
    .await;
}

/// Some go on beginning and giving up; who reads waits for none of those that come after.
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
                assert_eq!(kept(home).await, Vec::<String>::new());
            }
        };
        // Who waits for all that are given up waits for five seconds each time.
        let read = timeout(Duration::from_secs(40), reads).await;
        go_on.store(false, Ordering::Relaxed);
        join_all(givers_up).await;
        assert!(read.is_ok());
    })
    .await;
}

/// There is no room for a change: it is refused, and when there is room again, all goes on.
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
        assert_eq!(kept(home).await, [number.to_string()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commit_finishes_when_the_caller_is_dropped() {
    on_both(async |home| {
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(number()).await.unwrap();
        // Asked once, then dropped, as the server does with a request whose browser has gone.
        let _ = change.commit().now_or_never();
        while kept(home).await.is_empty() {
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
        // Another program on the same database.
        let mut other = AnyConnection::connect(&home.url).await.unwrap();
        other.execute("INSERT INTO counter (name, value) VALUES ('other', 1)").await.unwrap();
        other.close().await.unwrap();
        assert_eq!(kept(home).await, Vec::<String>::new());
    })
    .await;
}

/// A commit that the database refuses: nobody who shared it is told that their change is kept.
#[tokio::test(flavor = "multi_thread")]
async fn failed_commit_is_reported_to_all_members_of_the_group() {
    on_both(async |home| {
        if home.url.starts_with("postgres") {
            // It checks at once unless the schema says otherwise.
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
        // Checked at the commit only: a session of nobody.
        first.connection().execute("PRAGMA defer_foreign_keys = ON").await.unwrap();
        first
            .connection()
            .execute("INSERT INTO session (token_hash, person_id, created_at, seen_at, agent) VALUES ('x', 'nobody', 0, 0, '')")
            .await
            .unwrap();
        tokio::task::yield_now().await;
        let (first, second) = tokio::join!(first.commit(), second);
        assert!(first.is_err(), "{first:?}");
        // Whether the second came soon enough to share the first one's commit is chance; that it is told the truth is not.
        let told = second.unwrap().is_ok();
        assert_eq!(!kept(home).await.is_empty(), told);
        // The next change is none the worse for it.
        let mut change = home.change(&Actor::System).await;
        change.claim_submission(number()).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(kept(home).await.len(), 1 + usize::from(told));
    })
    .await;
}

#[tokio::test]
async fn lost_connection_is_reported_as_temporary() {
    on_both(async |home| {
        if home.url.starts_with("sqlite:") {
            // Within the program, it has no connection that could end.
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
