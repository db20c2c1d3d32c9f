//! The names that `api::reserved` keeps for emitted code are those that the emitted code has.
//!
//! They are read, with `syn`, from the crate of a document all of whose names have `zq` in them.

#[path = "../../fuzz/src/names.rs"]
#[allow(dead_code, reason = "the fuzz target uses the rest")]
mod names;

use std::collections::BTreeSet;

use planchet::api::reserved::{CLIENT_METHODS, CLIENT_SETTERS, CLIENT_TYPES, OPERATION_LOCALS};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, UseTree};

use names::probe;

/// The files of the emitted client, `mod.rs` first.
fn client() -> (syn::File, Vec<syn::File>) {
    let (mut heads, mut tags) = (Vec::new(), Vec::new());
    for (path, text) in probe() {
        let Some((_, file)) = path.split_once("/client/") else { continue };
        if path.contains("/support/") {
            continue;
        }
        let list = if file == "mod.rs" { &mut heads } else { &mut tags };
        list.push(syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}")));
    }
    assert!(!tags.is_empty());
    (heads.pop().unwrap(), tags)
}

fn is_ours(name: &str) -> bool {
    !name.to_lowercase().contains("zq")
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

fn ours(names: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    names.into_iter().filter(|name| is_ours(name)).collect()
}

fn listed(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The inherent methods of a type.
fn methods(file: &syn::File, of: &str) -> BTreeSet<String> {
    let blocks = file.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() && block.self_ty.to_token_stream().to_string() == of => Some(block),
        _ => None,
    });
    let methods = blocks.flat_map(|block| &block.items).filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    ours(methods)
}

#[test]
fn the_methods_of_the_client_and_its_builder_are_reserved() {
    let (head, _) = client();
    assert_eq!(methods(&head, "Client"), listed(CLIENT_METHODS));
    assert_eq!(methods(&head, "ClientBuilder"), listed(CLIENT_SETTERS));
}

fn imported(tree: &UseTree, found: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, found),
        UseTree::Name(name) => found.push(name.ident.to_string()),
        UseTree::Rename(rename) => found.push(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, found)),
        UseTree::Glob(_) => {}
    }
}

#[test]
fn the_types_in_scope_of_the_client_are_reserved() {
    let (head, tags) = client();
    let mut found = Vec::new();
    for item in head.items.iter().chain(tags.iter().flat_map(|file| &file.items)) {
        match item {
            Item::Use(item) => imported(&item.tree, &mut found),
            Item::Struct(item) => found.push(item.ident.to_string()),
            Item::Enum(item) => found.push(item.ident.to_string()),
            _ => {}
        }
    }
    let found: BTreeSet<String> = ours(found).into_iter().filter(|name| is_type(name)).collect();
    assert_eq!(found, listed(CLIENT_TYPES));
}

/// The names that patterns bind.
#[derive(Default)]
struct Bound(Vec<String>);

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0.push(pattern.ident.to_string());
    }

    // What a closure binds is gone before an argument is named.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
}

#[test]
fn what_the_methods_of_operations_call_things_is_reserved() {
    let (_, tags) = client();
    let mut found = Vec::new();
    for item in tags.iter().flat_map(|file| &file.items) {
        match item {
            // A parameter that is set on a call is a field of it.
            Item::Struct(call) if call.ident.to_string().ends_with("Call") => {
                found.extend(call.fields.iter().filter_map(|field| Some(field.ident.as_ref()?.to_string())));
            }
            Item::Impl(block) => {
                let of = block.self_ty.to_token_stream().to_string();
                let methods = block.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) => Some(method),
                    _ => None,
                });
                let is_awaited = block
                    .trait_
                    .as_ref()
                    .is_some_and(|(_, path, _)| path.segments.last().unwrap().ident == "IntoFuture");
                for method in methods {
                    if of == "Client" {
                        let mut bound = Bound::default();
                        visit::visit_impl_item_fn(&mut bound, method);
                        found.extend(bound.0);
                    } else if of.ends_with("Call") && (block.trait_.is_none() || is_awaited) {
                        found.push(method.sig.ident.to_string());
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(ours(found), listed(OPERATION_LOCALS));
}
