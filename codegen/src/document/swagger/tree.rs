//! Building nodes that stand where another node stood.

use indexmap::IndexMap;

use crate::document::text::node::{Member, Node, NodeValue};

/// The members of an object under construction.
pub type Members = IndexMap<String, Member>;

/// An object at the place of a node.
pub fn object(at: &Node, members: Members) -> Node {
    Node { value: NodeValue::Object(members), location: at.location.clone() }
}

/// An array at the place of a node.
pub fn list(at: &Node, elements: Vec<Node>) -> Node {
    Node { value: NodeValue::Array(elements), location: at.location.clone() }
}

/// A string at the place of a node.
pub fn text(at: &Node, text: &str) -> Node {
    Node { value: NodeValue::String(text.to_owned()), location: at.location.clone() }
}

/// A boolean at the place of a node.
pub fn flag(at: &Node, flag: bool) -> Node {
    Node { value: NodeValue::Bool(flag), location: at.location.clone() }
}

/// A member whose key the original does not have.
pub fn absent(node: Node) -> Member {
    Member { key: node.location.clone(), node }
}

/// Adds a member whose key the original does not have.
pub fn put(members: &mut Members, key: &str, node: Node) {
    members.insert(key.to_owned(), absent(node));
}

/// Adds a member of another object as it is, where there is one.
pub fn copy(members: &mut Members, from: &Node, key: &str) {
    if let Some(member) = from.as_object().and_then(|object| object.get(key)) {
        members.insert(key.to_owned(), member.clone());
    }
}

/// Adds the extensions of another object.
pub fn copy_extensions(members: &mut Members, from: &Node) {
    for (key, member) in from.as_object().into_iter().flatten() {
        if key.starts_with("x-") && !members.contains_key(key) {
            members.insert(key.clone(), member.clone());
        }
    }
}

/// Whether a parameter is a part of the body.
pub fn is_of_body(parameter: &Node) -> bool {
    matches!(parameter.get("in").and_then(Node::as_str), Some("body" | "formData"))
}
