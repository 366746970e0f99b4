//! Small formulas over options, as product models contain them: `length * width / 10000 * wood.rate` or
//! `legs == 'steel' and length > 220`. They are computed in exact decimals, always terminate and never panic.

mod check;
mod evaluate;
mod parse;
mod syntax;

pub(super) use check::{Interval, Type, TypeEnvironment, TypeError};
pub(super) use evaluate::{Variables, round};
pub use parse::ExpressionError;
pub use syntax::Expression;
