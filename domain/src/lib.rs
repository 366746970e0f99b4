//! What Spilno is about, without a database, a page or a clock: the words of the product as types, and the rules
//! that hold between them. Compiled for the server and for the browser, so that both compute the same answers.

pub mod day;
pub mod document;
pub mod id;
pub mod input;
pub mod language;
pub mod model;
pub mod money;
pub mod policy;
pub mod state;
pub mod time;
pub mod version;

pub use day::Day;
pub use id::*;
pub use language::{Language, Local};
pub use money::{Currency, Money};
pub use state::*;
pub use time::{Span, Timestamp};
