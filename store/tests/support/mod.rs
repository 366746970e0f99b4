//! The environment of a test: an empty database, and a clock that only the test moves.
//!
//! [`on_both`] runs a test on SQLite and on PostgreSQL; see `database.rs`.
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

// Each test file is compiled on its own and uses only a part of this module.
#![allow(dead_code, unused_macros)]

mod database;
pub mod history;

use database::{Database, on_each};
use domain::{
    Currency, CustomerId, CustomerKind, Day, DesignId, Language, PersonId, Span, Timestamp,
    mail::MailContent,
    policy::{Actor, MemberRole, Membership, Permit, Permitted, StaffRole},
};
use sqlx::pool::PoolConnection;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{
    Change, Clock, HistoryWriter, PageRequest, Store, company, customer,
    design::start::{self, InitialContent},
    outbox::{self, desk::OutboxFilter},
    person::NewPerson,
    product, timeline,
};
use uuid::Uuid;

/// The time at the start of a test: Wednesday, 2 September 2026, 09:00 UTC.
pub const BEGINNING: Timestamp = Timestamp(1_788_339_600_000);

/// Runs an operation in a change by this actor, one second after the last one, and commits it if the operation succeeds.
macro_rules! commit {
    ($home:expr, $actor:expr, |$change:ident| $operation:expr) => {{
        $home.pass(domain::Span::seconds(1));
        let mut own = $home.change($actor).await;
        let $change = &mut own;
        let done = $operation.await;
        if done.is_ok() {
            own.commit().await.unwrap();
        }
        done
    }};
}

// After the macro, which this module uses.
pub mod ordering;

pub async fn on_both(test: impl AsyncFn(&Home)) {
    on_each(async |kind| {
        let database = Database::create(kind).await;
        let home = Home::open(&database.url).await;
        test(&home).await;
        home.store.close().await;
        database.remove().await;
    })
    .await;
}

pub struct Home {
    pub store: Store,
    pub history: HistoryWriter,
    /// The URL of the database, for tests that open it themselves.
    pub url: String,
    clock: Arc<AtomicI64>,
}

impl Home {
    async fn open(url: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(BEGINNING.0));
        let (store, history) = store::open_with_history(url, Clock::Manual(clock.clone())).await.unwrap();
        Self { store, history, url: url.to_owned(), clock }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    /// Returns the day in the company's time zone.
    pub fn today(&self) -> Day {
        locales::TimeZone::default().day_of(self.now())
    }

    /// Sets the clock.
    pub fn set_time(&self, at: Timestamp) {
        self.clock.store(at.0, Ordering::SeqCst);
    }

    /// Moves the clock forward.
    pub fn pass(&self, span: Span) {
        self.clock.fetch_add(span.0, Ordering::SeqCst);
    }

    pub async fn change(&self, actor: &Actor) -> Change {
        self.store.change(actor.clone()).await.unwrap()
    }

    pub async fn read(&self) -> PoolConnection<sqlx::Any> {
        self.store.read().await.unwrap()
    }

    /// Creates the company and returns its administrator, iryna@example.com.
    pub async fn company(&self) -> Actor {
        let form = company::FirstRun {
            company: "Дім і дерево".to_owned(),
            currency: Currency::Uah.code().to_owned(),
            name: "Iryna".to_owned(),
            email: "iryna@example.com".to_owned(),
            password: "correct horse battery".to_owned(),
        };
        let mut change = self.change(&Actor::System).await;
        let person = company::create(&mut change, &form, "no-hash".to_owned(), Language::En).await.unwrap();
        change.commit().await.unwrap();
        Actor::new(person, Some(StaffRole::Administrator), vec![])
    }

    /// Adds a member of staff.
    pub async fn staff(&self, name: &str) -> Actor {
        let mut change = self.change(&Actor::System).await;
        let person = company::add_staff_member(&mut change, new_person(name), StaffRole::Staff).await.unwrap();
        change.commit().await.unwrap();
        Actor::new(person, Some(StaffRole::Staff), vec![])
    }

    /// Creates a private customer with a confirmed address such as olena@example.com.
    pub async fn customer(&self, name: &str) -> Actor {
        self.enrol(CustomerKind::Person, name, new_person(name)).await
    }

    /// Creates an organisation and returns its first member, an administrator.
    pub async fn organisation(&self, name: &str, first_member: &str) -> Actor {
        self.enrol(CustomerKind::Organisation, name, new_person(first_member)).await
    }

    /// Adds a member to this buyer's customer.
    pub async fn colleague(&self, of: &Actor, name: &str) -> Actor {
        let customer = customer_of(of);
        let mut change = self.change(&Actor::System).await;
        let person = customer::create_member(&mut change, customer, new_person(name)).await.unwrap();
        change.commit().await.unwrap();
        buyer(person, customer, MemberRole::Member)
    }

    /// Creates a customer with its first member.
    pub async fn enrol(&self, kind: CustomerKind, customer: &str, first: NewPerson) -> Actor {
        let mut change = self.change(&Actor::System).await;
        let (customer, person) = customer::create_with_first_member(&mut change, kind, customer, first).await.unwrap();
        change.commit().await.unwrap();
        buyer(person, customer, MemberRole::Administrator)
    }

    /// Adds the product model of the table.
    pub async fn offer_table(&self) {
        let mut change = self.change(&Actor::System).await;
        product::offer(&mut change, include_str!("../../../models/dining-table.toml")).await.unwrap();
        change.commit().await.unwrap();
    }

    /// Starts a design of the table by this buyer.
    pub async fn design(&self, buyer: &Actor, beginning: &InitialContent) -> DesignId {
        let table = product::by_slug(&mut *self.read().await, "dining-table").await.unwrap();
        commit!(self, buyer, |change| start::start_design(change, customer_of(buyer), &table, beginning, Language::Uk))
            .unwrap()
    }

    /// Returns all mail of the outbox with its content, the oldest first.
    pub async fn mails(&self) -> Vec<outbox::desk::OutboxMail> {
        let mut connection = self.read().await;
        let mut mails = outbox::desk::list(
            &mut connection,
            &desk(),
            Some(&desk()),
            OutboxFilter::default(),
            &PageRequest::first(1_000),
        )
        .await
        .unwrap()
        .rows;
        mails.reverse();
        for mail in &mut mails {
            let sql = "SELECT data FROM outbox WHERE id = $1";
            let data: String =
                sqlx::query_scalar(sql).bind(mail.id.to_string()).fetch_one(&mut *connection).await.unwrap();
            mail.content = MailContent::read(mail.content.kind().name(), &data).unwrap();
        }
        mails
    }

    /// Returns kind and path of the mails to this address, the oldest first.
    pub async fn mails_to(&self, address: &str) -> Vec<(&'static str, String)> {
        let mails = self.mails().await.into_iter().filter(|mail| mail.address == address);
        mails.map(|mail| (mail.content.kind().name(), mail.content.link().path())).collect()
    }
}

/// Returns a key of the desk, of an administrator who is not in the database.
pub fn desk<P: Permitted>() -> Permit<P> {
    Actor::new(PersonId::from_uuid(Uuid::nil()), Some(StaffRole::Administrator), vec![]).permit().unwrap()
}

/// Returns the stored name of the kind of a timeline entry.
pub fn kind_of(entry: &timeline::Entry) -> &'static str {
    match &entry.what {
        timeline::What::Event { event, .. } => event.kind().name(),
        timeline::What::Mail { content, .. } => content.kind().name(),
    }
}

pub fn customer_of(actor: &Actor) -> CustomerId {
    actor.buyer().unwrap().main_customer().unwrap()
}

pub fn buyer(person: PersonId, customer: CustomerId, role: MemberRole) -> Actor {
    Actor::new(person, None, vec![Membership { customer, role }])
}

/// Returns a new person with English as language and a confirmed address made from the name.
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
