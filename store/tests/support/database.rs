//! Creates a database for each test, on SQLite and on PostgreSQL. `TEST_DATABASE_URL` names the server on which tests may
//! create and drop databases. `./dev test` starts one.

use sqlx::{Connection, PgConnection};
use std::path::PathBuf;
use store::Store;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// Runs a test on both databases. Fails without `TEST_DATABASE_URL`; `none` leaves PostgreSQL out.
pub async fn on_each(test: impl AsyncFn(Kind)) {
    println!("on SQLite");
    test(Kind::Sqlite).await;
    if server() == "none" {
        return println!("not on PostgreSQL: TEST_DATABASE_URL is none");
    }
    println!("on PostgreSQL");
    test(Kind::Postgres).await;
}

fn server() -> String {
    std::env::var("TEST_DATABASE_URL").expect(
        "this passed on SQLite and did not run on PostgreSQL. TEST_DATABASE_URL: expected \
         postgres://USER@HOST:PORT/NAME, or none (./dev test starts a server by itself)",
    )
}

/// A database of one test. If the test fails, a database on a server is not dropped, so that it can be inspected.
pub struct Database {
    pub url: String,
    place: Place,
}

enum Place {
    Folder(TemporaryFolder),
    Server { name: String },
}

impl Database {
    pub async fn create(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::in_folder(TemporaryFolder::new()),
            Kind::Postgres => Self::on_server("").await,
        }
    }

    /// Copies the database. It must not be open.
    pub async fn copy(&self) -> Self {
        match &self.place {
            Place::Folder(folder) => {
                let copy = TemporaryFolder::new();
                std::fs::copy(folder.file(), copy.file()).unwrap();
                Self::in_folder(copy)
            }
            Place::Server { name } => Self::on_server(&format!("TEMPLATE {name}")).await,
        }
    }

    fn in_folder(folder: TemporaryFolder) -> Self {
        Self { url: Store::sqlite_url(&folder.file()), place: Place::Folder(folder) }
    }

    async fn on_server(like: &str) -> Self {
        let (server, name) = (server(), format!("test_{}", Uuid::now_v7().simple()));
        ask(&server, format!("CREATE DATABASE {name} {like}")).await;
        let (address, _) = server.rsplit_once('/').expect("TEST_DATABASE_URL: expected postgres://USER@HOST:PORT/NAME");
        Self { url: format!("{address}/{name}"), place: Place::Server { name } }
    }

    pub async fn remove(self) {
        if let Place::Server { name } = &self.place {
            ask(&server(), format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn ask(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.expect("TEST_DATABASE_URL: no PostgreSQL answers there");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("spilno-test-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("spilno.db")
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
