//! An empty store for one test, on SQLite and, where `TEST_DATABASE_URL` names a server, on PostgreSQL; with the
//! people that most tests need.

#![allow(dead_code, clippy::unwrap_used)]

use domain::{
    CustomerId, CustomerKind, Language, PersonId, Timestamp,
    policy::{Actor, Buyer, MemberRole, Membership, Staff, StaffRole},
};
use sqlx::{Connection, Executor};
use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, Ordering},
};
use store::{Clock, Store, company, customer, person::NewPerson};

pub const START: i64 = 1_790_000_000_000;

pub struct Opened {
    pub store: Store,
    pub clock: Arc<AtomicI64>,
    pub boss: PersonId,
}

/// Runs a test on each database that there is.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Opened) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let file = std::env::temp_dir().join(format!("spilno-test-{}.db", uuid::Uuid::now_v7()));
        test(Opened::open(&Store::sqlite_url(&file)).await).await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            test(Opened::open(&new_database(&server).await).await).await;
        }
    });
}

async fn new_database(server: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    sqlx::any::install_default_drivers();
    let name = format!("people_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let mut connection = sqlx::AnyConnection::connect(server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

impl Opened {
    async fn open(url: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(START));
        let store = Store::open(url, Clock::Manual(clock.clone())).await.unwrap();
        let mut change = store.change(Actor::System).await.unwrap();
        let form = company::FirstRun {
            company: "Дубовий дім".into(),
            currency: "UAH".into(),
            name: "Ірина Савчук".into(),
            email: "iryna@example.com".into(),
            password: "три зелені стільці".into(),
        };
        let boss = company::begin(&mut change, &form, "no hash".into(), Language::Uk).await.unwrap();
        change.commit().await.unwrap();
        Self { store, clock, boss }
    }

    pub fn pass(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    pub fn staff(&self) -> Staff {
        self.desk().staff().unwrap()
    }

    pub fn desk(&self) -> Actor {
        Actor::new(self.boss, Some(StaffRole::Administrator), Vec::new())
    }

    /// A customer with its administrator.
    pub async fn customer(&self, kind: CustomerKind, name: &str, who: &str, email: &str) -> (CustomerId, Actor) {
        let mut change = self.store.change(Actor::System).await.unwrap();
        let (customer, person) = customer::enrol(&mut change, kind, name, someone(who, email)).await.unwrap();
        change.commit().await.unwrap();
        (customer, actor(person, customer, MemberRole::Administrator))
    }

    pub async fn member(&self, customer: CustomerId, who: &str, email: &str) -> Actor {
        let mut change = self.store.change(Actor::System).await.unwrap();
        let person = customer::enrol_member(&mut change, customer, someone(who, email)).await.unwrap();
        change.commit().await.unwrap();
        actor(person, customer, MemberRole::Member)
    }
}

pub fn actor(person: PersonId, customer: CustomerId, role: MemberRole) -> Actor {
    Actor::new(person, None, vec![Membership { customer, role }])
}

pub fn buyer(actor: &Actor) -> &Buyer {
    actor.buyer().unwrap()
}

pub fn someone(name: &str, email: &str) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: name.to_owned(),
        phone: "+380 (50) 123-45-67".to_owned(),
        language: Language::Uk,
        password_hash: None,
        confirmed: true,
    }
}
