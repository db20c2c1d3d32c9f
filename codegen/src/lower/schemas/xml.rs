//! `xml` to one meaning, however a version writes it.
//!
//! | document | here |
//! | --- | --- |
//! | `{ attribute: true }`, or `{ nodeType: attribute }` (3.2) | `node_type = Attribute` |
//! | `{ wrapped: true }`, or `{ nodeType: element }` (3.2), of an array | `node_type = Element` |
//! | `{ nodeType: text, name: a }` (3.2) | `node_type = Text`; a text has no name |

use crate::api::{Xml, XmlNodeType};
use crate::document::Node;

use crate::lower::context::Context;

/// The `xml` of a schema (OpenAPI 3.2.0, "XML Object"); `None` where it says nothing.
pub(crate) fn xml(context: &Context<'_>, schema: &Node) -> Option<Xml> {
    let node = schema.get("xml")?;
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let flag = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    let node_type = match text("nodeType").filter(|_| context.is_32()) {
        Some(stated) => XmlNodeType::of(&stated),
        None if flag("attribute") => Some(XmlNodeType::Attribute),
        None if flag("wrapped") && is_array(schema) => Some(XmlNodeType::Element),
        None => None,
    };
    let is_nameless = matches!(node_type, Some(XmlNodeType::Text | XmlNodeType::Cdata | XmlNodeType::None));
    let name = text("name").filter(|_| !is_nameless);
    let xml = Xml { node_type, name, namespace: text("namespace"), prefix: text("prefix") };
    (xml != Xml::default()).then_some(xml)
}

/// Whether a schema says that it is of arrays, which `wrapped` is about.
fn is_array(schema: &Node) -> bool {
    let Some(stated) = schema.get("type") else { return false };
    let mut names = stated.as_array().unwrap_or_default().iter().chain([stated]).filter_map(Node::as_str);
    names.any(|name| name.eq_ignore_ascii_case("array"))
}
