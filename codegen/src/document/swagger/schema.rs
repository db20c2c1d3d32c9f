//! Keywords of 2.0 that 3.0 writes differently.
//!
//! `discriminator: petType`, `x-nullable: true` and `type: file` become `discriminator: { propertyName: petType }`,
//! `nullable: true` and `type: string, format: binary`.

use crate::document::swagger::tree::{self, Members};
use crate::document::text::node::{Node, NodeValue};

/// Converts everything in a tree that can be a schema.
pub fn convert(node: &mut Node) {
    convert_value(node, false);
}

/// Converts the schemas of an object of named schemas.
pub fn convert_named(node: &mut Node) {
    convert_value(node, true);
}

fn convert_value(node: &mut Node, names: bool) {
    let at = Node { value: NodeValue::Null, location: node.location.clone() };
    match &mut node.value {
        NodeValue::Array(elements) => elements.iter_mut().for_each(|element| convert_value(element, false)),
        NodeValue::Object(members) => {
            if !names {
                keywords(&at, members);
            }
            for (key, member) in members {
                let named = !names && matches!(key.as_str(), "properties" | "definitions");
                if !names && matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    continue;
                }
                convert_value(&mut member.node, named);
            }
        }
        _ => {}
    }
}

fn keywords(at: &Node, members: &mut Members) {
    if let Some(property) = members.get("discriminator").filter(|member| member.node.as_str().is_some()) {
        let at = property.node.clone();
        let fields = Members::from([("propertyName".to_owned(), property.clone())]);
        tree::put(members, "discriminator", tree::object(&at, fields));
    }
    if let Some(nullable) = members.get("x-nullable").filter(|member| member.node.as_bool().is_some()) {
        let nullable = nullable.clone();
        members.entry("nullable".to_owned()).or_insert(nullable);
    }
    if members.get("type").is_some_and(|kind| kind.node.as_str() == Some("file")) {
        tree::put(members, "type", tree::text(at, "string"));
        tree::put(members, "format", tree::text(at, "binary"));
    }
}
