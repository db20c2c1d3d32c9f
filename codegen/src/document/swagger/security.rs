//! Security definitions: `type: basic` is `http` with the scheme `basic`, and an OAuth flow gets a name of its own.

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::swagger::Converter;
use crate::document::swagger::tree::{self, Members};
use crate::document::text::node::Node;

impl Converter<'_, '_> {
    /// Converts one security definition.
    pub(crate) fn security_scheme(&mut self, node: &Node) -> Node {
        let mut out = Members::new();
        tree::copy(&mut out, node, "description");
        tree::copy_extensions(&mut out, node);
        match node.get("type").and_then(Node::as_str) {
            Some("basic") => {
                tree::put(&mut out, "type", tree::text(node, "http"));
                tree::put(&mut out, "scheme", tree::text(node, "basic"));
            }
            Some("oauth2") => {
                tree::copy(&mut out, node, "type");
                let mut flow = Members::new();
                for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                    tree::copy(&mut flow, node, key);
                }
                let mut flows = Members::new();
                if let Some(name) = self.flow_name(node) {
                    tree::put(&mut flows, name, tree::object(node, flow));
                }
                tree::put(&mut out, "flows", tree::object(node, flows));
            }
            _ => {
                for key in ["type", "name", "in"] {
                    tree::copy(&mut out, node, key);
                }
            }
        }
        tree::object(node, out)
    }

    /// The name in 3.0 of the flow of a definition (Swagger 2.0, "Security Scheme Object", `flow`).
    fn flow_name(&mut self, node: &Node) -> Option<&'static str> {
        let Some(flow) = node.get("flow") else {
            let message = "`flow` is missing in a security definition of type `oauth2`, `implicit` is assumed";
            self.report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(node));
            return Some("implicit");
        };
        match flow.as_str() {
            Some("implicit") => Some("implicit"),
            Some("password") => Some("password"),
            Some("application") => Some("clientCredentials"),
            Some("accessCode") => Some("authorizationCode"),
            other => {
                let found = other.map_or_else(
                    || flow.kind_name().to_owned(),
                    |text| format!("`{}`", text.chars().take(40).collect::<String>()),
                );
                let message =
                    format!("`flow` must be one of `implicit`, `password`, `application`, `accessCode`, found {found}");
                self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(flow));
                None
            }
        }
    }
}
