//! Who may ask what: every entry point that the program lists, as every role, compared with docs/access.md. Where the
//! product changes on purpose, `UPDATE_ACCESS=1 cargo test -p server --test access` writes the table anew; what it says
//! is then to be read before it is committed.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use server::http::entry_points;
use std::fmt::Write;
use support::{Answer, Kind, Records, Role, SITE, World, Worlds, ask, is_record, on_both};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/access.md");

const INTRODUCTION: &str = "\
# Who may ask what

Every entry point of the program, asked as every role: with a form that is filled in rightly where one is needed, for
records of the asker's own customer and of another customer. `server/tests/access.rs` asks the program and compares; a
new entry point without a row here fails the tests.

- **page**: the page or what else was asked for. **file**: one of the site's own. **leads on**: done, and led to
  another page.
- **sign in**: led to the page to sign in; a form is answered by it. **missing**: answered as if it did not exist. **role**: seen, but not theirs
  to do. **mend**: the form comes back with what is to be mended (signing in with nothing typed, a message that is
  empty). **conflict**: what stands against it is told. **upgrade**: let in, where a WebSocket begins.

";

#[tokio::test(flavor = "multi_thread")]
async fn every_entry_point_answers_every_role_as_the_table_says() {
    on_both(async |worlds| compare(worlds.kind, &table(worlds).await)).await;
}

fn compare(kind: Kind, told: &str) {
    if std::env::var_os("UPDATE_ACCESS").is_some() && kind == Kind::Sqlite {
        std::fs::write(TABLE, told).unwrap();
    }
    let kept = std::fs::read_to_string(TABLE).unwrap_or_default();
    let (kept, told): (Vec<_>, Vec<_>) = (kept.lines().collect(), told.lines().collect());
    let gone = kept.iter().filter(|line| !told.contains(line)).map(|line| format!("- {line}\n"));
    let new = told.iter().filter(|line| !kept.contains(line)).map(|line| format!("+ {line}\n"));
    let difference: String = gone.chain(new).collect();
    assert!(kept == told, "docs/access.md (-) is not how the program answers on {kind:?} (+):\n{difference}");
}

async fn table(worlds: &Worlds) -> String {
    let mut table = INTRODUCTION.to_owned();
    let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
    writeln!(table, "| entry point | records | {} |\n|---|---|{}", names.join(" | "), "---|".repeat(5)).unwrap();
    let mut world = worlds.open().await;
    for entry in entry_points() {
        let whose: &[Whose] = if is_record(entry.path) { &[Whose::Own, Whose::Foreign] } else { &[Whose::Nobody] };
        for whose in whose {
            write!(table, "| {} `{}` | {} |", entry.method, entry.path, whose.name()).unwrap();
            for role in Role::ALL {
                let answer = ask(&world, entry, role, whose.records(&world)).await;
                let class = class(entry.path, &answer);
                // What was done must not matter to the next; who was refused has done nothing.
                if entry.method == "POST" && ["leads on", "page"].contains(&class.as_str()) {
                    world = worlds.open().await;
                }
                write!(table, " {class} |").unwrap();
            }
            table.push('\n');
        }
    }
    table
}

#[derive(Clone, Copy)]
enum Whose {
    Own,
    Foreign,
    /// The address names no record of a customer.
    Nobody,
}

impl Whose {
    fn name(self) -> &'static str {
        match self {
            Whose::Own => "own",
            Whose::Foreign => "foreign",
            Whose::Nobody => "",
        }
    }

    fn records(self, world: &World) -> &Records {
        match self {
            Whose::Own | Whose::Nobody => &world.facts.own,
            Whose::Foreign => &world.facts.foreign,
        }
    }
}

fn class(path: &str, answer: &Answer) -> String {
    let word = match answer.status {
        // Whether the site's files are there depends on what was built before the test.
        StatusCode::OK | StatusCode::NOT_FOUND if SITE.contains(&path) => "file",
        StatusCode::OK => "page",
        StatusCode::SEE_OTHER if answer.location().starts_with("/sign-in") => "sign in",
        StatusCode::SEE_OTHER => "leads on",
        StatusCode::UNAUTHORIZED => "sign in",
        StatusCode::NOT_FOUND => "missing",
        StatusCode::FORBIDDEN => "role",
        StatusCode::CONFLICT => "conflict",
        StatusCode::UNPROCESSABLE_ENTITY => "mend",
        StatusCode::BAD_REQUEST if answer.text().contains("header") => "upgrade",
        StatusCode::BAD_REQUEST => "unreadable",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "wrong type",
        other => return other.to_string(),
    };
    word.to_owned()
}

/// Who asks for another customer's record learns nothing that who asks for no record at all would not learn.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_records_answer_as_those_that_never_were() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let never: Records = world.facts.foreign.keys().map(|name| (*name, uuid::Uuid::now_v7().to_string())).collect();
        let entries: Vec<_> = entry_points().into_iter().filter(|entry| is_record(entry.path)).collect();
        assert!(entries.len() > 20, "the program lists too few");
        for entry in entries {
            for role in [Role::Visitor, Role::Member, Role::CustomerAdministrator] {
                let foreign = ask(&world, entry, role, &world.facts.foreign).await;
                let none = ask(&world, entry, role, &never).await;
                let told = seen(&foreign, &world.facts.foreign);
                assert_eq!(told, seen(&none, &never), "{entry:?} as {}", role.name());
            }
        }
    })
    .await;
}

/// The same for keys that stand in forms and queries.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_keys_in_forms_answer_as_those_that_never_were() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let never: Records = world.facts.foreign.keys().map(|name| (*name, uuid::Uuid::now_v7().to_string())).collect();
        let form = "submission={submission}&subject=a&text=b&what=withdraw&name=a&label=a&street=b&city=c&role=member";
        for (role, path, typed) in [
            (Role::Member, "/tickets/new?order={order}", ""),
            (Role::Member, "/tickets/new?order={order}", form),
            (Role::Member, "/tickets/new", "submission={submission}&subject=a&text=b&customer={customer}"),
            (Role::Member, "/products/dining-table", "submission={submission}&customer={customer}"),
            (Role::CustomerAdministrator, "/organisation?customer={customer}", ""),
            (Role::CustomerAdministrator, "/organisation?customer={customer}", form),
            (Role::CustomerAdministrator, "/organisation/addresses/new?customer={customer}", form),
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
            let mut told = Vec::new();
            for records in [&world.facts.foreign, &never] {
                let submission = uuid::Uuid::now_v7().to_string();
                let filled = |text: &str| {
                    let text = text.replace("{submission}", &submission);
                    records.iter().fold(text, |text, (name, key)| text.replace(&format!("{{{name}}}"), key))
                };
                let answer = match typed {
                    "" => world.get(role, &filled(path)).answer().await,
                    typed => world.post(role, &filled(path), filled(typed)).answer().await,
                };
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {typed}");
                told.push(seen(&answer, records));
            }
            assert_eq!(told[0], told[1], "{path} {typed}");
        }
    })
    .await;
}

/// All that an answer says, but for the keys that the question named and what every answer has anew.
fn seen(answer: &Answer, asked: &Records) -> String {
    let mut all = format!("{}\n", answer.status);
    for (name, value) in &answer.headers {
        if name != "x-request-id" {
            writeln!(all, "{name}: {}", value.to_str().unwrap()).unwrap();
        }
    }
    all.push_str(&answer.text());
    let all = asked.iter().fold(all, |all, (name, key)| all.replace(key, &format!("{{{name}}}")));
    without_nonce(&all)
}

fn without_nonce(text: &str) -> String {
    let Some(nonce) = text.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()) else {
        return text.to_owned();
    };
    text.replace(nonce, "NONCE")
}
