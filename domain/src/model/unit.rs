//! What numbers count, and how a number with its unit is written.

use crate::Language;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Mm,
    Cm,
    M,
    M2,
    Km,
    Kg,
    Pieces,
    Hours,
    /// A bare number.
    None,
}

impl Unit {
    pub const ALL: [Unit; 9] =
        [Unit::Mm, Unit::Cm, Unit::M, Unit::M2, Unit::Km, Unit::Kg, Unit::Pieces, Unit::Hours, Unit::None];

    /// As product models write it.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Mm => "mm",
            Unit::Cm => "cm",
            Unit::M => "m",
            Unit::M2 => "m2",
            Unit::Km => "km",
            Unit::Kg => "kg",
            Unit::Pieces => "pieces",
            Unit::Hours => "hours",
            Unit::None => "none",
        }
    }

    /// As people read it; empty for a bare number.
    pub const fn symbol(self, language: Language) -> &'static str {
        match (self, language) {
            (Unit::Mm, Language::Uk) => "мм",
            (Unit::Mm, Language::En) => "mm",
            (Unit::Cm, Language::Uk) => "см",
            (Unit::Cm, Language::En) => "cm",
            (Unit::M, Language::Uk) => "м",
            (Unit::M, Language::En) => "m",
            (Unit::M2, Language::Uk) => "м²",
            (Unit::M2, Language::En) => "m²",
            (Unit::Km, Language::Uk) => "км",
            (Unit::Km, Language::En) => "km",
            (Unit::Kg, Language::Uk) => "кг",
            (Unit::Kg, Language::En) => "kg",
            (Unit::Pieces, Language::Uk) => "шт.",
            (Unit::Pieces, Language::En) => "pcs",
            (Unit::Hours, Language::Uk) => "год",
            (Unit::Hours, Language::En) => "h",
            (Unit::None, _) => "",
        }
    }

    pub fn write(self, number: Decimal, language: Language) -> String {
        let plain = number.normalize().to_string();
        let digits = match language {
            Language::Uk => plain.replace('.', ","),
            Language::En => plain,
        };
        match self.symbol(language) {
            "" => digits,
            symbol => format!("{digits}\u{a0}{symbol}"),
        }
    }
}
