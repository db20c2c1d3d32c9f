//! Operations: bodies out of parameters, contents out of media types.
//!
//! ```yaml
//! consumes: [application/x-www-form-urlencoded]
//! parameters: [{ name: status, in: formData, type: string, required: true }]
//! ```
//!
//! becomes `requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, required: [status],
//! properties: { status: { type: string } } } } } }`.

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::frame::operations::METHODS;
use crate::document::swagger::tree::{self, Members};
use crate::document::swagger::{Converter, parameter, schema};
use crate::document::text::node::{Member, Node};

impl<'d> Converter<'d, '_> {
    pub(crate) fn paths(&mut self, paths: &'d Node) -> Node {
        let mut out = Members::new();
        for (path, member) in paths.as_object().into_iter().flatten() {
            let node = if path.starts_with("x-") { member.node.clone() } else { self.path_item(&member.node) };
            out.insert(path.clone(), Member { key: member.key.clone(), node });
        }
        tree::object(paths, out)
    }

    fn path_item(&mut self, item: &'d Node) -> Node {
        let item = self.target(item);
        let mut out = Members::new();
        let shared: Vec<&'d Node> =
            item.get("parameters").and_then(Node::as_array).unwrap_or_default().iter().collect();
        let (of_body, plain): (Vec<&Node>, Vec<&Node>) =
            shared.into_iter().partition(|node| tree::is_of_body(self.target(node)));
        for (key, member) in item.as_object().into_iter().flatten() {
            let node = match key.as_str() {
                "parameters" => {
                    let converted = plain.iter().map(|node| self.parameter(node)).collect();
                    tree::list(&member.node, converted)
                }
                // `trace`, which 2.0 does not have, among them.
                method if METHODS.contains(&method) => self.operation(&member.node, &of_body),
                _ => member.node.clone(),
            };
            out.insert(key.clone(), Member { key: member.key.clone(), node });
        }
        tree::object(item, out)
    }

    fn operation(&mut self, operation: &'d Node, shared: &[&'d Node]) -> Node {
        let mut out = Members::new();
        for (key, member) in operation.as_object().into_iter().flatten() {
            let node = match key.as_str() {
                "consumes" | "produces" | "schemes" => continue,
                "parameters" => {
                    let elements = member.node.as_array().unwrap_or_default();
                    let plain = elements.iter().filter(|node| !tree::is_of_body(self.target(node)));
                    let plain: Vec<&Node> = plain.collect();
                    tree::list(&member.node, plain.into_iter().map(|node| self.parameter(node)).collect())
                }
                "responses" => self.responses(operation, &member.node),
                _ => member.node.clone(),
            };
            out.insert(key.clone(), Member { key: member.key.clone(), node });
        }
        if let Some(servers) = self.own_servers(operation) {
            tree::put(&mut out, "servers", servers);
        }
        if let Some(body) = self.body(operation, shared) {
            tree::put(&mut out, "requestBody", body);
        }
        tree::object(operation, out)
    }

    /// The parts of the body among the parameters of the operation and its path, as a request body.
    fn body(&mut self, operation: &'d Node, shared: &[&'d Node]) -> Option<Node> {
        let own = operation.get("parameters").and_then(Node::as_array).unwrap_or_default().iter();
        let mut parts: Vec<&'d Node> =
            own.map(|node| self.target(node)).filter(|node| tree::is_of_body(node)).collect();
        for node in shared.iter().map(|node| self.target(node)) {
            let same = |other: &&Node| name_of(other) == name_of(node);
            if !parts.iter().any(same) {
                parts.push(node);
            }
        }
        let consumes = self.media_types(Some(operation), "consumes");
        let whole = parts.iter().find(|node| node.get("in").and_then(Node::as_str) == Some("body"));
        if let Some(body) = whole {
            return Some(self.whole_body(body, consumes));
        }
        let first = *parts.first()?;
        Some(self.form(first, &parts, consumes))
    }

    fn whole_body(&mut self, body: &Node, mut consumes: Vec<String>) -> Node {
        if consumes.is_empty() {
            consumes.push("application/json".to_owned());
        }
        let mut media = Members::new();
        if let Some(stated) = body.get("schema") {
            consumes.truncate(self.sharing(stated, consumes.len()));
            let mut stated = stated.clone();
            schema::convert(&mut stated);
            tree::put(&mut media, "schema", stated);
        }
        let mut content = Members::new();
        for name in &consumes {
            tree::put(&mut content, name, tree::object(body, media.clone()));
        }
        let mut out = Members::new();
        for key in ["description", "required"] {
            tree::copy(&mut out, body, key);
        }
        tree::put(&mut out, "content", tree::object(body, content));
        tree::copy_extensions(&mut out, body);
        tree::object(body, out)
    }

    fn form(&mut self, at: &Node, parts: &[&Node], consumes: Vec<String>) -> Node {
        let (mut properties, mut required, mut encodings) = (Members::new(), Vec::new(), Members::new());
        for part in parts {
            let Some(name) = part.get("name").filter(|name| name.as_str().is_some_and(|name| !name.is_empty())) else {
                let message = "`name` is missing in a part of a form, or is no name; the part is left out";
                let at = part.get("name").unwrap_or(part);
                self.report.push(Diagnostic::new(&codes::MISSING_FIELD, message).at(at));
                continue;
            };
            let text = name.as_str().unwrap_or_default();
            let mut value = parameter::value_schema(part);
            if let Some(members) = value.value.as_object_mut() {
                tree::copy(members, part, "description");
            }
            if let Some(format) = part.get("collectionFormat") {
                let mut encoding = Members::new();
                self.collection_format(format, "formData", &mut encoding);
                tree::put(&mut encodings, text, tree::object(format, encoding));
            }
            if self.is_required(part) {
                required.push(name.clone());
            }
            properties.insert(text.to_owned(), Member { key: name.location.clone(), node: value });
        }
        let is_file = |part: &&Node| part.get("type").and_then(Node::as_str) == Some("file");
        let files = parts.iter().any(is_file);
        let must_be_sent = !required.is_empty();
        let mut schema = Members::new();
        tree::put(&mut schema, "type", tree::text(at, "object"));
        if must_be_sent {
            tree::put(&mut schema, "required", tree::list(at, required));
        }
        tree::put(&mut schema, "properties", tree::object(at, properties));
        let mut media = Members::new();
        tree::put(&mut media, "schema", tree::object(at, schema));
        if !encodings.is_empty() {
            tree::put(&mut media, "encoding", tree::object(at, encodings));
        }
        // Swagger 2.0, "Parameter Object", `formData`: one of these two; files need the second.
        let multipart = files
            || consumes.iter().any(|name| name.starts_with("multipart/")) && !consumes.iter().any(|name| is_form(name));
        let name = if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        let mut content = Members::new();
        tree::put(&mut content, name, tree::object(at, media));
        let mut out = Members::new();
        tree::put(&mut out, "content", tree::object(at, content));
        if must_be_sent {
            tree::put(&mut out, "required", tree::flag(at, true));
        }
        tree::object(at, out)
    }

    /// Whether a part of a form is required; a value that is no boolean is reported.
    fn is_required(&mut self, part: &Node) -> bool {
        let Some(stated) = part.get("required") else { return false };
        match stated.as_str() {
            // What is meant is clear.
            Some(text @ ("true" | "false")) => {
                let message = "`required` must be a boolean, found a string";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(stated).hint("remove the quotes"));
                return text == "true";
            }
            Some(_) => {}
            None if stated.as_bool().is_some() || stated.is_null() => return stated.as_bool() == Some(true),
            None => {}
        }
        let message = format!("`required` must be a boolean, found {}; it is ignored", stated.kind_name());
        self.report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(stated));
        false
    }

    fn responses(&mut self, operation: &'d Node, responses: &Node) -> Node {
        let produces = self.media_types(Some(operation), "produces");
        let mut out = Members::new();
        for (status, member) in responses.as_object().into_iter().flatten() {
            let node =
                if status.starts_with("x-") { member.node.clone() } else { self.response(&member.node, &produces) };
            out.insert(status.clone(), Member { key: member.key.clone(), node });
        }
        tree::object(responses, out)
    }

    pub(crate) fn response(&mut self, response: &Node, produces: &[String]) -> Node {
        if response.get("$ref").is_some() {
            return response.clone();
        }
        let mut out = Members::new();
        tree::copy(&mut out, response, "description");
        tree::copy_extensions(&mut out, response);
        if let Some(headers) = response.get("headers") {
            let mut converted = Members::new();
            for (name, member) in headers.as_object().into_iter().flatten() {
                converted.insert(name.clone(), Member { key: member.key.clone(), node: self.header(&member.node) });
            }
            tree::put(&mut out, "headers", tree::object(headers, converted));
        }
        if let Some(stated) = response.get("schema") {
            let is_file = stated.get("type").and_then(Node::as_str) == Some("file");
            let mut value = stated.clone();
            schema::convert(&mut value);
            let default = [if is_file { "application/octet-stream" } else { "application/json" }.to_owned()];
            let names = if produces.is_empty() { &default } else { produces };
            let mut content = Members::new();
            let copies = self.sharing(stated, names.len());
            for name in names.iter().take(copies) {
                let mut media = Members::new();
                tree::put(&mut media, "schema", value.clone());
                if let Some(example) = response.get("examples").and_then(|examples| examples.get(name)) {
                    tree::put(&mut media, "example", example.clone());
                }
                tree::put(&mut content, name, tree::object(stated, media));
            }
            tree::put(&mut out, "content", tree::object(stated, content));
        }
        tree::object(response, out)
    }
}

fn name_of(parameter: &Node) -> Option<&str> {
    parameter.get("name")?.as_str()
}

fn is_form(name: &str) -> bool {
    name.starts_with("application/x-www-form-urlencoded")
}
