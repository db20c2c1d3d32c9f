//! What an update does to its targets, and which updates fit which targets.
//!
//! | target | update | Overlay 1.0 | Overlay 1.1 |
//! | --- | --- | --- | --- |
//! | object | object | merged member by member | merged member by member |
//! | array | array | its elements are appended | its elements are appended |
//! | array | anything else | appended | appended |
//! | primitive | primitive | an error | replaced |
//! | member of a merged object | value of another kind | replaced | an error |
//!
//! Everything else is an error. Primitives are strings, numbers, booleans and null (RFC 8259, section 1).

use serde_json::Value;

use crate::document::overlay::bounds::Step;
use crate::document::overlay::edition::Edition;
use crate::document::text::node::{Member, Node, NodeValue};

/// The kinds of values that an update does not turn into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    fn of(node: &Node) -> Self {
        match &node.value {
            NodeValue::Object(_) => Self::Object,
            NodeValue::Array(_) => Self::Array,
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => Self::Primitive,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Array => "arrays",
            Self::Primitive => "primitive values",
        }
    }
}

/// Where an update does not fit.
pub(crate) enum Place<'u> {
    /// At what the target selects.
    Target,
    /// At a value of the update.
    Update(&'u Node),
}

/// Why an update does not fit its targets.
pub(crate) struct Mismatch<'u> {
    pub(crate) message: String,
    pub(crate) place: Place<'u>,
    pub(crate) hint: Option<&'static str>,
}

impl<'u> Mismatch<'u> {
    fn at(update: &'u Node, message: String) -> Self {
        Self { message, place: Place::Update(update), hint: None }
    }
}

/// The first reason for which an update does not fit one of its targets.
pub(crate) fn mismatch<'u>(
    root: &Node,
    targets: &[Vec<Step>],
    update: &'u Node,
    edition: Edition,
) -> Option<Mismatch<'u>> {
    let nodes: Vec<&Node> = targets.iter().filter_map(|path| at(root, path)).collect();
    if edition >= Edition::V1_1
        && let Some(first) = nodes.first().map(|node| Kind::of(node))
        && let Some(other) = nodes.iter().map(|node| Kind::of(node)).find(|kind| *kind != first)
    {
        // Overlay Specification 1.1.0, "Action Object": all objects, or all arrays, or all primitives.
        let message = format!("the target selects {} and {}", first.plural(), other.plural());
        let hint = "give each kind of value an action of its own";
        return Some(Mismatch { message, place: Place::Target, hint: Some(hint) });
    }
    nodes.into_iter().find_map(|target| of_target(target, update, edition))
}

fn of_target<'u>(target: &Node, update: &'u Node, edition: Edition) -> Option<Mismatch<'u>> {
    match (Kind::of(target), Kind::of(update)) {
        (Kind::Array, _) => None,
        (Kind::Object, Kind::Object) if edition >= Edition::V1_1 => within(target, update),
        (Kind::Object, Kind::Object) => None,
        (Kind::Object, _) => {
            let message = format!("the target is an object, `update` must be one too, found {}", update.kind_name());
            Some(Mismatch::at(update, message))
        }
        (Kind::Primitive, Kind::Primitive) if edition >= Edition::V1_1 => None,
        (Kind::Primitive, _) if edition >= Edition::V1_1 => {
            let message = format!("the target is {}; only a primitive value can replace it", target.kind_name());
            Some(Mismatch::at(update, message))
        }
        (Kind::Primitive, _) => {
            let message = format!("the target is {}; only objects and arrays can be updated", target.kind_name());
            let hint = Some("let the target be the object that holds the value, or write `overlay: 1.1.0`");
            Some(Mismatch { hint, ..Mismatch::at(update, message) })
        }
    }
}

/// The first member of an update that its counterpart cannot take: "Other property value combinations are incompatible and result in an
/// error" (Overlay Specification 1.1.0, "Action Object").
// Recursion is bounded: no tree is deeper than `MAX_DEPTH`.
fn within<'u>(target: &Node, update: &'u Node) -> Option<Mismatch<'u>> {
    let (known, changes) = target.as_object().zip(update.as_object())?;
    changes.iter().find_map(|(name, change)| {
        let member = &known.get(name)?.node;
        match (Kind::of(member), Kind::of(&change.node)) {
            (Kind::Object, Kind::Object) => within(member, &change.node),
            (one, other) if one == other => None,
            _ => {
                let shown: String = name.chars().take(40).collect();
                let (found, expected) = (change.node.kind_name(), member.kind_name());
                let message = format!("`{shown}` is {expected} in the document, and {found} in the update");
                let hint = Some("remove the member first, with an action of its own");
                Some(Mismatch { hint, ..Mismatch::at(&change.node, message) })
            }
        }
    })
}

fn at<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match (&node.value, step) {
        (NodeValue::Object(members), Step::Name(name)) => members.get(name).map(|member| &member.node),
        (NodeValue::Array(elements), Step::Index(index)) => elements.get(*index),
        _ => None,
    })
}

/// Merges an update into a target that it fits.
// Recursion is bounded: no tree is deeper than `MAX_DEPTH`.
pub(crate) fn merge(target: &mut Node, update: &Node) {
    match (&mut target.value, &update.value) {
        (NodeValue::Object(members), NodeValue::Object(changes)) => {
            for (name, change) in changes {
                match members.get_mut(name) {
                    Some(member) if is_mergeable(&member.node, &change.node) => merge(&mut member.node, &change.node),
                    Some(member) => *member = change.clone(),
                    None => {
                        members.insert(name.clone(), Member { key: change.key.clone(), node: change.node.clone() });
                    }
                }
            }
        }
        (NodeValue::Array(elements), NodeValue::Array(added)) => elements.extend(added.iter().cloned()),
        (NodeValue::Array(elements), _) => elements.push(update.clone()),
        _ => *target = update.clone(),
    }
}

/// [`merge`], of the JSON.
pub(crate) fn merge_json(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(members), Value::Object(changes)) => {
            for (name, change) in changes {
                match members.get_mut(name) {
                    Some(member) if is_mergeable_json(member, change) => merge_json(member, change),
                    Some(member) => *member = change.clone(),
                    None => {
                        members.insert(name.clone(), change.clone());
                    }
                }
            }
        }
        (Value::Array(elements), Value::Array(added)) => elements.extend(added.iter().cloned()),
        (Value::Array(elements), _) => elements.push(update.clone()),
        (target, _) => *target = update.clone(),
    }
}

fn is_mergeable_json(target: &Value, update: &Value) -> bool {
    matches!((target, update), (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)))
}

fn is_mergeable(target: &Node, update: &Node) -> bool {
    matches!((Kind::of(target), Kind::of(update)), (Kind::Object, Kind::Object) | (Kind::Array, Kind::Array))
}
