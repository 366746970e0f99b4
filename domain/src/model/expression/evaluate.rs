//! Evaluates expressions. The result is `None` if it is undefined, for example after a division by zero.

use super::syntax::{Expression, Function, Node, Operator};
use crate::document::Value;
use rust_decimal::{Decimal, RoundingStrategy};

/// The values of the names in an expression.
pub(in crate::model) trait Variables {
    /// Returns the value of an option, a term or a counter.
    fn value(&self, name: &str) -> Option<Value>;
    /// Returns a number of the selected value of a choice.
    fn choice_number(&self, option: &str, number: &str) -> Option<Decimal>;
}

impl Expression {
    pub(in crate::model) fn value(&self, variables: &impl Variables) -> Option<Value> {
        self.node.value(variables)
    }

    pub(in crate::model) fn number(&self, variables: &impl Variables) -> Option<Decimal> {
        self.node.number(variables)
    }

    pub(in crate::model) fn flag(&self, variables: &impl Variables) -> Option<bool> {
        self.node.flag(variables)
    }
}

impl Node {
    fn value(&self, variables: &impl Variables) -> Option<Value> {
        match self {
            Node::Literal(value) => Some(value.clone()),
            Node::Name(name) => variables.value(name),
            Node::ChoiceNumber(option, number) => variables.choice_number(option, number).map(Value::Number),
            Node::Not(inner) => Some(Value::Flag(!inner.flag(variables)?)),
            Node::Negate(inner) => Some(Value::Number(-inner.number(variables)?)),
            Node::Binary(operator, operands) => binary(*operator, &operands.0, &operands.1, variables),
            Node::If(parts) => {
                if parts.0.flag(variables)? {
                    parts.1.value(variables)
                } else {
                    parts.2.value(variables)
                }
            }
            Node::Call(function, arguments) => call(*function, arguments, variables).map(Value::Number),
        }
    }

    fn number(&self, variables: &impl Variables) -> Option<Decimal> {
        match self.value(variables)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn flag(&self, variables: &impl Variables) -> Option<bool> {
        match self.value(variables)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

fn binary(operator: Operator, left: &Node, right: &Node, variables: &impl Variables) -> Option<Value> {
    let numbers = || Some((left.number(variables)?, right.number(variables)?));
    let compare = |is: fn(&Decimal, &Decimal) -> bool| numbers().map(|(left, right)| Value::Flag(is(&left, &right)));
    let compute = |with: fn(Decimal, Decimal) -> Option<Decimal>| {
        let (left, right) = numbers()?;
        with(left, right).map(Value::Number)
    };
    match operator {
        Operator::Or => Some(Value::Flag(left.flag(variables)? || right.flag(variables)?)),
        Operator::And => Some(Value::Flag(left.flag(variables)? && right.flag(variables)?)),
        Operator::Equal => Some(Value::Flag(left.value(variables)? == right.value(variables)?)),
        Operator::NotEqual => Some(Value::Flag(left.value(variables)? != right.value(variables)?)),
        Operator::Less => compare(Decimal::lt),
        Operator::LessOrEqual => compare(Decimal::le),
        Operator::Greater => compare(Decimal::gt),
        Operator::GreaterOrEqual => compare(Decimal::ge),
        Operator::Add => compute(Decimal::checked_add),
        Operator::Subtract => compute(Decimal::checked_sub),
        Operator::Multiply => compute(Decimal::checked_mul),
        Operator::Divide => compute(Decimal::checked_div),
        Operator::Remainder => compute(Decimal::checked_rem),
    }
}

/// Rounds half away from zero.
pub(in crate::model) fn round(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

fn call(function: Function, arguments: &[Node], variables: &impl Variables) -> Option<Decimal> {
    let numbers: Vec<Decimal> = arguments.iter().map(|node| node.number(variables)).collect::<Option<_>>()?;
    match function {
        Function::Min => numbers.into_iter().min(),
        Function::Max => numbers.into_iter().max(),
        Function::Round => Some(round(*numbers.first()?)),
        Function::Floor => Some(numbers.first()?.floor()),
        Function::Ceil => Some(numbers.first()?.ceil()),
        Function::Abs => Some(numbers.first()?.abs()),
    }
}
