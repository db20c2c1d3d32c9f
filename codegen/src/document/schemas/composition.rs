//! Schemas that are composed of themselves.
//!
//! ```yaml
//! A: { allOf: [{ $ref: '#/components/schemas/B' }] }
//! B: { allOf: [{ $ref: '#/components/schemas/A' }] }
//! ```
//!
//! No instance can be judged by such schemas: applying them to one instance would never end (JSON Schema 2020-12, core,
//! section 9.4.1). A cycle through `properties` or `items` is what trees are made of. Two kinds of cycle have a clear
//! meaning nevertheless, and are cut ([`Cuts`]):
//!
//! - a union with a `discriminator` whose branches extend it (`Cat: { allOf: [Pet, …] }`, `Pet: { oneOf: [Cat, Dog] }`):
//!   a branch takes the rules of its parent without the union;
//! - a union that is one of its own branches: that branch admits nothing that the others do not.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::references::{Reference, resolve_in};
use crate::document::named::NamedSchema;
use crate::document::text::node::Node;

/// What is left out so that every composition ends. All are JSON Pointers of places with a `$ref`.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    /// Branches and parts that are left out, with what they refer to.
    pub parts: HashSet<String>,
    /// Parts of an `allOf` that take their target without its `oneOf` and `anyOf`.
    pub without_union: HashSet<String>,
}

impl Cuts {
    fn contains(&self, place: &str) -> bool {
        self.parts.contains(place) || self.without_union.contains(place)
    }
}

/// How a schema applies another one to the same instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    /// A branch of a `oneOf` or `anyOf` with others beside it.
    Branch,
    /// A part of an `allOf`, or the `$ref` of a whole schema.
    Part,
    /// Anything else.
    Other,
}

#[derive(Clone, Debug)]
struct Edge<'d> {
    /// The pointer of the object with the `$ref`.
    place: String,
    target: String,
    via: Via,
    reference: &'d Node,
}

/// Finds every schema that is composed of itself, or of too much, and what is to be left out of it.
pub fn check(root: &Node, named: &[NamedSchema], references: &[Reference<'_>], report: &mut Report) -> Cuts {
    // Whatever leads to itself is led to by some reference, and whatever is composed of others holds one.
    let targets = references.iter().filter_map(|reference| Some(resolve_in(root, reference.node.as_str()?)?.1));
    let holders = references.iter().map(|reference| composing(&reference.holder).to_owned());
    let starts: Vec<String> = named.iter().map(|schema| schema.pointer.clone()).chain(targets).chain(holders).collect();
    let mut cuts = Cuts::default();
    let mut edges: HashMap<String, Vec<Edge<'_>>> = HashMap::new();
    // Each round cuts at least one edge, or is the last.
    while cut_cycles(root, &starts, &mut edges, &mut cuts, report) {}
    cut_large(root, &starts, &edges, &mut cuts, report);
    cuts
}

/// Maximum number of schemas of which one is composed, each counted as often as it is reached. Real ones stay below a thousand, and the
/// index of a branch fits 16 bits (`support::Apart`).
const MOST_PARTS: usize = 50_000;

/// Maximum length of a chain of compositions.
const MOST_STEPS: usize = 200;

/// Leaves out what makes a composition too large to be gone through: `A: {allOf: [B, B]}, B: {allOf: [C, C]}, …` doubles with each
/// step.
fn cut_large(
    root: &Node,
    starts: &[String],
    edges: &HashMap<String, Vec<Edge<'_>>>,
    cuts: &mut Cuts,
    report: &mut Report,
) {
    // Parts and steps of each schema; those it leads to come first.
    let mut sizes: HashMap<&str, (usize, usize)> = HashMap::new();
    for start in starts {
        let mut open: Vec<(&str, bool)> = vec![(start, false)];
        while let Some((pointer, seen)) = open.pop() {
            if sizes.contains_key(pointer) {
                continue;
            }
            let own = edges.get(pointer).map(Vec::as_slice).unwrap_or_default();
            let targets = own.iter().filter(|edge| !cuts.contains(&edge.place)).map(|edge| edge.target.as_str());
            if !seen {
                open.push((pointer, true));
                open.extend(targets.map(|target| (target, false)));
                continue;
            }
            let (parts, steps) = targets.fold((1usize, 1usize), |(parts, steps), target| {
                let (more, deep) = sizes.get(target).copied().unwrap_or((1, 1));
                (parts.saturating_add(more), steps.max(deep.saturating_add(1)))
            });
            if parts <= MOST_PARTS && steps <= MOST_STEPS {
                sizes.insert(pointer, (parts, steps));
                continue;
            }
            let message = if steps > MOST_STEPS {
                format!(
                    "`#{pointer}` is composed of others by more than {MOST_STEPS} steps, one behind the other; they are left out"
                )
            } else {
                format!("`#{pointer}` is composed of more than {MOST_PARTS} parts; they are left out")
            };
            let diagnostic = Diagnostic::new(&codes::COMPOSITION_SIZE, message);
            report.push(match root.pointer(pointer) {
                Some(node) => diagnostic.at(node),
                None => diagnostic,
            });
            cuts.parts.extend(own.iter().map(|edge| edge.place.clone()));
            sizes.insert(pointer, (1, 1));
        }
    }
}

/// Decides what a cycle means; returns whether anything new was cut.
fn settle(root: &Node, cycle: &[Edge<'_>], cuts: &mut Cuts, report: &mut Report) -> bool {
    if cycle.iter().any(|edge| cuts.contains(&edge.place)) {
        return true;
    }
    let union_of = |target: &str| {
        root.pointer(target).is_some_and(|schema| {
            schema.get("discriminator").is_some() && (schema.get("oneOf").is_some() || schema.get("anyOf").is_some())
        })
    };
    if let Some(edge) = cycle.iter().find(|edge| edge.via == Via::Part && union_of(&edge.target)) {
        return cuts.without_union.insert(edge.place.clone());
    }
    if let Some(edge) = cycle.iter().find(|edge| edge.via == Via::Branch) {
        let message = format!("this branch leads back to `#{}`; it is left out", edge.target);
        let hint = "remove it: it admits nothing that the other branches do not";
        report.push(Diagnostic::new(&codes::RECURSIVE_BRANCH, message).at(edge.reference).hint(hint));
        return cuts.parts.insert(edge.place.clone());
    }
    let Some(edge) = cycle.last() else { return false };
    // Schemas that are nothing but references to each other are reported as such (`references.rs`).
    let before = cycle.iter().cycle().skip(cycle.len() - 1);
    if !cycle.iter().zip(before).all(|(edge, before)| edge.place == before.target) {
        let message = format!("`#{}` is composed of itself, by this reference, which is left out", edge.target);
        report.push(Diagnostic::new(&codes::COMPOSITION_CYCLE, message).at(edge.reference));
    }
    cuts.parts.insert(edge.place.clone())
}

/// Maximum depth of a search for cycles; a larger composition is far too large, and left out.
const MOST_SEARCHED: usize = 1_000;

/// Cuts one edge of each cycle that is found; returns whether anything new was cut.
fn cut_cycles<'d>(
    root: &'d Node,
    starts: &[String],
    known: &mut HashMap<String, Vec<Edge<'d>>>,
    cuts: &mut Cuts,
    report: &mut Report,
) -> bool {
    let mut progress = false;
    // Its place in the path while a schema is being looked at, `None` when it is done.
    let mut state: HashMap<String, Option<usize>> = HashMap::new();
    for start in starts {
        if state.contains_key(start) {
            continue;
        }
        let mut path: Vec<(String, usize)> = vec![(start.clone(), 0)];
        let mut taken: Vec<Edge<'d>> = Vec::new();
        state.insert(start.clone(), Some(0));
        while let Some((pointer, next)) = path.last_mut() {
            let edges = known.entry(pointer.clone()).or_insert_with(|| applied(root, pointer));
            let Some(edge) = edges.get(*next).cloned() else {
                state.insert(pointer.clone(), None);
                path.pop();
                taken.pop();
                continue;
            };
            *next += 1;
            if cuts.contains(&edge.place) {
                continue;
            }
            match state.get(&edge.target) {
                Some(Some(start)) => {
                    let start = *start;
                    taken.push(edge);
                    progress |= settle(root, taken.get(start..).unwrap_or_default(), cuts, report);
                    taken.pop();
                }
                Some(None) => {}
                None if path.len() >= MOST_SEARCHED => {
                    let message = format!(
                        "`#{}` lies behind more than {MOST_SEARCHED} steps of composition; it is left out",
                        edge.target
                    );
                    report.push(Diagnostic::new(&codes::COMPOSITION_SIZE, message).at(edge.reference));
                    cuts.parts.insert(edge.place);
                }
                None => {
                    state.insert(edge.target.clone(), Some(path.len()));
                    path.push((edge.target.clone(), 0));
                    taken.push(edge);
                }
            }
        }
    }
    progress
}

/// The pointer of the schema that applies a schema to its own instance, and that no other one applies so. Of a property called `not`
/// it is that of `properties`: one more place to start from, to which nothing leads.
fn composing(mut pointer: &str) -> &str {
    while let Some((above, last)) = pointer.rsplit_once('/') {
        let (above, last) = match (last.parse::<usize>(), above.rsplit_once('/')) {
            (Ok(_), Some(listing)) => listing,
            _ => (above, last),
        };
        if !matches!(last, "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else") {
            break;
        }
        pointer = above;
    }
    pointer
}

/// The schemas that references within a schema apply to the same instance.
fn applied<'d>(root: &'d Node, pointer: &str) -> Vec<Edge<'d>> {
    let mut found = Vec::new();
    let Some(node) = root.pointer(pointer) else { return found };
    let mut open = vec![(node, pointer.to_owned(), Via::Part)];
    while let Some((schema, place, via)) = open.pop() {
        for reference in ["$ref", "$dynamicRef"].into_iter().filter_map(|keyword| schema.get(keyword)) {
            if let Some((_, target)) = reference.as_str().and_then(|text| resolve_in(root, text)) {
                // Where a scope leads elsewhere, `lower/dynamic.rs` looks for cycles.
                let target = target.strip_suffix("/$dynamicAnchor").unwrap_or(&target).to_owned();
                found.push(Edge { place: place.clone(), target, via, reference });
            }
        }
        for (keyword, member) in schema.as_object().into_iter().flatten() {
            let below = format!("{place}/{keyword}");
            let via = match keyword.as_str() {
                "allOf" => Via::Part,
                "anyOf" | "oneOf" if member.node.as_array().is_some_and(|branches| branches.len() > 1) => Via::Branch,
                "anyOf" | "oneOf" | "not" | "if" | "then" | "else" | "dependentSchemas" => Via::Other,
                _ => continue,
            };
            if keyword == "dependentSchemas" {
                let schemas = member.node.as_object().into_iter().flatten();
                open.extend(
                    schemas.map(|(name, member)| {
                        (&member.node, format!("{below}/{}", crate::document::escape(name)), via)
                    }),
                );
            } else if let Some(parts) = member.node.as_array() {
                let parts = parts.iter().enumerate();
                open.extend(parts.map(|(index, part)| (part, format!("{below}/{index}"), via)));
            } else {
                open.push((&member.node, below, via));
            }
        }
    }
    found
}
