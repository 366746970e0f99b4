//! Reads an expression. Its length and depth are limited, so that neither reading nor computing runs out of stack.

use super::{Function, Node, Operator};
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

/// The text and how deep in it we are.
type Input<'i> = Stateful<&'i str, u32>;

pub(super) fn parse(source: &str) -> Result<Node, String> {
    if source.len() > LENGTH_LIMIT {
        return Err(format!("it is longer than {LENGTH_LIMIT} bytes"));
    }
    let input = Stateful { input: source, state: 0 };
    preceded(multispace0, formula).parse(input).map_err(|error| {
        let at = source.get(error.offset()..).unwrap_or_default();
        let place = if at.is_empty() { "at its end".to_owned() } else { format!("at «{at}»") };
        let expected = error.into_inner().to_string();
        if expected.is_empty() { place } else { format!("{place}: {}", expected.replace('\n', ", ")) }
    })
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn formula(input: &mut Input<'_>) -> ModalResult<Node> {
    climb(input, 0)
}

/// How tightly operators bind.
const NOT: u8 = 2;
const COMPARISON: u8 = 3;
const NEGATIVE: u8 = 6;

impl Operator {
    fn level(self) -> u8 {
        match self {
            Operator::Or => 0,
            Operator::And => 1,
            Operator::Plus | Operator::Minus => 4,
            Operator::Times | Operator::Divide | Operator::Remainder => 5,
            _ => COMPARISON,
        }
    }
}

/// Precedence climbing: operands joined by operators that bind at least so tightly.
fn climb(input: &mut Input<'_>, least: u8) -> ModalResult<Node> {
    if input.state >= DEPTH_LIMIT {
        return cut_err(fail.context(expected("fewer parts inside each other"))).parse_next(input);
    }
    input.state += 1;
    let joined = operand.parse_next(input).and_then(|first| join(input, first, least));
    input.state -= 1;
    joined
}

fn join(input: &mut Input<'_>, mut left: Node, least: u8) -> ModalResult<Node> {
    // `a < b < c` says nothing sensible.
    let mut compared = false;
    loop {
        let before = input.checkpoint();
        match opt(operator).parse_next(input)? {
            Some(operator) if operator.level() >= least && !(compared && operator.level() == COMPARISON) => {
                let right = climb(input, operator.level() + 1)?;
                left = Node::Two(operator, Box::new((left, right)));
                compared = operator.level() == COMPARISON;
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
    let logic = alt((word("or").value(Operator::Or), word("and").value(Operator::And)));
    let comparison = alt((
        sign("==").value(Operator::Equal),
        sign("!=").value(Operator::Unequal),
        sign("<=").value(Operator::AtMost),
        sign("<").value(Operator::Less),
        sign(">=").value(Operator::AtLeast),
        sign(">").value(Operator::More),
    ));
    let arithmetic = alt((
        sign("+").value(Operator::Plus),
        sign("-").value(Operator::Minus),
        sign("*").value(Operator::Times),
        sign("/").value(Operator::Divide),
        sign("%").value(Operator::Remainder),
    ));
    alt((logic, comparison, arithmetic)).parse_next(input)
}

fn operand(input: &mut Input<'_>) -> ModalResult<Node> {
    alt((number, quoted, inside, negative, worded))
        .context(expected("a number, a name, a text in quotes or a bracket"))
        .parse_next(input)
}

fn number(input: &mut Input<'_>) -> ModalResult<Node> {
    terminated((digit1, opt((".", digit1))).take(), multispace0)
        .verify(|digits: &str| digits.len() <= DIGITS_LIMIT)
        .parse_to::<Decimal>()
        .map(|number| Node::Literal(Value::Number(number)))
        .parse_next(input)
}

fn quoted(input: &mut Input<'_>) -> ModalResult<Node> {
    terminated(delimited("'", take_till(0.., '\''), cut_err("'").context(expected("'"))), multispace0)
        .map(|text: &str| Node::Literal(Value::Text(text.to_owned())))
        .parse_next(input)
}

fn inside(input: &mut Input<'_>) -> ModalResult<Node> {
    delimited(sign("("), cut_err(formula), cut_err(sign(")").context(expected(")")))).parse_next(input)
}

fn negative(input: &mut Input<'_>) -> ModalResult<Node> {
    preceded(sign("-"), |input: &mut Input<'_>| climb(input, NEGATIVE))
        .map(|inner| Node::Negative(Box::new(inner)))
        .parse_next(input)
}

fn worded(input: &mut Input<'_>) -> ModalResult<Node> {
    let name = name.parse_next(input)?;
    match name {
        "true" => Ok(Node::Literal(Value::Flag(true))),
        "false" => Ok(Node::Literal(Value::Flag(false))),
        "not" => cut_err(|input: &mut Input<'_>| climb(input, NOT)).map(|it| Node::Not(Box::new(it))).parse_next(input),
        "if" => cut_err(choose).parse_next(input),
        "and" | "or" | "then" | "else" => fail.parse_next(input),
        _ if input.input.starts_with('(') => cut_err(|input: &mut Input<'_>| call(input, name)).parse_next(input),
        _ => Ok(
            match opt(preceded(sign("."), cut_err(self::name).context(expected("a number's name"))))
                .parse_next(input)?
            {
                Some(number) => Node::NumberOf(name.to_owned(), number.to_owned()),
                None => Node::Name(name.to_owned()),
            },
        ),
    }
}

fn choose(input: &mut Input<'_>) -> ModalResult<Node> {
    let condition = formula.parse_next(input)?;
    word("then").context(expected("then")).parse_next(input)?;
    let one = formula.parse_next(input)?;
    word("else").context(expected("else")).parse_next(input)?;
    let other = formula.parse_next(input)?;
    Ok(Node::If(Box::new((condition, one, other))))
}

fn call(input: &mut Input<'_>, name: &str) -> ModalResult<Node> {
    let (function, takes) = match name {
        "min" => (Function::Min, 1..=8),
        "max" => (Function::Max, 1..=8),
        "round" => (Function::Round, 1..=1),
        "floor" => (Function::Floor, 1..=1),
        "ceil" => (Function::Ceil, 1..=1),
        "abs" => (Function::Abs, 1..=1),
        _ => return fail.context(expected("a function: min, max, round, floor, ceil or abs")).parse_next(input),
    };
    delimited(sign("("), separated(takes, formula, sign(",")), sign(")").context(expected(")")))
        .map(|given| Node::Call(function, given))
        .parse_next(input)
}

fn name<'i>(input: &mut Input<'i>) -> ModalResult<&'i str> {
    let letters = (one_of('a'..='z'), take_while(0.., ('a'..='z', '0'..='9', '_')));
    terminated(letters.take(), multispace0).parse_next(input)
}

fn word<'i>(
    word: &'static str,
) -> impl Parser<Input<'i>, &'i str, winnow::error::ErrMode<winnow::error::ContextError>> {
    name.verify(move |name: &str| name == word)
}

fn sign<'i>(
    sign: &'static str,
) -> impl Parser<Input<'i>, &'i str, winnow::error::ErrMode<winnow::error::ContextError>> {
    terminated(sign, multispace0)
}
