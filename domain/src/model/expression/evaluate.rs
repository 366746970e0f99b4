//! The value of an expression; `None` where there is none, as for a division by zero.

use super::{super::scope::Scope, Expression, Function, Node, Operator};
use crate::document::Value;
use rust_decimal::{Decimal, RoundingStrategy};

impl Expression {
    pub(in super::super) fn value(&self, scope: &Scope) -> Option<Value> {
        self.node.value(scope)
    }
}

impl Node {
    fn value(&self, scope: &Scope) -> Option<Value> {
        match self {
            Node::Literal(value) => Some(value.clone()),
            Node::Name(name) => scope.value(name),
            Node::NumberOf(option, number) => scope.number_of(option, number).map(Value::Number),
            Node::Not(inner) => Some(Value::Flag(!inner.flag(scope)?)),
            Node::Negative(inner) => Some(Value::Number(-inner.number(scope)?)),
            Node::Two(operator, both) => two(*operator, &both.0, &both.1, scope),
            Node::If(parts) => {
                if parts.0.flag(scope)? {
                    parts.1.value(scope)
                } else {
                    parts.2.value(scope)
                }
            }
            Node::Call(function, given) => call(*function, given, scope).map(Value::Number),
        }
    }

    fn number(&self, scope: &Scope) -> Option<Decimal> {
        match self.value(scope)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn flag(&self, scope: &Scope) -> Option<bool> {
        match self.value(scope)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

fn two(operator: Operator, left: &Node, right: &Node, scope: &Scope) -> Option<Value> {
    let numbers = || Some((left.number(scope)?, right.number(scope)?));
    let compare = |is: fn(&Decimal, &Decimal) -> bool| numbers().map(|(left, right)| Value::Flag(is(&left, &right)));
    let compute = |with: fn(Decimal, Decimal) -> Option<Decimal>| {
        let (left, right) = numbers()?;
        with(left, right).map(Value::Number)
    };
    match operator {
        Operator::Or => Some(Value::Flag(left.flag(scope)? || right.flag(scope)?)),
        Operator::And => Some(Value::Flag(left.flag(scope)? && right.flag(scope)?)),
        Operator::Equal => Some(Value::Flag(left.value(scope)? == right.value(scope)?)),
        Operator::Unequal => Some(Value::Flag(left.value(scope)? != right.value(scope)?)),
        Operator::Less => compare(Decimal::lt),
        Operator::AtMost => compare(Decimal::le),
        Operator::More => compare(Decimal::gt),
        Operator::AtLeast => compare(Decimal::ge),
        Operator::Plus => compute(Decimal::checked_add),
        Operator::Minus => compute(Decimal::checked_sub),
        Operator::Times => compute(Decimal::checked_mul),
        Operator::Divide => compute(Decimal::checked_div),
        Operator::Remainder => compute(Decimal::checked_rem),
    }
}

/// Half away from zero, as people round.
pub(in crate::model) fn round(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

fn call(function: Function, given: &[Node], scope: &Scope) -> Option<Decimal> {
    let numbers: Vec<Decimal> = given.iter().map(|node| node.number(scope)).collect::<Option<_>>()?;
    match function {
        Function::Min => numbers.into_iter().min(),
        Function::Max => numbers.into_iter().max(),
        Function::Round => Some(round(*numbers.first()?)),
        Function::Floor => Some(numbers.first()?.floor()),
        Function::Ceil => Some(numbers.first()?.ceil()),
        Function::Abs => Some(numbers.first()?.abs()),
    }
}
