//! Runs the schema migrations of `migrations/`, which are embedded in the program. Files that end with `.sqlite.sql` or
//! `.postgres.sql` are for that database only, all others for both.

use super::database_kind::DatabaseKind;
use rust_embed::RustEmbed;
use sqlx::{
    AnyPool, AssertSqlSafe, SqlSafeStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

#[derive(RustEmbed)]
#[folder = "../migrations"]
struct Files;

/// Migrates the database to the newest schema. Fails if a newer version of the program has migrated it further.
pub(crate) async fn run(pool: &AnyPool, kind: DatabaseKind) -> Result<(), MigrateError> {
    Migrator::with_migrations(migrations(kind)).run(pool).await
}

fn migrations(kind: DatabaseKind) -> Vec<Migration> {
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
    fn every_migration_file_is_used_and_numbers_have_no_gap() {
        let both: std::collections::BTreeSet<_> = [DatabaseKind::Sqlite, DatabaseKind::Postgres]
            .into_iter()
            .flat_map(migrations)
            .map(|migration| migration.version)
            .collect();
        assert_eq!(both.len(), Files::iter().count());
        assert_eq!(both.len() as i64, both.last().copied().unwrap_or_default(), "numbers have no gap");
    }
}
