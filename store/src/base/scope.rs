//! Restricts queries to the records that an actor may see: staff see all records, buyers those of the customers they
//! are members of.

use super::error::{Error, Result};
use domain::policy::{Actor, Refusal};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};
use std::panic::Location;

/// Returns the parameter of queries that serve both sides: the buyer's key, or an empty text for staff. Each query
/// contains the condition on the record's customer itself, so that the query can be reviewed on its own:
/// `($n = '' OR EXISTS (SELECT 1 FROM member m WHERE m.customer_id = d.customer_id AND m.person_id = $n))`.
pub(crate) fn scope(actor: &Actor) -> Result<String> {
    match actor {
        Actor::Staff(_) | Actor::System => Ok(String::new()),
        Actor::Buyer(buyer) => Ok(buyer.person().to_string()),
        Actor::Visitor => Err(Refusal::SignIn.into()),
    }
}

/// Fetches the row with the key `$1` within the actor's scope `$2`. Fails with [`Refusal::Missing`] both for rows that
/// the actor may not see and for rows that do not exist, so that the answer does not reveal which.
#[track_caller]
pub(crate) fn find_in_scope(
    connection: &mut AnyConnection,
    actor: &Actor,
    sql: String,
    key: impl ToString,
) -> impl Future<Output = Result<AnyRow>> {
    let (at, key, scope) = (Location::caller(), key.to_string(), scope(actor));
    async move {
        let row = sqlx::query(AssertSqlSafe(sql)).bind(key).bind(scope?).fetch_optional(connection).await;
        Ok(row.map_err(|error| Error::from(error).at(at))?.ok_or(Refusal::Missing)?)
    }
}
