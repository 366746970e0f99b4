//! What is internal never reaches a customer: a marker stands in every internal field, and nothing that a customer is
//! sent has it. The fields are read from the schema, so a new one is covered by itself.

#![allow(clippy::unwrap_used)]

mod support;

use app::EntryPoint;
use axum::http::header;
use futures_util::StreamExt;
use server::http::entry_points;
use std::{collections::BTreeSet, time::Duration};
use support::{
    BASE_URL, COST, Role, World, address, ask, form,
    internal::{self, Field},
    is_record, on_both,
};
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

const MARKER: &str = "hidden-from-customers";
const NUMBER: &str = "987654321";
const CUSTOMERS: [Role; 2] = [Role::Member, Role::CustomerAdministrator];

/// Fields with a shape that a marker breaks. Staff's pages and the operations need them as they are; for the customers'
/// pages they are broken too, and a page that reads one would fail.
const SHAPED: [&str; 3] = ["internal_interaction.kind", "internal_product_cost.cost", "internal_ticket.priority"];

fn name(field: &Field) -> String {
    format!("{}.{}", field.table, field.column)
}

fn marker(field: &Field) -> String {
    if field.number { NUMBER.to_owned() } else { format!("{MARKER}-{}", name(field)) }
}

async fn plant(world: &World, field: &Field) {
    let Field { table, column, number } = field;
    let marker = marker(field);
    let value = match name(field).as_str() {
        // Facts that the timeline's sentences are filled with.
        "internal_interaction.data" => {
            format!(r#"'{{"title": "{marker}", "number": {NUMBER}, "name": "{marker}", "role": "staff"}}'"#)
        }
        _ if *number => marker,
        _ => format!("'{marker}'"),
    };
    assert_ne!(world.count(table).await, 0, "the world of the tests has no row in {table}");
    world.execute(&format!("UPDATE {table} SET {column} = {value}")).await;
}

/// Someone of the staff whom only internal records name: who is named there is internal too.
async fn plant_person(world: &World) {
    let submission = uuid::Uuid::now_v7().to_string();
    let hire = form(&[
        ("submission", &submission),
        ("what", "invite"),
        ("name", &format!("{MARKER}-person")),
        ("email", "hidden@example.com"),
        ("role", "staff"),
    ]);
    world.post(Role::Administrator, "/desk/staff", hire).answer().await;
    let person = "(SELECT id FROM person WHERE email = 'hidden@example.com')";
    for (table, column) in internal::persons(world).await {
        world.execute(&format!("UPDATE {table} SET {column} = {person}")).await;
    }
}

/// The text without what stands between the digits of a number.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}'))
        .collect()
}

fn leaks(text: &str) -> bool {
    let plain = plain(text);
    text.contains(MARKER) || plain.contains(NUMBER) || plain.contains(COST)
}

fn pages() -> impl Iterator<Item = EntryPoint> {
    entry_points().into_iter().filter(|entry| entry.method == "GET" && !entry.path.starts_with("/sync/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_internal_reaches_no_customer() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let fields = internal::fields(&world).await;
        assert!(fields.len() >= 8, "{fields:?}");
        plant_person(&world).await;
        for field in fields.iter().filter(|field| !SHAPED.contains(&name(field).as_str())) {
            plant(&world, field).await;
        }
        staff_see_all(&world, &fields).await;
        both_sides_work(&world).await;
        no_mail_tells(&world).await;

        for field in &fields {
            plant(&world, field).await;
        }
        for role in CUSTOMERS {
            for entry in pages() {
                let answer = ask(&world, entry, role, &world.facts.own).await;
                assert!(!answer.status.is_server_error(), "{} fails as {}", entry.path, role.name());
                let headers = format!("{:?}", answer.headers);
                assert!(!leaks(&answer.text()) && !leaks(&headers), "{} leaks to the {}", entry.path, role.name());
            }
            for list in ["/tickets?show=all", "/tickets?show=solved", "/designs?page=1", "/products?q=hidden"] {
                assert!(!leaks(&world.get(role, list).answer().await.text()), "{list} leaks to the {}", role.name());
            }
        }
    })
    .await;
}

/// The test could fail: the same markers stand in what staff see of the same records.
async fn staff_see_all(world: &World, fields: &[Field]) {
    let mut seen = String::new();
    for entry in pages().filter(|entry| entry.path.starts_with("/desk")) {
        let answer = ask(world, entry, Role::Administrator, &world.facts.own).await;
        assert!(answer.status.is_success(), "{} fails at the desk: {}", entry.path, answer.status);
        seen.push_str(&answer.text());
    }
    let (seen, plain) = (seen.clone(), plain(&seen));
    let shown = |field: &&Field| if field.number { plain.contains(NUMBER) } else { seen.contains(&marker(field)) };
    let hidden: BTreeSet<_> = fields.iter().filter(|field| !shown(field)).map(name).collect();
    let expected = SHAPED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(hidden, expected, "internal fields that the desk does not show");
    // What the product costs is known by its sum.
    assert!(plain.contains(COST) && seen.contains(&format!("{MARKER}-person")));
}

/// Things happen while the markers stand there, so that mails and timelines are written with them in reach.
async fn both_sides_work(world: &World) {
    let entries: Vec<_> = entry_points().into_iter().filter(|entry| entry.method == "POST").collect();
    let before = world.count("outbox").await;
    let records = &world.facts.own;
    let ticket = format!("/desk/tickets/{}", records["ticket"]);
    let submission = uuid::Uuid::now_v7().to_string();
    let answer = [("submission", submission.as_str()), ("what", "answer"), ("then", "waiting"), ("text", "Уже їде")];
    assert_eq!(world.post(Role::Staff, &ticket, form(&answer)).answer().await.status, 303);
    for (role, path) in [
        (Role::Staff, "/desk/designs/{design}/propose"),
        (Role::Member, "/tickets/{ticket}"),
        (Role::Member, "/tickets/new"),
        (Role::CustomerAdministrator, "/organisation/members"),
    ] {
        let entry = *entries.iter().find(|entry| entry.path == path).unwrap();
        assert_eq!(ask(world, entry, role, records).await.status, 303, "{path}");
    }
    let submission = uuid::Uuid::now_v7().to_string();
    let name = form(&[("submission", &submission), ("what", "version"), ("name", "Друга")]);
    let design = format!("/designs/{}", records["design"]);
    assert_eq!(world.post(Role::Member, &design, name).answer().await.status, 303);
    assert!(world.count("outbox").await >= before + 5);
}

/// A mail is made of its row, the company's name and the settings; so its row is what is looked at.
async fn no_mail_tells(world: &World) {
    let rows = world
        .column(
            "SELECT o.kind || ' ' || o.address || ' ' || o.data || ' ' || COALESCE(o.thread, '') FROM outbox o
             WHERE NOT EXISTS (SELECT 1 FROM staff s WHERE s.person_id = o.person_id)",
        )
        .await;
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        assert!(!leaks(&row), "a mail leaks: {row}");
    }
}

/// What the room sends to a customer, while staff are in it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_internal_goes_through_no_socket() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        plant_person(&world).await;
        for field in internal::fields(&world).await {
            plant(&world, &field).await;
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap();
        let router = world.router.clone();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        let entry = entry_points().into_iter().find(|entry| entry.path.starts_with("/sync/")).unwrap();
        assert!(is_record(entry.path));
        let join = async |role: Role| {
            let path = address(entry.path, &world.facts.own);
            let mut request = format!("ws://{host}{path}").into_client_request().unwrap();
            let headers = request.headers_mut();
            headers.insert(header::ORIGIN, BASE_URL.parse().unwrap());
            headers.insert(header::COOKIE, format!("session={}", world.facts.sessions[&role]).parse().unwrap());
            connect_async(request).await.unwrap().0
        };
        let staff = join(Role::Staff).await;
        for role in CUSTOMERS {
            let mut socket = join(role).await;
            let mut frames = 0;
            while let Ok(Some(frame)) = tokio::time::timeout(Duration::from_millis(400), socket.next()).await {
                let data = frame.unwrap().into_data();
                assert!(!leaks(&String::from_utf8_lossy(&data)), "a frame leaks to the {}", role.name());
                frames += 1;
            }
            assert!(frames > 0, "the room says nothing");
        }
        drop(staff);
        serving.abort();
    })
    .await;
}
