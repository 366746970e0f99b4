//! Rows that a change writes and does not read again. They go to the database together, as one statement, before the
//! change is committed: what costs time is the way there and back, not the row.

use super::{database_kind::DatabaseKind, error::Result};
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Error, any::AnyArguments};
use std::fmt::Write;

/// More do not wait together: a statement has its limits.
const MOST: usize = 16;

/// One row's statement, with what its `$1`, `$2`, … stand for.
pub(crate) struct Row {
    sql: &'static str,
    values: Vec<Value>,
    after: Option<String>,
}

pub(crate) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Row {
    pub fn new(sql: &'static str) -> Self {
        Self { sql, values: Vec::new(), after: None }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// The statement reads what others with the same key have written, or writes it anew: it comes after them.
    pub fn after_others(mut self, key: String) -> Self {
        self.after = Some(key);
        self
    }
}

/// The rows that wait.
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

    /// Whether the rows that wait must be written before this one can join them.
    pub fn is_full_for(&self, row: &Row) -> bool {
        let comes_after = |other: &Row| row.after.is_some() && other.after == row.after;
        self.rows.len() == MOST || self.rows.iter().any(comes_after)
    }

    /// The rows that wait, as one statement; None where there are none.
    pub fn take(&mut self) -> Result<Option<Statement>> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let (mut statements, mut arguments) = (Vec::new(), AnyArguments::default());
        for row in self.rows.drain(..) {
            statements.push(shifted(row.sql, arguments.len()));
            for value in row.values {
                let added = match value {
                    Value::Text(text) => arguments.add(text),
                    Value::Number(number) => arguments.add(number),
                };
                added.map_err(Error::Encode)?;
            }
        }
        Ok(Some(Statement { sql: joined(self.kind, statements), arguments }))
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

/// SQLite takes statements one after the other; PostgreSQL takes one, in which others may stand before it.
fn joined(kind: DatabaseKind, mut statements: Vec<String>) -> String {
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

/// The statement with its `$1` standing for the value after the first `by`, and so on.
fn shifted(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut shifted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let _ = write!(shifted, "${}{rest}", number.parse::<usize>().unwrap_or_default() + by);
    }
    shifted
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
    fn the_values_of_all_statements_are_numbered_through() {
        let first = shifted("INSERT INTO a VALUES ($1, $2, $1)", 0);
        let second = shifted("UPDATE b SET c = $2 WHERE d = $10", 2);
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("INSERT INTO a VALUES ($1, $2, $1)", "UPDATE b SET c = $4 WHERE d = $12")
        );
        let all = || vec![first.clone(), second.clone(), "DELETE FROM e".to_owned()];
        assert_eq!(joined(DatabaseKind::Sqlite, all()), format!("{first}; {second}; DELETE FROM e"));
        assert_eq!(
            joined(DatabaseKind::Postgres, all()),
            format!("WITH row0 AS ({first}) , row1 AS ({second}) DELETE FROM e")
        );
        assert_eq!(joined(DatabaseKind::Postgres, vec![first.clone()]), first);
    }
}
