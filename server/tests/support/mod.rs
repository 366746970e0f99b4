//! A small world for the tests of what may be asked: two customers with the same kinds of records, five roles, and the
//! program's own router in front. The world is made once on each database; a test opens as many copies as it likes.

// Each test uses a part of it.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

mod ask;
#[path = "../../../store/tests/support/database.rs"]
mod database;
mod entry;
pub mod internal;
mod make;
mod typed;

pub use ask::{Answer, Ask, form};
pub use database::Kind;
pub use entry::{SITE, address, ask, is_record};
pub use make::{COST, PASSWORD, PNG};
pub use typed::{TYPED, edit, name_version, read};

use axum::Router;
use database::{Database, on_each};
use domain::policy::Actor;
use server::{http, settings::Settings};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Clock, Store};

pub const BASE_URL: &str = "http://127.0.0.1:3000";
/// When the world begins, 21 September 2026; an hour later the tests open it.
pub const START: i64 = 1_790_000_000_000;
pub const DAY: i64 = 86_400_000;

/// The day so many days after the world began, as a form sends it.
pub fn day(days: i32) -> String {
    locales::TimeZone::default().day_of(domain::Timestamp(START)).plus_days(days).to_string()
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Visitor,
    /// A member of the customer whose records are the own ones, and its administrator.
    Member,
    CustomerAdministrator,
    Staff,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 5] =
        [Role::Visitor, Role::Member, Role::CustomerAdministrator, Role::Staff, Role::Administrator];

    pub fn name(self) -> &'static str {
        match self {
            Role::Visitor => "visitor",
            Role::Member => "customer member",
            Role::CustomerAdministrator => "customer administrator",
            Role::Staff => "staff",
            Role::Administrator => "administrator",
        }
    }
}

/// The records of one customer by the names that addresses give them: `design`, `version`, `order`, …
pub type Records = BTreeMap<&'static str, String>;

/// What is known of the world without asking it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub sessions: BTreeMap<Role, String>,
    pub own: Records,
    pub foreign: Records,
}

/// The world on one database, for its copies to be made of.
pub struct Worlds {
    pub kind: Kind,
    template: Database,
    facts: Facts,
    copies: Mutex<Vec<Arc<Database>>>,
}

/// One copy of the world.
pub struct World {
    pub store: Store,
    pub router: Router,
    pub clock: Arc<AtomicI64>,
    pub facts: Facts,
    pub kind: Kind,
    /// Held, so that it is not removed.
    database: Arc<Database>,
}

/// Runs a test on SQLite and on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(&Worlds)) {
    on_each(async |kind| {
        let worlds = Worlds::make(kind).await;
        test(&worlds).await;
        worlds.remove_left().await;
        worlds.template.remove().await;
    })
    .await;
}

impl Worlds {
    async fn make(kind: Kind) -> Self {
        let template = Database::create(kind).await;
        let (store, clock) = open(&template).await;
        let facts = make::everything(&store, &clock).await;
        store.close().await;
        Self { kind, template, facts, copies: Mutex::default() }
    }

    pub async fn open(&self) -> World {
        self.remove_left().await;
        let database = Arc::new(self.template.copy().await);
        self.copies.lock().unwrap().push(database.clone());
        let (store, clock) = open(&database).await;
        clock.fetch_add(DAY / 24, Ordering::SeqCst);
        let settings = Settings { base_url: BASE_URL.to_owned(), ..Settings::default() };
        let router = http::portal(&settings, store.clone()).router;
        World { store, router, clock, facts: self.facts.clone(), kind: self.kind, database }
    }

    /// Removes the copies that nobody holds any more: a world that is dropped cannot wait for its database.
    async fn remove_left(&self) {
        let left: Vec<_> = self.copies.lock().unwrap().extract_if(.., |copy| Arc::strong_count(copy) == 1).collect();
        for copy in left.into_iter().filter_map(Arc::into_inner) {
            copy.remove().await;
        }
    }
}

impl World {
    pub fn set_time(&self, at: domain::Timestamp) {
        self.clock.store(at.0, Ordering::SeqCst);
    }

    pub fn pass(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn own(&self, record: &str) -> &str {
        &self.facts.own[record]
    }

    pub fn foreign(&self, record: &str) -> &str {
        &self.facts.foreign[record]
    }

    /// The first column of a question's rows, as text.
    pub async fn column(&self, sql: &str) -> Vec<String> {
        let mut connection = self.store.read().await.unwrap();
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut *connection).await.unwrap()
    }

    pub async fn count(&self, table: &str) -> usize {
        self.column(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await[0].parse().unwrap()
    }

    /// Changes rows as no operation would.
    pub async fn execute(&self, sql: &str) {
        let mut change = self.store.change(Actor::System).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
    }

    /// The path that the newest mail of a kind leads to.
    pub async fn mailed(&self, kind: &str) -> String {
        mailed(&self.store, kind).await
    }
}

async fn mailed(store: &Store, kind: &str) -> String {
    let sql = "SELECT data FROM outbox WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
    let data: String = sqlx::query_scalar(sql).bind(kind).fetch_one(&mut *store.read().await.unwrap()).await.unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    data["path"].as_str().unwrap().to_owned()
}

async fn open(database: &Database) -> (Store, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(START));
    (store::open(&database.url, Clock::Manual(clock.clone())).await.unwrap(), clock)
}
