//! What only the whole model shows: defaults that break a rule, prices below nothing.

use super::section::Section;
use crate::model::{
    ProductModel,
    expression::{Names, Range},
};
use rust_decimal::Decimal;

pub(super) fn check(file: &Section, product: &ProductModel, names: &Names) {
    for rule in product.violations(&product.defaults()) {
        file.reader.wrong(file.place_of("rule"), format!("the defaults break the rule «{}»", rule.why.en));
    }
    if product.prices.is_empty() {
        file.wrong("there is no [[price]]");
    }
    let ranges = product.prices.iter().filter_map(|line| {
        let range = line.amount.check_number(names).ok()?;
        Some(if line.when.is_some() { range.join(Range::new(Decimal::ZERO, Decimal::ZERO)) } else { range })
    });
    let leasts = ranges.map(|range| product.rounded(range.least).unwrap_or(range.least));
    if leasts.fold(Decimal::ZERO, |sum, least| sum.saturating_add(least)) < Decimal::ZERO {
        file.reader.wrong(file.place_of("price"), "the lines of the price can add up to less than nothing");
    }
}
