//! Evaluates the functions of the crate far enough to know the SQL that they send.

use super::{
    sources::{Function, Sources, is_sender},
    syntax::{add, database, is_asserted, local, segments, type_parameter},
    value::Value,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use syn::{
    Arm, Block, Expr, ExprCall, ExprMacro, ExprMethodCall, Item, Lit, Macro, Pat, Path, Stmt, Token,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

/// Methods of sqlx that take SQL or a query.
const SENDING_METHODS: [&str; 10] = [
    "begin_with",
    "describe",
    "execute",
    "execute_many",
    "fetch",
    "fetch_all",
    "fetch_many",
    "fetch_one",
    "fetch_optional",
    "prepare",
];

/// A function that the test calls instead of evaluating it: takes the type parameter and the arguments.
pub type Known = fn(&str, &[Value]) -> Value;

/// A place that sends SQL: file, function, line and column.
pub type Place = (String, String, usize, usize);

pub struct Evaluator<'a> {
    sources: &'a Sources,
    known: &'a [(&'a str, Known)],
    results: HashMap<(usize, Vec<Value>), Value>,
    called: HashSet<usize>,
    pub statements: BTreeMap<Place, Value>,
}

impl<'a> Evaluator<'a> {
    /// Evaluates every function: with the arguments of each of its calls, or with unknown ones if nothing calls it.
    pub fn run(sources: &'a Sources, known: &'a [(&'a str, Known)]) -> Self {
        let (results, called, statements) = Default::default();
        let mut evaluator = Self { sources, known, results, called, statements };
        let all = 0..sources.functions.len();
        all.clone().for_each(|function| drop(evaluator.call(function, Value::Unknown, &[])));
        // Nothing evaluated these places with arguments that are known, unless the second run does.
        let places = std::mem::take(&mut evaluator.statements).into_keys().collect::<Vec<_>>();
        evaluator.results.clear();
        let called = std::mem::take(&mut evaluator.called);
        let roots = all.filter(|function| !called.contains(function));
        roots.for_each(|function| drop(evaluator.call(function, Value::Unknown, &[])));
        for place in places {
            evaluator.statements.entry(place).or_default();
        }
        evaluator
    }

    fn call(&mut self, at: usize, receiver: Value, arguments: &[Value]) -> Value {
        let function = &self.sources.functions[at];
        let mut values = arguments.to_vec();
        values.resize(function.parameters.len(), Value::Unknown);
        let key = (at, [std::slice::from_ref(&receiver), &values].concat());
        if let Some(result) = self.results.get(&key) {
            return result.clone();
        }
        // The result of a recursive call.
        self.results.insert(key.clone(), Value::Unknown);
        let mut frame = Frame { evaluator: self, function, locals: HashMap::new(), returned: None };
        frame.locals.insert("self".to_owned(), receiver);
        for (pattern, value) in function.parameters.iter().zip(values) {
            frame.bind(pattern, value);
        }
        let value = frame.block(function.block);
        let result = frame.returned.into_iter().fold(value, Value::or);
        self.results.insert(key, result.clone());
        result
    }
}

/// A call in progress.
struct Frame<'a, 'e> {
    evaluator: &'e mut Evaluator<'a>,
    function: &'a Function,
    locals: HashMap<String, Value>,
    returned: Option<Value>,
}

impl Frame<'_, '_> {
    fn block(&mut self, block: &Block) -> Value {
        let mut last = Value::Unknown;
        for statement in &block.stmts {
            last = Value::Unknown;
            match statement {
                Stmt::Local(local) => {
                    let value = local.init.as_ref().map(|init| {
                        if let Some((_, diverge)) = &init.diverge {
                            self.value(diverge);
                        }
                        self.value(&init.expr)
                    });
                    self.bind(&local.pat, value.unwrap_or_default());
                }
                Stmt::Item(Item::Const(constant)) => {
                    let value = self.value(&constant.expr);
                    self.locals.insert(constant.ident.to_string(), value);
                }
                Stmt::Item(_) => {}
                Stmt::Expr(expr, semicolon) => {
                    let value = self.value(expr);
                    last = if semicolon.is_none() { value } else { Value::Unknown };
                }
                Stmt::Macro(statement) => last = self.expand(&statement.mac),
            }
        }
        last
    }

    fn bind(&mut self, pattern: &Pat, value: Value) {
        match pattern {
            Pat::Ident(name) => drop(self.locals.insert(name.ident.to_string(), value)),
            Pat::Type(typed) => self.bind(&typed.pat, value),
            Pat::Reference(reference) => self.bind(&reference.pat, value),
            Pat::Tuple(tuple) => {
                for (at, part) in tuple.elems.iter().enumerate() {
                    self.bind(part, value.parts().get(at).cloned().unwrap_or_default());
                }
            }
            Pat::Or(cases) => cases.cases.iter().for_each(|case| self.bind(case, Value::Unknown)),
            Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|part| self.bind(part, Value::Unknown)),
            Pat::Struct(fields) => fields.fields.iter().for_each(|field| self.bind(&field.pat, Value::Unknown)),
            Pat::Slice(slice) => slice.elems.iter().for_each(|part| self.bind(part, Value::Unknown)),
            _ => {}
        }
    }

    fn value(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Value::text(text.value()),
                Lit::Int(number) => Value::text(number.base10_digits()),
                _ => Value::Unknown,
            },
            Expr::Path(path) => self.name(&path.path),
            Expr::Reference(inner) => self.value(&inner.expr),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Await(inner) => self.value(&inner.base),
            Expr::Try(inner) => self.value(&inner.expr),
            Expr::Closure(closure) => {
                closure.inputs.iter().for_each(|input| self.bind(input, Value::Unknown));
                self.value(&closure.body)
            }
            Expr::Block(block) => self.block(&block.block),
            Expr::Async(block) => self.block(&block.block),
            Expr::Tuple(tuple) => Value::Tuple(tuple.elems.iter().map(|part| self.value(part)).collect()),
            Expr::Array(array) => Value::Tuple(array.elems.iter().map(|part| self.value(part)).collect()),
            Expr::Struct(literal) => {
                let fields = literal.fields.iter().map(|field| {
                    let syn::Member::Named(name) = &field.member else { return (String::new(), Value::Unknown) };
                    (name.to_string(), self.value(&field.expr))
                });
                let mut fields: BTreeMap<_, _> = fields.collect();
                if let Some(Value::Struct(others)) = literal.rest.as_ref().map(|rest| self.value(rest)) {
                    for (name, value) in others {
                        fields.entry(name).or_insert(value);
                    }
                }
                Value::Struct(fields)
            }
            Expr::Field(field) => match (self.value(&field.base), &field.member) {
                (Value::Struct(fields), syn::Member::Named(name)) => {
                    fields.get(&name.to_string()).cloned().unwrap_or_default()
                }
                (value @ Value::Tuple(_), syn::Member::Unnamed(at)) => {
                    value.parts().get(at.index as usize).cloned().unwrap_or_default()
                }
                _ => Value::Unknown,
            },
            Expr::Binary(binary) => {
                let (left, right) = (self.value(&binary.left), self.value(&binary.right));
                match binary.op {
                    syn::BinOp::Add(_) => left.combine(&right, add),
                    syn::BinOp::AddAssign(_) => self.append(&binary.left, &right),
                    _ => Value::Unknown,
                }
            }
            Expr::Assign(assign) => {
                let value = self.value(&assign.right);
                if let Some(name) = local(&assign.left) {
                    self.locals.insert(name, value);
                }
                Value::Unknown
            }
            Expr::Return(returned) => {
                let value = returned.expr.as_ref().map_or(Value::Unknown, |expr| self.value(expr));
                self.returned = Some(self.returned.take().map_or(value.clone(), |other| other.or(value)));
                Value::Unknown
            }
            Expr::If(branches) => {
                self.value(&branches.cond);
                let otherwise = branches.else_branch.as_ref().map(|(_, expr)| &**expr);
                let then = |frame: &mut Self| frame.block(&branches.then_branch);
                self.either(then, |frame| otherwise.map_or(Value::Unknown, |expr| frame.value(expr)))
            }
            Expr::Match(cases) => {
                self.value(&cases.expr);
                self.arms(&cases.arms)
            }
            Expr::Macro(ExprMacro { mac, .. }) => self.expand(mac),
            Expr::Call(call) => self.function_call(call),
            Expr::MethodCall(call) => self.method_call(call),
            // A loop may run or not.
            Expr::ForLoop(each) => {
                let items = self.value(&each.expr);
                let item = items.parts().iter().cloned().reduce(Value::or).unwrap_or_default();
                let run = |frame: &mut Self| {
                    frame.bind(&each.pat, item);
                    frame.block(&each.body)
                };
                self.either(run, |_| Value::Unknown)
            }
            Expr::While(_) | Expr::Loop(_) => self.either(|frame| frame.descend(expr), |_| Value::Unknown),
            Expr::Let(condition) => {
                let value = self.value(&condition.expr);
                self.bind(&condition.pat, value);
                Value::Unknown
            }
            other => self.descend(other),
        }
    }

    /// Evaluates the parts of an expression whose own value is not known.
    fn descend(&mut self, expr: &Expr) -> Value {
        visit::visit_expr(&mut Parts(self), expr);
        Value::Unknown
    }

    /// Evaluates two branches, of which one runs. A branch that never ends, such as `return`, counts as unknown.
    fn either(&mut self, first: impl FnOnce(&mut Self) -> Value, second: impl FnOnce(&mut Self) -> Value) -> Value {
        let before = self.locals.clone();
        let value = first(self);
        let mut after = std::mem::replace(&mut self.locals, before);
        let value = value.or(second(self));
        for (name, local) in &mut self.locals {
            *local = std::mem::take(local).or(after.remove(name).unwrap_or_default());
        }
        value
    }

    fn arms(&mut self, arms: &[Arm]) -> Value {
        let [arm, others @ ..] = arms else { return Value::Unknown };
        let run = |frame: &mut Self| {
            frame.bind(&arm.pat, Value::Unknown);
            frame.value(&arm.body).limit_to(database(&arm.pat))
        };
        if others.is_empty() { run(self) } else { self.either(run, |frame| frame.arms(others)) }
    }

    fn name(&mut self, path: &Path) -> Value {
        let path = segments(path);
        if let [name] = &path[..]
            && let Some(value) = self.locals.get(name)
        {
            return value.clone();
        }
        match self.evaluator.sources.constant(&path, &self.function.scope) {
            Some((_, expr)) => self.value(expr),
            None => Value::Unknown,
        }
    }

    fn function_call(&mut self, call: &ExprCall) -> Value {
        let Expr::Path(path) = &*call.func else { return self.descend_call(call) };
        let path = segments(&path.path);
        let arguments: Vec<_> = call.args.iter().map(|argument| self.value(argument)).collect();
        let name = path.last().cloned().unwrap_or_default();
        let qualified = path.iter().rev().take(2).rev().cloned().collect::<Vec<_>>().join("::");
        if is_sender(&name) || is_sender(&qualified) {
            if !call.args.first().is_some_and(is_asserted) {
                self.send(call, arguments.first().cloned().unwrap_or_default());
            }
            return arguments.into_iter().next().unwrap_or_default();
        }
        if let Some((_, known)) = self.evaluator.known.iter().find(|(known, _)| *known == qualified) {
            let value = known(&type_parameter(&call.func), &arguments);
            if matches!(qualified.as_str(), "record::insert" | "record::update") {
                self.send(call, value.clone());
            }
            return value;
        }
        match (name.as_str(), &arguments[..]) {
            ("Some" | "Ok" | "from", [argument]) => return argument.clone(),
            ("new", []) if qualified == "String::new" => return Value::text(""),
            _ => {}
        }
        let functions = self.evaluator.sources.called(&path, &self.function.scope);
        self.call(functions, Value::Unknown, &arguments)
    }

    fn descend_call(&mut self, call: &ExprCall) -> Value {
        visit::visit_expr_call(&mut Parts(self), call);
        Value::Unknown
    }

    fn call(&mut self, functions: Vec<usize>, receiver: Value, arguments: &[Value]) -> Value {
        self.evaluator.called.extend(&functions);
        let values = functions.into_iter().map(|at| self.evaluator.call(at, receiver.clone(), arguments));
        values.reduce(Value::or).unwrap_or_default()
    }

    fn method_call(&mut self, call: &ExprMethodCall) -> Value {
        let receiver = self.value(&call.receiver);
        let arguments: Vec<_> = call.args.iter().map(|argument| self.value(argument)).collect();
        let method = call.method.to_string();
        if let ([Value::Text(_), ..], true) = (&arguments[..], SENDING_METHODS.contains(&method.as_str()))
            && !call.args.first().is_some_and(is_asserted)
        {
            self.send(call, arguments[0].clone());
        }
        match (method.as_str(), &arguments[..]) {
            ("to_owned" | "to_string" | "clone" | "as_str" | "into" | "into_sql_str" | "iter", []) => return receiver,
            ("unwrap_or_default", []) => return receiver.or(Value::text("")),
            ("unwrap_or" | "map_or", [default, value @ ..]) => {
                return value.iter().cloned().fold(default.clone(), Value::or);
            }
            ("map", [value]) => return value.clone(),
            ("push_str", [text]) => return self.append(&call.receiver, text),
            ("replace", [from, to]) => {
                let Some(from) = from.single() else { return Value::Unknown };
                return receiver.combine(to, |text, to| text.replace(from, to));
            }
            _ => {}
        }
        let functions = self.evaluator.sources.methods(&method);
        self.call(functions, receiver, &arguments)
    }

    fn append(&mut self, to: &Expr, text: &Value) -> Value {
        if let Some(local) = local(to).and_then(|name| self.locals.get_mut(&name)) {
            *local = local.combine(text, |text, more| format!("{text}{more}"));
        }
        Value::Unknown
    }

    /// Evaluates `format!` and `write!`, and the arguments of other macros.
    fn expand(&mut self, mac: &Macro) -> Value {
        let Ok(arguments) = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) else {
            return Value::Unknown;
        };
        let arguments: Vec<_> = arguments.into_iter().collect();
        let name = segments(&mac.path).pop().unwrap_or_default();
        assert!(!is_sender(&name), "{}: {name}! is unknown to this test", self.function.scope.file);
        match (name.as_str(), &arguments[..]) {
            ("format", [format, arguments @ ..]) => self.format(format, arguments),
            ("write", [to, format, arguments @ ..]) => {
                let text = self.format(format, arguments);
                self.append(to, &text)
            }
            _ => {
                arguments.iter().for_each(|argument| drop(self.value(argument)));
                Value::Unknown
            }
        }
    }

    fn format(&mut self, format: &Expr, arguments: &[Expr]) -> Value {
        let values: Vec<_> = arguments.iter().map(|argument| self.value(argument)).collect();
        let Some(format) = self.value(format).single().map(str::to_owned) else { return Value::Unknown };
        let (mut result, mut rest, mut next) = (Value::text(""), format.as_str(), 0);
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            result = result.combine(&Value::text(before), |text, more| format!("{text}{more}"));
            let value = if from.starts_with("{{") || from.starts_with("}}") {
                rest = &from[2..];
                Value::text(&from[..1])
            } else {
                let Some((name, after)) = from[1..].split_once('}') else { return Value::Unknown };
                rest = after;
                if name.is_empty() {
                    next += 1;
                    values.get(next - 1).cloned().unwrap_or_default()
                } else {
                    syn::parse_str(name).map_or(Value::Unknown, |path| self.name(&path))
                }
            };
            result = result.combine(&value, |text, more| format!("{text}{more}"));
        }
        result.combine(&Value::text(rest), |text, more| format!("{text}{more}"))
    }

    fn send(&mut self, call: &impl Spanned, sql: Value) {
        let start = call.span().start();
        let scope = &self.function.scope;
        let place = (scope.file.clone(), self.function.name.clone(), start.line, start.column);
        let known = self.evaluator.statements.remove(&place);
        self.evaluator.statements.insert(place, known.map_or(sql.clone(), |known| known.or(sql)));
    }
}

struct Parts<'f, 'a, 'e>(&'f mut Frame<'a, 'e>);

impl<'ast> Visit<'ast> for Parts<'_, '_, '_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.0.value(expr);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.0.block(block);
    }
}
