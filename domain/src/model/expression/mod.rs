//! Small formulas over options, as product models write them: `length * width / 10000 * wood.rate`,
//! `legs == 'steel' and length > 220`. They compute in exact decimals, always end and never panic.

mod check;
mod evaluate;
mod parse;

pub(in crate::model) use evaluate::round;

pub(super) use check::{Known, Names, Range, Wrong};

use crate::document::Value;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Keeps the text it was written as, which is also how it is stored and sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expression {
    source: String,
    node: Node,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{source_text}» is not an expression: {problem}")]
pub struct NotAnExpression {
    pub source_text: String,
    pub problem: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Literal(Value),
    Name(String),
    /// A number of the value that a choice is set to: `wood.rate`.
    NumberOf(String, String),
    Not(Box<Node>),
    Negative(Box<Node>),
    Two(Operator, Box<(Node, Node)>),
    If(Box<(Node, Node, Node)>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Min,
    Max,
    Round,
    Floor,
    Ceil,
    Abs,
}

impl Expression {
    /// The names of options, terms and counters in it.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.node.walk(&mut |node| {
            if let Node::Name(name) | Node::NumberOf(name, _) = node {
                names.push(name.as_str());
            }
        });
        names
    }
}

impl Node {
    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        match self {
            Node::Literal(_) | Node::Name(_) | Node::NumberOf(..) => {}
            Node::Not(inner) | Node::Negative(inner) => inner.walk(visit),
            Node::Two(_, both) => {
                both.0.walk(visit);
                both.1.walk(visit);
            }
            Node::If(parts) => {
                parts.0.walk(visit);
                parts.1.walk(visit);
                parts.2.walk(visit);
            }
            Node::Call(_, given) => given.iter().for_each(|node| node.walk(visit)),
        }
    }
}

impl TryFrom<String> for Expression {
    type Error = NotAnExpression;
    fn try_from(source: String) -> Result<Self, NotAnExpression> {
        match parse::parse(&source) {
            Ok(node) => Ok(Self { source, node }),
            Err(problem) => Err(NotAnExpression { source_text: source, problem }),
        }
    }
}

impl From<Decimal> for Expression {
    fn from(number: Decimal) -> Self {
        Self { source: number.to_string(), node: Node::Literal(Value::Number(number)) }
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> String {
        expression.source
    }
}
