//! Checks that need the whole model: defaults that violate a rule and prices that can be negative.

use super::section::Section;
use crate::model::{
    expression::{Interval, TypeEnvironment},
    product::ProductModel,
};
use rust_decimal::Decimal;

pub(super) fn check(file: &Section, product: &ProductModel, environment: &TypeEnvironment) {
    for rule in product.violations(&product.defaults()) {
        file.report_at("rule", format!("the defaults violate the rule «{}»", rule.why.en));
    }
    if product.prices.is_empty() {
        file.report("[[price]] is missing");
    }
    let intervals = product.prices.iter().filter_map(|line| {
        let interval = line.amount.check_number(environment).ok()?;
        Some(if line.when.is_some() { interval.union(Interval::new(Decimal::ZERO, Decimal::ZERO)) } else { interval })
    });
    let minimums = intervals.map(|interval| product.round_line(interval.min).unwrap_or(interval.min));
    if minimums.fold(Decimal::ZERO, |sum, min| sum.saturating_add(min)) < Decimal::ZERO {
        file.report_at("price", "the price can be less than zero");
    }
}
