//! A small world for the tests of what may be asked: two customers with the same kinds of records, five roles, and the
//! program's own router in front. The world is made once; each test opens a copy.

// Each test uses a part of it.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

mod ask;
mod entry;
mod make;
mod typed;

pub use ask::{Answer, Ask, form};
pub use entry::{SITE, address, ask, is_record};
pub use make::{COST, PASSWORD, PNG};
pub use typed::{TYPED, day, edit, name_version, read};

use axum::Router;
use domain::policy::Actor;
use server::{http, settings::Settings};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Clock, Store};
use tokio::sync::OnceCell;

pub const BASE_URL: &str = "http://127.0.0.1:3000";
/// When the world begins, 21 September 2026; an hour later the tests open it.
pub const START: i64 = 1_790_000_000_000;
pub const DAY: i64 = 86_400_000;

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

/// One copy of the world; dropped, its files are gone.
pub struct World {
    pub store: Store,
    pub router: Router,
    pub clock: Arc<AtomicI64>,
    pub facts: Facts,
    file: PathBuf,
}

static TEMPLATE: OnceCell<(Vec<u8>, Facts)> = OnceCell::const_new();

impl World {
    pub async fn open() -> Self {
        let (bytes, facts) = TEMPLATE.get_or_init(template).await;
        let file = new_file();
        std::fs::write(&file, bytes).unwrap();
        let (store, clock) = open(&file).await;
        clock.fetch_add(DAY / 24, Ordering::SeqCst);
        let settings = Settings { base_url: BASE_URL.to_owned(), ..Settings::default() };
        let router = http::portal(&settings, store.clone()).router;
        Self { store, router, clock, facts: facts.clone(), file }
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

impl Drop for World {
    fn drop(&mut self) {
        remove(&self.file);
    }
}

async fn mailed(store: &Store, kind: &str) -> String {
    let sql = "SELECT data FROM outbox WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
    let data: String = sqlx::query_scalar(sql).bind(kind).fetch_one(&mut *store.read().await.unwrap()).await.unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    data["path"].as_str().unwrap().to_owned()
}

async fn template() -> (Vec<u8>, Facts) {
    let file = new_file();
    let (store, clock) = open(&file).await;
    let facts = make::everything(&store, &clock).await;
    store.close().await;
    let bytes = std::fs::read(&file).unwrap();
    remove(&file);
    (bytes, facts)
}

async fn open(file: &std::path::Path) -> (Store, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(START));
    (Store::open(&Store::sqlite_url(file), Clock::Manual(clock.clone())).await.unwrap(), clock)
}

fn new_file() -> PathBuf {
    std::env::temp_dir().join(format!("spilno-world-{}.db", uuid::Uuid::now_v7()))
}

fn remove(file: &std::path::Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}
