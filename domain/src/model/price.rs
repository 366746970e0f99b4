//! The price of a configuration, line by line.

use super::{
    expression::round,
    option::Values,
    product::{PriceRule, ProductModel},
    scope::Scope,
};
use crate::{Currency, LocalizedText, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The lines of the price of one piece. Their sum is `each`.
    pub lines: Vec<PriceLine>,
    pub each: Money,
    pub quantity: u32,
    /// The difference between `each` × `quantity` and the total of an offer; negative if the offer is higher.
    pub discount: Money,
    pub total: Money,
    /// The VAT included in the total.
    pub vat: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    pub name: LocalizedText,
    pub amount: Money,
}

impl ProductModel {
    pub fn price(&self, values: &Values, quantity: u32) -> Price {
        let values = self.complete(values);
        let scope = Scope::for_product(self, &values);
        let mut lines: Vec<PriceLine> = self.prices.iter().filter_map(|rule| self.price_line(rule, &scope)).collect();
        if let Some(rule) = self.breaks.iter().filter(|rule| quantity >= rule.from).max_by_key(|rule| rule.from) {
            let discount = fraction(sum(&lines, self.currency), -rule.percent, Decimal::ONE_HUNDRED);
            lines.push(PriceLine { name: rule.name.clone(), amount: discount });
        }
        let each = sum(&lines, self.currency);
        let total = Money::new(each.minor.saturating_mul(i64::from(quantity)), self.currency);
        Price { lines, each, quantity, discount: Money::new(0, self.currency), total, vat: self.included_vat(total) }
    }

    /// Returns the price when `total` is offered for all pieces.
    pub fn offer(&self, values: &Values, quantity: u32, total: Money) -> Price {
        let price = self.price(values, quantity);
        let discount = Money::new(price.total.minor.saturating_sub(total.minor), total.currency);
        Price { discount, total, vat: self.included_vat(total), ..price }
    }

    /// Returns a total without the VAT that it includes.
    pub fn without_vat(&self, total: Money) -> Money {
        Money::new(total.minor.saturating_sub(self.included_vat(total).minor), total.currency)
    }

    fn included_vat(&self, total: Money) -> Money {
        fraction(total, self.vat, Decimal::ONE_HUNDRED.saturating_add(self.vat))
    }

    /// Rounds the amount of a price line to a multiple of `rounding`; `None` if it overflows.
    pub(super) fn round_line(&self, amount: Decimal) -> Option<Decimal> {
        round(amount.checked_div(self.rounding)?).checked_mul(self.rounding)
    }

    /// Returns `None` for a line that does not apply or whose amount is zero.
    fn price_line(&self, rule: &PriceRule, scope: &Scope) -> Option<PriceLine> {
        if rule.when.as_ref().and_then(|when| when.flag(scope)) == Some(false) {
            return None;
        }
        let amount = Money::round(self.round_line(rule.amount.number(scope)?)?, self.currency)?;
        (amount.minor != 0).then(|| PriceLine { name: scope.fill_placeholders(&rule.name), amount })
    }
}

fn sum(lines: &[PriceLine], currency: Currency) -> Money {
    Money::new(lines.iter().fold(0, |sum: i64, line| sum.saturating_add(line.amount.minor)), currency)
}

/// Returns `part` / `whole` of an amount; zero if it overflows.
fn fraction(of: Money, part: Decimal, whole: Decimal) -> Money {
    let fraction = of.amount().checked_mul(part).and_then(|product| product.checked_div(whole));
    fraction.and_then(|fraction| Money::round(fraction, of.currency)).unwrap_or(Money::new(0, of.currency))
}
