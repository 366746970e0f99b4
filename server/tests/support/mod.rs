//! A test world: a database with two customers that have the same kinds of records, people in five roles, and the
//! program's router. It is created once on each database; tests open copies of it.

// Each test uses only a part of this module.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

#[path = "../../../store/tests/support/database.rs"]
mod database;
mod entry_points;
mod input;
pub mod internal_fields;
mod request;
mod setup;

pub use database::Kind;
pub use entry_points::{STATIC_FILES, address, is_record, send};
pub use input::{INPUT, day, edit, name_version, page_text};
pub use request::{TestRequest, TestResponse, form};
pub use setup::{COST, PASSWORD, PNG};

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
use store::{Clock, HistoryWriter, Store};

pub const BASE_URL: &str = "http://127.0.0.1:3000";
/// The time at which the world is created: 21 September 2026. Tests open it an hour later.
pub const START: i64 = 1_790_000_000_000;
pub const DAY: i64 = 86_400_000;

/// The role of the person who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Visitor,
    /// A member of the customer whose records are [`Facts::own`].
    Member,
    /// The administrator of the same customer.
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

/// The keys of one customer's records, by their names in routes: `design`, `version`, `order`, …
pub type Records = BTreeMap<&'static str, String>;

/// The session secrets and record keys of the world.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub sessions: BTreeMap<Role, String>,
    pub own: Records,
    pub foreign: Records,
}

/// A database with the world, from which copies are made.
pub struct WorldTemplate {
    pub kind: Kind,
    database: Database,
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
    /// Prevents the removal of the database.
    database: Arc<Database>,
}

/// Runs a test on SQLite and on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(&WorldTemplate)) {
    on_each(async |kind| {
        let template = WorldTemplate::create(kind).await;
        test(&template).await;
        template.remove_unused().await;
        template.database.remove().await;
    })
    .await;
}

impl WorldTemplate {
    async fn create(kind: Kind) -> Self {
        let database = Database::create(kind).await;
        let (store, history, clock) = open(&database).await;
        let facts = setup::create_world(&store, &history, &clock).await;
        store.close().await;
        Self { kind, database, facts, copies: Mutex::default() }
    }

    pub async fn open(&self) -> World {
        self.remove_unused().await;
        let database = Arc::new(self.database.copy().await);
        self.copies.lock().unwrap().push(database.clone());
        let (store, _, clock) = open(&database).await;
        clock.fetch_add(DAY / 24, Ordering::SeqCst);
        let settings = Settings { base_url: BASE_URL.to_owned(), ..Settings::default() };
        let router = http::build_portal(&settings, store.clone()).router;
        World { store, router, clock, facts: self.facts.clone(), kind: self.kind, database }
    }

    /// Removes the databases of dropped worlds. `Drop` cannot do that, because it cannot wait.
    async fn remove_unused(&self) {
        let unused: Vec<_> = self.copies.lock().unwrap().extract_if(.., |copy| Arc::strong_count(copy) == 1).collect();
        for copy in unused.into_iter().filter_map(Arc::into_inner) {
            copy.remove().await;
        }
    }
}

impl World {
    pub fn set_clock(&self, at: domain::Timestamp) {
        self.clock.store(at.0, Ordering::SeqCst);
    }

    pub fn advance_clock(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn own(&self, record: &str) -> &str {
        &self.facts.own[record]
    }

    pub fn foreign(&self, record: &str) -> &str {
        &self.facts.foreign[record]
    }

    /// Returns the first column of a query's rows as text.
    pub async fn column(&self, sql: &str) -> Vec<String> {
        let mut connection = self.store.read().await.unwrap();
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut *connection).await.unwrap()
    }

    pub async fn count(&self, table: &str) -> usize {
        self.column(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await[0].parse().unwrap()
    }

    /// Executes a statement directly on the database, without an operation of the store.
    pub async fn execute(&self, sql: &str) {
        let mut change = self.store.change(Actor::System).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
    }

    /// Returns the path of the link in the newest mail of this kind.
    pub async fn mailed_path(&self, kind: &str) -> String {
        mailed_path(&self.store, kind).await
    }
}

async fn mailed_path(store: &Store, kind: &str) -> String {
    let sql = "SELECT data FROM outbox WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
    let data: String = sqlx::query_scalar(sql).bind(kind).fetch_one(&mut *store.read().await.unwrap()).await.unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    data["path"].as_str().unwrap().to_owned()
}

async fn open(database: &Database) -> (Store, HistoryWriter, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(START));
    let (store, history) = store::open_with_history(&database.url, Clock::Manual(clock.clone())).await.unwrap();
    (store, history, clock)
}
