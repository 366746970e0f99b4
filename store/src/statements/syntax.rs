//! Small questions about parsed source code.

use syn::{Expr, Pat, Path};

pub fn add(left: &str, right: &str) -> String {
    match (left.parse::<i64>(), right.parse::<i64>()) {
        (Ok(left), Ok(right)) => (left + right).to_string(),
        _ => format!("{left}{right}"),
    }
}

pub fn local(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        Expr::Reference(reference) => local(&reference.expr),
        _ => None,
    }
}

pub fn segments(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

pub fn is_asserted(argument: &Expr) -> bool {
    let Expr::Call(call) = argument else { return false };
    matches!(&*call.func, Expr::Path(path) if segments(&path.path).last().is_some_and(|name| name == "AssertSqlSafe"))
}

/// Returns the variant of `DatabaseKind` that a pattern matches.
pub fn database(pattern: &Pat) -> Option<&'static str> {
    let Pat::Path(path) = pattern else { return None };
    match segments(&path.path).last()?.as_str() {
        "Sqlite" => Some("sqlite"),
        "Postgres" => Some("postgres"),
        _ => None,
    }
}

/// Returns the name of the type in `function::<Type>`.
pub fn type_parameter(function: &Expr) -> String {
    let Expr::Path(path) = function else { return String::new() };
    match path.path.segments.last().map(|segment| &segment.arguments) {
        Some(syn::PathArguments::AngleBracketed(types)) => match types.args.first() {
            Some(syn::GenericArgument::Type(syn::Type::Path(path))) => segments(&path.path).pop().unwrap_or_default(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
