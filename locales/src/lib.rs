//! All texts of the user interface and of mails in Ukrainian and English, and the formats of money, numbers and dates.
//!
//! Texts are Fluent messages in `uk/` and `en/`, one file for each part of the product. [`t!`] formats one:
//! `t!(language, "form-errors", count = 3)`. Besides values and plural forms, a message can use `QUOTE($name)`, which
//! puts a name into quotation marks.

#[cfg(not(target_family = "wasm"))]
mod date;
#[cfg(not(target_family = "wasm"))]
pub mod event;
#[cfg(not(target_family = "wasm"))]
pub mod mail;
mod moment;
mod number;
mod quote;
#[cfg(not(target_family = "wasm"))]
pub mod record;
mod text;
#[cfg(not(target_family = "wasm"))]
mod time_zone;

#[cfg(not(target_family = "wasm"))]
pub use date::{day, day_text, moment, named_day};
pub use moment::Moment;
pub use number::{decimal, file_size, money, number, percent};
pub use quote::quote;
pub use text::{Value, find_text, text};
#[cfg(not(target_family = "wasm"))]
pub use time_zone::{DEFAULT_TIME_ZONE, TIME_ZONES, TimeZone, time_zone_choices, time_zone_city};

/// Formats a text: `t!(language, "key")`, or with values, `t!(language, "key", count = 3, name = &name)`.
#[macro_export]
macro_rules! t {
    ($language:expr, $key:expr $(,)?) => { $crate::text($language, $key, &[]) };
    ($language:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text($language, $key, &[$((stringify!($name), $crate::Value::from($value))),+])
    };
}
