//! The syntax tree of an expression.

use crate::document::Value;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An expression with its source text. It is serialized as the source text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expression {
    pub(super) source: String,
    pub(super) node: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Literal(Value),
    Name(String),
    /// A number of the selected value of a choice: `wood.rate`.
    ChoiceNumber(String, String),
    Not(Box<Node>),
    Negate(Box<Node>),
    Binary(Operator, Box<(Node, Node)>),
    If(Box<(Node, Node, Node)>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Min,
    Max,
    Round,
    Floor,
    Ceil,
    Abs,
}

impl Expression {
    /// Returns the names of options, terms and counters that the expression uses.
    pub(in crate::model) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.node.walk(&mut |node| {
            if let Node::Name(name) | Node::ChoiceNumber(name, _) = node {
                names.push(name.as_str());
            }
        });
        names
    }
}

impl Node {
    /// Calls `visit` for this node and all nodes in it.
    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        match self {
            Node::Literal(_) | Node::Name(_) | Node::ChoiceNumber(..) => {}
            Node::Not(inner) | Node::Negate(inner) => inner.walk(visit),
            Node::Binary(_, operands) => {
                operands.0.walk(visit);
                operands.1.walk(visit);
            }
            Node::If(parts) => {
                parts.0.walk(visit);
                parts.1.walk(visit);
                parts.2.walk(visit);
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|node| node.walk(visit)),
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
