//! A home for a test: an empty database of its own, with a clock that stands until the test moves it.
//!
//! [`on_both`] runs a test on SQLite and, where `TEST_DATABASE_URL` names a PostgreSQL (as `./dev test` does), on that
//! too. A server that is named but cannot be used fails the test.
//!
//!     #[tokio::test]
//!     async fn a_ticket_is_opened() {
//!         on_both(async |home| {
//!             let administrator = home.company().await;
//!             let olena = home.customer("Olena").await;
//!             let mut change = home.change(&olena).await;
//!             …
//!         })
//!         .await;
//!     }

// Each test file is a program of its own and uses a part of this.
#![allow(dead_code)]

use domain::{
    Currency, CustomerId, CustomerKind, Language, PersonId, Span, Timestamp,
    policy::{Actor, MemberRole, Membership, Staff, StaffRole},
};
use sqlx::{Connection, PgConnection, pool::PoolConnection};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Change, Clock, Store, company, customer, outbox, person::NewPerson};
use uuid::Uuid;

/// When a test's time begins: 2 September 2026, 09:00 UTC, a Wednesday.
pub const BEGINNING: Timestamp = Timestamp(1_788_339_600_000);

pub async fn on_both(test: impl AsyncFn(&Home)) {
    println!("on SQLite");
    let folder = TemporaryFolder::new();
    let home = Home::open(&Store::sqlite_url(&folder.0.join("spilno.db"))).await;
    test(&home).await;
    home.store.close().await;

    // Set but empty is a mistake of who set it, not a wish to leave PostgreSQL out.
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else { return };
    println!("on PostgreSQL");
    let name = format!("test_{}", Uuid::now_v7().simple());
    ask(&server, format!("CREATE DATABASE {name}")).await;
    let (address, _) = server.rsplit_once('/').expect("TEST_DATABASE_URL: expected postgres://USER@HOST:PORT/NAME");
    let home = Home::open(&format!("{address}/{name}")).await;
    test(&home).await;
    home.store.close().await;
    ask(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn ask(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.expect("TEST_DATABASE_URL: no PostgreSQL answers there");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("spilno-store-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Home {
    pub store: Store,
    /// The database's address, for a test that opens it otherwise.
    pub url: String,
    clock: Arc<AtomicI64>,
}

impl Home {
    async fn open(url: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(BEGINNING.0));
        let store = Store::open(url, Clock::Manual(clock.clone())).await.unwrap();
        Self { store, url: url.to_owned(), clock }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    /// Lets time pass.
    pub fn pass(&self, span: Span) {
        self.clock.fetch_add(span.0, Ordering::SeqCst);
    }

    pub async fn change(&self, actor: &Actor) -> Change {
        self.store.change(actor.clone()).await.unwrap()
    }

    pub async fn read(&self) -> PoolConnection<sqlx::Any> {
        self.store.read().await.unwrap()
    }

    /// Begins the company; its administrator, iryna@example.com, answers.
    pub async fn company(&self) -> Actor {
        let form = company::FirstRun {
            company: "Дім і дерево".to_owned(),
            currency: Currency::Uah.code().to_owned(),
            name: "Iryna".to_owned(),
            email: "iryna@example.com".to_owned(),
            password: "correct horse battery".to_owned(),
        };
        let mut change = self.change(&Actor::System).await;
        let person = company::begin(&mut change, &form, "no-hash".to_owned(), Language::En).await.unwrap();
        change.commit().await.unwrap();
        Actor::new(person, Some(StaffRole::Administrator), vec![])
    }

    /// Another member of staff.
    pub async fn staff(&self, name: &str) -> Actor {
        let mut change = self.change(&Actor::System).await;
        let person = company::hire(&mut change, new_person(name), StaffRole::Staff).await.unwrap();
        change.commit().await.unwrap();
        Actor::new(person, Some(StaffRole::Staff), vec![])
    }

    /// A private person who buys, with a proved address such as olena@example.com.
    pub async fn customer(&self, name: &str) -> Actor {
        self.first_member(CustomerKind::Person, name, name).await
    }

    /// An organisation; its first member, who administrates it, answers.
    pub async fn organisation(&self, name: &str, first_member: &str) -> Actor {
        self.first_member(CustomerKind::Organisation, name, first_member).await
    }

    /// Another member of this buyer's customer.
    pub async fn colleague(&self, of: &Actor, name: &str) -> Actor {
        let customer = customer_of(of);
        let mut change = self.change(&Actor::System).await;
        let person = customer::enrol_member(&mut change, customer, new_person(name)).await.unwrap();
        change.commit().await.unwrap();
        buyer(person, customer, MemberRole::Member)
    }

    async fn first_member(&self, kind: CustomerKind, customer: &str, name: &str) -> Actor {
        let mut change = self.change(&Actor::System).await;
        let (customer, person) = customer::enrol(&mut change, kind, customer, new_person(name)).await.unwrap();
        change.commit().await.unwrap();
        buyer(person, customer, MemberRole::Administrator)
    }

    /// All mails of the outbox, oldest first, with what administrators see of them.
    pub async fn mails(&self) -> Vec<outbox::desk::Entry> {
        let mut mails = outbox::desk::list(&mut *self.read().await, &desk(), None, 1_000, 0).await.unwrap();
        mails.reverse();
        mails
    }

    /// The mails to this address, oldest first, as kind and path.
    pub async fn mails_to(&self, address: &str) -> Vec<(&'static str, String)> {
        let mails = self.mails().await.into_iter().filter(|mail| mail.address == address);
        mails.map(|mail| (mail.kind.name(), mail.content.path)).collect()
    }
}

/// The desk's key, of an administrator who is not on record.
pub fn desk() -> Staff {
    Actor::new(PersonId::from_uuid(Uuid::nil()), Some(StaffRole::Administrator), vec![]).staff().unwrap()
}

pub fn customer_of(actor: &Actor) -> CustomerId {
    actor.buyer().unwrap().main_customer().unwrap()
}

fn buyer(person: PersonId, customer: CustomerId, role: MemberRole) -> Actor {
    Actor::new(person, None, vec![Membership { customer, role }])
}

/// English, with a proved address made from the name.
pub fn new_person(name: &str) -> NewPerson {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    NewPerson {
        email,
        name: name.to_owned(),
        phone: String::new(),
        language: Language::En,
        password_hash: None,
        confirmed: true,
    }
}
