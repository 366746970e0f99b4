//! The demo company: told from its seed, it is the same each time, and who signs in finds something that waits for them.

#![allow(clippy::unwrap_used)]

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use domain::{Span, Timestamp, policy::Actor};
use server::{demo, http, settings::Settings};
use sqlx::{AssertSqlSafe, Row};
use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicI64},
};
use store::{Change, Clock, HistoryWriter, Store, account::session};
use tower::ServiceExt;

/// 2 September 2026, 09:00 UTC, a Wednesday.
const WEDNESDAY: Timestamp = Timestamp(1_788_339_600_000);

/// A database that the demo was told into.
struct Told {
    store: Store,
    history: HistoryWriter,
    file: PathBuf,
}

impl Told {
    async fn at(now: Timestamp) -> Self {
        let file = std::env::temp_dir().join(format!("spilno-demo-{}.db", uuid::Uuid::now_v7().simple()));
        let clock = Clock::Manual(Arc::new(AtomicI64::new(now.0)));
        let (store, history) = store::open_with_history(&Store::sqlite_url(&file), clock).await.unwrap();
        assert!(demo::fill(&store, &history).await.unwrap());
        Self { store, history, file }
    }

    async fn change(&self) -> Change {
        self.store.change(Actor::System).await.unwrap()
    }

    /// How many there are of what stands after SELECT COUNT(*) FROM.
    async fn count(&self, what: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {what}");
        sqlx::query(AssertSqlSafe(sql)).fetch_one(self.change().await.connection()).await.unwrap().get(0)
    }

    /// A page of the portal as this person sees it.
    async fn page(&self, email: &str, address: &str) -> String {
        let mut change = self.change().await;
        let person: String = sqlx::query_scalar("SELECT id FROM person WHERE email = $1")
            .bind(email)
            .fetch_one(change.connection())
            .await
            .unwrap();
        let secret = session::open(&mut change, person.parse().unwrap(), "").await.unwrap();
        change.commit().await.unwrap();
        let settings = Settings { base_url: "http://127.0.0.1:3000".to_owned(), ..Settings::default() };
        let router = http::portal(&settings, self.store.clone()).router;
        let request = Request::builder().uri(address).header("cookie", format!("session={}", secret.reveal()));
        let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        let rows = sqlx::query(sql).fetch_all(self.change().await.connection()).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", self.file.display()));
        }
    }
}

#[tokio::test]
async fn told_again_it_is_the_same() {
    // At an hour when nobody works.
    let sunday = WEDNESDAY.plus(Span::days(4)).plus(Span::minutes(14 * 60 + 50));
    let (first, second) = tokio::join!(Told::at(sunday), Told::at(sunday));
    for sql in [
        "SELECT id || kind || record || data || at FROM interaction ORDER BY id",
        "SELECT id || kind || record || data || at FROM internal_interaction ORDER BY id",
        "SELECT id || number || title || state || total_minor || due_on FROM orders ORDER BY id",
        // A comment's fields have no order in its bytes.
        "SELECT design_id || seq || person_id || length(data) || at FROM design_update ORDER BY design_id, seq",
        "SELECT id || title || state || options FROM design ORDER BY id",
        "SELECT id || record || name || sha256 FROM file ORDER BY id",
    ] {
        let told = first.texts(sql).await;
        assert!(told.len() > 10 && told == second.texts(sql).await, "{sql}");
    }
    assert!(!demo::fill(&first.store, &first.history).await.unwrap(), "a company is there already");
}

#[tokio::test]
async fn who_looks_around_finds_what_waits() {
    waits_for_all(WEDNESDAY).await;
}

/// All days of the week and all hours, through a year.
#[tokio::test]
#[ignore = "takes a minute or two: cargo test -p server --test demo -- --ignored"]
async fn whenever_it_is_told_something_waits() {
    for step in 0..42 {
        let now = WEDNESDAY.plus(Span::hours(step * (9 * 24 + 7)));
        println!("told at {}", now.0);
        waits_for_all(now).await;
    }
}

async fn waits_for_all(now: Timestamp) {
    let demo = Told::at(now).await;
    const HERS: &str = "customer_id = (SELECT m.customer_id FROM member m JOIN person p ON p.id = m.person_id
         WHERE p.email = 'olena@example.com')";
    let pictured =
        "EXISTS (SELECT 1 FROM order_step s JOIN file f ON f.record = 'step:' || s.id WHERE s.order_id = o.id)";
    for (what, least) in [
        (format!("design d WHERE {HERS} AND state = 'proposed'"), 1),
        (format!("design d WHERE {HERS} AND state = 'designing'"), 1),
        (format!("orders o WHERE {HERS} AND state = 'production' AND {pictured}"), 1),
        (format!("orders o WHERE {HERS} AND state = 'delivery' AND {pictured}"), 1),
        (format!("ticket WHERE {HERS} AND state = 'waiting'"), 1),
        (format!("address WHERE {HERS}"), 3),
        (format!("invitation WHERE {HERS} AND ended_at IS NULL AND expires_at > {}", now.0), 2),
        (format!("proposal WHERE state = 'declined' AND design_id IN (SELECT id FROM design WHERE {HERS})"), 1),
        ("customer".to_owned(), 40),
        ("person_date".to_owned(), 20),
        ("notice_choice WHERE by_mail = 0".to_owned(), 3),
        ("member WHERE department <> ''".to_owned(), 24),
        ("internal_design_note".to_owned(), 10),
        ("internal_customer".to_owned(), 10),
        ("file WHERE record LIKE 'message:%' AND media_type = 'application/pdf'".to_owned(), 1),
        ("file WHERE record LIKE 'message:%' AND media_type = 'image/jpeg'".to_owned(), 1),
    ] {
        assert!(demo.count(&what).await >= least, "{what}");
    }
    for (email, least) in [("taras@example.com", 2), ("iryna@example.com", 1)] {
        let theirs = format!(
            "internal_ticket i JOIN ticket t ON t.id = i.ticket_id JOIN person p ON p.id = i.assignee_id
             WHERE t.state = 'open' AND p.email = '{email}'"
        );
        assert!(demo.count(&theirs).await >= least, "{email}");
    }
    let states = demo.texts("SELECT DISTINCT state FROM orders ORDER BY state").await;
    assert!(["accepted", "delivery", "production", "waiting"].iter().all(|state| states.iter().any(|is| is == state)));
    assert_eq!(demo.count("order_step WHERE strftime('%w', planned_on) IN ('0', '6')").await, 0, "nobody works then");
    assert_eq!(demo.count("orders WHERE strftime('%w', due_on) IN ('0', '6')").await, 0, "nobody brings it then");
    assert_eq!(demo.count(&format!("interaction WHERE at > {}", now.0)).await, 0, "nothing lies ahead");
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_see_their_own_table_drawn() {
    let demo = Told::at(WEDNESDAY).await;
    for address in ["/", "/designs"] {
        let page = demo.page("olena@example.com", address).await;
        assert!(page.contains("Великий стіл для камінної зали"), "{address}");
        // Neither as the product has it, 180 cm of oak, nor as it began, 240 cm: as it was changed in its room.
        assert!(page.contains("<title>Обідній стіл: американський горіх, 260"), "{address}");
    }
}
