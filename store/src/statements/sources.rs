//! The functions and constants of the crate, read from its sources.

use std::{collections::HashMap, fs, path::Path};
use syn::{
    Attribute, Block, Expr, FnArg, ImplItemFn, ItemConst, ItemFn, ItemImpl, ItemMod, ItemUse, Pat, Signature, Type,
    UseTree,
    visit::{self, Visit},
};

/// Functions of sqlx and of `base` whose first argument is SQL. SQL that is not `&'static str` needs `AssertSqlSafe`.
const SENDERS: [&str; 11] = [
    "AssertSqlSafe",
    "ListQuery::new",
    "QueryBuilder",
    "query",
    "query_as",
    "query_as_with",
    "query_scalar",
    "query_scalar_with",
    "query_with",
    "raw_sql",
    "Row::new",
];

pub fn is_sender(name: &str) -> bool {
    SENDERS.contains(&name)
}

#[derive(Default)]
pub struct Sources {
    pub functions: Vec<Function>,
    pub constants: Vec<(Scope, String, &'static Expr)>,
    /// For each file, the qualifier of the names that it imports.
    imports: HashMap<String, HashMap<String, String>>,
}

/// Where an item is declared.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub file: String,
    /// The type of an associated item.
    pub owner: Option<String>,
}

pub struct Function {
    pub scope: Scope,
    pub name: String,
    pub has_receiver: bool,
    pub parameters: Vec<&'static Pat>,
    pub block: &'static Block,
}

impl Sources {
    /// Reads all files below `folder`, except for unit tests.
    pub fn read(folder: &Path) -> Self {
        let mut sources = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let file = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    // The syntax trees live as long as the test, which spares lifetimes.
                    let tree: &'static syn::File =
                        Box::leak(Box::new(syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap()));
                    if !file.starts_with("statements/") {
                        let scope = Scope { file, owner: None };
                        Reader { sources: &mut sources, scope }.visit_file(tree);
                    }
                }
            }
        }
        sources
    }

    /// Returns the last qualifier of an item's path: a module or a type. A bare name is in the file or imported.
    fn qualifier(&self, path: &[String], from: &Scope) -> String {
        let first = path.first().map_or("", String::as_str);
        let imports = self.imports.get(&from.file);
        let qualifier = match path.len() {
            0 => "self",
            1 => imports.and_then(|imports| imports.get(first)).map_or("self", String::as_str),
            count => &path[count - 2],
        };
        match qualifier {
            "Self" => from.owner.clone().unwrap_or_default(),
            "self" => from.module(0),
            "super" => from.module(1),
            "crate" => String::new(),
            other => other.to_owned(),
        }
    }

    /// Returns the functions that a call of `path` in `from` can mean.
    pub fn called(&self, path: &[String], from: &Scope) -> Vec<usize> {
        let (qualifier, name) = (self.qualifier(path, from), path.last());
        let fits = |function: &&usize| {
            let Function { scope, name: other, .. } = &self.functions[**function];
            Some(other) == name && scope.fits(&qualifier)
        };
        (0..self.functions.len()).collect::<Vec<_>>().iter().filter(fits).copied().collect()
    }

    /// Returns the functions that a method call can mean.
    pub fn methods(&self, name: &str) -> Vec<usize> {
        let fits = |&at: &usize| self.functions[at].has_receiver && self.functions[at].name == name;
        (0..self.functions.len()).filter(fits).collect()
    }

    pub fn constant(&self, path: &[String], from: &Scope) -> Option<(&Scope, &'static Expr)> {
        let (qualifier, wanted) = (self.qualifier(path, from), path.last()?);
        let fits = |(scope, name, _): &&(Scope, String, &Expr)| name == wanted && scope.fits(&qualifier);
        let here = |found: &&(Scope, String, &'static Expr)| path.len() > 1 || found.0.file == from.file;
        let mut found = self.constants.iter().filter(fits);
        found.clone().find(here).or_else(|| found.next()).map(|(scope, _, expr)| (scope, *expr))
    }
}

impl Scope {
    fn fits(&self, qualifier: &str) -> bool {
        match &self.owner {
            Some(owner) => owner == qualifier,
            None => self.module(0) == qualifier,
        }
    }

    /// Returns the name of the module, or of its parent with `up` 1. The crate's is empty.
    fn module(&self, up: usize) -> String {
        let path = self.file.trim_end_matches(".rs").trim_end_matches("mod").trim_end_matches("lib");
        path.split('/').filter(|part| !part.is_empty()).rev().nth(up).unwrap_or_default().to_owned()
    }
}

struct Reader<'a> {
    sources: &'a mut Sources,
    scope: Scope,
}

impl Reader<'_> {
    fn add(&mut self, signature: &'static Signature, block: &'static Block) {
        let parameters = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.pat),
            FnArg::Receiver(_) => None,
        });
        self.sources.functions.push(Function {
            scope: self.scope.clone(),
            name: signature.ident.to_string(),
            has_receiver: signature.receiver().is_some(),
            parameters: parameters.collect(),
            block,
        });
    }

    fn import(&mut self, tree: &UseTree, qualifier: &str) {
        let (name, imported) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &path.ident.to_string()),
            UseTree::Group(group) => return group.items.iter().for_each(|item| self.import(item, qualifier)),
            UseTree::Name(name) => (&name.ident, &name.ident),
            UseTree::Rename(rename) => (&rename.rename, &rename.ident),
            _ => return,
        };
        assert!(name == imported || !is_sender(&imported.to_string()), "{imported} has another name");
        let imports = self.sources.imports.entry(self.scope.file.clone()).or_default();
        imports.insert(name.to_string(), qualifier.to_owned());
    }
}

impl Visit<'static> for Reader<'_> {
    fn visit_item_mod(&mut self, module: &'static ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'static ItemUse) {
        self.import(&item.tree, "");
    }

    fn visit_item_fn(&mut self, function: &'static ItemFn) {
        if !is_test(&function.attrs) {
            self.add(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_item_impl(&mut self, item: &'static ItemImpl) {
        if let Type::Path(path) = &*item.self_ty {
            self.scope.owner = path.path.segments.last().map(|segment| segment.ident.to_string());
        }
        visit::visit_item_impl(self, item);
        self.scope.owner = None;
    }

    fn visit_impl_item_fn(&mut self, function: &'static ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'static syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_impl_item_const(&mut self, constant: &'static syn::ImplItemConst) {
        self.sources.constants.push((self.scope.clone(), constant.ident.to_string(), &constant.expr));
    }

    fn visit_item_const(&mut self, constant: &'static ItemConst) {
        self.sources.constants.push((self.scope.clone(), constant.ident.to_string(), &constant.expr));
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}
