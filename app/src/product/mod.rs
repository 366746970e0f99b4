//! The catalogue and the page of a product.

pub mod catalogue;
pub mod page;
