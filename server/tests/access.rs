//! Compares docs/access.md with the program's answers at every entry point to every role. After an intended change
//! `UPDATE_ACCESS=1 cargo test -p server --test access` rewrites the document; review the difference before committing
//! it.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use server::http::entry_points;
use std::fmt::Write;
use support::{Kind, Records, Role, STATIC_FILES, TestResponse, World, WorldTemplate, is_record, on_both, send};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/access.md");

const INTRODUCTION: &str = "\
# Access to every entry point

How the program answers a request to each entry point from each role. Where a record is named, there is a row for a
record of the person's own customer and one for a record of another customer. POST requests contain a valid form unless
the answer is **invalid**. `server/tests/access.rs` compares this document with the program; an entry point without a row
here fails the tests.

| answer | status | meaning |
|---|---|---|
| page | 200 | the page or other content |
| file | 200 or 404 | a static file; whether it exists depends on the build |
| redirect | 303 | the request was accepted and redirects to another page |
| sign in | 303 or 401 | a redirect to the sign-in page, or the sign-in page as the answer to a form |
| not found | 404 | as if the page or record did not exist |
| forbidden | 403 | the person may see the record but their role may not do this |
| invalid | 422 | the form again, with the errors (here an empty form) |
| conflict | 409 | the page again, with the reason why the request cannot be accepted |
| upgrade | 400 | access is granted; the request would have to be a WebSocket upgrade |

";

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_point_answers_every_role_as_documented() {
    on_both(async |template| compare(template.kind, &document(template).await)).await;
}

fn compare(kind: Kind, actual: &str) {
    if std::env::var_os("UPDATE_ACCESS").is_some() && kind == Kind::Sqlite {
        std::fs::write(DOCUMENT, actual).unwrap();
    }
    let documented = std::fs::read_to_string(DOCUMENT).unwrap_or_default();
    let (documented, actual): (Vec<_>, Vec<_>) = (documented.lines().collect(), actual.lines().collect());
    let removed = documented.iter().filter(|line| !actual.contains(line)).map(|line| format!("- {line}\n"));
    let added = actual.iter().filter(|line| !documented.contains(line)).map(|line| format!("+ {line}\n"));
    let difference: String = removed.chain(added).collect();
    assert!(
        documented == actual,
        "docs/access.md (-) differs from the program's answers on {kind:?} (+):\n{difference}"
    );
}

async fn document(template: &WorldTemplate) -> String {
    let mut text = INTRODUCTION.to_owned();
    let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
    writeln!(text, "| entry point | records | {} |\n|---|---|{}", names.join(" | "), "---|".repeat(5)).unwrap();
    let mut world = template.open().await;
    for entry in entry_points() {
        let owners: &[Owner] = if is_record(entry.path) { &[Owner::Own, Owner::Foreign] } else { &[Owner::None] };
        for owner in owners {
            write!(text, "| {} `{}` | {} |", entry.method, entry.path, owner.name()).unwrap();
            for role in Role::ALL {
                let response = send(&world, entry, role, owner.records(&world)).await;
                let class = classify(entry.path, &response);
                // An accepted form must not affect the next request; a rejected one changes nothing.
                if entry.method == "POST" && ["redirect", "page"].contains(&class.as_str()) {
                    world = template.open().await;
                }
                write!(text, " {class} |").unwrap();
            }
            text.push('\n');
        }
    }
    text
}

#[derive(Clone, Copy)]
enum Owner {
    Own,
    Foreign,
    /// The route names no record of a customer.
    None,
}

impl Owner {
    fn name(self) -> &'static str {
        match self {
            Owner::Own => "own",
            Owner::Foreign => "foreign",
            Owner::None => "",
        }
    }

    fn records(self, world: &World) -> &Records {
        match self {
            Owner::Own | Owner::None => &world.facts.own,
            Owner::Foreign => &world.facts.foreign,
        }
    }
}

fn classify(path: &str, response: &TestResponse) -> String {
    let class = match response.status {
        // Whether a static file exists depends on what was built before the test.
        StatusCode::OK | StatusCode::NOT_FOUND if STATIC_FILES.contains(&path) => "file",
        StatusCode::OK => "page",
        StatusCode::SEE_OTHER if response.location().starts_with("/sign-in") => "sign in",
        StatusCode::SEE_OTHER => "redirect",
        StatusCode::UNAUTHORIZED => "sign in",
        StatusCode::NOT_FOUND => "not found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::CONFLICT => "conflict",
        StatusCode::UNPROCESSABLE_ENTITY => "invalid",
        StatusCode::BAD_REQUEST if response.text().contains("header") => "upgrade",
        StatusCode::BAD_REQUEST => "bad request",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported media type",
        other => return other.to_string(),
    };
    class.to_owned()
}

/// A request for another customer's record must get the same answer as one for a record that does not exist.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_records_are_answered_like_nonexistent_ones() {
    on_both(async |template| {
        let world = template.open().await;
        let nonexistent: Records =
            world.facts.foreign.keys().map(|name| (*name, uuid::Uuid::now_v7().to_string())).collect();
        let entries: Vec<_> = entry_points().into_iter().filter(|entry| is_record(entry.path)).collect();
        assert!(entries.len() > 20, "the program lists too few entry points");
        for entry in entries {
            for role in [Role::Visitor, Role::Member, Role::CustomerAdministrator] {
                let foreign = send(&world, entry, role, &world.facts.foreign).await;
                let none = send(&world, entry, role, &nonexistent).await;
                let visible = comparable(&foreign, &world.facts.foreign);
                assert_eq!(visible, comparable(&none, &nonexistent), "{entry:?} as {}", role.name());
            }
        }
    })
    .await;
}

/// The same for keys in forms and queries.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_keys_in_forms_are_answered_like_nonexistent_ones() {
    on_both(async |template| {
        let world = template.open().await;
        let nonexistent: Records =
            world.facts.foreign.keys().map(|name| (*name, uuid::Uuid::now_v7().to_string())).collect();
        let all_fields =
            "submission={submission}&subject=a&text=b&what=withdraw&name=a&label=a&street=b&city=c&role=member";
        for (role, path, form) in [
            (Role::Member, "/tickets/new?order={order}", ""),
            (Role::Member, "/tickets/new?order={order}", all_fields),
            (Role::Member, "/tickets/new", "submission={submission}&subject=a&text=b&customer={customer}"),
            (Role::Member, "/products/dining-table", "submission={submission}&customer={customer}"),
            (Role::CustomerAdministrator, "/organisation?customer={customer}", ""),
            (Role::CustomerAdministrator, "/organisation?customer={customer}", all_fields),
            (Role::CustomerAdministrator, "/organisation/addresses/new?customer={customer}", all_fields),
            (Role::CustomerAdministrator, "/organisation/members?customer={customer}", ""),
            (
                Role::CustomerAdministrator,
                "/organisation/members",
                "submission={submission}&what=withdraw&invitation={invitation}",
            ),
            (
                Role::CustomerAdministrator,
                "/organisation/members",
                "submission={submission}&what=again&invitation={invitation}",
            ),
            (Role::CustomerAdministrator, "/organisation/members/{person}", "what=remove"),
            (Role::Member, "/profile", "what=forget&date={date}"),
        ] {
            let mut answers = Vec::new();
            for records in [&world.facts.foreign, &nonexistent] {
                let submission = uuid::Uuid::now_v7().to_string();
                let fill = |text: &str| {
                    let text = text.replace("{submission}", &submission);
                    records.iter().fold(text, |text, (name, key)| text.replace(&format!("{{{name}}}"), key))
                };
                let response = match form {
                    "" => world.get(role, &fill(path)).send().await,
                    form => world.post(role, &fill(path), fill(form)).send().await,
                };
                assert_eq!(response.status, StatusCode::NOT_FOUND, "{path} {form}");
                answers.push(comparable(&response, records));
            }
            assert_eq!(answers[0], answers[1], "{path} {form}");
        }
    })
    .await;
}

/// Returns the whole response without the requested keys and the parts that differ in every response.
fn comparable(response: &TestResponse, requested: &Records) -> String {
    let mut all = format!("{}\n", response.status);
    for (name, value) in &response.headers {
        if name != "x-request-id" {
            writeln!(all, "{name}: {}", value.to_str().unwrap()).unwrap();
        }
    }
    all.push_str(&response.text());
    let all = requested.iter().fold(all, |all, (name, key)| all.replace(key, &format!("{{{name}}}")));
    without_nonce(&all)
}

fn without_nonce(text: &str) -> String {
    let Some(nonce) = text.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()) else {
        return text.to_owned();
    };
    text.replace(nonce, "NONCE")
}
