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
    let mut sql = format!("UPDATE {table} SET ");
    for (at, (column, _)) in values.iter().enumerate() {
        let _ = write!(sql, "{column} = ${}, ", at + 1);
    }
    let _ =
        write!(sql, "revision = revision + 1 WHERE id = ${} AND revision = ${}", values.len() + 1, values.len() + 2);
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
    let names: Vec<_> = values.iter().map(|(column, _)| *column).collect();
    let places: Vec<_> = (1..=values.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "INSERT INTO {table} ({}, created_at) VALUES ({}, ${})",
        names.join(", "),
        places.join(", "),
        values.len() + 1
    );
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
