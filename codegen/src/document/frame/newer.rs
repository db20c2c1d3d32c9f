//! What OpenAPI 3.2 adds to the frame, and `openapiv3` has no place for.
//!
//! ```yaml
//! /things:
//!   query: { operationId: findThings, … }
//!   additionalOperations: { COPY: { operationId: copyThing, … } }
//! ```
//!
//! Each of these operations gets a frame of its own, beside that of the path item, and is typed as any other. A parameter
//! `in: querystring` is `in: query` in the frame; lowering reads the difference from the tree (`lower/operations/parameter.rs`).

use serde_json::{Map, Value, json};

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::bundle::references;
use crate::document::frame::framed::Framed;
use crate::document::frame::operations::METHODS;
use crate::document::frame::{Framer, Kind, Node, join};

/// Whether a cookie parameter has `style: cookie`: OpenAPI 3.2.0, "Style Values".
pub(crate) fn is_cookie_style(parameter: &Node) -> bool {
    parameter.get("style").and_then(Node::as_str) == Some("cookie")
}

/// Whether the generator uses a field that 3.2 adds. Unused ones are reported, like everything that is left out.
fn is_used(kind: Kind, name: &str) -> bool {
    !matches!(
        (kind, name),
        (Kind::Encoding, "encoding" | "itemEncoding" | "prefixEncoding") | (Kind::MediaType, "description")
    )
}

impl<'d> Framer<'d, '_> {
    /// Checks the fields that 3.2 adds to an object.
    pub(crate) fn newer(&mut self, kind: Kind, node: &'d Node, pointer: &str) {
        if kind == Kind::PathItem {
            self.additional_operations(node, pointer);
            return;
        }
        for (name, shape, _) in kind.newer() {
            let Some(value) = node.get(name).filter(|value| !value.is_null()) else { continue };
            if !is_used(kind, name) {
                let message = format!("`{name}` is valid in {}, and nothing is made of it", kind.name());
                self.report.push(Diagnostic::new(&codes::NOT_CARRIED, message).at(value));
            }
            // This collects the schemas and references in it; `lower/` reads the rest from the tree.
            let _ = self.field(kind, name, *shape, value, &format!("{pointer}/{name}"));
        }
    }

    /// `query` and `additionalOperations` (OpenAPI 3.2.0, "Path Item Object").
    fn additional_operations(&mut self, item: &'d Node, pointer: &str) {
        if let Some(operation) = item.get("query").filter(|operation| !operation.is_null()) {
            self.additional_operation(pointer, "query", "QUERY", operation);
        }
        let Some(additional) = item.get("additionalOperations").filter(|node| !node.is_null()) else { return };
        let Some(methods) = additional.as_object() else {
            self.wrong_type("`additionalOperations`", "an object", additional);
            return;
        };
        for (method, member) in methods.iter().filter(|(method, _)| !method.starts_with("x-")) {
            let why = if method == "QUERY" || METHODS.iter().any(|known| known.to_uppercase() == *method) {
                format!("`{method}` has a field of its own, `{}`", method.to_lowercase())
            } else if !is_token(method) {
                let shown: String = method.chars().take(40).collect();
                format!("`{shown}` is no method of HTTP")
            } else {
                self.additional_operation(pointer, &join("additionalOperations", method), method, &member.node);
                continue;
            };
            let message = format!("{why}; this operation is skipped");
            self.report.push(Diagnostic::new(&codes::OPERATION_SKIPPED, message).at(&member.key));
        }
    }

    fn additional_operation(&mut self, item: &str, below: &str, method: &str, node: &'d Node) {
        let pointer = format!("{item}/{below}");
        if let Some(frame) = self.object(Kind::Operation, node, &pointer) {
            // A path item with several references to it is visited several times.
            let (item, method) = (item.to_owned(), method.to_owned());
            self.found.operations.entry(pointer).or_insert(Framed { item, method, frame });
        }
    }

    /// A list of parameters has one `in: querystring`, and then none `in: query` (OpenAPI 3.2.0, "Parameter Locations").
    pub(crate) fn querystrings(&mut self, holder: &Node) {
        if !self.is_3_2 {
            return;
        }
        let elements = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
        let place = |own: &'_ Node| {
            let (parameter, _) = references::follow(self.root, own, "")?;
            parameter.get("in").and_then(Node::as_str).map(str::to_owned)
        };
        let places: Vec<Option<String>> = elements.iter().map(place).collect();
        let of_query = |place: &Option<String>| matches!(place.as_deref(), Some("query" | "querystring"));
        if !places.iter().any(|place| place.as_deref() == Some("querystring")) {
            return;
        }
        for (own, _) in elements.iter().zip(&places).filter(|(_, place)| of_query(place)).skip(1) {
            let message =
                "a parameter `in: querystring` is the whole query; no other parameter of the query stands beside it";
            self.report.push(Diagnostic::new(&codes::EXCLUSIVE_FIELDS, message).at(own));
        }
    }

    /// A parameter that is the whole query: it has `content`, and nothing that says how a schema is written.
    pub(crate) fn querystring(&mut self, node: &Node, frame: &mut Map<String, Value>) -> bool {
        for name in ["schema", "style", "explode", "allowReserved"] {
            frame.remove(name);
            if let Some(member) = node.as_object().and_then(|members| members.get(name)) {
                let message = format!("a parameter `in: querystring` has `content`, and no `{name}`; it is ignored");
                self.report.push(Diagnostic::new(&codes::EXCLUSIVE_FIELDS, message).at(&member.key));
            }
        }
        self.exclusive("a parameter", node, "example", "examples");
        let content = frame.get("content").and_then(Value::as_object);
        if content.is_none_or(Map::is_empty) {
            let message = "a parameter `in: querystring` needs `content` with a media type; it is skipped";
            self.report.push(Diagnostic::new(&codes::PARAMETER_SKIPPED, message).at(node));
            return false;
        }
        frame.insert("in".to_owned(), json!("query"));
        true
    }

    /// 3.2 says which characters the name of a header may have; earlier versions leave that to HTTP (`lower/` reports those of emitted
    /// operations).
    pub(crate) fn header_name(&mut self, name: Option<&Node>) {
        let Some(name) = name.filter(|_| self.is_3_2) else { return };
        if name.as_str().is_some_and(|text| !text.is_empty() && !is_token(text)) {
            let message =
                "a header's name has letters, digits and `-`, and no other separators; the parameter is left out";
            self.report.push(Diagnostic::new(&codes::INVALID_HEADER_NAME, message).at(name));
        }
    }

    /// The URLs of the flow `deviceAuthorization` (OpenAPI 3.2.0, "OAuth Flow Object").
    pub(crate) fn device_authorization(&mut self, flows: &Node) {
        let Some(flow) = flows.get("deviceAuthorization").filter(|flow| self.is_3_2 && flow.as_object().is_some())
        else {
            return;
        };
        for url in ["deviceAuthorizationUrl", "tokenUrl"].into_iter().filter(|url| flow.get(url).is_none()) {
            self.assumed(
                &format!("`{url}` is missing in the flow `deviceAuthorization`, an empty text is assumed"),
                flow,
            );
        }
    }
}

/// Whether a text is a token, which the methods of HTTP are: RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn methods_are_tokens() {
        for (text, is) in [
            ("COPY", true),
            ("copy", true),
            ("M-SEARCH", true),
            ("", false),
            ("A B", false),
            ("A\r\nB", false),
            ("Ä", false),
        ] {
            assert_eq!(is_token(text), is, "{text}");
        }
    }
}
