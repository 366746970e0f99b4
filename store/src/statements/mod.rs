//! Prepares every SQL statement of the crate on SQLite and on PostgreSQL, so that a misspelled column never waits for
//! the page that uses it.
//!
//! The test reads the sources of the crate, finds every call that sends SQL, and evaluates the call's argument:
//! literals, constants, `format!`, and calls of the crate's functions, in all variants of each `match` and `if`.
//! A statement that it cannot evaluate fails the test: write that statement with these means, or move its generator
//! into a pure function and add the function to [`KNOWN`].

#[path = "../../tests/support/database.rs"]
#[allow(dead_code)]
mod database;
mod evaluate;
mod sources;
mod syntax;
mod value;

use crate::{Clock, DatabaseKind, Store, base::record};
use database::{Database, Kind, on_each};
use domain::record::{Declaration, declarations};
use evaluate::{Evaluator, Known, Place};
use sources::Sources;
use sqlx::{AssertSqlSafe, Connection, Executor, Postgres, SqlSafeStr, Sqlite};
use std::{collections::BTreeMap, path::Path};
use value::{Text, Value};

/// Functions that generate SQL from what the sources do not show. The test calls them.
const KNOWN: [(&str, Known); 4] = [
    ("record::select", |record, arguments| {
        let alias = arguments[0].single().expect("the alias is a literal");
        let columns = declaration(|declared| declared.type_name == record).columns;
        Value::text(columns.iter().map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", "))
    }),
    ("record::insert", |_, arguments| {
        let (table, columns) = columns(&arguments[1], &arguments[3]);
        Value::text(record::insert_sql(table, columns.into_iter()))
    }),
    ("record::update", |_, arguments| {
        let (table, columns) = columns(&arguments[1], &arguments[5]);
        Value::text(record::update_sql(table, columns.into_iter()))
    }),
    ("record::parameters", |_, _| Value::text(record::parameters(2))),
];

/// Places that send SQL on: the test knows it from elsewhere.
const ELSEWHERE: [(&str, &str, &str); 5] = [
    ("base/row_batch.rs", "execute", "the SQL was passed to Row::new"),
    ("base/migration.rs", "migration", "opening the database runs the migrations"),
    ("base/page.rs", "fetch", "the SQL was passed to ListQuery::new"),
    ("base/record.rs", "insert", "the calls of record::insert are places"),
    ("base/record.rs", "update", "the calls of record::update are places"),
];

/// Places that only SQLite reaches.
const SQLITE_ONLY: [(&str, &str); 4] = [
    ("base/pool.rs", "open_sqlite"),
    ("base/store.rs", "backup"),
    ("base/group_commit.rs", "join"),
    ("base/group_commit.rs", "roll_back_abandoned"),
];

#[tokio::test]
async fn every_statement_is_valid_on_both_databases() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let places = Evaluator::run(&sources, &KNOWN).statements;
    let statements = statements(places);
    // A reader of sources that finds nothing must not pass.
    assert!(statements.len() > 150, "only {} statements were found", statements.len());
    on_each(async |kind| {
        let database = Database::create(kind).await;
        Store::open(&database.url, Clock::System).await.unwrap().close().await;
        let invalid = match kind {
            Kind::Sqlite => prepare::<Sqlite>(&database.url, DatabaseKind::Sqlite, &statements).await,
            Kind::Postgres => prepare::<Postgres>(&database.url, DatabaseKind::Postgres, &statements).await,
        };
        database.remove().await;
        assert!(invalid.is_empty(), "on {kind:?}:\n{}", invalid.join("\n"));
    })
    .await;
}

/// Prepares the statements and returns the problems. `AnyConnection` cannot prepare statements with our `blob` type.
async fn prepare<D: sqlx::Database>(url: &str, kind: DatabaseKind, statements: &Statements) -> Vec<String>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let mut connection = D::Connection::connect(url).await.unwrap();
    let mut invalid = Vec::new();
    for ((text, only_on), place) in statements {
        if only_on.is_none_or(|only| only == kind.name()) {
            let prepared = connection.prepare(AssertSqlSafe(text.clone()).into_sql_str()).await;
            invalid.extend(prepared.err().map(|error| format!("{place}: {error}\n    {text}")));
        }
    }
    invalid
}

type Statements = BTreeMap<(String, Option<&'static str>), String>;

/// Returns the texts of all places with a place of each. Fails if one is not known.
fn statements(places: BTreeMap<Place, Value>) -> Statements {
    let (mut statements, mut unknown) = (Statements::new(), Vec::new());
    let mut unused: Vec<_> = ELSEWHERE.iter().map(|(file, function, _)| (*file, *function)).collect();
    for ((file, function, line, _), value) in places {
        let here = (file.as_str(), function.as_str());
        let place = format!("store/src/{file}:{line}, function {function}");
        if ELSEWHERE.iter().any(|(file, function, _)| (*file, *function) == here) {
            unused.retain(|known| *known != here);
        } else if let Value::Text(texts) = value {
            for Text { text, only_on } in texts {
                let only_on = if SQLITE_ONLY.contains(&here) { Some("sqlite") } else { only_on };
                statements.insert((text, only_on), place.clone());
            }
        } else {
            unknown.push(place);
        }
    }
    assert!(unknown.is_empty(), "the SQL of these places is unknown to this test:\n{}", unknown.join("\n"));
    assert!(unused.is_empty(), "these places send no SQL any more: {unused:?}");
    statements
}

/// Returns the table of a declared record, and the columns that are written: its own and `extra` ones.
fn columns<'a>(table: &'a Value, extra: &'a Value) -> (&'a str, Vec<&'a str>) {
    let table = table.single().expect("the table is a literal");
    let mut columns = declaration(|declared| declared.table == table).columns;
    columns.extend(extra.parts().iter().map(|part| part.parts()[0].single().expect("the column is a literal")));
    (table, columns)
}

fn declaration(is_wanted: impl Fn(&Declaration) -> bool) -> Declaration {
    declarations().into_iter().find(|declared| is_wanted(declared)).expect("the record is declared")
}
