//! Batches the rows that a change writes and does not read again. They are sent to the database as one statement before
//! the commit, because round trips dominate the cost of a change.

use super::{database_kind::DatabaseKind, error::Result};
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Error, any::AnyArguments};
use std::fmt::Write;

/// The largest number of rows in one statement. Databases limit the number of parameters of a statement.
const MAX_ROWS: usize = 16;

/// A statement that writes one row, with the values of its parameters `$1`, `$2`, …
pub(crate) struct Row {
    sql: &'static str,
    values: Vec<Value>,
    ordering_key: Option<String>,
}

pub(crate) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Value {
    pub fn add_to(self, arguments: &mut AnyArguments) -> Result<()> {
        let added = match self {
            Value::Text(text) => arguments.add(text),
            Value::Number(number) => arguments.add(number),
        };
        Ok(added.map_err(Error::Encode)?)
    }
}

impl Row {
    pub fn new(sql: &'static str) -> Self {
        Self { sql, values: Vec::new(), ordering_key: None }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Orders this statement after earlier ones with the same key, because it reads or overwrites their rows. The
    /// statements of one batch do not see each other's rows on PostgreSQL.
    pub fn after_rows_with(mut self, key: String) -> Self {
        self.ordering_key = Some(key);
        self
    }
}

/// Rows that are not written yet.
pub(crate) struct Batch {
    kind: DatabaseKind,
    rows: Vec<Row>,
}

impl Batch {
    pub fn new(kind: DatabaseKind) -> Self {
        Self { kind, rows: Vec::new() }
    }

    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Whether the batch must be written before this row can be added.
    pub fn is_full_for(&self, row: &Row) -> bool {
        let must_follow = |other: &Row| row.ordering_key.is_some() && other.ordering_key == row.ordering_key;
        self.rows.len() == MAX_ROWS || self.rows.iter().any(must_follow)
    }

    /// Empties the batch and returns its rows as one statement, or `None` if there are none.
    pub fn take(&mut self) -> Result<Option<Statement>> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let (mut statements, mut arguments) = (Vec::new(), AnyArguments::default());
        for row in self.rows.drain(..) {
            statements.push(renumber(row.sql, arguments.len()));
            for value in row.values {
                value.add_to(&mut arguments)?;
            }
        }
        Ok(Some(Statement { sql: join(self.kind, statements), arguments }))
    }
}

pub(crate) struct Statement {
    pub sql: String,
    pub arguments: AnyArguments,
}

impl Statement {
    pub async fn execute(self, connection: &mut AnyConnection) -> std::result::Result<(), Error> {
        sqlx::query_with(AssertSqlSafe(self.sql), self.arguments).execute(connection).await?;
        Ok(())
    }
}

/// Joins statements into one: separated by semicolons on SQLite, as common table expressions before the last statement
/// on PostgreSQL, whose prepared statements cannot contain several commands.
fn join(kind: DatabaseKind, mut statements: Vec<String>) -> String {
    let last = match kind {
        DatabaseKind::Sqlite => return statements.join("; "),
        DatabaseKind::Postgres => statements.pop().unwrap_or_default(),
    };
    let mut sql = String::new();
    for (at, statement) in statements.iter().enumerate() {
        let before = if at == 0 { "WITH" } else { "," };
        let _ = write!(sql, "{before} row{at} AS ({statement}) ");
    }
    sql + &last
}

/// Adds `by` to the number of each parameter: `$1` becomes `$3` if `by` is 2.
fn renumber(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut renumbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let _ = write!(renumbered, "${}{rest}", number.parse::<usize>().unwrap_or_default() + by);
    }
    renumbered
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Some(text))
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(Some(text.to_owned()))
    }
}
impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Value::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(Some(number))
    }
}
impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Value::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_statements_number_their_parameters_consecutively() {
        let first = renumber("INSERT INTO a VALUES ($1, $2, $1)", 0);
        let second = renumber("UPDATE b SET c = $2 WHERE d = $10", 2);
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("INSERT INTO a VALUES ($1, $2, $1)", "UPDATE b SET c = $4 WHERE d = $12")
        );
        let all = || vec![first.clone(), second.clone(), "DELETE FROM e".to_owned()];
        assert_eq!(join(DatabaseKind::Sqlite, all()), format!("{first}; {second}; DELETE FROM e"));
        assert_eq!(
            join(DatabaseKind::Postgres, all()),
            format!("WITH row0 AS ({first}) , row1 AS ({second}) DELETE FROM e")
        );
        assert_eq!(join(DatabaseKind::Postgres, vec![first.clone()]), first);
    }
}
