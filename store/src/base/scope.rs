//! Restricts queries to the records that an actor may see: see [`Scope`].

use super::error::{Error, Result};
use domain::policy::{Refusal, Scope};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};
use std::panic::Location;

/// Returns the SQL condition that a record is in the scope that is bound as parameter `number`. `customer` is the
/// column with the record's customer, such as `d.customer_id`. This is the only place that knows how scopes and members
/// are related.
pub(crate) fn in_scope(customer: &str, number: usize) -> String {
    // PostgreSQL infers the type of the parameter from the cast.
    format!(
        "(CAST(${number} AS TEXT) IS NULL
          OR {customer} IN (SELECT m.customer_id FROM member m WHERE m.person_id = ${number}))"
    )
}

/// Returns the value of the parameter of [`in_scope`]: the key of the member, or NULL for all records.
pub(crate) fn parameter(scope: Scope) -> Option<String> {
    match scope {
        Scope::All => None,
        Scope::Member(person) => Some(person.to_string()),
    }
}

/// Fetches the row with the key `$1` within the scope, whose condition is [`in_scope`] with `$2`. Fails with
/// [`Refusal::Missing`] both for rows that are out of scope and for rows that do not exist, so that the answer does not
/// reveal which.
#[track_caller]
pub(crate) fn find_in_scope(
    connection: &mut AnyConnection,
    scope: Scope,
    sql: String,
    key: impl ToString,
) -> impl Future<Output = Result<AnyRow>> {
    let (at, key) = (Location::caller(), key.to_string());
    async move {
        let row = sqlx::query(AssertSqlSafe(sql)).bind(key).bind(parameter(scope)).fetch_optional(connection).await;
        Ok(row.map_err(|error| Error::from(error).at(at))?.ok_or(Refusal::Missing)?)
    }
}
