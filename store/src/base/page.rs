//! Lists in pages. A page begins after a row, not at an offset: rows that are inserted or deleted between two requests
//! neither repeat nor skip other rows, and later pages cost the same as the first.

use super::{error::Result, row::Columns, row_batch::Value};
use domain::{Day, InvalidId};
use sqlx::{
    AnyConnection, AssertSqlSafe,
    any::{AnyArguments, AnyRow},
};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The part of a list to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The last row of the page before; None for the first page.
    pub after: Option<Position>,
    /// The maximum number of rows.
    pub size: usize,
}

impl PageRequest {
    /// Requests the first `size` rows of a list.
    pub fn first(size: usize) -> Self {
        Self { after: None, size }
    }
}

#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<Position>,
}

impl Page<AnyRow> {
    pub(crate) fn read<T>(self, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Page<T>> {
        Ok(Page { rows: self.rows.iter().map(read).collect::<Result<_>>()?, next: self.next })
    }
}

/// The position of a row in a list: the values of its sort columns and its id. As text, for URLs, they are separated by
/// dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    values: Vec<SortValue>,
    id: Uuid,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for value in &self.values {
            match value {
                SortValue::Number(number) => write!(f, "{number}.")?,
                SortValue::Day(day) => write!(f, "{day}.")?,
            }
        }
        write!(f, "{}", self.id)
    }
}

impl FromStr for Position {
    type Err = InvalidId;

    fn from_str(text: &str) -> std::result::Result<Self, InvalidId> {
        let (values, id) = text.rsplit_once('.').ok_or(InvalidId)?;
        let value = |text: &str| match text.parse() {
            Ok(number) => Ok(SortValue::Number(number)),
            Err(_) => text.parse().map(SortValue::Day).map_err(|_| InvalidId),
        };
        let values = values.split('.').map(value).collect::<std::result::Result<_, _>>()?;
        Ok(Self { values, id: Uuid::try_parse(id).map_err(|_| InvalidId)? })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SortValue {
    Number(i64),
    Day(Day),
}

impl From<SortValue> for Value {
    fn from(value: SortValue) -> Self {
        match value {
            SortValue::Number(number) => number.into(),
            SortValue::Day(day) => day.to_string().into(),
        }
    }
}

/// The columns by which a list is sorted. They are columns of its query and never NULL. Rows with equal values are
/// sorted by the column `id`, in the direction of the last column.
pub(crate) struct SortOrder(pub &'static [SortColumn]);

pub(crate) struct SortColumn {
    name: &'static str,
    is_day: bool,
    is_descending: bool,
}

impl SortColumn {
    /// A column with integers, such as times and ranks; ascending.
    pub const fn number(name: &'static str) -> Self {
        Self { name, is_day: false, is_descending: false }
    }

    /// A column with days; ascending.
    pub const fn day(name: &'static str) -> Self {
        Self { name, is_day: true, is_descending: false }
    }

    pub const fn descending(self) -> Self {
        Self { is_descending: true, ..self }
    }

    /// Returns the operator for rows that follow, and the direction in ORDER BY.
    fn sql(&self) -> (char, &'static str) {
        if self.is_descending { ('<', "DESC") } else { ('>', "ASC") }
    }

    fn has(&self, value: &SortValue) -> bool {
        self.is_day == matches!(value, SortValue::Day(_))
    }

    fn read(&self, row: &AnyRow) -> Result<SortValue> {
        if self.is_day { row.parse(self.name).map(SortValue::Day) } else { row.int(self.name).map(SortValue::Number) }
    }
}

impl SortOrder {
    /// Returns the columns with the id at the end: name, operator and direction.
    fn columns(&self) -> impl Iterator<Item = (&'static str, (char, &'static str))> {
        let id = self.0.last().map(|last| ("id", last.sql()));
        self.0.iter().map(|column| (column.name, column.sql())).chain(id)
    }

    fn order_by(&self) -> String {
        let columns: Vec<_> = self.columns().map(|(name, (_, direction))| format!("{name} {direction}")).collect();
        columns.join(", ")
    }

    /// Returns the condition for the rows after a position, whose values are the parameters from `$first` on. The
    /// condition on the first column is outermost, where databases use an index for it.
    fn after(&self, first: usize) -> String {
        let places = first..=first + self.0.len();
        let columns: Vec<_> = places.zip(self.columns()).collect();
        columns.into_iter().rfold(String::new(), |rest, (place, (name, (operator, _)))| match rest.as_str() {
            "" => format!("{name} {operator} ${place}"),
            rest => format!("{name} {operator}= ${place} AND ({name} {operator} ${place} OR ({rest}))"),
        })
    }

    /// Returns the position if its values are those of this order. A URL may contain the position of another list.
    fn checked<'a>(&self, position: Option<&'a Position>) -> Option<&'a Position> {
        position.filter(|Position { values, .. }| {
            values.len() == self.0.len() && self.0.iter().zip(values).all(|(column, value)| column.has(value))
        })
    }

    fn position(&self, row: &AnyRow) -> Result<Position> {
        let values = self.0.iter().map(|column| column.read(row)).collect::<Result<_>>()?;
        Ok(Position { values, id: row.parse("id")? })
    }
}

/// A query of a list, with its order. The query has a column `id` and every column of the order.
pub(crate) struct ListQuery {
    sql: String,
    values: Vec<Value>,
    order: SortOrder,
}

impl ListQuery {
    pub fn new(sql: impl Into<String>, order: SortOrder) -> Self {
        Self { sql: sql.into(), values: Vec::new(), order }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds a condition to the WHERE clause that ends the query. `$n` in it is the parameter with this value. None adds
    /// nothing.
    pub fn filter(mut self, condition: &str, value: Option<impl Into<Value>>) -> Self {
        let Some(value) = value else { return self };
        self = self.bind(value);
        let place = format!("${}", self.values.len());
        self.sql = format!("{} AND {}", self.sql, condition.replace("$n", &place));
        self
    }

    /// Reads one row more than the page has, which shows whether there is a next page.
    pub async fn fetch(mut self, connection: &mut AnyConnection, request: &PageRequest) -> Result<Page<AnyRow>> {
        let after = self.order.checked(request.after.as_ref());
        let sql = self.page_sql(after.is_some());
        if let Some(after) = after {
            self.values.extend(after.values.iter().map(|value| Value::from(*value)));
            self.values.push(after.id.to_string().into());
        }
        self.values.push(i64::try_from(request.size + 1).unwrap_or(i64::MAX).into());
        let mut arguments = AnyArguments::default();
        for value in self.values {
            value.add_to(&mut arguments)?;
        }
        let mut rows = sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_all(connection).await?;
        let more = rows.len() > request.size;
        rows.truncate(request.size);
        let next = rows.last().filter(|_| more).map(|last| self.order.position(last)).transpose()?;
        Ok(Page { rows, next })
    }

    /// The query is a subquery, so that the columns of the order can be expressions with a name.
    fn page_sql(&self, is_after: bool) -> String {
        let first = self.values.len() + 1;
        let (condition, limit) = match is_after {
            true => (format!(" WHERE {}", self.order.after(first)), first + self.order.0.len() + 1),
            false => (String::new(), first),
        };
        format!("SELECT list.* FROM ({}) list{condition} ORDER BY {} LIMIT ${limit}", self.sql, self.order.order_by())
    }
}

#[cfg(test)]
mod tests {
    use super::{SortValue::Number, *};

    const URGENT_FIRST: SortOrder = SortOrder(&[SortColumn::number("rank"), SortColumn::number("at").descending()]);

    fn day(text: &str) -> SortValue {
        SortValue::Day(text.parse().unwrap())
    }

    fn position(values: &[SortValue]) -> Position {
        Position { values: values.to_vec(), id: Uuid::from_u128(7) }
    }

    #[test]
    fn next_page_has_the_rows_after_the_position_in_the_order() {
        let query = ListQuery::new("SELECT id, rank, at FROM t WHERE a = $1", URGENT_FIRST).bind("x");
        let query = query.filter("(b = $n OR c = $n)", Some("y")).filter("d = $n", None::<String>);
        let inner = "SELECT list.* FROM (SELECT id, rank, at FROM t WHERE a = $1 AND (b = $2 OR c = $2)) list";
        let order = "ORDER BY rank ASC, at DESC, id DESC";
        assert_eq!(query.page_sql(false), format!("{inner} {order} LIMIT $3"));
        let after = "rank >= $3 AND (rank > $3 OR (at <= $4 AND (at < $4 OR (id < $5))))";
        assert_eq!(query.page_sql(true), format!("{inner} WHERE {after} {order} LIMIT $6"));
    }

    #[test]
    fn position_is_read_from_its_text() {
        for values in [&[Number(1_788_339_600_000)][..], &[Number(0), Number(-5)], &[day("2026-09-02"), Number(3)]] {
            let position = position(values);
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for text in ["", "1", ".", "1.", "1.2", "x.00000000-0000-0000-0000-000000000007", "9223372036854775808.7"] {
            assert_eq!(text.parse::<Position>(), Err(InvalidId), "{text}");
        }
    }

    #[test]
    fn position_of_another_order_is_ignored() {
        let own = position(&[Number(1), Number(2)]);
        assert_eq!(URGENT_FIRST.checked(Some(&own)), Some(&own));
        for values in [&[Number(1)][..], &[Number(1), day("2026-09-02")], &[Number(1), Number(2), Number(3)]] {
            assert_eq!(URGENT_FIRST.checked(Some(&position(values))), None);
        }
    }
}
