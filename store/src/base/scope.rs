//! Restricts queries to the records that an actor may see: see [`Scope`].

use super::error::Result;
use domain::policy::{Refusal, Scope};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

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
pub(crate) async fn find_in_scope(
    connection: &mut AnyConnection,
    scope: Scope,
    sql: String,
    key: impl ToString,
) -> Result<AnyRow> {
    let row =
        sqlx::query(AssertSqlSafe(sql)).bind(key.to_string()).bind(parameter(scope)).fetch_optional(connection).await?;
    Ok(row.ok_or(Refusal::Missing)?)
}
