//! The structural check: everything that can be checked before a document is typed.
//!
//! `openapi: 4.0.0` is an `unknown-version`; otherwise the frame, every schema, every reference and every operation are
//! looked at, and all findings reported.

use std::collections::HashSet;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::references;
use crate::document::bundle::references::{External, Reference};
use crate::document::frame::operations;
use crate::document::named::{FILES, NamedSchema};
use crate::document::schemas::composition;
use crate::document::schemas::composition::Cuts;
use crate::document::text::node::{Node, NodeValue, escape, unescape};
use crate::document::version::Version;
use crate::document::{frame, schemas};

/// The generation of the document.
pub fn version(root: &Node, report: &mut Report) -> Option<Version> {
    if root.as_object().is_none() {
        let message = format!("the document must be an object, found {}", root.kind_name());
        report.push(Diagnostic::new(&codes::MISSING_VERSION, message).at(root));
        return None;
    }
    let Some(node) = root.get("openapi") else {
        let diagnostic = match root.get("swagger") {
            Some(swagger) if swagger.as_str() == Some("2.0") || swagger.as_number() == Some("2.0") => {
                return Some(Version::V3_0);
            }
            Some(swagger) => {
                Diagnostic::new(&codes::UNSUPPORTED_VERSION, "of Swagger, only version 2.0 is read").at(swagger)
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
            report.push(Diagnostic::new(&codes::UNKNOWN_VERSION, message).at(node));
            return None;
        }
    };
    let mut parts = text.trim().splitn(3, '.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Version::V3_0),
        (Some("3"), Some("1")) => Some(Version::V3_1),
        // Its schemas are those of 3.1; what it adds to the frame is read beside it.
        (Some("3"), Some("2")) => Some(Version::V3_1),
        _ => {
            let shown: String = text.chars().take(40).collect();
            let message = format!("`{shown}` is no version of OpenAPI that exists");
            report.push(Diagnostic::new(&codes::UNKNOWN_VERSION, message).at(node));
            None
        }
    }
}

/// A checked document.
pub struct Checked {
    /// Its frame.
    pub frame: serde_json::Value,
    /// The frame of each entry of `webhooks`.
    pub webhooks: Vec<(String, serde_json::Value)>,
    /// The frames of the operations that a path item of `openapiv3` has no place for, by pointer.
    pub operations: indexmap::IndexMap<String, frame::framed::Framed>,
    /// Its schemas with names of their own.
    pub named_schemas: Vec<NamedSchema>,
    /// What is left out so that every composition ends.
    pub cuts: Cuts,
}

/// Checks the whole document.
pub fn check(root: &Node, version: Version, external: External, report: &mut Report) -> Checked {
    let mut found = frame::build(root, version, report);
    let mut references = std::mem::take(&mut found.references);
    let within_schemas = schemas::check(root, version, found.schemas, report);
    let named_schemas = named_schemas(root, &within_schemas);
    let cuts = composition::check(root, &named_schemas, &within_schemas, report);
    references.extend(within_schemas);
    references::check(root, &references, external, report);
    operations::check(root, report);
    Checked { frame: found.frame, webhooks: found.webhooks, operations: found.operations, named_schemas, cuts }
}

/// `components.schemas`, and what the references of schemas lead to in other files.
fn named_schemas(root: &Node, references: &[Reference<'_>]) -> Vec<NamedSchema> {
    let components = root.pointer("/components/schemas").and_then(Node::as_object);
    let mut named: Vec<NamedSchema> = components
        .into_iter()
        .flatten()
        .map(|(name, _)| NamedSchema { name: name.clone(), pointer: format!("/components/schemas/{}", escape(name)) })
        .collect();
    let mut seen: HashSet<String> = HashSet::new();
    let mut names: HashSet<String> = named.iter().map(|schema| schema.name.clone()).collect();
    for reference in references {
        let Some((node, pointer)) = reference.node.as_str().and_then(|text| references::resolve_in(root, text)) else {
            continue;
        };
        let Some(inside) = pointer.strip_prefix(FILES).or_else(|| pointer.strip_prefix('/')?.strip_prefix(FILES))
        else {
            continue;
        };
        // An alias of a schema elsewhere needs no name here.
        if node.get("$ref").is_some() || !seen.insert(pointer.clone()) {
            continue;
        }
        let mut steps = inside.split('/').skip(1);
        let file = unescape(steps.next().unwrap_or_default());
        let file = file.rsplit('/').next().unwrap_or_default();
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let name = match steps.last() {
            None => stem.to_owned(),
            Some(last) if last.parse::<usize>().is_ok() || last == "items" || last == "schema" => {
                format!("{stem}_{last}")
            }
            Some(last) => unescape(last),
        };
        let name = if names.contains(&name) && name != stem { format!("{stem}_{name}") } else { name };
        let free = (2..).map(|number| format!("{name}_{number}"));
        let name = std::iter::once(name.clone()).chain(free).find(|name| !names.contains(name)).unwrap_or(name);
        names.insert(name.clone());
        named.push(NamedSchema { name, pointer });
    }
    named
}
