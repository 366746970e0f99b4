//! Type-checks expressions without values. For a number, the check computes an interval that contains the result for
//! every possible configuration. This excludes divisions by zero and overflows when the expression is evaluated later.

use super::{
    evaluate::round,
    syntax::{Expression, Function, Node, Operator},
};
use crate::document::Value;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The largest result that an expression may have. Decimals overflow far above it.
const LIMIT: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

#[derive(Debug, Clone, PartialEq)]
pub(in crate::model) enum Type {
    Number(Interval),
    Flag,
    /// A text that is one of these keys.
    Choice(Vec<String>),
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::model) struct Interval {
    pub min: Decimal,
    pub max: Decimal,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::model) enum TypeError {
    #[error("unknown option, term or counter «{0}»")]
    UnknownName(String),
    #[error("no value of «{option}» has a number «{number}»")]
    UnknownNumber { option: String, number: String },
    #[error("value «{value}» of «{option}» has no number «{number}»")]
    MissingNumber { option: String, value: String, number: String },
    #[error("«{0}» is not a value of this option; its values are {1}")]
    UnknownValue(String, String),
    #[error("expected {expected}, found {found}")]
    Mismatch { found: &'static str, expected: &'static str },
    #[error("the divisor can be 0: it is between {0} and {1}")]
    DivisorZero(Decimal, Decimal),
    #[error("the result can exceed {LIMIT}")]
    TooLarge,
    /// The expression uses a name whose own definition has an error, which is reported there.
    #[error("the expression depends on an invalid definition")]
    InvalidDependency,
}

/// The types of the names that an expression can use.
#[derive(Debug, Clone, Default)]
pub(in crate::model) struct TypeEnvironment {
    pub types: BTreeMap<String, Type>,
    /// Numbers of choice values by option key, number name and value key.
    pub numbers: BTreeMap<String, BTreeMap<String, BTreeMap<String, Decimal>>>,
    /// Names whose definition has an error.
    pub invalid: BTreeSet<String>,
}

impl TypeEnvironment {
    fn type_of(&self, name: &str) -> Result<&Type, TypeError> {
        match self.types.get(name) {
            Some(found) => Ok(found),
            None if self.invalid.contains(name) => Err(TypeError::InvalidDependency),
            None => Err(TypeError::UnknownName(name.to_owned())),
        }
    }
}

impl Type {
    fn name(&self) -> &'static str {
        match self {
            Type::Number(_) => "number",
            Type::Flag => "yes or no",
            Type::Choice(_) | Type::Text => "text",
        }
    }
}

impl Interval {
    pub fn new(one: Decimal, other: Decimal) -> Self {
        Self { min: one.min(other), max: one.max(other) }
    }

    /// Returns the smallest interval that contains all numbers. Fails for an overflow (`None`) or a number above the
    /// limit.
    fn containing(numbers: &[Option<Decimal>]) -> Result<Self, TypeError> {
        let numbers: Vec<Decimal> = numbers.iter().copied().collect::<Option<_>>().ok_or(TypeError::TooLarge)?;
        let min = numbers.iter().min().copied().unwrap_or_default();
        let max = numbers.iter().max().copied().unwrap_or_default();
        if min < -LIMIT || max > LIMIT { Err(TypeError::TooLarge) } else { Ok(Self { min, max }) }
    }

    /// Applies a binary operation to all pairs of bounds. Correct for operations that are monotonic in each operand.
    fn combine(self, other: Self, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Result<Self, TypeError> {
        Self::containing(&[
            operation(self.min, other.min),
            operation(self.min, other.max),
            operation(self.max, other.min),
            operation(self.max, other.max),
        ])
    }

    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    fn without_zero(self) -> Result<Self, TypeError> {
        if self.min <= Decimal::ZERO && self.max >= Decimal::ZERO {
            return Err(TypeError::DivisorZero(self.min.normalize(), self.max.normalize()));
        }
        Ok(self)
    }

    /// Applies a monotonic function.
    fn map(self, function: impl Fn(Decimal) -> Decimal) -> Self {
        Self::new(function(self.min), function(self.max))
    }
}

impl Expression {
    pub(in crate::model) fn check(&self, environment: &TypeEnvironment) -> Result<Type, TypeError> {
        self.node.check(environment)
    }

    pub(in crate::model) fn check_number(&self, environment: &TypeEnvironment) -> Result<Interval, TypeError> {
        self.node.check_number(environment)
    }

    pub(in crate::model) fn check_flag(&self, environment: &TypeEnvironment) -> Result<(), TypeError> {
        self.node.check_flag(environment)
    }
}

impl Node {
    fn check(&self, environment: &TypeEnvironment) -> Result<Type, TypeError> {
        match self {
            Node::Literal(Value::Number(number)) => Ok(Type::Number(Interval::containing(&[Some(*number)])?)),
            Node::Literal(Value::Flag(_)) => Ok(Type::Flag),
            Node::Literal(Value::Text(_)) => Ok(Type::Text),
            Node::Name(name) => environment.type_of(name).cloned(),
            Node::ChoiceNumber(option, number) => Ok(Type::Number(choice_number(environment, option, number)?)),
            Node::Not(inner) => inner.check_flag(environment).map(|()| Type::Flag),
            Node::Negate(inner) => Ok(Type::Number(inner.check_number(environment)?.map(|number| -number))),
            Node::Binary(operator, operands) => binary(*operator, &operands.0, &operands.1, environment),
            Node::If(parts) => {
                parts.0.check_flag(environment)?;
                union(parts.1.check(environment)?, parts.2.check(environment)?)
            }
            Node::Call(function, arguments) => {
                let intervals: Vec<Interval> =
                    arguments.iter().map(|node| node.check_number(environment)).collect::<Result<_, _>>()?;
                Ok(Type::Number(call(*function, &intervals)))
            }
        }
    }

    fn check_number(&self, environment: &TypeEnvironment) -> Result<Interval, TypeError> {
        match self.check(environment)? {
            Type::Number(interval) => Ok(interval),
            other => Err(TypeError::Mismatch { found: other.name(), expected: "number" }),
        }
    }

    fn check_flag(&self, environment: &TypeEnvironment) -> Result<(), TypeError> {
        match self.check(environment)? {
            Type::Flag => Ok(()),
            other => Err(TypeError::Mismatch { found: other.name(), expected: "yes or no" }),
        }
    }
}

fn choice_number(environment: &TypeEnvironment, option: &str, number: &str) -> Result<Interval, TypeError> {
    let values = match environment.type_of(option)? {
        Type::Choice(values) => values,
        other => return Err(TypeError::Mismatch { found: other.name(), expected: "choice" }),
    };
    let unknown = || TypeError::UnknownNumber { option: option.to_owned(), number: number.to_owned() };
    let known = environment.numbers.get(option).and_then(|numbers| numbers.get(number)).ok_or_else(unknown)?;
    if let Some(value) = values.iter().find(|value| !known.contains_key(*value)) {
        let (option, value, number) = (option.to_owned(), value.clone(), number.to_owned());
        return Err(TypeError::MissingNumber { option, value, number });
    }
    Interval::containing(&known.values().copied().map(Some).collect::<Vec<_>>())
}

fn binary(operator: Operator, left: &Node, right: &Node, environment: &TypeEnvironment) -> Result<Type, TypeError> {
    let numbers = || Ok((left.check_number(environment)?, right.check_number(environment)?));
    let combine = |operation| numbers().and_then(|(left, right)| left.combine(right, operation)).map(Type::Number);
    match operator {
        Operator::Or | Operator::And => {
            left.check_flag(environment)?;
            right.check_flag(environment)?;
            Ok(Type::Flag)
        }
        Operator::Equal | Operator::NotEqual => compare(left, right, environment).map(|()| Type::Flag),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            numbers().map(|_| Type::Flag)
        }
        Operator::Add => combine(Decimal::checked_add),
        Operator::Subtract => combine(Decimal::checked_sub),
        Operator::Multiply => combine(Decimal::checked_mul),
        Operator::Divide => {
            let (left, right) = numbers()?;
            left.combine(right.without_zero()?, Decimal::checked_div).map(Type::Number)
        }
        Operator::Remainder => {
            let (left, right) = numbers()?;
            let right = right.without_zero()?;
            let max = right.min.abs().max(right.max.abs());
            let min = if left.min < Decimal::ZERO { -max } else { Decimal::ZERO };
            Ok(Type::Number(Interval { min, max }))
        }
    }
}

/// Checks that two values can be equal.
fn compare(left: &Node, right: &Node, environment: &TypeEnvironment) -> Result<(), TypeError> {
    for (one, other) in [(left, right), (right, left)] {
        if let (Type::Choice(values), Node::Literal(Value::Text(value))) = (one.check(environment)?, other)
            && !values.contains(value)
        {
            return Err(TypeError::UnknownValue(value.clone(), values.join(", ")));
        }
    }
    let (left, right) = (left.check(environment)?.name(), right.check(environment)?.name());
    if left == right { Ok(()) } else { Err(TypeError::Mismatch { found: right, expected: left }) }
}

/// Returns the common type of the two branches of a conditional.
fn union(one: Type, other: Type) -> Result<Type, TypeError> {
    match (one, other) {
        (Type::Number(one), Type::Number(other)) => Ok(Type::Number(one.union(other))),
        (one, other) if one.name() == other.name() => Ok(if one == other { one } else { Type::Text }),
        (one, other) => Err(TypeError::Mismatch { found: other.name(), expected: one.name() }),
    }
}

fn call(function: Function, intervals: &[Interval]) -> Interval {
    let reduce = |function: fn(Decimal, Decimal) -> Decimal| {
        let min = intervals.iter().map(|interval| interval.min).reduce(function).unwrap_or_default();
        let max = intervals.iter().map(|interval| interval.max).reduce(function).unwrap_or_default();
        Interval { min, max }
    };
    let first = intervals.first().copied().unwrap_or(Interval { min: Decimal::ZERO, max: Decimal::ZERO });
    match function {
        Function::Min => reduce(Decimal::min),
        Function::Max => reduce(Decimal::max),
        Function::Round => first.map(round),
        Function::Floor => first.map(|number| number.floor()),
        Function::Ceil => first.map(|number| number.ceil()),
        Function::Abs if first.min >= Decimal::ZERO => first,
        Function::Abs if first.max <= Decimal::ZERO => first.map(|number| number.abs()),
        Function::Abs => Interval { min: Decimal::ZERO, max: first.min.abs().max(first.max.abs()) },
    }
}
