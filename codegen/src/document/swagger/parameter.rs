//! Parameters and headers: the keywords beside `in` move into a schema.
//!
//! ```yaml
//! { name: ids, in: query, type: array, items: { type: integer }, collectionFormat: pipes }
//! ```
//!
//! becomes `{ name: ids, in: query, schema: { type: array, items: { type: integer } }, style: pipeDelimited, explode: false }`.

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::swagger::tree::{self, Members};
use crate::document::swagger::{Converter, schema};
use crate::document::text::node::Node;

/// What belongs to the parameter itself; everything else describes its value.
const OWN: &[&str] = &["name", "in", "description", "required", "allowEmptyValue", "collectionFormat", "deprecated"];

impl Converter<'_, '_> {
    pub(crate) fn parameter(&mut self, node: &Node) -> Node {
        if node.get("$ref").is_some() {
            return node.clone();
        }
        let mut out = Members::new();
        for key in ["name", "in", "description", "required", "deprecated"] {
            tree::copy(&mut out, node, key);
        }
        if node.get("in").and_then(Node::as_str) == Some("query") {
            tree::copy(&mut out, node, "allowEmptyValue");
        }
        tree::copy_extensions(&mut out, node);
        let place = node.get("in").and_then(Node::as_str).unwrap_or_default();
        if let Some(format) = node.get("collectionFormat") {
            self.collection_format(format, place, &mut out);
        } else if place == "query" && node.get("type").and_then(Node::as_str) == Some("array") {
            // Swagger 2.0, "Parameter Object", `collectionFormat`: default is `csv`.
            tree::put(&mut out, "explode", tree::flag(node, false));
        }
        tree::put(&mut out, "schema", value_schema(node));
        tree::object(node, out)
    }

    pub(crate) fn collection_format(&mut self, format: &Node, place: &str, out: &mut Members) {
        let form = matches!(place, "query" | "formData");
        let (style, explode) = match format.as_str() {
            Some("csv") => (if form { "form" } else { "simple" }, false),
            Some("multi") if form => ("form", true),
            Some("ssv") if form => ("spaceDelimited", false),
            Some("pipes") if form => ("pipeDelimited", false),
            _ => {
                let message = "this `collectionFormat` has no counterpart; the values are separated by commas";
                self.report.push(Diagnostic::new(&codes::NOT_CARRIED, message).at(format));
                (if form { "form" } else { "simple" }, false)
            }
        };
        tree::put(out, "style", tree::text(format, style));
        tree::put(out, "explode", tree::flag(format, explode));
    }

    pub(crate) fn header(&mut self, node: &Node) -> Node {
        let mut out = Members::new();
        tree::copy(&mut out, node, "description");
        tree::copy_extensions(&mut out, node);
        tree::put(&mut out, "schema", value_schema(node));
        tree::object(node, out)
    }
}

/// The schema of a value that is described in place.
pub fn value_schema(node: &Node) -> Node {
    let mut members = Members::new();
    for (key, member) in node.as_object().into_iter().flatten() {
        let extension = key.starts_with("x-") && !matches!(key.as_str(), "x-nullable" | "x-sensitive");
        if !OWN.contains(&key.as_str()) && !extension {
            members.insert(key.clone(), member.clone());
        }
    }
    let mut value = tree::object(node, members);
    schema::convert(&mut value);
    value
}
