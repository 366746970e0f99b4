//! Whose records a query may find: staff all, a buyer those of the customers they are a member of.

use super::error::Result;
use domain::policy::{Actor, Refusal};
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

/// Bound as a parameter of queries that serve both sides: the buyer's key, or nothing for staff. The condition on a
/// record's customer is written out in each query, so that it stands where one reads it:
/// `($n = '' OR EXISTS (SELECT 1 FROM member m WHERE m.customer_id = d.customer_id AND m.person_id = $n))`.
pub(crate) fn scope(actor: &Actor) -> Result<String> {
    match actor {
        Actor::Staff(_) | Actor::System => Ok(String::new()),
        Actor::Buyer(buyer) => Ok(buyer.person().to_string()),
        Actor::Visitor => Err(Refusal::SignIn.into()),
    }
}

/// The row with this key, `$1`, within the actor's scope, `$2`. One that the actor may not see is missing, like one that
/// never was.
pub(crate) async fn one(
    connection: &mut AnyConnection,
    actor: &Actor,
    sql: String,
    key: impl ToString,
) -> Result<AnyRow> {
    let row =
        sqlx::query(AssertSqlSafe(sql)).bind(key.to_string()).bind(scope(actor)?).fetch_optional(connection).await?;
    Ok(row.ok_or(Refusal::Missing)?)
}
