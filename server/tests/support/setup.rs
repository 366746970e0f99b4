//! Creates the world through the store's operations, each called by a permitted actor.

use super::{Facts, Records, Role, day, mailed_path};
use domain::{
    ContentHash, CustomerId, CustomerKind, DesignId, Language, OrderId, PersonId, TicketState, VersionId,
    mail::MailKind,
    policy::{Actor, MemberRole, Membership, StaffRole},
    record::{Address, ContactNote, Typed},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{
    Change, HistoryWriter, Store,
    account::{password, reset, session},
    company, contact_note,
    customer::{self, address, invitation, sign_up},
    design::{
        desk::add_note,
        start::{self, InitialContent},
        version,
    },
    file::UploadedFile,
    order::{desk::set_note, fulfilment, view},
    outbox::delivery::{self, DueMail},
    person::{NewPerson, date},
    product::{self, Product},
    proposal::{self, Terms, answer},
    ticket::{
        desk as ticket_desk,
        open::{self, About, NewTicket},
        write,
    },
};

/// A PNG of one red pixel.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0, 3,
    1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// The password of all people who have one.
pub const PASSWORD: &str = "три зелені стільці";

/// An internal cost. The number does not appear in customers' pages by chance.
pub const COST: &str = "876543219";

struct Setup<'a> {
    store: &'a Store,
    clock: &'a AtomicI64,
    administrator: Actor,
    staff: Actor,
    product: Product,
}

pub async fn create_world(store: &Store, history: &HistoryWriter, clock: &Arc<AtomicI64>) -> Facts {
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    let mut change = store.change(Actor::System).await.unwrap();
    let form = company::FirstRun {
        company: "Дубовий дім".into(),
        currency: "UAH".into(),
        name: "Ірина Савчук".into(),
        email: "iryna@example.com".into(),
        password: PASSWORD.into(),
    };
    let administrator = company::create(&mut change, &form, hash, Language::Uk).await.unwrap();
    let staff = new_person("Тарас Бондаренко", "taras@example.com");
    let staff = company::add_staff_member(&mut change, staff, StaffRole::Staff).await.unwrap();
    // Gives the product an internal cost that a test can search for.
    let model = include_str!("../../../models/dining-table.toml");
    let model = model.replacen("once = true\namount = 450\n", &format!("once = true\namount = {COST}\n"), 1);
    assert!(model.contains(COST), "the model has no such cost any more");
    product::offer(&mut change, &model).await.unwrap();
    change.commit().await.unwrap();

    let product = product::by_slug(&mut store.read().await.unwrap(), "dining-table").await.unwrap();
    let setup = Setup {
        store,
        clock,
        administrator: Actor::new(administrator, Some(StaffRole::Administrator), Vec::new()),
        staff: Actor::new(staff, Some(StaffRole::Staff), Vec::new()),
        product,
    };
    let (own, customer_administrator, member) = setup.add_customer("ТОВ «Свої»", "own").await;
    let (foreign, ..) = setup.add_customer("ТОВ «Чужі»", "foreign").await;
    let mut sessions = std::collections::BTreeMap::new();
    let mut change = history.change(Actor::System).await.unwrap();
    for (role, person) in [
        (Role::Member, member),
        (Role::CustomerAdministrator, customer_administrator),
        (Role::Staff, staff),
        (Role::Administrator, administrator),
    ] {
        let secret = session::open_unchecked(&mut change, person, "test").await.unwrap();
        sessions.insert(role, secret.reveal().to_owned());
    }
    change.commit().await.unwrap();
    Facts { sessions, own, foreign }
}

fn new_person(name: &str, email: &str) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: name.to_owned(),
        phone: String::new(),
        language: Language::Uk,
        password_hash: None,
        confirmed: true,
    }
}

fn actor(person: PersonId, customer: CustomerId, role: MemberRole) -> Actor {
    Actor::new(person, None, vec![Membership { customer, role }])
}

impl Setup<'_> {
    /// Begins a change one millisecond later, so that changes are ordered in time.
    async fn change(&self, actor: &Actor) -> Change {
        self.clock.fetch_add(1, Ordering::SeqCst);
        self.store.change(actor.clone()).await.unwrap()
    }

    async fn add_customer(&self, name: &str, short: &str) -> (Records, PersonId, PersonId) {
        let mut change = self.change(&Actor::System).await;
        let administrator = new_person("Олена Гнатюк", &format!("head@{short}.example"));
        let (customer, administrator) =
            customer::create_with_first_member(&mut change, CustomerKind::Organisation, name, administrator)
                .await
                .unwrap();
        let member = new_person("Марко Дячук", &format!("member@{short}.example"));
        let member = customer::create_member(&mut change, customer, member).await.unwrap();
        let other = new_person("Ліна Костенко", &format!("lina@{short}.example"));
        let other = customer::create_member(&mut change, customer, other).await.unwrap();
        change.commit().await.unwrap();
        let buyer = actor(administrator, customer, MemberRole::Administrator);

        let mut records = Records::from([("customer", customer.to_string()), ("person", other.to_string())]);
        self.add_address_and_invitation(&buyer, customer, short, &mut records).await;
        let (design, version) = self.add_design(&buyer, customer).await;
        let proposal = self.add_proposal(version).await;
        records.insert("design", design.to_string());
        records.insert("version", version.to_string());
        records.insert("proposal", proposal.to_string());
        records.insert("hash", self.hash(&buyer, version).await.to_string());
        let order = self.add_order(&buyer, customer).await;
        records.insert("order", order.to_string());
        self.add_ticket(&buyer, order, short, &mut records).await;
        self.add_mailed_links(short, &mut records).await;
        (records, administrator, member)
    }

    async fn add_address_and_invitation(
        &self,
        buyer: &Actor,
        customer: CustomerId,
        short: &str,
        records: &mut Records,
    ) {
        let mut change = self.change(buyer).await;
        let place = Address {
            label: "Склад".into(),
            street: "вул. Соборна, 48".into(),
            city: "Рівне".into(),
            ..Address::default()
        };
        let added = address::add(&mut change, customer, &Typed::from(&place)).await.unwrap();
        invitation::invite(&mut change, customer, &format!("new@{short}.example"), "member").await.unwrap();
        change.commit().await.unwrap();
        records.insert("address", added.to_string());
        let mut change = self.change(buyer).await;
        date::add(&mut change, "Відкриття", "2015-06-20").await.unwrap();
        change.commit().await.unwrap();
        records.insert("date", self.newest("SELECT id FROM person_date ORDER BY id DESC").await);
        records.insert("invitation", self.newest("SELECT id FROM invitation ORDER BY id DESC").await);
        records.insert("join", last_segment(&mailed_path(self.store, "invitation").await));
    }

    /// Adds a design with a named version and an internal note.
    async fn add_design(&self, buyer: &Actor, customer: CustomerId) -> (DesignId, VersionId) {
        let mut change = self.change(buyer).await;
        let beginning = InitialContent { brief: "Кути заокруглити".into(), ..InitialContent::default() };
        let design = start::start_design(&mut change, customer, &self.product, &beginning, Language::Uk).await.unwrap();
        let version = version::create(&mut change, design, "Перша").await.unwrap();
        change.commit().await.unwrap();
        let mut change = self.change(&self.staff).await;
        add_note(&mut change, design, "Дуб лише до п’ятниці").await.unwrap();
        change.commit().await.unwrap();
        (design, version)
    }

    async fn add_proposal(&self, version: VersionId) -> domain::ProposalId {
        let mut change = self.change(&self.staff).await;
        let terms = Terms {
            price: "48 500".into(),
            valid_until: day(30),
            delivery_on: day(40),
            message: "Порахували за вашими побажаннями".into(),
        };
        let proposal = proposal::propose(&mut change, version, &terms, None).await.unwrap();
        change.commit().await.unwrap();
        proposal
    }

    async fn hash(&self, buyer: &Actor, version: VersionId) -> ContentHash {
        version::find(&mut self.store.read().await.unwrap(), buyer, version).await.unwrap().hash
    }

    /// Adds an order that was delivered and not accepted yet.
    async fn add_order(&self, buyer: &Actor, customer: CustomerId) -> OrderId {
        let (_, version) = self.add_design(buyer, customer).await;
        let proposal = self.add_proposal(version).await;
        let hash = self.hash(buyer, version).await;
        let mut change = self.change(buyer).await;
        let order = answer::approve(&mut change, proposal, Some(hash), None).await.unwrap();
        change.commit().await.unwrap();
        let mut change = self.change(&self.staff).await;
        let found = view::find(change.connection(), &self.staff, order).await.unwrap();
        for step in view::steps(change.connection(), &found).await.unwrap() {
            fulfilment::start_step(&mut change, order, step.id).await.unwrap();
            fulfilment::finish_step(&mut change, order, step.id).await.unwrap();
        }
        let shipment =
            fulfilment::Shipment { carrier: "Нова пошта".into(), ..fulfilment::Shipment::default() };
        fulfilment::ship(&mut change, order, &shipment).await.unwrap();
        fulfilment::deliver(&mut change, order).await.unwrap();
        set_note(&mut change, order, "Пакувати вдвічі").await.unwrap();
        change.commit().await.unwrap();
        order
    }

    async fn add_ticket(&self, buyer: &Actor, order: OrderId, short: &str, records: &mut Records) {
        let mut change = self.change(buyer).await;
        let files = vec![UploadedFile { name: "подряпина.png".into(), content: PNG.to_vec() }];
        let new = NewTicket {
            about: About::Order(order),
            subject: "Подряпина на ніжці".into(),
            text: "Видно на фото".into(),
            files,
        };
        let ticket = open::open(&mut change, new).await.unwrap();
        write::write_message(&mut change, ticket, "І ще одна", Vec::new()).await.unwrap();
        change.commit().await.unwrap();
        let mut change = self.change(&self.staff).await;
        write::write_answer(&mut change, ticket, "Замінимо ніжку", Vec::new(), TicketState::Waiting).await.unwrap();
        ticket_desk::add_note(&mut change, ticket, "Винен пакувальник").await.unwrap();
        let customer: CustomerId = records["customer"].parse().unwrap();
        customer::desk::set_note(&mut change, customer, "Платить вчасно").await.unwrap();
        contact_note::desk::create(&mut change, customer, &Typed::from(&contact_note())).await.unwrap();
        change.commit().await.unwrap();
        records.insert("ticket", ticket.to_string());
        records.insert("file", self.newest("SELECT id FROM file ORDER BY id DESC").await);
        let message = self.newest("SELECT id FROM outbox ORDER BY id DESC").await;
        // A mail that could not be sent, so that staff can send it again.
        let mut change = self.change(&Actor::System).await;
        let failed = sqlx::query("UPDATE outbox SET state = 'failed', problem = 'no answer' WHERE id = $1");
        failed.bind(&message).execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
        records.insert("message", message);
        records.insert("unsubscribe", self.unsubscribe_secret(&format!("@{short}.example")).await);
    }

    /// Builds a mail about the ticket as the worker does, without sending it, and returns its unsubscribe secret.
    async fn unsubscribe_secret(&self, domain: &str) -> String {
        let due = delivery::lease_due(self.store, 1_000).await.unwrap();
        let answers = |due: &&DueMail| due.content.kind() == MailKind::TicketAnswer && due.address.ends_with(domain);
        let answer = due.iter().find(answers).unwrap();
        assert!(delivery::save_built(self.store, answer, b"built").await.unwrap());
        answer.unsubscribe.clone().unwrap().reveal().to_owned()
    }

    /// Sends mails with secret links to people of this customer, and records the secrets.
    async fn add_mailed_links(&self, short: &str, records: &mut Records) {
        let form = sign_up::SignUp {
            name: "Нова людина".into(),
            email: format!("unproved@{short}.example"),
            organisation: String::new(),
        };
        sign_up::sign_up(self.store, form, Language::Uk).await.unwrap();
        records.insert("confirm", last_segment(&mailed_path(self.store, "confirm-address").await));
        reset::request(self.store, &format!("lina@{short}.example"), Language::Uk).await.unwrap();
        records.insert("reset", last_segment(&mailed_path(self.store, "reset-password").await));
    }

    /// Returns the first row of a query.
    async fn newest(&self, sql: &str) -> String {
        let mut connection = self.store.read().await.unwrap();
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{sql} LIMIT 1"))).fetch_one(&mut *connection).await.unwrap()
    }
}

/// Returns the last segment of a mailed link's path, which is its secret.
fn last_segment(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

fn contact_note() -> ContactNote {
    ContactNote {
        summary: "Хоче ще один стіл".into(),
        channel: "call".into(),
        direction: "incoming".into(),
        people: "Олена".into(),
        next_step: "Надіслати ціну".into(),
        next_on: day(30),
        assignee: String::new(),
    }
}
