//! A company with two customers, on each database.

use domain::{
    CustomerId, CustomerKind, Language, PersonId,
    policy::{Actor, MemberRole, Membership, StaffRole},
};
use sqlx::{Connection, Executor};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{
    Change, Clock, Store,
    company::{self, FirstRun},
    customer,
    person::NewPerson,
};

pub struct People {
    pub staff: Actor,
    pub buyer: Actor,
    pub customer: CustomerId,
    /// Buys for another customer.
    pub stranger: Actor,
    clock: Arc<AtomicI64>,
}

impl People {
    pub const STAFF: &str = "taras@example.com";
    pub const BUYER: &str = "olena@example.com";

    /// A second goes by.
    pub fn later(&self) {
        self.clock.fetch_add(1_000, Ordering::SeqCst);
    }
}

/// Runs the test on SQLite and on PostgreSQL.
pub async fn each(test: impl AsyncFn(Store, People)) {
    let name = format!("tickets_{}", uuid::Uuid::now_v7().simple());
    let file = std::env::temp_dir().join(format!("{name}.db"));
    run(&Store::sqlite_url(&file), &test).await;
    std::fs::remove_file(&file).unwrap();

    let server = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL: a PostgreSQL that may be filled");
    ask(&server, format!("CREATE DATABASE {name}")).await;
    let (base, _) = server.rsplit_once('/').unwrap();
    run(&format!("{base}/{name}"), &test).await;
    ask(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn ask(server: &str, statement: String) {
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
}

async fn run(url: &str, test: &impl AsyncFn(Store, People)) {
    let clock = Arc::new(AtomicI64::new(1_790_000_000_000));
    let store = Store::open(url, Clock::Manual(clock.clone())).await.unwrap();
    let mut change = store.change(Actor::System).await.unwrap();
    let first = FirstRun {
        company: "Дубовий дім".into(),
        currency: "UAH".into(),
        name: "Ірина".into(),
        email: People::STAFF.into(),
        password: "три зелені стільці".into(),
    };
    let staff = company::begin(&mut change, &first, String::new(), Language::Uk).await.unwrap();
    let (customer, buyer) = buyer(&mut change, People::BUYER).await;
    let (foreign, stranger) = self::buyer(&mut change, "petro@example.com").await;
    change.commit().await.unwrap();
    let member =
        |person, customer| Actor::new(person, None, vec![Membership { customer, role: MemberRole::Administrator }]);
    let people = People {
        staff: Actor::new(staff, Some(StaffRole::Administrator), Vec::new()),
        buyer: member(buyer, customer),
        customer,
        stranger: member(stranger, foreign),
        clock,
    };
    test(store.clone(), people).await;
    store.close().await;
}

async fn buyer(change: &mut Change, email: &str) -> (CustomerId, PersonId) {
    let person = NewPerson {
        email: email.into(),
        name: "Олена".into(),
        phone: String::new(),
        language: Language::Uk,
        password_hash: None,
        confirmed: true,
    };
    customer::enrol(change, CustomerKind::Person, "Олена", person).await.unwrap()
}
