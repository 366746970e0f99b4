//! The company's pages at the desk.

pub mod staff;
