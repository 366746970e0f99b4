//! Internal data must not reach customers. The tests write a marker to every internal field and search for it in
//! everything that customers are sent. The fields are read from the schema, so new ones are covered automatically.

#![allow(clippy::unwrap_used)]

mod support;

use app::EntryPoint;
use axum::http::header;
use futures_util::StreamExt;
use server::http::entry_points;
use std::{collections::BTreeSet, time::Duration};
use support::{
    BASE_URL, COST, Role, World, address, form,
    internal_fields::{self, Field},
    is_record, on_both, send,
};
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

const MARKER: &str = "hidden-from-customers";
const NUMBER: &str = "987654321";
const CUSTOMERS: [Role; 2] = [Role::Member, Role::CustomerAdministrator];

/// Fields whose values have a format that the marker does not have. They get the marker only after the pages of staff
/// and the operations were tested, which read them. A customer's page that read one would then fail.
const FORMATTED: [&str; 7] = [
    "internal_contact_note.assignee",
    "internal_contact_note.channel",
    "internal_contact_note.direction",
    "internal_contact_note.next_on",
    "internal_interaction.kind",
    "internal_product_cost.cost",
    "internal_ticket.priority",
];

fn name(field: &Field) -> String {
    format!("{}.{}", field.table, field.column)
}

fn marker(field: &Field) -> String {
    if field.is_number { NUMBER.to_owned() } else { format!("{MARKER}-{}", name(field)) }
}

async fn write_marker(world: &World, field: &Field) {
    let Field { table, column, is_number } = field;
    let marker = marker(field);
    let value = match name(field).as_str() {
        // The values that the timeline's sentences contain.
        "internal_interaction.data" => {
            format!(r#"'{{"title": "{marker}", "number": {NUMBER}, "name": "{marker}", "role": "staff"}}'"#)
        }
        _ if *is_number => marker,
        _ => format!("'{marker}'"),
    };
    assert_ne!(world.count(table).await, 0, "the test world has no row in {table}");
    world.execute(&format!("UPDATE {table} SET {column} = {value}")).await;
}

/// Adds a member of staff whose name is a marker, and makes all internal records refer to them, because the names of
/// people in internal records are internal too.
async fn write_person_marker(world: &World) {
    let submission = uuid::Uuid::now_v7().to_string();
    let hire = form(&[
        ("submission", &submission),
        ("what", "invite"),
        ("name", &format!("{MARKER}-person")),
        ("email", "hidden@example.com"),
        ("role", "staff"),
    ]);
    world.post(Role::Administrator, "/desk/staff", hire).send().await;
    let person = "(SELECT id FROM person WHERE email = 'hidden@example.com')";
    for (table, column) in internal_fields::person_columns(world).await {
        world.execute(&format!("UPDATE {table} SET {column} = {person}")).await;
    }
}

/// Returns the text without white space and separators, so that formatted numbers can be found.
fn without_separators(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}'))
        .collect()
}

fn leaks(text: &str) -> bool {
    let plain = without_separators(text);
    text.contains(MARKER) || plain.contains(NUMBER) || plain.contains(COST)
}

fn pages() -> impl Iterator<Item = EntryPoint> {
    entry_points().into_iter().filter(|entry| entry.method == "GET" && !entry.path.starts_with("/sync/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn internal_fields_are_not_in_customers_pages_and_mails() {
    on_both(async |template| {
        let world = template.open().await;
        let fields = internal_fields::fields(&world).await;
        assert!(fields.len() >= 8, "{fields:?}");
        write_person_marker(&world).await;
        for field in fields.iter().filter(|field| !FORMATTED.contains(&name(field).as_str())) {
            write_marker(&world, field).await;
        }
        check_desk_shows_all_fields(&world, &fields).await;
        run_operations(&world).await;
        check_mails(&world).await;

        for field in &fields {
            write_marker(&world, field).await;
        }
        for role in CUSTOMERS {
            for entry in pages() {
                let response = send(&world, entry, role, &world.facts.own).await;
                assert!(!response.status.is_server_error(), "{} fails as {}", entry.path, role.name());
                let headers = format!("{:?}", response.headers);
                assert!(!leaks(&response.text()) && !leaks(&headers), "{} leaks to the {}", entry.path, role.name());
            }
            for list in [
                "/tickets?show=all",
                "/tickets?show=solved",
                "/designs?after=9999999999999.00000000-0000-0000-0000-000000000000",
                "/products?q=hidden",
            ] {
                assert!(!leaks(&world.get(role, list).send().await.text()), "{list} leaks to the {}", role.name());
            }
        }
    })
    .await;
}

/// Checks that the pages of staff show the markers, so that the search for them is meaningful.
async fn check_desk_shows_all_fields(world: &World, fields: &[Field]) {
    let mut seen = String::new();
    for entry in pages().filter(|entry| entry.path.starts_with("/desk")) {
        let response = send(world, entry, Role::Administrator, &world.facts.own).await;
        assert!(response.status.is_success(), "{} fails at the desk: {}", entry.path, response.status);
        seen.push_str(&response.text());
    }
    let (seen, plain) = (seen.clone(), without_separators(&seen));
    let shown = |field: &&Field| if field.is_number { plain.contains(NUMBER) } else { seen.contains(&marker(field)) };
    let hidden: BTreeSet<_> = fields.iter().filter(|field| !shown(field)).map(name).collect();
    let expected = FORMATTED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(hidden, expected, "internal fields that the desk does not show");
    // The product's cost is shown as a number.
    assert!(plain.contains(COST) && seen.contains(&format!("{MARKER}-person")));
}

/// Runs operations of both sides, so that mails and timeline entries are written while the markers exist.
async fn run_operations(world: &World) {
    let entries: Vec<_> = entry_points().into_iter().filter(|entry| entry.method == "POST").collect();
    let before = world.count("outbox").await;
    let records = &world.facts.own;
    let ticket = format!("/desk/tickets/{}", records["ticket"]);
    let submission = uuid::Uuid::now_v7().to_string();
    let answer = [("submission", submission.as_str()), ("what", "answer"), ("then", "waiting"), ("text", "Уже їде")];
    assert_eq!(world.post(Role::Staff, &ticket, form(&answer)).send().await.status, 303);
    for (role, path) in [
        (Role::Staff, "/desk/designs/{design}/propose"),
        (Role::Member, "/tickets/{ticket}"),
        (Role::Member, "/tickets/new"),
        (Role::CustomerAdministrator, "/organisation/members"),
    ] {
        let entry = *entries.iter().find(|entry| entry.path == path).unwrap();
        assert_eq!(send(world, entry, role, records).await.status, 303, "{path}");
    }
    let submission = uuid::Uuid::now_v7().to_string();
    let name = form(&[("submission", &submission), ("what", "version"), ("name", "Друга")]);
    let design = format!("/designs/{}", records["design"]);
    assert_eq!(world.post(Role::Member, &design, name).send().await.status, 303);
    assert!(world.count("outbox").await >= before + 5);
}

/// Searches the outbox rows of mails to customers. A mail is built only from its row, the company's name and the
/// settings.
async fn check_mails(world: &World) {
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

/// Searches for markers in the frames that a room sends to a customer while staff are in it.
#[tokio::test(flavor = "multi_thread")]
async fn internal_fields_are_not_in_frames_of_rooms() {
    on_both(async |template| {
        let world = template.open().await;
        write_person_marker(&world).await;
        for field in internal_fields::fields(&world).await {
            write_marker(&world, &field).await;
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
            assert!(frames > 0, "the room sends no frames");
        }
        drop(staff);
        serving.abort();
    })
    .await;
}
