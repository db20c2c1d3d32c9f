//! Values of simple types: strings, booleans, lists and maps of them. `"true"` in the place of a boolean is reported, and read as one.

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::frame::{Framer, Node};
use crate::document::limits::PIECE;
use crate::document::text::node::{Member, NodeValue};

impl<'d> Framer<'d, '_> {
    pub(crate) fn members(&mut self, label: &str, node: &'d Node) -> Option<&'d indexmap::IndexMap<String, Member>> {
        let members = node.as_object();
        if members.is_none() {
            self.wrong_type(label, "an object", node);
        }
        members
    }

    pub(crate) fn text(&mut self, label: &str, node: &Node) -> Option<String> {
        let text = match &node.value {
            NodeValue::String(text) => {
                self.charge(text.len() / PIECE);
                return Some(text.clone());
            }
            NodeValue::Number(text) => text.clone(),
            NodeValue::Bool(flag) => flag.to_string(),
            _ => {
                self.wrong_type(label, "a string", node);
                return None;
            }
        };
        let message = format!("{label} must be a string, found {}", node.kind_name());
        let hint = format!("put it in quotes: \"{text}\"");
        self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint(hint));
        Some(text)
    }

    pub(crate) fn flag(&mut self, label: &str, node: &Node) -> Option<bool> {
        let flag = match &node.value {
            NodeValue::Bool(flag) => return Some(*flag),
            NodeValue::String(text) if text == "true" => true,
            NodeValue::String(text) if text == "false" => false,
            _ => {
                self.wrong_type(label, "a boolean", node);
                return None;
            }
        };
        let message = format!("{label} must be a boolean, found a string");
        self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("remove the quotes"));
        Some(flag)
    }

    pub(crate) fn listed_alone(&mut self, label: &str, node: &Node) {
        let message = format!("{label} must be an array, found {}; it is taken as the only element", node.kind_name());
        self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("put it in brackets"));
    }

    pub(crate) fn wrong_type(&mut self, label: &str, expected: &str, node: &Node) {
        let message = format!("{label} must be {expected}, found {}; it is ignored", node.kind_name());
        self.report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(node));
    }
}
