//! Units of measure and the formatting of numbers with units.

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
    /// No unit.
    None,
}

impl Unit {
    pub const ALL: [Unit; 9] =
        [Unit::Mm, Unit::Cm, Unit::M, Unit::M2, Unit::Km, Unit::Kg, Unit::Pieces, Unit::Hours, Unit::None];

    /// The name in product models.
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

    /// The symbol to show after this number; empty for [`Unit::None`].
    pub fn symbol(self, number: Decimal, language: Language) -> &'static str {
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
            (Unit::Pieces, Language::En) if number == Decimal::ONE => "pc",
            (Unit::Pieces, Language::En) => "pcs",
            (Unit::Hours, Language::Uk) => "год",
            (Unit::Hours, Language::En) => "h",
            (Unit::None, _) => "",
        }
    }

    /// Formats a number with its unit.
    pub fn format(self, number: Decimal, language: Language) -> String {
        let plain = number.normalize().to_string();
        let digits = match language {
            Language::Uk => plain.replace('.', ","),
            Language::En => plain,
        };
        match self.symbol(number, language) {
            "" => digits,
            symbol => format!("{digits}\u{a0}{symbol}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Unit};

    #[test]
    fn numbers_are_formatted_with_their_units() {
        for (unit, number, uk, en) in [
            (Unit::Cm, "49.50", "49,5\u{a0}см", "49.5\u{a0}cm"),
            (Unit::Pieces, "1", "1\u{a0}шт.", "1\u{a0}pc"),
            (Unit::Pieces, "12", "12\u{a0}шт.", "12\u{a0}pcs"),
            (Unit::None, "3.0", "3", "3"),
        ] {
            let number = number.parse().unwrap();
            assert_eq!((unit.format(number, Language::Uk), unit.format(number, Language::En)), (uk.into(), en.into()));
        }
    }
}
