//! Reads columns as types of the domain. The database stores only text, integers and bytes. The locations in errors are
//! those of the callers.

use super::error::{Damage, Error, Result};
use domain::{Currency, Money, Timestamp};
use sqlx::{Row, any::AnyRow};
use std::str::FromStr;

pub(crate) trait Columns {
    #[track_caller]
    fn text(&self, column: &str) -> Result<String>;
    #[track_caller]
    fn maybe_text(&self, column: &str) -> Result<Option<String>>;
    #[track_caller]
    fn int(&self, column: &str) -> Result<i64>;
    #[track_caller]
    fn maybe_int(&self, column: &str) -> Result<Option<i64>>;
    #[track_caller]
    fn bytes(&self, column: &str) -> Result<Vec<u8>>;
    #[track_caller]
    fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>>;

    /// Parses a text column as a type of the domain, such as a key, a state or a language.
    #[track_caller]
    fn parse<T: FromStr>(&self, column: &str) -> Result<T> {
        parse(column, &self.text(column)?)
    }
    #[track_caller]
    fn maybe_parse<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        match self.maybe_text(column)? {
            None => Ok(None),
            Some(text) => Ok(Some(parse(column, &text)?)),
        }
    }
    #[track_caller]
    fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }
    #[track_caller]
    fn time(&self, column: &str) -> Result<Timestamp> {
        Ok(Timestamp(self.int(column)?))
    }
    #[track_caller]
    fn maybe_time(&self, column: &str) -> Result<Option<Timestamp>> {
        Ok(self.maybe_int(column)?.map(Timestamp))
    }
    /// Reads an amount in minor units, in the currency of the column `currency`.
    #[track_caller]
    fn money(&self, column: &str) -> Result<Money> {
        Ok(Money::new(self.int(column)?, self.parse::<Currency>("currency")?))
    }
}

#[track_caller]
fn parse<T: FromStr>(column: &str, text: &str) -> Result<T> {
    match text.parse() {
        Ok(value) => Ok(value),
        Err(_) => Err(Error::damaged(column, Damage::NotA(std::any::type_name::<T>()))),
    }
}

impl Columns for AnyRow {
    #[track_caller]
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }
    #[track_caller]
    fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }
    #[track_caller]
    fn int(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }
    #[track_caller]
    fn maybe_int(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }
    #[track_caller]
    fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        Ok(self.try_get(column)?)
    }
    #[track_caller]
    fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.try_get(column)?)
    }
}
