//! Checks beyond the tables of the grammar: fields that depend on each other.
//!
//! `{ "name": "id", "in": "path" }` gets `"required": true` and an empty `schema`, with a warning each.

use serde_json::{Map, Value, json};

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::frame::{Framer, Kind, Node, Version, newer};

type Fields = Map<String, Value>;

impl Framer<'_, '_> {
    /// Brings an object's fields into the form that `openapiv3` demands; `false` where the object cannot be carried.
    pub(crate) fn mend(&mut self, kind: Kind, node: &Node, frame: &mut Fields) -> bool {
        match kind {
            Kind::Root => self.root(node, frame),
            Kind::Operation if !frame.contains_key("responses") => {
                self.querystrings(node);
                if self.version == Version::V3_0 {
                    self.assumed("`responses` is missing in an operation, no responses are assumed", node);
                }
                frame.insert("responses".to_owned(), json!({}));
            }
            // Without a name it can be neither sent nor referred to.
            Kind::Parameter | Kind::Tag if !has_text(frame, "name") => {
                if let Some(name) = node.get("name").filter(|name| name.as_str() == Some("")) {
                    let message = format!("`name` is empty in {}, which is left out", kind.name());
                    self.report.push(Diagnostic::new(&codes::MISSING_FIELD, message).at(name));
                }
                return false;
            }
            Kind::Parameter => return self.parameter(node, frame),
            Kind::PathItem | Kind::Operation if self.is_3_2 => self.querystrings(node),
            Kind::Header => {
                self.exclusive("a header", node, "example", "examples");
                self.style(node, frame, &["simple"]);
                self.schema_or_content("a header", node, frame);
            }
            Kind::MediaType => {
                self.exclusive("a media type", node, "example", "examples");
                // OpenAPI 3.2.0, "Media Type Object".
                for other in ["prefixEncoding", "itemEncoding"] {
                    self.exclusive("a media type", node, "encoding", other);
                }
            }
            Kind::ServerVariable => self.server_variable(node, frame),
            Kind::Encoding => {
                for other in ["prefixEncoding", "itemEncoding"] {
                    self.exclusive("an encoding", node, "encoding", other);
                }
                self.style(node, frame, &["form", "spaceDelimited", "pipeDelimited", "deepObject"]);
            }
            Kind::SecurityScheme => return self.security_scheme(node, frame),
            Kind::Flows => {
                self.device_authorization(node);
                let urls: [(&str, &[&str]); 4] = [
                    ("implicit", &["authorizationUrl"]),
                    ("password", &["tokenUrl"]),
                    ("clientCredentials", &["tokenUrl"]),
                    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
                ];
                for (flow, urls) in urls {
                    let Some(Value::Object(fields)) = frame.get_mut(flow) else { continue };
                    let at = node.get(flow).unwrap_or(node);
                    for url in urls.iter().filter(|url| !fields.contains_key(**url)).copied().collect::<Vec<_>>() {
                        fields.insert(url.to_owned(), json!(""));
                        self.assumed(&format!("`{url}` is missing in the flow `{flow}`, an empty text is assumed"), at);
                    }
                    fields.entry("scopes").or_insert_with(|| json!({}));
                }
            }
            _ => {}
        }
        true
    }

    fn root(&mut self, node: &Node, frame: &mut Fields) {
        if node.get("info").is_none() {
            self.assumed("`info` is missing in the document, an empty title and version are assumed", node);
        }
        if !frame.get("info").is_some_and(Value::is_object) {
            frame.insert("info".to_owned(), json!({ "title": "", "version": "" }));
        }
        if self.version > Version::V3_0
            && !["paths", "components", "webhooks"].iter().any(|name| node.get(name).is_some())
        {
            self.assumed("one of `paths`, `components`, `webhooks` must be there; no paths are assumed", node);
        }
        if frame.contains_key("paths") {
            return;
        }
        if self.version == Version::V3_0 && node.get("paths").is_none() {
            self.assumed("`paths` is missing in the document, no paths are assumed", node);
        }
        frame.insert("paths".to_owned(), json!({}));
    }

    fn parameter(&mut self, node: &Node, frame: &mut Fields) -> bool {
        let place = frame.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
        let styles: &[&str] = match place.as_str() {
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "path" => &["matrix", "label", "simple"],
            "header" => &["simple"],
            // `openapiv3` does not know `style: cookie` (`newer.rs`).
            "cookie" => &["form"],
            "querystring" if self.is_3_2 => return self.querystring(node, frame),
            _ => {
                if let Some(at) = node.get("in").filter(|at| at.as_str().is_some()) {
                    let shown: String = place.chars().take(40).collect();
                    let message = format!("`in` is `{shown}`, which is no place for a parameter; it is skipped");
                    let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_PARAMETER_IN, message).at(at);
                    if matches!(shown.as_str(), "body" | "formData") {
                        diagnostic = diagnostic.hint("describe the body as `requestBody`, as OpenAPI 3 does");
                    }
                    self.report.push(diagnostic);
                }
                return false;
            }
        };
        self.style(node, frame, styles);
        if place == "path" && frame.get("required") != Some(&json!(true)) {
            self.assumed("a path parameter is always required, `required: true` is assumed", node);
            frame.insert("required".to_owned(), json!(true));
        }
        if place == "header" {
            self.header_name(node.get("name"));
        }
        self.exclusive("a parameter", node, "example", "examples");
        for name in ["allowReserved", "allowEmptyValue"].into_iter().filter(|_| place != "query") {
            frame.remove(name);
            let Some(member) = node.as_object().and_then(|members| members.get(name)) else { continue };
            // OpenAPI 3.2.0, "Parameter Object": wherever values are percent-encoded.
            let is_encoded = place == "path" || place == "cookie" && !newer::is_cookie_style(node);
            if self.is_3_2 && name == "allowReserved" && is_encoded {
                continue;
            }
            let (code, message) = if place == "cookie" && self.is_3_2 && name == "allowReserved" {
                (
                    &codes::UNKNOWN_FIELD,
                    "`allowReserved` is for values that are percent-encoded; those of `style: cookie` are not"
                        .to_owned(),
                )
            } else {
                (&codes::UNKNOWN_FIELD, format!("`{name}` is for query parameters; this one is a {place} parameter"))
            };
            self.unknown.note(code, message, Some("remove it".to_owned()), &member.key);
        }
        self.schema_or_content("a parameter", node, frame);
        true
    }

    /// OpenAPI 3.1.1, "Server Variable Object": `enum` must not be empty, and must have the default.
    fn server_variable(&mut self, node: &Node, frame: &mut Fields) {
        let Some(values) = frame.get("enum").and_then(Value::as_array) else { return };
        let at = node.get("enum").unwrap_or(node);
        if values.is_empty() {
            self.assumed("`enum` of a server variable must not be empty, any value is assumed", at);
            frame.remove("enum");
            return;
        }
        let default = node.get("default").filter(|default| default.as_str().is_some());
        if let Some(default) = default
            && !values.iter().any(|value| value.as_str() == default.as_str())
        {
            let message = "the `default` of this server variable is none of its `enum`";
            self.report.push(Diagnostic::new(&codes::DEFAULT_MISMATCH, message).at(default));
        }
    }

    fn style(&mut self, node: &Node, frame: &mut Fields, allowed: &[&str]) {
        let Some(style) = frame.get("style").and_then(Value::as_str) else { return };
        if allowed.contains(&style) {
            return;
        }
        if self.is_3_2 && style == "cookie" && frame.get("in").and_then(Value::as_str) == Some("cookie") {
            frame.remove("style");
            return;
        }
        let message = format!("`style` must be one of `{}` here, found `{style}`; it is ignored", allowed.join("`, `"));
        self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(node.get("style").unwrap_or(node)));
        frame.remove("style");
    }

    fn schema_or_content(&mut self, what: &str, node: &Node, frame: &mut Fields) {
        match (frame.contains_key("schema"), frame.contains_key("content")) {
            (true, true) => {
                let message = format!("{what} has `schema` or `content`, not both; `schema` counts");
                self.report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(node));
                frame.remove("content");
            }
            (false, false) => {
                self.assumed(&format!("{what} needs `schema` or `content`, any value is assumed"), node);
                frame.insert("schema".to_owned(), json!({}));
            }
            _ => {}
        }
    }

    fn security_scheme(&mut self, node: &Node, frame: &mut Fields) -> bool {
        let kind = frame.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let (needed, kept): (&[&str], &[&str]) = match kind.as_str() {
            "apiKey" => (&["name", "in"], &[]),
            "http" => (&["scheme"], &["bearerFormat"]),
            "oauth2" => (&["flows"], &[]),
            "openIdConnect" => (&["openIdConnectUrl"], &[]),
            "mutualTLS" => {
                let message = "mutual TLS is up to the transport, nothing is generated for it";
                self.report.push(Diagnostic::new(&codes::NOT_CARRIED, message).at(node));
                return false;
            }
            _ => {
                if let Some(at) = node.get("type") {
                    let message = "`type` must be one of `apiKey`, `http`, `oauth2`, `openIdConnect`, `mutualTLS`; the scheme is left out";
                    self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(at));
                }
                return false;
            }
        };
        // Operations that ask for a scheme that is left out fail closed (`emit/client/security.rs`).
        let mut known = true;
        for name in needed.iter().filter(|name| !frame.contains_key(**name)) {
            let message = format!("`{name}` is missing in a security scheme of type `{kind}`, which is left out");
            self.report.push(Diagnostic::new(&codes::MISSING_FIELD, message).at(node));
            known = false;
        }
        let place = frame.get("in").and_then(Value::as_str);
        if kind == "apiKey" && place.is_some_and(|place| !["query", "header", "cookie"].contains(&place)) {
            let message = "`in` must be one of `query`, `header`, `cookie`; the scheme is left out";
            self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(node.get("in").unwrap_or(node)));
            known = false;
        }
        frame.retain(|name, _| {
            let name = name.as_str();
            name == "type"
                || name == "description"
                || name.starts_with("x-")
                || needed.contains(&name)
                || kept.contains(&name)
        });
        known
    }

    pub(crate) fn assumed(&mut self, message: &str, node: &Node) {
        self.report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(node));
    }
}

fn has_text(frame: &Fields, name: &str) -> bool {
    frame.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}
