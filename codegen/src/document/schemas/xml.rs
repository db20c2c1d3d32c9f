//! `xml`: how a schema's values are written in XML.
//!
//! ```yaml
//! xml: { nodeType: atribute, name: id }      # unknown-value: use one of `element`, `attribute`, `text`, `cdata`, `none`
//! xml: { nodeType: text, name: id }          # keyword-without-effect: a text has no name
//! ```

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::schemas::Checker;
use crate::document::text::node::Node;

/// The node types (OpenAPI 3.2.0, "XML Node Types").
const NODE_TYPES: [&str; 5] = ["element", "attribute", "text", "cdata", "none"];

/// Those that have no name.
const NAMELESS: [&str; 3] = ["text", "cdata", "none"];

impl Checker<'_, '_> {
    /// Checks the values of an XML Object's fields, and which fields stand side by side.
    pub(crate) fn xml(&mut self, xml: &Node) {
        let Some(members) = xml.as_object() else { return };
        for name in ["name", "namespace", "prefix"] {
            if let Some(node) = xml.get(name).filter(|node| node.as_str().is_none()) {
                self.wrong(name, "a string", node);
            }
        }
        for name in ["attribute", "wrapped"] {
            if let Some(node) = xml.get(name).filter(|node| node.as_bool().is_none()) {
                self.wrong(name, "a boolean", node);
            }
        }
        let Some(node_type) = members.get("nodeType").filter(|_| self.is_3_2) else { return };
        if let Some(other) = ["attribute", "wrapped"].into_iter().find(|other| members.contains_key(*other)) {
            let message = format!("`xml` has `{other}` or `nodeType`, not both");
            self.report.push(Diagnostic::new(&codes::EXCLUSIVE_FIELDS, message).at(&node_type.key));
        }
        let Some(text) = node_type.node.as_str() else {
            self.wrong("nodeType", "a string", &node_type.node);
            return;
        };
        if !NODE_TYPES.contains(&text) {
            let shown: String = text.chars().take(40).collect();
            let message = format!("`{shown}` is no type of an XML node; it is ignored");
            let hint = format!("use one of `{}`", NODE_TYPES.join("`, `"));
            self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(&node_type.node).hint(hint));
        }
        if let Some(name) = members.get("name").filter(|_| NAMELESS.contains(&text)) {
            let message = format!("`name` of an XML node of type `{text}` is ignored");
            let hint = "remove it, or correct the `nodeType`";
            self.report.push(Diagnostic::new(&codes::KEYWORD_WITHOUT_EFFECT, message).at(&name.key).hint(hint));
        }
    }

    fn wrong(&mut self, name: &str, expected: &str, node: &Node) {
        let message = format!("`{name}` must be {expected}, found {}; it is ignored", node.kind_name());
        self.report.push(Diagnostic::new(&codes::KEYWORD_TYPE, message).at(node));
    }
}
