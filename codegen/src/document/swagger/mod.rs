//! Swagger 2.0 to OpenAPI 3.0, tree to tree, every value with its place in the original.
//!
//! | 2.0 | 3.0 |
//! | --- | --- |
//! | `host`, `basePath`, `schemes` | `servers` |
//! | `definitions`, `responses`, `securityDefinitions` | the sections of `components` |
//! | `in: body`, `in: formData`, `consumes` | `requestBody` |
//! | `schema` of a response, `produces` | `content` |
//! | `type: string` beside `in: query` | `schema: { type: string }` |
//! | `collectionFormat: multi` | `style: form`, `explode: true` |
//! | `x-nullable`, `type: file`, `discriminator: petType` | `nullable`, `format: binary`, `discriminator: { propertyName }` |

mod operation;
mod parameter;
mod schema;
mod security;
mod tree;

use crate::diagnostic::Report;

use super::node::{Member, Node, NodeValue};
use super::{FILES, walk};
use tree::{Members, absent, list, object, text};

/// Converts a document whose files are bundled already.
pub fn convert(root: &Node, report: &mut Report) -> Node {
    let mut converter = Converter { root, report };
    let mut converted = converter.document();
    walk::rewrite(&mut converted, &mut |_, reference| moved(reference));
    converted
}

struct Converter<'d, 'r> {
    root: &'d Node,
    report: &'r mut Report,
}

impl<'d> Converter<'d, '_> {
    fn document(&mut self) -> Node {
        let root = self.root;
        let mut out = Members::new();
        let stated = root.get("swagger").unwrap_or(root);
        tree::put(&mut out, "openapi", text(stated, "3.0.3"));
        for key in ["info", "tags", "externalDocs", "security"] {
            tree::copy(&mut out, root, key);
        }
        tree::put(&mut out, "servers", self.servers());
        if let Some(paths) = root.get("paths") {
            tree::put(&mut out, "paths", self.paths(paths));
        }
        tree::put(&mut out, "components", self.components());
        if let Some(files) = root.get(FILES) {
            let mut files = files.clone();
            schema::convert(&mut files);
            tree::put(&mut out, FILES, files);
        }
        tree::copy_extensions(&mut out, root);
        object(root, out)
    }

    /// Swagger 2.0, "Swagger Object": the schemes of the document, its host and its base path.
    fn servers(&self) -> Node {
        let root = self.root;
        let base = root.get("basePath").and_then(Node::as_str).unwrap_or("").trim_end_matches('/');
        let Some(host) = root.get("host").filter(|host| host.as_str().is_some()) else {
            let path = if base.is_empty() { "/" } else { base };
            let server = Members::from([("url".to_owned(), absent(text(root, path)))]);
            return list(root, vec![object(root, server)]);
        };
        let schemes: Vec<&str> =
            root.get("schemes").and_then(Node::as_array).unwrap_or_default().iter().filter_map(Node::as_str).collect();
        // The order of preference is ours: an encrypted one first.
        let mut schemes = if schemes.is_empty() { vec!["https"] } else { schemes };
        schemes.sort_by_key(|scheme| *scheme != "https");
        let servers = schemes.into_iter().map(|scheme| {
            let url = format!("{scheme}://{}{base}", host.as_str().unwrap_or_default());
            object(host, Members::from([("url".to_owned(), absent(text(host, &url)))]))
        });
        list(host, servers.collect())
    }

    fn components(&mut self) -> Node {
        let root = self.root;
        let mut out = Members::new();
        if let Some(definitions) = root.get("definitions") {
            let mut schemas = definitions.clone();
            schema::convert_named(&mut schemas);
            tree::put(&mut out, "schemas", schemas);
        }
        if let Some(responses) = root.get("responses").and_then(Node::as_object) {
            let produces = self.media_types(None, "produces");
            let mut converted = Members::new();
            for (name, member) in responses {
                let node = self.response(&member.node, &produces);
                converted.insert(name.clone(), Member { key: member.key.clone(), node });
            }
            tree::put(&mut out, "responses", object(root, converted));
        }
        if let Some(parameters) = root.get("parameters").and_then(Node::as_object) {
            let mut converted = Members::new();
            for (name, member) in parameters {
                // Those of bodies are taken up by the operations that use them.
                if !parameter::is_of_body(&member.node) {
                    let node = self.parameter(&member.node);
                    converted.insert(name.clone(), Member { key: member.key.clone(), node });
                }
            }
            tree::put(&mut out, "parameters", object(root, converted));
        }
        if let Some(schemes) = root.get("securityDefinitions").and_then(Node::as_object) {
            let mut converted = Members::new();
            for (name, member) in schemes {
                let node = security::scheme(&member.node);
                converted.insert(name.clone(), Member { key: member.key.clone(), node });
            }
            tree::put(&mut out, "securitySchemes", object(root, converted));
        }
        object(root, out)
    }

    /// What a reference leads to, or the node itself.
    fn target(&self, node: &'d Node) -> &'d Node {
        super::references::follow(self.root, node, "").map_or(node, |(target, _)| target)
    }

    /// The media types of an operation, or the document's.
    fn media_types(&self, operation: Option<&Node>, key: &str) -> Vec<String> {
        let own = operation.and_then(|operation| operation.get(key)).and_then(Node::as_array);
        let stated = own.or_else(|| self.root.get(key)?.as_array()).unwrap_or_default();
        stated.iter().filter_map(Node::as_str).filter(|name| name.contains('/')).map(str::to_owned).collect()
    }
}

/// Where a reference into the old sections leads now.
fn moved(reference: &str) -> Option<String> {
    for (old, new) in [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
        ("#/securityDefinitions/", "#/components/securitySchemes/"),
    ] {
        if let Some(rest) = reference.strip_prefix(old) {
            return Some(format!("{new}{rest}"));
        }
    }
    None
}

impl NodeValue {
    fn as_object_mut(&mut self) -> Option<&mut Members> {
        if let NodeValue::Object(members) = self { Some(members) } else { None }
    }
}
