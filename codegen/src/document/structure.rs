//! The structural check: everything that can be said about a document before it is typed.
//!
//! `openapi: 4.0.0` is an `unknown-version`; otherwise the frame, every schema, every reference and every operation are
//! looked at, and all findings reported.

use crate::diagnostic::{self as codes, Diagnostic, Report};

use super::node::{Node, NodeValue};
use super::{Version, frame, operations, references, schemas};

/// The generation of the document.
pub fn version(root: &Node, report: &mut Report) -> Option<Version> {
    if root.as_object().is_none() {
        let message = format!("the document must be an object, found {}", root.kind_name());
        report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(root));
        return None;
    }
    let Some(node) = root.get("openapi") else {
        let diagnostic = match root.get("swagger") {
            Some(swagger) => {
                Diagnostic::new(&codes::UNSUPPORTED_VERSION, "Swagger 2.0 is not supported yet").at(swagger)
            }
            None => {
                Diagnostic::new(&codes::MISSING_VERSION, "`openapi` is missing at the top of the document").at(root)
            }
        };
        report.push(diagnostic);
        return None;
    };
    let text = match &node.value {
        NodeValue::String(text) => text,
        NodeValue::Number(text) => {
            let message = format!("`openapi` must be a string, found the number {text}");
            let hint = format!("write `openapi: \"{text}.0\"`");
            report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint(hint));
            text
        }
        _ => {
            let message = format!("`openapi` must be a string, found {}", node.kind_name());
            report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(node));
            return None;
        }
    };
    let mut parts = text.trim().splitn(3, '.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Version::V3_0),
        (Some("3"), Some("1")) => Some(Version::V3_1),
        (Some("3"), Some("2")) => {
            report.push(Diagnostic::new(&codes::UNSUPPORTED_VERSION, "OpenAPI 3.2 is not supported yet").at(node));
            None
        }
        _ => {
            let shown: String = text.chars().take(40).collect();
            let message = format!("`{shown}` is no version of OpenAPI that exists");
            report.push(Diagnostic::new(&codes::UNKNOWN_VERSION, message).at(node));
            None
        }
    }
}

/// Checks the whole document and returns its frame.
pub fn check(root: &Node, version: Version, report: &mut Report) -> serde_json::Value {
    let mut found = frame::build(root, version, report);
    let mut references = std::mem::take(&mut found.references);
    references.extend(schemas::check(root, version, found.schemas, report));
    references::check(root, &references, report);
    operations::check(root, report);
    found.frame
}
