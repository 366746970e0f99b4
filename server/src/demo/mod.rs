//! The demo company: a furniture workshop with two years of history, generated from a fixed seed.

mod calendar;
mod current_work;
mod design_plan;
mod designs;
mod fill;
mod generator;
mod names;
mod people;
mod pictures;
mod production;
mod profiles;
mod room_edits;
mod texts;
mod ticket_texts;
mod tickets;

pub use fill::{SIGN_INS, fill, is_demo};
