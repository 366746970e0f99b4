//! Parses expressions. Their length and depth are limited, so that neither parsing nor evaluating overflows the stack.

use super::syntax::{Expression, Function, Node, Operator};
use crate::document::Value;
use rust_decimal::Decimal;
use winnow::{
    ModalResult, Parser,
    ascii::{digit1, multispace0},
    combinator::{alt, cut_err, delimited, fail, opt, preceded, separated, terminated},
    error::{StrContext, StrContextValue},
    stream::{Stateful, Stream},
    token::{one_of, take_till, take_while},
};

const LENGTH_LIMIT: usize = 400;
const DEPTH_LIMIT: u32 = 24;
const DIGITS_LIMIT: usize = 15;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{source_text}» is not an expression: {problem}")]
pub struct ExpressionError {
    pub source_text: String,
    pub problem: String,
}

impl TryFrom<String> for Expression {
    type Error = ExpressionError;
    fn try_from(source: String) -> Result<Self, ExpressionError> {
        match parse(&source) {
            Ok(node) => Ok(Self { source, node }),
            Err(problem) => Err(ExpressionError { source_text: source, problem }),
        }
    }
}

/// The rest of the text and the current nesting depth.
type Input<'i> = Stateful<&'i str, u32>;

fn parse(source: &str) -> Result<Node, String> {
    if source.len() > LENGTH_LIMIT {
        return Err(format!("longer than {LENGTH_LIMIT} bytes"));
    }
    let input = Stateful { input: source, state: 0 };
    preceded(multispace0, expression).parse(input).map_err(|error| {
        let at = source.get(error.offset()..).unwrap_or_default();
        let place = if at.is_empty() { "at the end".to_owned() } else { format!("at «{at}»") };
        let expected = error.into_inner().to_string();
        if expected.is_empty() { place } else { format!("{place}: {}", expected.replace('\n', ", ")) }
    })
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn expression(input: &mut Input<'_>) -> ModalResult<Node> {
    operation(input, 0)
}

// Precedence levels of operators. A higher level binds more tightly.
const NOT: u8 = 2;
const COMPARISON: u8 = 3;
const NEGATIVE: u8 = 6;

impl Operator {
    fn precedence(self) -> u8 {
        match self {
            Operator::Or => 0,
            Operator::And => 1,
            Operator::Add | Operator::Subtract => 4,
            Operator::Multiply | Operator::Divide | Operator::Remainder => 5,
            _ => COMPARISON,
        }
    }
}

/// Parses operands joined by operators of at least this precedence (precedence climbing).
fn operation(input: &mut Input<'_>, min_precedence: u8) -> ModalResult<Node> {
    if input.state >= DEPTH_LIMIT {
        return cut_err(fail.context(expected("less nesting"))).parse_next(input);
    }
    input.state += 1;
    let result = operand.parse_next(input).and_then(|first| rest_of_operation(input, first, min_precedence));
    input.state -= 1;
    result
}

fn rest_of_operation(input: &mut Input<'_>, mut left: Node, min_precedence: u8) -> ModalResult<Node> {
    // Comparisons cannot be chained: `a < b < c` is an error.
    let mut compared = false;
    loop {
        let before = input.checkpoint();
        match opt(operator).parse_next(input)? {
            Some(operator)
                if operator.precedence() >= min_precedence && !(compared && operator.precedence() == COMPARISON) =>
            {
                let right = operation(input, operator.precedence() + 1)?;
                left = Node::Binary(operator, Box::new((left, right)));
                compared = operator.precedence() == COMPARISON;
            }
            Some(_) => {
                input.reset(&before);
                return Ok(left);
            }
            None => return Ok(left),
        }
    }
}

fn operator(input: &mut Input<'_>) -> ModalResult<Operator> {
    let logic = alt((keyword("or").value(Operator::Or), keyword("and").value(Operator::And)));
    let comparison = alt((
        symbol("==").value(Operator::Equal),
        symbol("!=").value(Operator::NotEqual),
        symbol("<=").value(Operator::LessOrEqual),
        symbol("<").value(Operator::Less),
        symbol(">=").value(Operator::GreaterOrEqual),
        symbol(">").value(Operator::Greater),
    ));
    let arithmetic = alt((
        symbol("+").value(Operator::Add),
        symbol("-").value(Operator::Subtract),
        symbol("*").value(Operator::Multiply),
        symbol("/").value(Operator::Divide),
        symbol("%").value(Operator::Remainder),
    ));
    alt((logic, comparison, arithmetic)).parse_next(input)
}

fn operand(input: &mut Input<'_>) -> ModalResult<Node> {
    alt((number, text, parentheses, negation, word))
        .context(expected("a number, a name, a text in quotes or a parenthesis"))
        .parse_next(input)
}

fn number(input: &mut Input<'_>) -> ModalResult<Node> {
    terminated((digit1, opt((".", digit1))).take(), multispace0)
        .verify(|digits: &str| digits.len() <= DIGITS_LIMIT)
        .parse_to::<Decimal>()
        .map(|number| Node::Literal(Value::Number(number)))
        .parse_next(input)
}

fn text(input: &mut Input<'_>) -> ModalResult<Node> {
    terminated(delimited("'", take_till(0.., '\''), cut_err("'").context(expected("'"))), multispace0)
        .map(|text: &str| Node::Literal(Value::Text(text.to_owned())))
        .parse_next(input)
}

fn parentheses(input: &mut Input<'_>) -> ModalResult<Node> {
    delimited(symbol("("), cut_err(expression), cut_err(symbol(")").context(expected(")")))).parse_next(input)
}

fn negation(input: &mut Input<'_>) -> ModalResult<Node> {
    preceded(symbol("-"), |input: &mut Input<'_>| operation(input, NEGATIVE))
        .map(|inner| match inner {
            Node::Literal(Value::Number(number)) => Node::Literal(Value::Number(-number)),
            inner => Node::Negate(Box::new(inner)),
        })
        .parse_next(input)
}

/// Parses everything that begins with a letter: a literal, an operator, a function call or a name.
fn word(input: &mut Input<'_>) -> ModalResult<Node> {
    let name = name.parse_next(input)?;
    match name {
        "true" => Ok(Node::Literal(Value::Flag(true))),
        "false" => Ok(Node::Literal(Value::Flag(false))),
        "not" => {
            cut_err(|input: &mut Input<'_>| operation(input, NOT)).map(|it| Node::Not(Box::new(it))).parse_next(input)
        }
        "if" => cut_err(conditional).parse_next(input),
        "and" | "or" | "then" | "else" => fail.parse_next(input),
        _ if input.input.starts_with('(') => cut_err(|input: &mut Input<'_>| call(input, name)).parse_next(input),
        _ => Ok(
            match opt(preceded(symbol("."), cut_err(self::name).context(expected("a number's name"))))
                .parse_next(input)?
            {
                Some(number) => Node::ChoiceNumber(name.to_owned(), number.to_owned()),
                None => Node::Name(name.to_owned()),
            },
        ),
    }
}

fn conditional(input: &mut Input<'_>) -> ModalResult<Node> {
    let condition = expression.parse_next(input)?;
    keyword("then").context(expected("then")).parse_next(input)?;
    let then = expression.parse_next(input)?;
    keyword("else").context(expected("else")).parse_next(input)?;
    let otherwise = expression.parse_next(input)?;
    Ok(Node::If(Box::new((condition, then, otherwise))))
}

fn call(input: &mut Input<'_>, name: &str) -> ModalResult<Node> {
    let (function, arity) = match name {
        "min" => (Function::Min, 1..=8),
        "max" => (Function::Max, 1..=8),
        "round" => (Function::Round, 1..=1),
        "floor" => (Function::Floor, 1..=1),
        "ceil" => (Function::Ceil, 1..=1),
        "abs" => (Function::Abs, 1..=1),
        _ => return fail.context(expected("a function: min, max, round, floor, ceil or abs")).parse_next(input),
    };
    delimited(symbol("("), separated(arity, expression, symbol(",")), symbol(")").context(expected(")")))
        .map(|arguments| Node::Call(function, arguments))
        .parse_next(input)
}

fn name<'i>(input: &mut Input<'i>) -> ModalResult<&'i str> {
    let letters = (one_of('a'..='z'), take_while(0.., ('a'..='z', '0'..='9', '_')));
    terminated(letters.take(), multispace0).parse_next(input)
}

fn keyword<'i>(
    keyword: &'static str,
) -> impl Parser<Input<'i>, &'i str, winnow::error::ErrMode<winnow::error::ContextError>> {
    name.verify(move |name: &str| name == keyword)
}

fn symbol<'i>(
    symbol: &'static str,
) -> impl Parser<Input<'i>, &'i str, winnow::error::ErrMode<winnow::error::ContextError>> {
    terminated(symbol, multispace0)
}
