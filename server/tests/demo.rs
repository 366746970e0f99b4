//! The demo company is the same each time it is generated, and its people have current work.

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

/// A database with the demo company.
struct Demo {
    store: Store,
    history: HistoryWriter,
    file: PathBuf,
}

impl Demo {
    async fn generate(now: Timestamp) -> Self {
        let file = std::env::temp_dir().join(format!("spilno-demo-{}.db", uuid::Uuid::now_v7().simple()));
        let clock = Clock::Manual(Arc::new(AtomicI64::new(now.0)));
        let (store, history) = store::open_with_history(&Store::sqlite_url(&file), clock).await.unwrap();
        assert!(demo::fill(&store, &history).await.unwrap());
        Self { store, history, file }
    }

    async fn change(&self) -> Change {
        self.store.change(Actor::System).await.unwrap()
    }

    /// Counts rows: `from` is what follows `SELECT COUNT(*) FROM`.
    async fn count(&self, from: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {from}");
        sqlx::query(AssertSqlSafe(sql)).fetch_one(self.change().await.connection()).await.unwrap().get(0)
    }

    /// Returns a page of the portal as this person sees it.
    async fn page(&self, email: &str, address: &str) -> String {
        let mut change = self.history.change(Actor::System).await.unwrap();
        let person: String = sqlx::query_scalar("SELECT id FROM person WHERE email = $1")
            .bind(email)
            .fetch_one(change.connection())
            .await
            .unwrap();
        let secret = session::open_unchecked(&mut change, person.parse().unwrap(), "").await.unwrap();
        change.commit().await.unwrap();
        let settings = Settings { base_url: "http://127.0.0.1:3000".to_owned(), ..Settings::default() };
        let router = http::build_portal(&settings, self.store.clone()).router;
        let request = Request::builder().uri(address).header("cookie", format!("session={}", secret.reveal()));
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        let rows = sqlx::query(sql).fetch_all(self.change().await.connection()).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", self.file.display()));
        }
    }
}

#[tokio::test]
async fn generating_twice_gives_the_same_data() {
    // Outside working hours.
    let sunday = WEDNESDAY.plus(Span::days(4)).plus(Span::minutes(14 * 60 + 50));
    let (first, second) = tokio::join!(Demo::generate(sunday), Demo::generate(sunday));
    for sql in [
        "SELECT id || kind || record || data || at FROM interaction ORDER BY id",
        "SELECT id || kind || record || data || at FROM internal_interaction ORDER BY id",
        "SELECT id || number || title || state || total_minor || due_on FROM orders ORDER BY id",
        // The fields of a comment have no fixed order in its bytes.
        "SELECT design_id || seq || person_id || length(data) || at FROM design_update ORDER BY design_id, seq",
        "SELECT id || title || state || options FROM design ORDER BY id",
        "SELECT id || record || name || sha256 FROM file ORDER BY id",
    ] {
        let rows = first.texts(sql).await;
        assert!(rows.len() > 10 && rows == second.texts(sql).await, "{sql}");
    }
    assert!(!demo::fill(&first.store, &first.history).await.unwrap(), "fills a database that has a company");
}

#[tokio::test]
async fn demo_people_have_current_work() {
    check_current_work(WEDNESDAY).await;
}

/// Generates the demo on all days of the week, at all hours, throughout a year.
#[tokio::test]
#[ignore = "takes a minute or two: cargo test -p server --test demo -- --ignored"]
async fn demo_people_have_current_work_at_any_time() {
    for step in 0..42 {
        let now = WEDNESDAY.plus(Span::hours(step * (9 * 24 + 7)));
        println!("generated at {}", now.0);
        check_current_work(now).await;
    }
}

async fn check_current_work(now: Timestamp) {
    let demo = Demo::generate(now).await;
    const OLENAS: &str = "customer_id = (SELECT m.customer_id FROM member m JOIN person p ON p.id = m.person_id
         WHERE p.email = 'olena@example.com')";
    let has_picture =
        "EXISTS (SELECT 1 FROM order_step s JOIN file f ON f.record = 'step:' || s.id WHERE s.order_id = o.id)";
    for (from, minimum) in [
        (format!("design d WHERE {OLENAS} AND state = 'proposed'"), 1),
        (format!("design d WHERE {OLENAS} AND state = 'designing'"), 1),
        (format!("orders o WHERE {OLENAS} AND state = 'production' AND {has_picture}"), 1),
        (format!("orders o WHERE {OLENAS} AND state = 'delivery' AND {has_picture}"), 1),
        (format!("ticket WHERE {OLENAS} AND state = 'waiting'"), 1),
        (format!("address WHERE {OLENAS}"), 3),
        (format!("invitation WHERE {OLENAS} AND ended_at IS NULL AND expires_at > {}", now.0), 2),
        (format!("proposal WHERE state = 'declined' AND design_id IN (SELECT id FROM design WHERE {OLENAS})"), 1),
        ("customer".to_owned(), 40),
        ("person_date".to_owned(), 20),
        ("notice_choice WHERE by_mail = 0".to_owned(), 3),
        ("member WHERE department <> ''".to_owned(), 24),
        ("internal_design_note".to_owned(), 10),
        ("internal_customer".to_owned(), 10),
        ("file WHERE record LIKE 'message:%' AND media_type = 'application/pdf'".to_owned(), 1),
        ("file WHERE record LIKE 'message:%' AND media_type = 'image/jpeg'".to_owned(), 1),
    ] {
        assert!(demo.count(&from).await >= minimum, "{from}");
    }
    for (email, minimum) in [("taras@example.com", 2), ("iryna@example.com", 1)] {
        let assigned = format!(
            "internal_ticket i JOIN ticket t ON t.id = i.ticket_id JOIN person p ON p.id = i.assignee_id
             WHERE t.state = 'open' AND p.email = '{email}'"
        );
        assert!(demo.count(&assigned).await >= minimum, "{email}");
    }
    let states = demo.texts("SELECT DISTINCT state FROM orders ORDER BY state").await;
    assert!(["accepted", "delivery", "production", "waiting"].iter().all(|state| states.iter().any(|is| is == state)));
    assert_eq!(
        demo.count("order_step WHERE strftime('%w', planned_on) IN ('0', '6')").await,
        0,
        "a step is planned on a weekend"
    );
    assert_eq!(
        demo.count("orders WHERE strftime('%w', due_on) IN ('0', '6')").await,
        0,
        "an order is due on a weekend"
    );
    assert_eq!(demo.count(&format!("interaction WHERE at > {}", now.0)).await, 0, "an interaction is in the future");
}

#[tokio::test(flavor = "multi_thread")]
async fn drawings_show_the_customers_options() {
    let demo = Demo::generate(WEDNESDAY).await;
    for address in ["/", "/designs"] {
        let page = demo.page("olena@example.com", address).await;
        assert!(page.contains("Великий стіл для камінної зали"), "{address}");
        // The options set in the room, not the product's defaults (oak, 180 cm) or those of the start (240 cm).
        assert!(page.contains("<title>Обідній стіл: американський горіх, 260"), "{address}");
    }
}
