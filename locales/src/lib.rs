//! Every text people read, in Ukrainian and English, and how each language writes money, numbers and dates.
//!
//! Texts are Fluent messages in `uk/` and `en/`, one file for each part of the product. [`t!`] says one:
//! `t!(language, "tickets-count", count = 3)`.

#[cfg(not(target_family = "wasm"))]
mod date;
mod moment;
mod number;
mod text;

#[cfg(not(target_family = "wasm"))]
pub use date::{DEFAULT_TIME_ZONE, TIME_ZONES, TimeZone, day, moment, named_day};
pub use moment::Moment;
pub use number::{decimal, file_size, money, number, percent};
pub use text::{Value, text};

/// Says a text: `t!(language, "key")`, or with the values it names, `t!(language, "key", count = 3, name = &name)`.
#[macro_export]
macro_rules! t {
    ($language:expr, $key:expr $(,)?) => { $crate::text($language, $key, &[]) };
    ($language:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text($language, $key, &[$((stringify!($name), $crate::Value::from($value))),+])
    };
}
