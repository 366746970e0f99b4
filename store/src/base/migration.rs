//! The schema's history: the files of `migrations/`, carried in the program. A number followed by `.sqlite.sql` or
//! `.postgres.sql` is for that database alone; all others are for both.

use super::database_kind::DatabaseKind;
use rust_embed::RustEmbed;
use sqlx::{
    AnyPool, AssertSqlSafe, SqlSafeStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

#[derive(RustEmbed)]
#[folder = "../migrations"]
struct Files;

/// Brings the database to the newest schema; refuses one that a newer program has changed.
pub(crate) async fn run(pool: &AnyPool, kind: DatabaseKind) -> Result<(), MigrateError> {
    Migrator::with_migrations(history(kind)).run(pool).await
}

fn history(kind: DatabaseKind) -> Vec<Migration> {
    Files::iter().filter_map(|path| migration(&path, kind)).collect()
}

fn migration(path: &str, kind: DatabaseKind) -> Option<Migration> {
    let (number, rest) = path.strip_suffix(".sql")?.split_once('_')?;
    let name = match rest.rsplit_once('.') {
        Some((name, database)) if database == kind.name() => name,
        Some(_) => return None,
        None => rest,
    };
    let text = String::from_utf8(Files::get(path)?.data.into_owned()).ok()?;
    let sql = AssertSqlSafe(text).into_sql_str();
    Some(Migration::new(number.parse().ok()?, name.to_owned().into(), MigrationType::Simple, sql, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_belongs_to_a_history() {
        let both: std::collections::BTreeSet<_> = [DatabaseKind::Sqlite, DatabaseKind::Postgres]
            .into_iter()
            .flat_map(history)
            .map(|migration| migration.version)
            .collect();
        assert_eq!(both.len(), Files::iter().count());
        assert_eq!(both.len() as i64, both.last().copied().unwrap_or_default(), "numbers have no gap");
    }
}
