//! Every reference of a tree, and nothing that merely looks like one.
//!
//! `{"properties": {"$ref": {…}}}` declares a property called `$ref`; `{"example": {"$ref": "x"}}` shows a value. Both are left alone: the
//! walk knows under which keys members are names instead of keywords, and under which there is data.

use crate::document::text::node::{Node, NodeValue, escape};
use crate::document::vocabulary;

/// Whether the members of a key's value have names of the author's choice.
pub fn holds_names(key: &str) -> bool {
    NAMED.contains(&key) || vocabulary::schemas(key) == Some(vocabulary::Schemas::Named)
}

/// Keys of objects other than schemas whose members have names of the author's choice.
const NAMED: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "securityDefinitions",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "paths",
    "webhooks",
    "content",
    "encoding",
];

/// Keys below which there is data, or text for people.
pub const DATA: &[&str] = &["example", "examples", "default", "const", "enum", "description", "summary"];

/// A key whose value refers to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `$ref`.
    Reference,
    /// `$dynamicRef`.
    DynamicReference,
    /// An entry of a discriminator's `mapping`, which may be a name as well.
    Mapping,
}

/// Something that refers to a place.
pub struct Found<'n> {
    /// What kind of reference it is.
    pub role: Role,
    /// The string.
    pub node: &'n Node,
    /// The nearest `$id`s around it, outermost first, as pointers of the objects that hold them.
    pub bases: &'n [String],
}

/// Calls `visit` with every reference, in document order, and `enter` with every object that may be a schema.
pub fn references<'n>(
    root: &'n Node,
    identified: bool,
    enter: &mut dyn FnMut(&'n Node, &str, &[String]),
    visit: &mut dyn FnMut(Found<'_>),
) {
    let mut walk = Walk { identified, bases: Vec::new(), pointer: String::new(), enter, visit };
    walk.value(root, false);
}

struct Walk<'n, 'v> {
    identified: bool,
    bases: Vec<String>,
    /// The JSON Pointer of the value at hand: one string for the whole walk, since a pointer for each member would cost more than
    /// the walk itself.
    pointer: String,
    enter: &'v mut dyn FnMut(&'n Node, &str, &[String]),
    visit: &'v mut dyn FnMut(Found<'_>),
}

impl<'n> Walk<'n, '_> {
    // Recursion is bounded: no tree is deeper than `MAX_DEPTH`.
    fn value(&mut self, node: &'n Node, names: bool) {
        match &node.value {
            NodeValue::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.below(element, &index.to_string(), false);
                }
            }
            NodeValue::Object(_) if names => self.members(node, true),
            NodeValue::Object(_) => {
                let based = self.identified && node.get("$id").and_then(Node::as_str).is_some();
                if based {
                    self.bases.push(self.pointer.clone());
                }
                (self.enter)(node, &self.pointer, &self.bases);
                self.members(node, false);
                if based {
                    self.bases.pop();
                }
            }
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {}
        }
    }

    /// Walks a value one step below the one at hand.
    fn below(&mut self, node: &'n Node, token: &str, names: bool) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(token));
        self.value(node, names);
        self.pointer.truncate(length);
    }

    fn members(&mut self, node: &'n Node, names: bool) {
        for (key, member) in node.as_object().into_iter().flatten() {
            let holds_values = matches!(member.node.value, NodeValue::Array(_) | NodeValue::Object(_));
            // No specification allows `content: { $ref: … }`, but its meaning is clear.
            if names && !(key == "$ref" && member.node.as_str().is_some()) {
                self.below(&member.node, key, false);
                continue;
            }
            let role = match key.as_str() {
                "$ref" => Some(Role::Reference),
                "$dynamicRef" => Some(Role::DynamicReference),
                _ => None,
            };
            match role {
                Some(role) if member.node.as_str().is_some() => {
                    (self.visit)(Found { role, node: &member.node, bases: &self.bases });
                }
                _ if key == "discriminator" => {
                    let mapping = member.node.get("mapping").and_then(Node::as_object);
                    let targets = mapping.into_iter().flatten().map(|(_, target)| &target.node);
                    for target in targets.chain(member.node.get("defaultMapping")) {
                        if target.as_str().is_some() {
                            (self.visit)(Found { role: Role::Mapping, node: target, bases: &self.bases });
                        }
                    }
                }
                _ if DATA.contains(&key.as_str()) || key.starts_with("x-") => {}
                _ if holds_values => self.below(&member.node, key, holds_names(key)),
                _ => {}
            }
        }
    }
}

/// Whether every reference names a place by a JSON Pointer into the same document, and no schema has a name of another kind.
pub fn is_local(node: &Node) -> bool {
    match &node.value {
        NodeValue::Array(elements) => elements.iter().all(is_local),
        NodeValue::Object(members) => members.iter().all(|(key, member)| match (key.as_str(), &member.node.value) {
            ("$ref" | "$dynamicRef", NodeValue::String(text)) => text.starts_with("#/"),
            ("$id" | "$anchor" | "$dynamicAnchor", NodeValue::String(_)) => false,
            ("mapping", NodeValue::Object(targets)) => targets.values().all(|target| {
                let text = target.node.as_str().unwrap_or_default();
                text.starts_with("#/") || !text.contains(['/', '#', '.'])
            }),
            ("defaultMapping", NodeValue::String(text)) => text.starts_with("#/") || !text.contains(['/', '#', '.']),
            _ => is_local(&member.node),
        }),
        _ => true,
    }
}

/// Replaces the text of references, in the order in which [`references`] visits them.
pub fn rewrite(root: &mut Node, new_text: &mut dyn FnMut(Role, &str) -> Option<String>) {
    rewrite_value(root, false, new_text);
}

fn rewrite_value(node: &mut Node, names: bool, new_text: &mut dyn FnMut(Role, &str) -> Option<String>) {
    match &mut node.value {
        NodeValue::Array(elements) => elements.iter_mut().for_each(|element| rewrite_value(element, false, new_text)),
        NodeValue::Object(members) => {
            for (key, member) in members {
                let role = match key.as_str() {
                    _ if names && key != "$ref" => None,
                    "$ref" => Some(Role::Reference),
                    "$dynamicRef" => Some(Role::DynamicReference),
                    _ => None,
                };
                match role {
                    Some(role) if member.node.as_str().is_some() => replace(&mut member.node, role, new_text),
                    _ if names => rewrite_value(&mut member.node, false, new_text),
                    _ if key == "discriminator" => {
                        let NodeValue::Object(fields) = &mut member.node.value else { continue };
                        if let Some(mapping) = fields.get_mut("mapping")
                            && let NodeValue::Object(targets) = &mut mapping.node.value
                        {
                            targets.values_mut().for_each(|target| replace(&mut target.node, Role::Mapping, new_text));
                        }
                        if let Some(default) = fields.get_mut("defaultMapping") {
                            replace(&mut default.node, Role::Mapping, new_text);
                        }
                    }
                    _ if DATA.contains(&key.as_str()) || key.starts_with("x-") => {}
                    _ => rewrite_value(&mut member.node, holds_names(key), new_text),
                }
            }
        }
        _ => {}
    }
}

fn replace(node: &mut Node, role: Role, new_text: &mut dyn FnMut(Role, &str) -> Option<String>) {
    if let NodeValue::String(text) = &mut node.value
        && let Some(new) = new_text(role, text)
    {
        *text = new;
    }
}
