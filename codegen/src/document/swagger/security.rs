//! Security definitions: `type: basic` is `http` with the scheme `basic`, and an OAuth flow gets a name of its own.

use super::super::node::Node;
use super::tree::{self, Members};

/// Converts one security definition.
pub fn scheme(node: &Node) -> Node {
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
            let name = match node.get("flow").and_then(Node::as_str) {
                Some("application") => "clientCredentials",
                Some("accessCode") => "authorizationCode",
                Some("password") => "password",
                _ => "implicit",
            };
            let mut flow = Members::new();
            for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                tree::copy(&mut flow, node, key);
            }
            let flows = Members::from([(name.to_owned(), tree::absent(tree::object(node, flow)))]);
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
