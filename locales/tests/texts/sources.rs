//! Finds where the program uses texts: every `t!(…)` and `locales::text(…)`. The search works on tokens, so comments,
//! strings and the layout of a call do not matter.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
};

/// A place that uses a text.
#[derive(Debug)]
pub struct Use {
    pub file: String,
    pub key: Key,
    /// `None` if the values are not listed in the call.
    pub values: Option<BTreeSet<String>>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Key {
    Is(String),
    /// Composed by `format!`: the parts around the placeholders.
    Composed(Vec<String>),
}

impl Key {
    fn parse(format: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once('{') {
            parts.push(before.to_owned());
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        parts.push(rest.to_owned());
        if parts.len() == 1 { Key::Is(format.to_owned()) } else { Key::Composed(parts) }
    }

    pub fn matches(&self, key: &str) -> bool {
        match self {
            Key::Is(own) => own == key,
            Key::Composed(parts) => {
                let Some((first, others)) = parts.split_first() else { return false };
                let Some((last, middle)) = others.split_last() else { return false };
                let Some(inner) = key.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
                else {
                    return false;
                };
                let mut rest = inner;
                middle.iter().all(|part| match rest.split_once(part.as_str()) {
                    Some((_, after)) => {
                        rest = after;
                        true
                    }
                    None => false,
                })
            }
        }
    }
}

#[derive(Debug, Default)]
pub struct Sources {
    pub uses: Vec<Use>,
    /// Every string literal of the program, including keys in tables.
    pub strings: BTreeSet<String>,
}

/// Reads the Rust source files of all crates.
pub fn read() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut sources = Sources::default();
    for folder in ["app/src", "domain/src", "frontend/src", "locales/src", "server/src", "store/src"] {
        for path in rust_files(&root.join(folder)) {
            let file = path.strip_prefix(root).unwrap().display().to_string();
            let text = fs::read_to_string(&path).unwrap();
            sources.read(&file, &text).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }
    sources
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

impl Sources {
    pub fn read(&mut self, file: &str, source: &str) -> Result<(), proc_macro2::LexError> {
        self.walk(file, TokenStream::from_str(source)?);
        Ok(())
    }

    fn walk(&mut self, file: &str, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        for (i, token) in tokens.iter().enumerate() {
            if let Some(string) = string(token) {
                self.strings.insert(string);
            }
            let TokenTree::Group(group) = token else { continue };
            let before = &tokens[..i];
            if ends_with(before, &["t", "!"]) {
                self.add_macro(file, arguments(group.stream()));
            } else if ends_with(before, &["text"]) && group.delimiter() == Delimiter::Parenthesis {
                self.add_call(file, arguments(group.stream()));
            }
            self.walk(file, group.stream());
        }
    }

    /// `t!(language, key, name = value, …)`
    fn add_macro(&mut self, file: &str, arguments: Vec<Vec<TokenTree>>) {
        let Some(key) = arguments.get(1) else { return };
        let values: BTreeSet<String> = arguments[2..].iter().filter_map(|tokens| named(tokens)).collect();
        self.add(file, key, Some(values));
    }

    /// `text(language, key, &[(name, value), …])`; functions of the same name with other arguments are skipped.
    fn add_call(&mut self, file: &str, arguments: Vec<Vec<TokenTree>>) {
        let [_, key, values] = arguments.as_slice() else { return };
        let listed = match values.as_slice() {
            [TokenTree::Punct(and), TokenTree::Group(list)] if and.as_char() == '&' => Some(list),
            _ => None,
        };
        let values = listed.map(|list| {
            let pairs = list.stream().into_iter();
            pairs
                .filter_map(|pair| if let TokenTree::Group(pair) = pair { first_string(pair.stream()) } else { None })
                .collect()
        });
        self.add(file, key, values);
    }

    fn add(&mut self, file: &str, key: &[TokenTree], values: Option<BTreeSet<String>>) {
        for key in keys(key) {
            self.uses.push(Use { file: file.to_owned(), key, values: values.clone() });
        }
    }
}

/// Returns the keys that an expression can evaluate to: a string, a `format!`, or either of them in the branches of an
/// `if` or a `match`.
fn keys(tokens: &[TokenTree]) -> Vec<Key> {
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let before = &tokens[..i];
        if let Some(string) = string(token) {
            let whole = tokens.len() == 1;
            if whole || ends_with(before, &["=", ">"]) {
                found.push(Key::Is(string));
            }
        } else if let TokenTree::Group(group) = token {
            if ends_with(before, &["format", "!"]) {
                found.extend(first_string(group.stream()).map(|format| Key::parse(&format)));
            } else if group.delimiter() == Delimiter::Brace {
                found.extend(keys(&group.stream().into_iter().collect::<Vec<_>>()));
            }
        }
    }
    found
}

/// Splits arguments at commas. A comma inside `<…>` splits too, but the part after it has no name and is ignored.
fn arguments(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut arguments = vec![Vec::new()];
    for token in stream {
        match (&token, arguments.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => arguments.push(Vec::new()),
            (_, Some(argument)) => argument.push(token),
            (_, None) => {}
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// Returns the name in `name = value`.
fn named(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(equals), ..] if equals.as_char() == '=' => Some(name.to_string()),
        _ => None,
    }
}

fn ends_with(tokens: &[TokenTree], end: &[&str]) -> bool {
    tokens.len() >= end.len()
        && tokens[tokens.len() - end.len()..].iter().zip(end).all(|(token, expected)| match token {
            TokenTree::Ident(ident) => ident == expected,
            TokenTree::Punct(punct) => expected.len() == 1 && expected.starts_with(punct.as_char()),
            TokenTree::Group(_) | TokenTree::Literal(_) => false,
        })
}

fn first_string(stream: TokenStream) -> Option<String> {
    stream.into_iter().next().as_ref().and_then(string)
}

/// Returns the text of a string literal. Keys contain no escape sequences, so escapes are not resolved.
fn string(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    literal.to_string().strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

#[test]
fn calls_are_found_in_any_layout() {
    let mut sources = Sources::default();
    let program = r#"
        // t!(language, "in-a-comment")
        fn page() {
            view! { <p title=t!(language, "in-a-view")>{t!(
                visit.language,
                "over-lines",
                count = list.iter().collect::<BTreeMap<_, _>>().len(),
                name = &t!(language, "inside"),
            )}</p> };
            t!(language, &format!("state-{}-{kind}", state.name()));
            t!(language, if one { "first" } else { "second" });
            t!(language, match x { "no" => "third", _ => "fourth" });
            locales::text(language, "called", &[("time", time.into())]);
            row.text("column");
            let s = "t!(language, \"in-a-string\")";
        }"#;
    sources.read("here.rs", program).unwrap();
    let found = |key: &str| sources.uses.iter().find(|u| u.key == Key::Is(key.to_owned()));
    for key in ["in-a-view", "over-lines", "inside", "first", "second", "third", "fourth", "called"] {
        assert!(found(key).is_some(), "{key}");
    }
    assert_eq!(sources.uses.len(), 9, "{:?}", sources.uses);
    assert_eq!(found("over-lines").unwrap().values, Some(BTreeSet::from(["count".to_owned(), "name".to_owned()])));
    assert_eq!(found("called").unwrap().values, Some(BTreeSet::from(["time".to_owned()])));
    let composed = &sources.uses.iter().find(|u| matches!(u.key, Key::Composed(_))).unwrap().key;
    assert!(composed.matches("state-ticket-open"));
    assert!(!composed.matches("stage-ticket-open") && !composed.matches("state-ticket"));
}
