//! `use` and `mod` lines, in the order and the layout of rustfmt (`reorder_imports`, `reorder_modules`, style edition 2024).

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::{ItemUse, UseTree};

/// Widest `use` on one line, and widest line of one that takes several: rustfmt keeps room for the braces.
const USE_WIDTH: usize = 98;
const NAMES_WIDTH: usize = 99;

/// What is imported: the path, and names from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    /// Each with its rank: `super` goes before other names.
    path: Vec<(u8, String)>,
    names: Vec<String>,
}

/// A `use` line for names of one path, as text; nothing for none.
pub fn import(path: &str, names: &BTreeSet<&str>) -> String {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    if names.is_empty() { String::new() } else { line("", path, names) }
}

fn line(visibility: &str, path: &str, mut names: Vec<String>) -> String {
    // The module itself comes first.
    names.sort_by(|one, other| (one != "self").cmp(&(other != "self")).then_with(|| one.cmp(other)));
    let prefix = if path.is_empty() { String::new() } else { format!("{path}::") };
    match names.as_slice() {
        [only] if only == "self" => format!("{visibility}use {path};\n"),
        [only] => format!("{visibility}use {prefix}{only};\n"),
        names => {
            let start = format!("{visibility}use {prefix}{{");
            let flat = names.join(", ");
            if start.len() + flat.len() + "};".len() <= USE_WIDTH {
                return format!("{start}{flat}}};\n");
            }
            let mut out = start;
            let mut width = NAMES_WIDTH;
            for name in names {
                if width + name.len() + 2 > NAMES_WIDTH {
                    out.push_str("\n   ");
                    width = 3;
                }
                out.push_str(&format!(" {name},"));
                width += name.len() + 2;
            }
            out + "\n};\n"
        }
    }
}

fn rank(segment: &str) -> u8 {
    match segment {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        _ => 3,
    }
}

/// Reads a tree; `None` for groups within groups.
fn read(tree: &UseTree, path: &mut Vec<(u8, String)>) -> Option<Vec<String>> {
    match tree {
        UseTree::Path(segment) => {
            let name = segment.ident.to_string();
            path.push((rank(&name), name));
            read(&segment.tree, path)
        }
        UseTree::Name(name) => Some(vec![name.ident.to_string()]),
        UseTree::Rename(rename) => Some(vec![format!("{} as {}", rename.ident, rename.rename)]),
        UseTree::Glob(_) => Some(vec!["*".to_owned()]),
        UseTree::Group(group) => {
            let names = group.items.iter().map(|tree| match tree {
                UseTree::Path(_) | UseTree::Group(_) => None,
                tree => read(tree, path)?.pop(),
            });
            // Read without a path of their own.
            names.collect()
        }
    }
}

/// Lines for imports without attributes, in order; those of other crates first. `None` for what is not known here.
pub fn imports(items: &[&ItemUse]) -> Option<String> {
    let mut read_items = Vec::with_capacity(items.len());
    for item in items {
        let mut path = Vec::new();
        let names = read(&item.tree, &mut path)?;
        let visibility = if matches!(item.vis, syn::Visibility::Inherited) {
            String::new()
        } else {
            format!("{} ", item.vis.to_token_stream())
        };
        read_items.push((sort_key(&path, &names), visibility, Import { path, names }));
    }
    read_items.sort_by(|one, other| one.0.cmp(&other.0));
    let (foreign, own): (Vec<_>, Vec<_>) = read_items.into_iter().partition(|(_, _, import)| {
        import.path.first().is_some_and(|(_, first)| first == "std" || first == "serde_json")
    });
    let text = |imports: Vec<(_, String, Import)>| -> String {
        let line = |(_, visibility, import): (_, String, Import)| {
            let path: Vec<String> = import.path.into_iter().map(|(_, segment)| segment).collect();
            line(&visibility, &path.join("::"), import.names)
        };
        imports.into_iter().map(line).collect()
    };
    let (foreign, own) = (text(foreign), text(own));
    let between = if foreign.is_empty() || own.is_empty() { "" } else { "\n" };
    Some(format!("{foreign}{between}{own}"))
}

/// The path with the name, where it is one; a list comes after all names.
fn sort_key(path: &[(u8, String)], names: &[String]) -> Vec<(u8, String)> {
    let mut key = path.to_vec();
    match names {
        [only] if only == "*" => key.push((4, String::new())),
        [only] => key.push((rank(only), only.clone())),
        _ => key.push((5, String::new())),
    }
    key
}
