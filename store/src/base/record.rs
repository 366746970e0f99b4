//! Reading and writing the columns of a declared record: see [`domain::record`].

use super::{
    change::Change,
    error::{Conflict, Result},
    row::Columns,
    search,
};
use domain::record::{Field, Record, Typed};
use sqlx::{AssertSqlSafe, any::AnyRow};
use std::fmt::Write;

fn columns<T: Record>() -> impl Iterator<Item = &'static Field<T>> {
    T::FIELDS.iter().filter(|field| field.is_column)
}

/// Returns the record's columns for a SELECT, each behind the table's `alias`: `c.name, c.phone`.
pub(crate) fn select<T: Record>(alias: &str) -> String {
    let columns: Vec<_> = columns::<T>().map(|field| format!("{alias}.{}", field.key)).collect();
    columns.join(", ")
}

/// Reads the columns of [`select`].
pub(crate) fn read<T: Record>(row: &AnyRow) -> Result<T> {
    let mut record = T::default();
    for field in columns::<T>() {
        (field.set)(&mut record, row.text(field.key)?);
    }
    Ok(record)
}

/// Returns the content of the column that search looks into: the record's searchable fields and `more`.
pub(crate) fn search_line<T: Record>(record: &T, more: &[&str]) -> String {
    let parts: Vec<&str> = record.searchable().chain(more.iter().copied()).collect();
    search::line(&parts)
}

/// A column beside the declared ones, with its value.
pub(crate) type Extra<'a> = (&'a str, String);

/// The name of the form field that carries the revision at which the form was opened.
pub const REVISION: &str = "revision";

/// Returns the revision that a form was opened at. A form without one, such as the demo's, edits the `current` one.
pub(crate) fn seen(form: &Typed, current: i64) -> Result<i64> {
    match form.get(REVISION) {
        "" => Ok(current),
        revision => revision.parse().map_err(|_| Conflict::Stale.into()),
    }
}

/// Writes the record's columns, and `extra` ones, into the row of `table` with this key, and counts its revision up.
/// Fails with [`Conflict::Stale`] if the row is not at the `revision` that the person saw.
pub(crate) async fn update<T: Record>(
    change: &mut Change,
    table: &str,
    id: impl ToString,
    revision: i64,
    record: &T,
    extra: &[Extra<'_>],
) -> Result<()> {
    let values = values(record, extra);
    let sql = update_sql(table, values.iter().map(|(column, _)| *column));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (_, value) in values {
        query = query.bind(value);
    }
    let updated = query.bind(id.to_string()).bind(revision).execute(change.connection()).await?;
    if updated.rows_affected() == 0 { Err(Conflict::Stale.into()) } else { Ok(()) }
}

/// Inserts a row of `table` with the record's columns and `extra` ones, the key among them.
pub(crate) async fn insert<T: Record>(change: &mut Change, table: &str, record: &T, extra: &[Extra<'_>]) -> Result<()> {
    let values = values(record, extra);
    let sql = insert_sql(table, values.iter().map(|(column, _)| *column));
    let at = change.at().0;
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (_, value) in values {
        query = query.bind(value);
    }
    query.bind(at).execute(change.connection()).await?;
    Ok(())
}

fn values<'a, T: Record>(record: &T, extra: &[Extra<'a>]) -> Vec<(&'a str, String)> {
    let declared = columns::<T>().map(|field| (field.key, (field.get)(record).to_owned()));
    declared.chain(extra.iter().cloned()).collect()
}

/// Returns the statement of [`update`]. Its last parameters are the key and the revision.
pub(crate) fn update_sql<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> String {
    let mut sql = format!("UPDATE {table} SET ");
    let mut count = 0;
    for column in columns {
        count += 1;
        let _ = write!(sql, "{column} = ${count}, ");
    }
    let _ = write!(sql, "revision = revision + 1 WHERE id = ${} AND revision = ${}", count + 1, count + 2);
    sql
}

/// Returns the statement of [`insert`]. Its last parameter is the time.
pub(crate) fn insert_sql<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> String {
    let columns: Vec<_> = columns.chain(["created_at"]).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), parameters(columns.len()))
}

/// Returns a list of parameters: `$1, $2, $3` for 3.
pub(crate) fn parameters(count: usize) -> String {
    let parameters: Vec<_> = (1..=count).map(|number| format!("${number}")).collect();
    parameters.join(", ")
}
