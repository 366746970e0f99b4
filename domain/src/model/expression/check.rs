//! What an expression can come to, found without any values: its kind and, for a number, between which bounds it
//! lies for every product that can be configured. So a product cannot meet a division by zero or an overflow later.

use super::{Expression, Function, Node, Operator, round};
use crate::document::Value;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Larger numbers are taken for a mistake, long before decimals overflow.
const LIMIT: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Known {
    Number(Range),
    Flag,
    /// One of these keys.
    Choice(Vec<String>),
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Range {
    pub least: Decimal,
    pub most: Decimal,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in super::super) enum Wrong {
    #[error("there is no option, term or counter «{0}»")]
    UnknownName(String),
    #[error("no value of «{option}» has a number «{number}»")]
    UnknownNumber { option: String, number: String },
    #[error("value «{value}» of «{option}» lacks the number «{number}»")]
    NumberLacking { option: String, value: String, number: String },
    #[error("«{0}» is not a value of this option: it has {1}")]
    UnknownValue(String, String),
    #[error("a {0} stands where a {1} is needed")]
    Kind(&'static str, &'static str),
    #[error("the divisor can be 0: it lies between {0} and {1}")]
    DivisorZero(Decimal, Decimal),
    #[error("the result can go beyond {LIMIT}")]
    TooLarge,
    #[error("it rests on something that is wrong itself")]
    Unsure,
}

/// What the names in an expression stand for.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Names {
    pub names: BTreeMap<String, Known>,
    /// Option, number's name, value's key.
    pub numbers: BTreeMap<String, BTreeMap<String, BTreeMap<String, Decimal>>>,
    /// Names that are there, but are defined wrongly.
    pub unsure: BTreeSet<String>,
}

impl Names {
    fn known(&self, name: &str) -> Result<&Known, Wrong> {
        match self.names.get(name) {
            Some(known) => Ok(known),
            None if self.unsure.contains(name) => Err(Wrong::Unsure),
            None => Err(Wrong::UnknownName(name.to_owned())),
        }
    }
}

impl Known {
    fn kind(&self) -> &'static str {
        match self {
            Known::Number(_) => "number",
            Known::Flag => "yes or no",
            Known::Choice(_) | Known::Text => "text",
        }
    }
}

impl Range {
    pub fn new(one: Decimal, other: Decimal) -> Self {
        Self { least: one.min(other), most: one.max(other) }
    }

    /// Around all of these, within the limit.
    fn around(numbers: &[Option<Decimal>]) -> Result<Self, Wrong> {
        let numbers: Vec<Decimal> = numbers.iter().copied().collect::<Option<_>>().ok_or(Wrong::TooLarge)?;
        let least = numbers.iter().min().copied().unwrap_or_default();
        let most = numbers.iter().max().copied().unwrap_or_default();
        if least < -LIMIT || most > LIMIT { Err(Wrong::TooLarge) } else { Ok(Self { least, most }) }
    }

    fn corners(self, other: Self, with: fn(Decimal, Decimal) -> Option<Decimal>) -> Result<Self, Wrong> {
        let corner = |left, right| with(left, right);
        Self::around(&[
            corner(self.least, other.least),
            corner(self.least, other.most),
            corner(self.most, other.least),
            corner(self.most, other.most),
        ])
    }

    pub fn join(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    fn without_zero(self) -> Result<Self, Wrong> {
        if self.least <= Decimal::ZERO && self.most >= Decimal::ZERO {
            return Err(Wrong::DivisorZero(self.least.normalize(), self.most.normalize()));
        }
        Ok(self)
    }

    fn map(self, with: impl Fn(Decimal) -> Decimal) -> Self {
        Self::new(with(self.least), with(self.most))
    }
}

impl Expression {
    pub(in super::super) fn check(&self, names: &Names) -> Result<Known, Wrong> {
        self.node.check(names)
    }

    pub(in super::super) fn check_number(&self, names: &Names) -> Result<Range, Wrong> {
        self.node.number_range(names)
    }

    pub(in super::super) fn check_flag(&self, names: &Names) -> Result<(), Wrong> {
        self.node.must_be_flag(names)
    }
}

impl Node {
    fn check(&self, names: &Names) -> Result<Known, Wrong> {
        match self {
            Node::Literal(Value::Number(number)) => Ok(Known::Number(Range::around(&[Some(*number)])?)),
            Node::Literal(Value::Flag(_)) => Ok(Known::Flag),
            Node::Literal(Value::Text(_)) => Ok(Known::Text),
            Node::Name(name) => names.known(name).cloned(),
            Node::NumberOf(option, number) => Ok(Known::Number(number_of(names, option, number)?)),
            Node::Not(inner) => inner.must_be_flag(names).map(|()| Known::Flag),
            Node::Negative(inner) => Ok(Known::Number(inner.number_range(names)?.map(|number| -number))),
            Node::Two(operator, both) => two(*operator, &both.0, &both.1, names),
            Node::If(parts) => {
                parts.0.must_be_flag(names)?;
                either(parts.1.check(names)?, parts.2.check(names)?)
            }
            Node::Call(function, given) => {
                let ranges: Vec<Range> = given.iter().map(|node| node.number_range(names)).collect::<Result<_, _>>()?;
                Ok(Known::Number(call(*function, &ranges)))
            }
        }
    }

    fn number_range(&self, names: &Names) -> Result<Range, Wrong> {
        match self.check(names)? {
            Known::Number(range) => Ok(range),
            other => Err(Wrong::Kind(other.kind(), "number")),
        }
    }

    fn must_be_flag(&self, names: &Names) -> Result<(), Wrong> {
        match self.check(names)? {
            Known::Flag => Ok(()),
            other => Err(Wrong::Kind(other.kind(), "yes or no")),
        }
    }
}

fn number_of(names: &Names, option: &str, number: &str) -> Result<Range, Wrong> {
    let values = match names.known(option)? {
        Known::Choice(values) => values,
        other => return Err(Wrong::Kind(other.kind(), "choice")),
    };
    let unknown = || Wrong::UnknownNumber { option: option.to_owned(), number: number.to_owned() };
    let known = names.numbers.get(option).and_then(|numbers| numbers.get(number)).ok_or_else(unknown)?;
    if let Some(value) = values.iter().find(|value| !known.contains_key(*value)) {
        let (option, value, number) = (option.to_owned(), value.clone(), number.to_owned());
        return Err(Wrong::NumberLacking { option, value, number });
    }
    Range::around(&known.values().copied().map(Some).collect::<Vec<_>>())
}

fn two(operator: Operator, left: &Node, right: &Node, names: &Names) -> Result<Known, Wrong> {
    let numbers = || Ok((left.number_range(names)?, right.number_range(names)?));
    let corners = |with| numbers().and_then(|(left, right)| left.corners(right, with)).map(Known::Number);
    match operator {
        Operator::Or | Operator::And => {
            left.must_be_flag(names)?;
            right.must_be_flag(names)?;
            Ok(Known::Flag)
        }
        Operator::Equal | Operator::Unequal => compare(left, right, names).map(|()| Known::Flag),
        Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => numbers().map(|_| Known::Flag),
        Operator::Plus => corners(Decimal::checked_add),
        Operator::Minus => corners(Decimal::checked_sub),
        Operator::Times => corners(Decimal::checked_mul),
        Operator::Divide => {
            let (left, right) = numbers()?;
            left.corners(right.without_zero()?, Decimal::checked_div).map(Known::Number)
        }
        Operator::Remainder => {
            let (left, right) = numbers()?;
            let right = right.without_zero()?;
            let most = right.least.abs().max(right.most.abs());
            let least = if left.least < Decimal::ZERO { -most } else { Decimal::ZERO };
            Ok(Known::Number(Range { least, most }))
        }
    }
}

/// Two things may only be compared where they can be equal.
fn compare(left: &Node, right: &Node, names: &Names) -> Result<(), Wrong> {
    for (one, other) in [(left, right), (right, left)] {
        if let (Known::Choice(values), Node::Literal(Value::Text(value))) = (one.check(names)?, other)
            && !values.contains(value)
        {
            return Err(Wrong::UnknownValue(value.clone(), values.join(", ")));
        }
    }
    let (left, right) = (left.check(names)?.kind(), right.check(names)?.kind());
    if left == right { Ok(()) } else { Err(Wrong::Kind(right, left)) }
}

fn either(one: Known, other: Known) -> Result<Known, Wrong> {
    match (one, other) {
        (Known::Number(one), Known::Number(other)) => Ok(Known::Number(one.join(other))),
        (one, other) if one.kind() == other.kind() => Ok(if one == other { one } else { Known::Text }),
        (one, other) => Err(Wrong::Kind(other.kind(), one.kind())),
    }
}

fn call(function: Function, ranges: &[Range]) -> Range {
    let of = |with: fn(Decimal, Decimal) -> Decimal| {
        let least = ranges.iter().map(|range| range.least).reduce(with).unwrap_or_default();
        let most = ranges.iter().map(|range| range.most).reduce(with).unwrap_or_default();
        Range { least, most }
    };
    let first = ranges.first().copied().unwrap_or(Range { least: Decimal::ZERO, most: Decimal::ZERO });
    match function {
        Function::Min => of(Decimal::min),
        Function::Max => of(Decimal::max),
        Function::Round => first.map(round),
        Function::Floor => first.map(|number| number.floor()),
        Function::Ceil => first.map(|number| number.ceil()),
        Function::Abs if first.least >= Decimal::ZERO => first,
        Function::Abs if first.most <= Decimal::ZERO => first.map(|number| number.abs()),
        Function::Abs => Range { least: Decimal::ZERO, most: first.least.abs().max(first.most.abs()) },
    }
}
