//! The price of a configuration, line by line.

use super::{Expression, ProductModel, Values, expression::round, scope::Scope};
use crate::{Currency, Local, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One line of the price. Its name may show options in braces: `Oak top, {length}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceRule {
    pub name: Local,
    pub when: Option<Expression>,
    pub amount: Expression,
}

/// From this quantity on each piece costs so many percent less.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantityBreak {
    pub from: u32,
    pub percent: Decimal,
    pub name: Local,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Of one piece; they add up to `each`.
    pub lines: Vec<PriceLine>,
    pub each: Money,
    pub quantity: u32,
    /// What an offer takes off the pieces' sum; negative where it asks for more.
    pub discount: Money,
    pub total: Money,
    /// The tax within the total.
    pub vat: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    pub name: Local,
    pub amount: Money,
}

impl ProductModel {
    pub fn price(&self, values: &Values, quantity: u32) -> Price {
        let values = self.complete(values);
        let scope = Scope::of(self, &values);
        let mut lines: Vec<PriceLine> = self.prices.iter().filter_map(|rule| self.line(rule, &scope)).collect();
        if let Some(rule) = self.breaks.iter().filter(|rule| quantity >= rule.from).max_by_key(|rule| rule.from) {
            let less = share(sum(&lines, self.currency), -rule.percent, Decimal::ONE_HUNDRED);
            lines.push(PriceLine { name: rule.name.clone(), amount: less });
        }
        let each = sum(&lines, self.currency);
        let total = Money::new(each.minor.saturating_mul(i64::from(quantity)), self.currency);
        Price { lines, each, quantity, discount: Money::new(0, self.currency), total, vat: self.vat_within(total) }
    }

    /// The price where all pieces are offered for `total`.
    pub fn offer(&self, values: &Values, quantity: u32, total: Money) -> Price {
        let price = self.price(values, quantity);
        let discount = Money::new(price.total.minor.saturating_sub(total.minor), total.currency);
        Price { discount, total, vat: self.vat_within(total), ..price }
    }

    /// What of a total is the company's.
    pub fn without_vat(&self, total: Money) -> Money {
        Money::new(total.minor.saturating_sub(self.vat_within(total).minor), total.currency)
    }

    fn vat_within(&self, total: Money) -> Money {
        share(total, self.vat, Decimal::ONE_HUNDRED.saturating_add(self.vat))
    }

    /// A line's amount as it stands on the price. None where no number can hold it.
    pub(super) fn rounded(&self, amount: Decimal) -> Option<Decimal> {
        round(amount.checked_div(self.rounding)?).checked_mul(self.rounding)
    }

    /// `None` for a line that does not apply or is nothing.
    fn line(&self, rule: &PriceRule, scope: &Scope) -> Option<PriceLine> {
        if rule.when.as_ref().and_then(|when| when.holds(scope)) == Some(false) {
            return None;
        }
        let amount = Money::round(self.rounded(rule.amount.number(scope)?)?, self.currency)?;
        (amount.minor != 0).then(|| PriceLine { name: scope.fill(&rule.name), amount })
    }
}

fn sum(lines: &[PriceLine], currency: Currency) -> Money {
    Money::new(lines.iter().fold(0, |sum: i64, line| sum.saturating_add(line.amount.minor)), currency)
}

fn share(of: Money, part: Decimal, whole: Decimal) -> Money {
    let share = of.amount().checked_mul(part).and_then(|product| product.checked_div(whole));
    share.and_then(|share| Money::round(share, of.currency)).unwrap_or(Money::new(0, of.currency))
}
