//! No import cycles: in every folder of the crates, the files and subfolders import each other in one direction only.
//!
//! An import is a `use` or another path that begins with `crate`, `super` or `self`. It leads to the file that
//! declares the item, also through the re-exports of `mod.rs` and `lib.rs`. A re-export is an import only if its own file
//! uses it. Unit tests may import what they like.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use syn::{
    Attribute, ItemFn, ItemMod, ItemUse, UseTree, Visibility,
    visit::{self, Visit},
};

/// The path of a module in its crate: `["timeline", "link"]`.
type Module = Vec<String>;

/// For each module, its imports, and the names that it exports from other modules.
#[derive(Default)]
struct Crate {
    imports: BTreeMap<Module, Vec<Vec<String>>>,
    exports: BTreeMap<(Module, String), Vec<String>>,
}

#[test]
fn imports_of_files_and_folders_have_no_cycles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut cycles = Vec::new();
    for name in ["domain", "store", "app", "server"] {
        let read = read_crate(&root.join(name).join("src"));
        assert!(read.imports.len() > 10, "only {} files of {name} were read", read.imports.len());
        cycles.extend(read.cycles().into_iter().map(|cycle| format!("in {name}:\n{cycle}")));
    }
    assert!(cycles.is_empty(), "import cycles\n{}", cycles.join("\n"));
}

impl Crate {
    /// Returns a text for each cycle between two or more children of a folder.
    fn cycles(&self) -> Vec<String> {
        // Per folder: importing child, imported child, files.
        let mut folders: BTreeMap<Module, BTreeMap<(String, String), BTreeSet<String>>> = BTreeMap::new();
        for (from, paths) in self.imports.iter() {
            for to in paths.iter().filter_map(|path| self.declaring_module(path.clone())) {
                let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
                // The file of the folder itself, such as mod.rs, is a child of the folder too.
                let child = |module: &Module| module.get(common).map_or("mod", String::as_str).to_owned();
                let edge = (child(from), child(&to));
                if edge.0 != edge.1 {
                    let files = format!("{} imports {}", from.join("/"), to.join("/"));
                    folders.entry(from[..common].to_vec()).or_default().entry(edge).or_default().insert(files);
                }
            }
        }
        let cycles = folders.into_iter().map(|(folder, edges)| {
            let reaches = |from: &str, to: &str| reachable(&edges, from).contains(to);
            let in_cycle = edges.iter().filter(|((from, to), _)| reaches(to, from));
            let lines: Vec<_> = in_cycle
                .flat_map(|((from, to), files)| files.iter().map(move |f| format!("    {from} -> {to}: {f}")))
                .collect();
            (!lines.is_empty()).then(|| format!("  folder {}/\n{}", folder.join("/"), lines.join("\n")))
        });
        cycles.flatten().collect()
    }

    /// Returns the module that declares the item at `path`, or `None` if the path leads out of the crate.
    fn declaring_module(&self, mut path: Vec<String>) -> Option<Module> {
        // Limited, because glob exports can lead in circles.
        for _ in 0..10 {
            let length = (0..=path.len()).rev().find(|&length| self.imports.contains_key(&path[..length]))?;
            let module = path[..length].to_vec();
            let export = path.get(length).and_then(|name| self.exports.get(&(module.clone(), name.clone())));
            match export {
                Some(target) => path = target.iter().chain(&path[length + 1..]).cloned().collect(),
                None => return Some(module),
            }
        }
        None
    }
}

fn reachable<'a>(edges: &'a BTreeMap<(String, String), BTreeSet<String>>, from: &str) -> BTreeSet<&'a str> {
    let (mut found, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(from) = next.pop() {
        for (_, to) in edges.keys().filter(|(importer, _)| *importer == from) {
            if found.insert(to.as_str()) {
                next.push(to.clone());
            }
        }
    }
    found
}

fn read_crate(folder: &Path) -> Crate {
    let mut files = Vec::new();
    find_files(folder, &mut Module::new(), &mut files);
    let mut read = Crate::default();
    // First all modules, because the paths of children begin with a bare name.
    for (module, _) in &files {
        read.imports.entry(module.clone()).or_default();
    }
    for (module, text) in files {
        let tree = syn::parse_file(&text).unwrap();
        Reader { read: &mut read, module }.visit_file(&tree);
    }
    read
}

fn find_files(folder: &Path, module: &mut Module, files: &mut Vec<(Module, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            module.push(name);
            find_files(&path, module, files);
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let own = (!["mod", "lib"].contains(&name.as_str())).then_some(name);
            files.push((module.iter().cloned().chain(own).collect(), fs::read_to_string(&path).unwrap()));
        }
    }
}

struct Reader<'a> {
    read: &'a mut Crate,
    module: Module,
}

impl Reader<'_> {
    /// Returns the path from the root of the crate, or `None` for other crates and local names.
    fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let is_child = |name: &String| {
            let child: Module = self.module.iter().chain([name]).cloned().collect();
            self.read.imports.contains_key(&child)
        };
        let (base, rest) = match path.first()?.as_str() {
            "crate" => (&[][..], &path[1..]),
            "self" => (&self.module[..], &path[1..]),
            "super" => (&self.module[..self.module.len().checked_sub(supers)?], &path[supers..]),
            _ if is_child(&path[0]) => (&self.module[..], path),
            _ => return None,
        };
        Some(base.iter().chain(rest).cloned().collect())
    }

    fn add_use(&mut self, tree: &UseTree, mut path: Vec<String>, is_export: bool) {
        let name = match tree {
            UseTree::Path(next) => {
                path.push(next.ident.to_string());
                return self.add_use(&next.tree, path, is_export);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.add_use(item, path.clone(), is_export));
            }
            UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(rename) => (rename.ident.to_string(), rename.rename.to_string()),
            _ => (String::new(), String::new()),
        };
        path.extend(Some(name.0).filter(|name| !name.is_empty() && name != "self"));
        let Some(path) = self.resolve(&path) else { return };
        if is_export {
            self.read.exports.insert((self.module.clone(), name.1), path);
        } else {
            self.import(path);
        }
    }

    fn import(&mut self, path: Vec<String>) {
        self.read.imports.entry(self.module.clone()).or_default().push(path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_use(&item.tree, Vec::new(), !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(path) = self.read.exports.get(&(self.module.clone(), segments[0].clone())) {
            self.import(path.clone());
        } else if segments.len() > 1
            && let Some(path) = self.resolve(&segments)
        {
            self.import(path);
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }

    /// Reads the paths in the arguments of macros such as `view!`.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let text = call.tokens.to_string().replace(" :: ", "::");
        for path in text.split(|c: char| !c.is_alphanumeric() && !"_:".contains(c)).filter(|path| path.contains("::")) {
            let segments: Vec<_> = path.split("::").map(str::to_owned).collect();
            if let Some(path) = self.resolve(&segments) {
                self.import(path);
            }
        }
    }

    /// `pub(super)` and `pub(in …)` import nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is_cfg_test =
        |attribute: &Attribute| attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"));
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && is_cfg_test(attribute))
}
