//! The internal columns, read from the database's schema.

use super::{Kind, World};

#[derive(Debug)]
pub struct Field {
    pub table: String,
    pub column: String,
    pub is_number: bool,
}

/// Columns of internal tables as `TABLE COLUMN TYPE`, without primary and foreign keys.
const SQLITE_FIELDS: &str = "
    SELECT t.name || ' ' || c.name || ' ' || lower(c.type)
    FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name LIKE 'internal!_%' ESCAPE '!' AND c.pk = 0
      AND c.name NOT IN (SELECT k.\"from\" FROM pragma_foreign_key_list(t.name) k)
    ORDER BY 1";
const POSTGRES_FIELDS: &str = "
    SELECT c.table_name || ' ' || c.column_name || ' ' || c.data_type
    FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name LIKE 'internal!_%' ESCAPE '!'
      AND c.column_name NOT IN (
          SELECT k.column_name FROM information_schema.key_column_usage k
          JOIN information_schema.table_constraints n ON n.constraint_name = k.constraint_name
          WHERE k.table_name = c.table_name AND n.constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY'))
    ORDER BY 1";

/// Columns of internal tables that refer to a person, as `TABLE COLUMN`.
const SQLITE_PERSONS: &str = "
    SELECT t.name || ' ' || k.\"from\"
    FROM sqlite_master t, pragma_foreign_key_list(t.name) k
    WHERE t.type = 'table' AND t.name LIKE 'internal!_%' ESCAPE '!' AND k.\"table\" = 'person'
    ORDER BY 1";
const POSTGRES_PERSONS: &str = "
    SELECT k.table_name || ' ' || k.column_name
    FROM information_schema.key_column_usage k
    JOIN information_schema.constraint_column_usage u ON u.constraint_name = k.constraint_name
    JOIN information_schema.table_constraints n ON n.constraint_name = k.constraint_name
    WHERE k.table_name LIKE 'internal!_%' ESCAPE '!' AND u.table_name = 'person' AND n.constraint_type = 'FOREIGN KEY'
    ORDER BY 1";

/// Returns all internal fields except keys.
pub async fn fields(world: &World) -> Vec<Field> {
    let rows = world.column(for_kind(world.kind, SQLITE_FIELDS, POSTGRES_FIELDS)).await;
    let fields = rows.iter().map(|row| {
        let (table, rest) = row.split_once(' ').unwrap();
        let (column, kind) = rest.split_once(' ').unwrap();
        Field { table: table.to_owned(), column: column.to_owned(), is_number: kind == "bigint" }
    });
    // The time of a note is neither shown nor secret.
    fields.filter(|field| field.column != "at" && !field.column.ends_with("_at")).collect()
}

/// Returns the tables and columns in which internal records refer to a person.
pub async fn person_columns(world: &World) -> Vec<(String, String)> {
    let rows = world.column(for_kind(world.kind, SQLITE_PERSONS, POSTGRES_PERSONS)).await;
    rows.iter().map(|row| row.split_once(' ').unwrap()).map(|(table, column)| (table.into(), column.into())).collect()
}

fn for_kind(kind: Kind, sqlite: &'static str, postgres: &'static str) -> &'static str {
    match kind {
        Kind::Sqlite => sqlite,
        Kind::Postgres => postgres,
    }
}
