//! Fields that Swagger 2.0 does not have: the conversion drops them, so they are reported before it.
//!
//! `{ "200": { "descripton": "done" } }` gets "a response has no field `descripton`".

use crate::diagnostic::{self as codes, Report};

use crate::document::text::node::Node;
use crate::document::unknown::Unknown;

const ROOT: &[&str] = &[
    "swagger",
    "info",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "tags",
    "externalDocs",
];
const PATH_ITEM: &[&str] = &["$ref", "get", "put", "post", "delete", "options", "head", "patch", "parameters"];
const OPERATION: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "consumes",
    "produces",
    "parameters",
    "responses",
    "schemes",
    "deprecated",
    "security",
];
/// The fields of a body parameter. Further keywords of other parameters become part of their schemas, and are reported there.
const PARAMETER: &[&str] = &["$ref", "name", "in", "description", "required", "schema", "allowEmptyValue"];
const RESPONSE: &[&str] = &["$ref", "description", "schema", "headers", "examples"];
const SECURITY_SCHEME: &[&str] =
    &["type", "description", "name", "in", "flow", "authorizationUrl", "tokenUrl", "scopes"];

/// Reports every field that the specification does not have (Swagger 2.0, "Schema").
pub fn check(root: &Node, report: &mut Report) {
    let mut unknown = Unknown::default();
    // Files that references lead to are mounted beside the fields of the document.
    fields(&mut unknown, "the document", root, &[ROOT, &[crate::document::named::FILES]]);
    for parameter in members(root.get("parameters")) {
        self::parameter(&mut unknown, parameter);
    }
    for response in members(root.get("responses")) {
        self::response(&mut unknown, response);
    }
    for scheme in members(root.get("securityDefinitions")) {
        fields(&mut unknown, "a security scheme", scheme, &[SECURITY_SCHEME]);
    }
    for item in members(root.get("paths")) {
        fields(&mut unknown, "a path item", item, &[PATH_ITEM]);
        parameters(&mut unknown, item);
        for method in ["get", "put", "post", "delete", "options", "head", "patch"] {
            let Some(operation) = item.get(method) else { continue };
            fields(&mut unknown, "an operation", operation, &[OPERATION]);
            parameters(&mut unknown, operation);
            for response in members(operation.get("responses")) {
                self::response(&mut unknown, response);
            }
        }
    }
    unknown.report(report);
}

fn parameters(unknown: &mut Unknown, holder: &Node) {
    for parameter in holder.get("parameters").and_then(Node::as_array).unwrap_or_default() {
        self::parameter(unknown, parameter);
    }
}

fn parameter(unknown: &mut Unknown, parameter: &Node) {
    if parameter.get("in").and_then(Node::as_str) == Some("body") {
        fields(unknown, "a parameter", parameter, &[PARAMETER]);
    }
}

fn response(unknown: &mut Unknown, response: &Node) {
    fields(unknown, "a response", response, &[RESPONSE]);
}

/// The objects of a map, without extensions.
fn members(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let members = node.and_then(Node::as_object).into_iter().flatten();
    members.filter(|(name, _)| !name.starts_with("x-")).map(|(_, member)| &member.node)
}

fn fields(unknown: &mut Unknown, owner: &'static str, node: &Node, known: &[&'static [&'static str]]) {
    let known = || known.iter().flat_map(|list| list.iter().copied());
    for (name, member) in node.as_object().into_iter().flatten() {
        if !name.starts_with("x-") && !known().any(|field| field == name) {
            let hint = unknown.did_you_mean(owner, name, known());
            let message = format!("{owner} has no field `{name}`");
            unknown.note(&codes::UNKNOWN_FIELD, message, hint, &member.key);
        }
    }
}
