//! References where the specification allows none, and which many tools follow.
//!
//! ```yaml
//! paths:
//!   /pets:
//!     get: { $ref: operations/list_pets.yaml }       # an operation cannot be a reference; its meaning is clear
//!     $ref: shared.yaml#/pets                        # a path item can, and has fields of its own beside it
//! ```
//!
//! The target of such a reference takes its place in the tree, so that every later step finds an operation where one belongs. Fields
//! beside the reference are kept, and take precedence over those of the target.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{self as codes, Diagnostic, Location, Report};

use crate::document::bundle::references;
use crate::document::bundle::walk::{DATA, holds_names};
use crate::document::frame::grammar::{Kind, Shape};
use crate::document::limits::{MAX_DEPTH, MAX_EMBEDDED_BYTES, MAX_EMBEDDED_VALUES};
use crate::document::named::FILES;
use crate::document::text::node::{Member, Node, NodeValue, escape};
use crate::document::unknown::Unknown;

/// Maximum number of rounds: a target may hold such references again.
const MOST_ROUNDS: usize = 8;

/// Maximum number of such references that are followed.
const MAX_EMBEDDED: usize = 10_000;

/// Replaces such references by their targets.
pub fn embed(root: &mut Node, report: &mut Report) {
    let mut unknown = Unknown::default();
    let mut spent = Spent::default();
    // References to nothing, or to themselves, stay, and are reported when references are checked.
    let mut given_up: HashSet<String> = HashSet::new();
    for round in 0..=MOST_ROUNDS {
        let mut wanted = wanted(root);
        wanted.retain(|place| !given_up.contains(&place.pointer));
        if wanted.is_empty() {
            break;
        }
        let mut beyond = None;
        for place in wanted {
            let Some(holder) = root.pointer(&place.pointer) else { continue };
            let Some((reference, target)) = holder.get("$ref").and_then(|reference| {
                let (target, pointer) = references::resolve_in(root, reference.as_str()?)?;
                let (target, pointer) = references::follow(root, target, &pointer)?;
                // A target that contains the reference has no end.
                let is_around =
                    place.pointer.strip_prefix(&pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
                (!is_around).then(|| (Location::from(reference), target))
            }) else {
                given_up.insert(place.pointer);
                continue;
            };
            if round == MOST_ROUNDS || !spent.may_spend(target, &place.pointer) {
                beyond.get_or_insert(reference);
                given_up.insert(place.pointer);
                continue;
            }
            if let Some(message) = &place.message {
                unknown.note(&codes::SLOPPY_TYPE, message.clone(), None, &reference);
            }
            let target = target.clone();
            if let Some(holder) = pointer_mut(root, &place.pointer) {
                put(holder, target, &mut unknown);
            }
        }
        if let Some(reference) = beyond {
            let message = "too many references within each other; what this one leads to is left out";
            report.push(Diagnostic::new(&codes::INLINE_LIMIT, message).at(reference));
        }
    }
    unknown.report(report);
}

/// What has been copied so far.
#[derive(Default)]
struct Spent {
    count: usize,
    values: usize,
    bytes: usize,
}

impl Spent {
    fn may_spend(&mut self, target: &Node, pointer: &str) -> bool {
        self.count += 1;
        if self.count > MAX_EMBEDDED || self.values > MAX_EMBEDDED_VALUES || self.bytes > MAX_EMBEDDED_BYTES {
            return false;
        }
        let size = target.size();
        self.values = self.values.saturating_add(size.values);
        self.bytes = self.bytes.saturating_add(size.bytes);
        let depth = pointer.matches('/').count() + size.depth;
        self.values <= MAX_EMBEDDED_VALUES && self.bytes <= MAX_EMBEDDED_BYTES && depth <= MAX_DEPTH
    }
}

/// Puts a target in the place of the object that refers to it; the object's own fields count.
fn put(holder: &mut Node, target: Node, unknown: &mut Unknown) {
    let own = match &mut holder.value {
        NodeValue::Object(members) => std::mem::take(members),
        _ => IndexMap::new(),
    };
    *holder = target;
    let NodeValue::Object(members) = &mut holder.value else { return };
    for (name, member) in own.into_iter().filter(|(name, _)| name != "$ref") {
        if members.contains_key(&name) {
            let message =
                format!("`{name}` stands beside this `$ref` and in what it points at; the one beside it counts");
            unknown.note(&codes::REF_SIBLING, message, None, &member.key);
        }
        members.insert(name, member);
    }
}

/// A place whose reference is to be followed.
struct Place {
    pointer: String,
    /// The message about it; `None` where the specification allows the reference.
    message: Option<String>,
}

/// All places of a tree, in document order.
fn wanted(root: &Node) -> Vec<Place> {
    let mut search = Search { root, seen: HashSet::new(), places: Vec::new() };
    search.object(Kind::Root, root, "");
    search.named(root, "", None);
    let mut seen = HashSet::new();
    search.places.retain(|place| seen.insert(place.pointer.clone()));
    search.places
}

struct Search<'d> {
    root: &'d Node,
    /// Targets of ordinary references that have been visited.
    seen: HashSet<String>,
    places: Vec<Place>,
}

impl<'d> Search<'d> {
    /// Objects of the frame: those that cannot be a reference.
    fn object(&mut self, kind: Kind, node: &'d Node, pointer: &str) {
        let Some(members) = node.as_object() else { return };
        if let Some(text) = node.get("$ref").and_then(Node::as_str) {
            let is_sibling =
                |name: &String| !name.starts_with("x-") && !matches!(name.as_str(), "$ref" | "summary" | "description");
            if kind.section().is_none() {
                self.push(pointer, Some(format!("{} cannot be a reference; what it points at is used", kind.name())));
            } else if kind == Kind::PathItem && members.keys().any(is_sibling) {
                self.push(pointer, None);
            } else if let Some((target, pointer)) = references::resolve_in(self.root, text)
                && self.seen.insert(pointer.clone())
            {
                self.object(kind, target, &pointer);
            }
            return;
        }
        if matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback) {
            let inner = if kind == Kind::Responses { Kind::Response } else { Kind::PathItem };
            for (name, member) in members {
                self.object(inner, &member.node, &join(pointer, name));
            }
        }
        for (name, shape, _) in kind.fields() {
            let Some(member) = members.get(*name) else { continue };
            let (node, pointer) = (&member.node, join(pointer, name));
            match shape {
                Shape::One(kind) => self.object(*kind, node, &pointer),
                Shape::List(_) | Shape::TextList if refers(node) => {
                    self.push(&pointer, Some(format!("`{name}` cannot be a reference; what it points at is used")));
                }
                Shape::List(kind) => {
                    for (index, element) in node.as_array().unwrap_or_default().iter().enumerate() {
                        self.object(*kind, element, &format!("{pointer}/{index}"));
                    }
                }
                Shape::Map(kind) | Shape::Unused(kind) if !refers(node) => {
                    for (name, member) in node.as_object().into_iter().flatten() {
                        self.object(*kind, &member.node, &join(&pointer, name));
                    }
                }
                // Maps that are references are found below, maps of schemas included.
                Shape::Map(_) | Shape::Unused(_) | Shape::SchemaMap => {}
                Shape::TextList
                | Shape::Text
                | Shape::Flag
                | Shape::TextMap
                | Shape::Schema
                | Shape::Skipped
                | Shape::Examples
                | Shape::Links => {}
            }
        }
    }

    /// Maps of names, anywhere: what is called `$ref` there and holds a string names nothing.
    // Recursion is bounded: no tree is deeper than `MAX_DEPTH`.
    fn named(&mut self, node: &Node, pointer: &str, map: Option<&str>) {
        match &node.value {
            NodeValue::Array(elements) => {
                for (index, element) in elements.iter().enumerate().filter(|(_, element)| is_collection(element)) {
                    self.named(element, &format!("{pointer}/{index}"), None);
                }
            }
            NodeValue::Object(members) => {
                if let Some(map) = map
                    && refers(node)
                {
                    self.push(pointer, Some(format!("`{map}` cannot be a reference; what it points at is used")));
                    return;
                }
                for (name, member) in members.iter().filter(|(_, member)| is_collection(&member.node)) {
                    let is_named = map.is_none();
                    if is_named && (DATA.contains(&name.as_str()) || name.starts_with("x-") && name != FILES) {
                        continue;
                    }
                    if is_named && name == FILES && pointer.is_empty() {
                        for (file, member) in member.node.as_object().into_iter().flatten() {
                            self.named(&member.node, &join(&join(pointer, name), file), None);
                        }
                        continue;
                    }
                    let inner = Some(name.as_str()).filter(|name| is_named && holds_names(name));
                    self.named(&member.node, &join(pointer, name), inner);
                }
            }
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {}
        }
    }

    fn push(&mut self, pointer: &str, message: Option<String>) {
        self.places.push(Place { pointer: pointer.to_owned(), message });
    }
}

fn refers(node: &Node) -> bool {
    node.get("$ref").and_then(Node::as_str).is_some()
}

fn is_collection(node: &Node) -> bool {
    matches!(node.value, NodeValue::Array(_) | NodeValue::Object(_))
}

fn join(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", escape(name))
}

/// [`Node::pointer`], to change what is there.
fn pointer_mut<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut node = root;
    for token in pointer.split('/').skip(1) {
        node = match &mut node.value {
            NodeValue::Object(members) => member_mut(members, &crate::document::unescape(token))?,
            NodeValue::Array(elements) => elements.get_mut(token.parse::<usize>().ok()?)?,
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => return None,
        };
    }
    Some(node)
}

fn member_mut<'n>(members: &'n mut IndexMap<String, Member>, name: &str) -> Option<&'n mut Node> {
    members.get_mut(name).map(|member| &mut member.node)
}
