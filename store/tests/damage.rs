//! Errors and log lines about damaged rows name the column or the record, never the text that is stored there.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{Language, Span, policy::Actor};
use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};
use store::{
    Error, PageRequest,
    account::reset,
    customer,
    outbox::{self, desk::OutboxFilter},
    timeline,
};
use support::{customer_of, desk, on_both};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

const PRIVATE: &str = "private-text";

#[tokio::test]
async fn damaged_rows_are_reported_without_their_text() {
    on_both(async |home| {
        let log = Log::default();
        let _guard = tracing::subscriber::set_default(log.clone());
        let buyer = home.customer("Olena").await;
        home.pass(Span::minutes(1));
        reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        let mut change = home.change(&Actor::System).await;
        for damage in [
            format!("UPDATE customer SET kind = '{PRIVATE}'"),
            format!("UPDATE outbox SET kind = 'reset-password', data = '{{\"values\":\"{PRIVATE}\"}}'"),
            format!(
                "INSERT INTO interaction (id, customer_id, kind, record, data, at, audience)
                 SELECT id, id, '{PRIVATE}', id, '{{}}', 1, 'customer' FROM customer"
            ),
        ] {
            let sql = sqlx::AssertSqlSafe(damage);
            assert!(sqlx::query(sql).execute(change.connection()).await.unwrap().rows_affected() > 0);
        }
        change.commit().await.unwrap();
        log.clear();

        let found = customer::desk::find(&mut *home.read().await, &desk(), customer_of(&buyer)).await;
        let error = found.err().unwrap();
        tracing::error!("{error} {error:?}");
        let text = error.to_string();
        assert!(text.contains("kind") && text.contains("store/src/customer/mod.rs"), "{text}");

        assert!(
            outbox::desk::list(
                &mut *home.read().await,
                &desk(),
                None,
                OutboxFilter::default(),
                &PageRequest::first(10)
            )
            .await
            .unwrap()
            .rows
            .is_empty()
        );
        let id: String =
            sqlx::query_scalar("SELECT id FROM outbox LIMIT 1").fetch_one(&mut *home.read().await).await.unwrap();
        let error =
            outbox::desk::find(&mut *home.read().await, &desk(), None, id.parse().unwrap()).await.err().unwrap();
        assert!(matches!(&error, Error::Damaged { record, .. } if *record == id), "{error}");
        tracing::error!("{error} {error:?}");

        let customer = customer_of(&buyer);
        let page =
            timeline::desk::page(&mut *home.read().await, &desk(), customer, &PageRequest::first(30)).await.unwrap();
        assert!(page.rows.iter().all(|entry| entry.id.to_string() != customer.to_string()));

        let lines = log.lines();
        assert!(lines.contains("skipped an unreadable timeline entry"), "{lines}");
        assert!(lines.contains("skipped an unreadable mail") && lines.contains(&id), "{lines}");
        assert!(!lines.contains(PRIVATE), "{lines}");
    })
    .await;
}

/// Collects the log lines of all levels.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn lines(&self) -> String {
        self.0.lock().unwrap().clone()
    }

    fn clear(&self) {
        self.0.lock().unwrap().clear();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = writeln!(self.0, "{field}: {value:?}");
    }
}
