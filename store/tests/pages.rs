//! Every list in pages, on both databases: with equal sort values, and with a row inserted between two pages.

// The helpers of a test are tests too.
#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    DesignState, Language, MailState, Priority, Span, TicketId, Timestamp,
    policy::Actor,
    record::{ContactNote, Typed},
};
use std::{cmp::Reverse, collections::BTreeSet, fmt::Debug};
use store::{
    Page, PageRequest,
    contact_note::desk as contact_notes,
    customer::desk::{self as customers, CustomerFilter},
    design::view::{self as designs, DesignFilter},
    order::view::{self as orders, OrderFilter},
    outbox::desk::{self as outbox, OutboxFilter},
    staff,
    ticket::{
        desk::{self as ticket_desk, QueueFilter},
        open::{self, About, NewTicket},
        view::{self as tickets, TicketFilter},
    },
    timeline::{self, Entry},
};
use support::{
    Home, customer_of, desk, on_both,
    ordering::{self, World},
};

/// What rows are sorted by in a list with the latest first.
type Latest = (Reverse<Timestamp>, Reverse<String>);

fn latest(at: Timestamp, id: impl ToString) -> Latest {
    (Reverse(at), Reverse(id.to_string()))
}

fn keys<T, K>(page: Page<T>, key: impl Fn(T) -> K) -> Page<K> {
    Page { rows: page.rows.into_iter().map(key).collect(), next: page.next }
}

/// Checks that pages of two rows contain every row once and in order. Inserts a row after the first page.
async fn check_pages<K: Ord + Debug>(read: impl AsyncFn(&PageRequest) -> Page<K>, insert: impl AsyncFn()) {
    let all = read(&PageRequest::first(1_000)).await;
    assert!(all.next.is_none() && all.rows.len() > 4, "{all:?}");
    assert!(all.rows.is_sorted(), "{all:?}");
    let (mut seen, mut request) = (Vec::new(), PageRequest::first(2));
    loop {
        let page = read(&request).await;
        assert!((1..=2).contains(&page.rows.len()), "{page:?}");
        if seen.is_empty() {
            insert().await;
        }
        seen.extend(page.rows);
        let Some(next) = page.next else { break };
        request.after = Some(next.to_string().parse().unwrap());
    }
    assert_eq!(seen.len(), seen.iter().collect::<BTreeSet<_>>().len(), "a row is on two pages");
    seen.retain(|key| all.rows.contains(key));
    assert_eq!(seen, all.rows);
}

/// Rounds times down, so that several rows have equal ones.
async fn round_times(home: &Home, table: &str, column: &str) {
    let sql = format!("UPDATE {table} SET {column} = {column} / 3000 * 3000");
    execute(home, sql).await;
}

async fn execute(home: &Home, sql: String) {
    let mut change = home.change(&Actor::System).await;
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(change.connection()).await.unwrap();
    change.commit().await.unwrap();
}

async fn open_ticket(home: &Home, buyer: &Actor) -> TicketId {
    let ticket = NewTicket {
        about: About::Nothing(customer_of(buyer)),
        subject: "Подряпина".into(),
        text: "На куті".into(),
        files: Vec::new(),
    };
    commit!(home, buyer, |change| open::open(change, ticket)).unwrap()
}

#[tokio::test]
async fn pages_of_tickets_contain_every_row_once() {
    on_both(async |home| {
        let staff = home.company().await;
        let olena = home.customer("Olena").await;
        let priorities = [Priority::Urgent, Priority::Low, Priority::Normal];
        for number in 0..9 {
            let ticket = open_ticket(home, &olena).await;
            let priority = priorities[number % 3];
            commit!(home, &staff, |change| ticket_desk::set_priority(change, ticket, priority)).unwrap();
        }
        execute(home, "UPDATE ticket SET state = 'waiting' WHERE number % 2 = 0".to_owned()).await;
        round_times(home, "ticket", "updated_at").await;
        let insert = async || {
            open_ticket(home, &olena).await;
        };
        let portal = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let buyer = olena.buyer().unwrap();
            let page = tickets::list(&mut connection, buyer, TicketFilter::Current, request).await.unwrap();
            keys(page, |row| latest(row.updated_at, row.id))
        };
        check_pages(portal, insert).await;
        let of_customer = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let page = customers::tickets(&mut connection, &desk(), customer_of(&olena), request).await.unwrap();
            keys(page, |row| latest(row.at, row.id))
        };
        check_pages(of_customer, insert).await;
        let queue = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let page = ticket_desk::queue(&mut connection, &desk(), QueueFilter::Unsolved, request).await.unwrap();
            keys(page, |row| (row.state, Reverse(row.priority), row.updated_at, row.id.to_string()))
        };
        check_pages(queue, insert).await;
        execute(home, "UPDATE ticket SET state = 'solved'".to_owned()).await;
        let solved = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let page = ticket_desk::queue(&mut connection, &desk(), QueueFilter::Solved, request).await.unwrap();
            keys(page, |row| latest(row.updated_at, row.id))
        };
        check_pages(solved, insert).await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_designs_contain_every_row_once() {
    on_both(async |home| {
        let world = ordering::world(home).await;
        for _ in 0..6 {
            ordering::begun(home, &world.olena).await;
        }
        round_times(home, "design", "updated_at").await;
        let insert = async || {
            ordering::begun(home, &world.olena).await;
        };
        let customer = Some(customer_of(&world.olena));
        let filters = [
            DesignFilter::default(),
            DesignFilter { customer, state: None },
            DesignFilter::in_state(DesignState::Designing),
            DesignFilter { customer, state: Some(DesignState::Designing) },
        ];
        let cases = [&world.olena, &world.staff].into_iter().flat_map(|actor| filters.map(|filter| (actor, filter)));
        for (actor, filter) in cases {
            let read = async |request: &PageRequest| {
                let page = designs::list(&mut *home.read().await, actor, filter, request).await.unwrap();
                keys(page, |row| latest(row.updated_at, row.id))
            };
            check_pages(read, insert).await;
        }
        let stranger = customer_of(&home.customer("Petro").await);
        let of_stranger = DesignFilter { customer: Some(stranger), state: None };
        for filter in [DesignFilter::in_state(DesignState::Proposed), of_stranger] {
            let mut connection = home.read().await;
            let none = designs::list(&mut connection, &world.staff, filter, &PageRequest::first(2)).await.unwrap();
            assert!(none.rows.is_empty() && none.next.is_none(), "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_orders_contain_every_row_once() {
    on_both(async |home| {
        let mut world = ordering::world(home).await;
        for _ in 0..6 {
            ordering::ordered(home, &world).await;
            world.design = ordering::begun(home, &world.olena).await;
        }
        round_times(home, "orders", "placed_at").await;
        let insert = async || {
            let design = ordering::begun(home, &world.olena).await;
            let other = World { staff: world.staff.clone(), olena: world.olena.clone(), design };
            ordering::ordered(home, &other).await;
        };
        for filter in [OrderFilter::All, OrderFilter::Open] {
            let read = async |request: &PageRequest| {
                let page = orders::list(&mut *home.read().await, &world.olena, filter, request).await.unwrap();
                keys(page, |row| latest(row.placed_at, row.id))
            };
            check_pages(read, insert).await;
        }
        let of_customer = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let page = customers::orders(&mut connection, &desk(), customer_of(&world.olena), request).await.unwrap();
            keys(page, |row| Reverse(row.id))
        };
        check_pages(of_customer, insert).await;
        // Earlier orders are accepted later.
        let accept = "UPDATE orders SET state = 'accepted', accepted_at = (4000000000000 - placed_at) / 9000 * 9000";
        execute(home, accept.to_owned()).await;
        let accepted = async |request: &PageRequest| {
            let mut connection = home.read().await;
            let page = orders::list(&mut connection, &world.staff, OrderFilter::Accepted, request).await.unwrap();
            keys(page, |row| latest(row.accepted_at.unwrap(), row.id))
        };
        let insert = async || {
            insert().await;
            execute(home, format!("{accept} WHERE state <> 'accepted'")).await;
        };
        check_pages(accepted, insert).await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_customers_contain_every_row_once() {
    on_both(async |home| {
        home.company().await;
        let insert = async || {
            home.customer(&format!("Inga{}", home.now().0)).await;
            home.pass(Span(1));
        };
        for _ in 0..7 {
            insert().await;
        }
        round_times(home, "customer", "created_at").await;
        round_times(home, "interaction", "at").await;
        for search in ["", "inga"] {
            let filter = CustomerFilter { search: search.to_owned() };
            let read = async |request: &PageRequest| {
                let page = customers::list(&mut *home.read().await, &desk(), &filter, request).await.unwrap();
                keys(page, |row| latest(row.last_at, row.id))
            };
            check_pages(read, insert).await;
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_outbox_and_timelines_contain_every_row_once() {
    on_both(async |home| {
        let staff = home.company().await;
        let olena = home.customer("Olena").await;
        let customer = customer_of(&olena);
        let insert = async || {
            open_ticket(home, &olena).await;
        };
        for number in 0..6 {
            insert().await;
            let colleague = staff::NewStaff {
                name: format!("Taras {number}"),
                email: format!("taras{number}@example.com"),
                role: "staff".to_owned(),
            };
            commit!(home, &staff, |change| staff::invite(change, &colleague, Language::En)).unwrap();
        }
        for (table, column) in [("outbox", "created_at"), ("interaction", "at"), ("internal_interaction", "at")] {
            round_times(home, table, column).await;
        }
        for filter in [OutboxFilter::default(), OutboxFilter { state: Some(MailState::Waiting) }] {
            let read = async |request: &PageRequest| {
                let page = outbox::list(&mut *home.read().await, &desk(), None, filter, request).await.unwrap();
                keys(page, |row| latest(row.created_at, row.id))
            };
            check_pages(read, insert).await;
        }
        let entry = |entry: Entry| latest(entry.at, entry.id);
        let portal = async |request: &PageRequest| {
            let buyer = olena.buyer().unwrap();
            keys(timeline::page(&mut *home.read().await, buyer, customer, request).await.unwrap(), entry)
        };
        check_pages(portal, insert).await;
        let of_desk = async |request: &PageRequest| {
            keys(timeline::desk::page(&mut *home.read().await, &desk(), customer, request).await.unwrap(), entry)
        };
        check_pages(of_desk, insert).await;
        let of_company = async |request: &PageRequest| {
            keys(timeline::desk::of_company(&mut *home.read().await, &desk(), request).await.unwrap(), entry)
        };
        check_pages(of_company, insert).await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_due_steps_contain_every_row_once() {
    on_both(async |home| {
        let iryna = home.company().await;
        let customer = customer_of(&home.customer("Olena").await);
        let insert = async |days| {
            let note = ContactNote {
                summary: "Хоче ще один стіл".into(),
                channel: "call".into(),
                direction: "incoming".into(),
                next_step: "Надіслати ціну".into(),
                next_on: home.today().plus_days(days).to_string(),
                ..ContactNote::default()
            };
            commit!(home, &iryna, |change| contact_notes::create(change, customer, &Typed::from(&note))).unwrap();
        };
        for days in [3, 1, 3, 2, 3, 1, 2] {
            insert(days).await;
        }
        let read = async |request: &PageRequest| {
            let (staff, day) = (iryna.permit().unwrap(), home.today().plus_days(3));
            let page = contact_notes::due_steps(&mut *home.read().await, &staff, day, request).await.unwrap();
            keys(page, |row| (row.day, row.id.to_string()))
        };
        check_pages(read, async || insert(1).await).await;
    })
    .await;
}
