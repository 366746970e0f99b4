//! The domain of Spilno: its types and business rules, without database, pages or clock. The crate is compiled for the
//! server and for the browser, so that both compute the same results.

pub mod content_hash;
pub mod day;
pub mod document;
pub mod event;
pub mod id;
pub mod input;
pub mod language;
pub mod mail;
pub mod model;
pub mod money;
pub mod policy;
pub mod record;
pub mod state;
pub mod time;
pub mod version;

pub use content_hash::ContentHash;
pub use day::Day;
pub use id::*;
pub use language::{Language, LocalizedText};
pub use money::{Currency, Money};
pub use state::*;
pub use time::{Span, Timestamp};
