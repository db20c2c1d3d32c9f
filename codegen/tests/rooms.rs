//! The rooms of `src/`: data passes them once, downwards, and no two files need each other.
//!
//! The sources are read with `syn`: `use` lines and paths, `super::`, names that a module re-exports from another. An edge leads from the
//! file that names something to the file that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// The rooms, each of which knows those before it alone.
const ROOMS: &[&str] = &[
    "runtime",
    "diagnostic",
    "document",
    "settings",
    "api",
    "choices",
    "lower",
    "lint",
    "contract",
    "emit",
    "output",
    "config",
    "pipeline",
    "build",
    "cli",
];

/// Files that need each other all the same, by room: how many there are at most. It may only fall.
///
/// `ROOMS_EDGES=1 cargo test -p planchet --test rooms -- --nocapture` prints which file needs which.
const IN_CIRCLES: &[(&str, usize)] = &[];

type Module = Vec<String>;

/// What a file defines, and what it has of others.
#[derive(Default)]
struct Source {
    path: PathBuf,
    defined: BTreeSet<String>,
    /// Names that are imported, private or not, with what they stand for.
    imported: BTreeMap<String, Module>,
    /// Modules all of whose names are re-exported.
    globs: Vec<Module>,
    /// Paths that are named.
    named: BTreeSet<Module>,
}

fn modules() -> BTreeMap<Module, Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let relative = path.strip_prefix(&root).unwrap().with_extension("");
            let mut module: Module = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                module.pop();
            }
            if module == ["main"] || module.last().is_some_and(|last| last == "tests") {
                continue;
            }
            found.insert(module, Source { path: relative, ..Source::default() });
        }
    }
    // The run-time code is one room with a path of its own; whatever it has within is its own matter.
    found.insert(vec!["runtime".into()], Source { path: "runtime".into(), ..Source::default() });
    let known: BTreeSet<Module> = found.keys().cloned().collect();
    for (module, source) in &mut found {
        if module == &["runtime"] {
            continue;
        }
        let mut path = root.join(&source.path);
        path.set_extension("rs");
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let mut reader = Reader { module, known: &known, source };
        file.items.iter().for_each(|item| reader.visit_item(item));
    }
    found
}

struct Reader<'a> {
    module: &'a Module,
    known: &'a BTreeSet<Module>,
    source: &'a mut Source,
}

impl Reader<'_> {
    /// A path from the root of the crate; `None` for one that begins elsewhere.
    fn absolute(&self, segments: &[String]) -> Option<Module> {
        let (first, rest) = segments.split_first()?;
        let mut module = self.module.clone();
        match first.as_str() {
            "crate" => module.clear(),
            "self" => {}
            "super" => {
                module.pop();
            }
            name => {
                module.push(name.to_owned());
                if !self.known.contains(&module) {
                    return self.source.imported.get(name).map(|path| [path.as_slice(), rest].concat());
                }
            }
        }
        for segment in rest {
            if segment == "super" {
                module.pop();
            } else {
                module.push(segment.clone());
            }
        }
        Some(module)
    }

    fn imports(&mut self, tree: &UseTree, before: &[String]) {
        match tree {
            UseTree::Path(path) => self.imports(&path.tree, &[before, &[path.ident.to_string()]].concat()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.imports(tree, before)),
            UseTree::Glob(_) => self.source.globs.extend(self.absolute(before)),
            UseTree::Name(name) if name.ident == "self" => {
                let name = before.last().cloned().unwrap_or_default();
                self.import(name, before);
            }
            UseTree::Name(name) => {
                self.import(name.ident.to_string(), &[before, &[name.ident.to_string()]].concat());
            }
            UseTree::Rename(rename) if rename.ident == "self" => self.import(rename.rename.to_string(), before),
            UseTree::Rename(rename) => {
                self.import(rename.rename.to_string(), &[before, &[rename.ident.to_string()]].concat());
            }
        }
    }

    fn import(&mut self, name: String, path: &[String]) {
        if let Some(path) = self.absolute(path) {
            self.source.named.insert(path.clone());
            self.source.imported.insert(name, path);
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Use(item) => {
                if !is_test(&item.attrs) {
                    self.imports(&item.tree, &[]);
                }
                return;
            }
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
            Item::Mod(item) => (&item.attrs, None),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Impl(item) => (&item.attrs, None),
            _ => return,
        };
        if is_test(attributes) {
            return;
        }
        self.source.defined.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.source.named.extend(self.absolute(&segments));
        }
        visit::visit_path(self, path);
    }
}

/// The module whose file defines what a path names.
fn definer(modules: &BTreeMap<Module, Source>, path: &[String], depth: usize) -> Option<Module> {
    let mut module = Module::new();
    let mut rest = path;
    while let Some((first, others)) = rest.split_first() {
        module.push(first.clone());
        if !modules.contains_key(&module) {
            module.pop();
            break;
        }
        rest = others;
    }
    // A module by itself is named where something of it is.
    let name = rest.first()?;
    let source = modules.get(&module)?;
    if source.defined.contains(name) || module == ["runtime"] || depth > 8 {
        return Some(module);
    }
    if let Some(elsewhere) = source.imported.get(name) {
        return definer(modules, &[elsewhere.as_slice(), &rest[1..]].concat(), depth + 1);
    }
    let of_glob = source.globs.iter().find_map(|glob| {
        let found = definer(modules, &[glob.as_slice(), rest].concat(), depth + 1)?;
        modules[&found].defined.contains(name).then_some(found)
    });
    of_glob.or(Some(module))
}

fn edges() -> BTreeMap<Module, BTreeSet<Module>> {
    let modules = modules();
    modules
        .iter()
        .map(|(module, source)| {
            let named = source.named.iter().filter_map(|path| definer(&modules, path, 0));
            (module.clone(), named.filter(|other| other != module).collect())
        })
        .collect()
}

fn shown(module: &Module) -> String {
    module.join("/")
}

#[test]
fn no_room_looks_back() {
    let rank = |module: &Module| ROOMS.iter().position(|room| module.first().is_some_and(|first| first == room));
    let mut wrong = Vec::new();
    for (module, others) in edges() {
        if module.is_empty() {
            continue;
        }
        let own = rank(&module).unwrap_or_else(|| panic!("`{}` is in no room", shown(&module)));
        let back = others.iter().filter(|other| rank(other).is_none_or(|other| other > own));
        wrong.extend(back.map(|other| format!("{} -> {}", shown(&module), shown(other))));
    }
    assert!(wrong.is_empty(), "{} arrows lead up:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_files_need_each_other() {
    let edges = edges();
    if std::env::var_os("ROOMS_EDGES").is_some() {
        for (module, others) in &edges {
            println!("{} -> {}", shown(module), others.iter().map(shown).collect::<Vec<_>>().join(", "));
        }
    }
    let reached = |from: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(module) = open.pop() {
            open.extend(edges[module].iter().filter(|other| seen.insert((*other).clone())));
        }
        seen
    };
    let all: BTreeMap<&Module, BTreeSet<Module>> = edges.keys().map(|module| (module, reached(module))).collect();
    let mut circles: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for (module, reached) in &all {
        let circle: BTreeSet<String> = reached.iter().filter(|other| all[other].contains(*module)).map(shown).collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    let listed: Vec<String> = circles.iter().map(|circle| format!("{}: {circle:?}", circle.len())).collect();
    let mut by_room: BTreeMap<&str, usize> = BTreeMap::new();
    for module in circles.iter().flatten() {
        *by_room.entry(module.split('/').next().unwrap()).or_default() += 1;
    }
    let known: BTreeMap<&str, usize> = IN_CIRCLES.iter().copied().collect();
    let more = by_room.iter().any(|(room, count)| known.get(room).is_none_or(|known| count > known));
    let fewer = known.iter().any(|(room, known)| by_room.get(room).copied().unwrap_or(0) < *known);
    assert!(!more, "files need each other:\n{}", listed.join("\n"));
    assert!(!fewer, "fewer files need each other: write the new numbers {by_room:?} into `IN_CIRCLES`");
}
