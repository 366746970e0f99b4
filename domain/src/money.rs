//! Amounts of money in integer minor units of one currency. Prices are computed in decimals and rounded once, in
//! [`Money::round`].

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The currencies that a company can use. All have two decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    #[default]
    Uah,
    Eur,
    Usd,
}

impl Currency {
    pub const ALL: [Currency; 3] = [Currency::Uah, Currency::Eur, Currency::Usd];

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Currency::Uah => "UAH",
            Currency::Eur => "EUR",
            Currency::Usd => "USD",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected UAH, EUR or USD")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Currency::ALL.into_iter().find(|currency| currency.code() == code).ok_or(UnknownCurrency)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units: kopiykas or cents.
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Rounds half away from zero, as is usual on invoices; `None` if the amount does not fit into an `i64`.
    pub fn round(amount: Decimal, currency: Currency) -> Option<Self> {
        let minor = amount
            .checked_mul(Decimal::ONE_HUNDRED)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()?;
        Some(Self { minor, currency })
    }

    pub fn amount(self) -> Decimal {
        Decimal::new(self.minor, 2)
    }
}
