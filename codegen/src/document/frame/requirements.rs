//! Security requirements, which fail closed: one that cannot be read cannot be met.
//!
//! `security: [api_key]` is read as the scheme `api_key`; `security: [5]` as a scheme for which there is no credential.

use serde_json::{Value, json};

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::frame::{Framer, Kind, Node, NodeValue};

/// Names the scheme of a requirement that cannot be read; no document defines it, as it is no name of a component.
const UNREADABLE: &str = "(unreadable)";

impl<'d> Framer<'d, '_> {
    /// The alternatives of a field `security`.
    pub(crate) fn requirements(&mut self, label: &str, node: &'d Node, pointer: &str) -> Value {
        match &node.value {
            NodeValue::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.map(|(index, element)| self.requirement(element, &format!("{pointer}/{index}"))).collect()
            }
            NodeValue::Object(_) | NodeValue::String(_) => {
                self.listed_alone(label, node);
                json!([self.requirement(node, pointer)])
            }
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) => json!([self.requirement(node, pointer)]),
        }
    }

    fn requirement(&mut self, node: &'d Node, pointer: &str) -> Value {
        if let Some(scheme) = node.as_str() {
            let message =
                "a security requirement must be an object, found a string; it is taken as the name of a scheme";
            self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node));
            return json!({ scheme: [] });
        }
        self.object(Kind::SecurityRequirement, node, pointer).unwrap_or_else(|| json!({ UNREADABLE: [] }))
    }
}
