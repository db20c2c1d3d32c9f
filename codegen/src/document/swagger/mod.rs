//! Swagger 2.0 to OpenAPI 3.0, tree to tree, every value with its place in the original.
//!
//! | 2.0 | 3.0 |
//! | --- | --- |
//! | `host`, `basePath`, `schemes`, those of an operation too | `servers` |
//! | `definitions`, `responses`, `securityDefinitions` | the sections of `components` |
//! | `in: body`, `in: formData`, `consumes` | `requestBody` |
//! | `schema` of a response, `produces` | `content` |
//! | `type: string` beside `in: query` | `schema: { type: string }` |
//! | `collectionFormat: multi` | `style: form`, `explode: true` |
//! | `x-nullable`, `type: file`, `discriminator: petType` | `nullable`, `format: binary`, `discriminator: { propertyName }` |

mod fields;
mod operation;
mod parameter;
mod schema;
mod security;
mod tree;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::walk;
use crate::document::limits::PIECE;
use crate::document::named::FILES;
use crate::document::swagger::tree::{Members, absent, list, object, text};
use crate::document::text::node::{Member, Node, NodeValue};

/// Converts a document whose files are bundled already.
pub fn convert(root: &Node, report: &mut Report) -> Node {
    fields::check(root, report);
    let left = MAX_SHARED.saturating_add(2 * cost(root));
    let mut converter = Converter { root, report, left };
    let mut converted = converter.document();
    walk::rewrite(&mut converted, &mut |_, reference| moved(reference));
    converted
}

struct Converter<'d, 'r> {
    root: &'d Node,
    report: &'r mut Report,
    /// Number of values and pieces of text that may still be copied.
    left: usize,
}

/// Maximum number of values that are copied where several media types or operations share a body, in addition to twice the size of the
/// document; [`PIECE`] bytes of text count as one.
const MAX_SHARED: usize = 1_000_000;

fn cost(node: &Node) -> usize {
    let size = node.size();
    size.values + size.bytes / PIECE
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
    fn servers(&mut self) -> Node {
        let root = self.root;
        if let Some(host) = self.host() {
            return self.server_list(host, schemes(root));
        }
        if let Some(stated) = root.get("schemes") {
            self.without_host(stated);
        }
        let path = if self.base_path().is_empty() { "/" } else { self.base_path() };
        let server = Members::from([("url".to_owned(), absent(text(root, path)))]);
        list(root, vec![object(root, server)])
    }

    /// Swagger 2.0, "Operation Object", `schemes`: they stand for the document's. `None` where they are the same, or nothing
    /// can be made of them.
    fn own_servers(&mut self, operation: &Node) -> Option<Node> {
        let stated = operation.get("schemes").filter(|list| list.as_array().is_some_and(|list| !list.is_empty()))?;
        let own = schemes(operation);
        if own == schemes(self.root) {
            return None;
        }
        let host = self.host();
        if host.is_none() {
            self.without_host(stated);
        }
        host.map(|_| self.server_list(stated, own))
    }

    fn without_host(&mut self, schemes: &Node) {
        let message = "`schemes` say nothing where the document names no `host`";
        self.report.push(Diagnostic::new(&codes::NOT_CARRIED, message).at(schemes));
    }

    fn host(&self) -> Option<&'d Node> {
        self.root.get("host").filter(|host| host.as_str().is_some())
    }

    fn base_path(&self) -> &'d str {
        self.root.get("basePath").and_then(Node::as_str).unwrap_or("").trim_end_matches('/')
    }

    fn server_list(&self, at: &Node, schemes: Vec<&str>) -> Node {
        let (host, base) = (self.host().and_then(Node::as_str).unwrap_or_default(), self.base_path());
        let servers = schemes.into_iter().map(|scheme| {
            object(at, Members::from([("url".to_owned(), absent(text(at, &format!("{scheme}://{host}{base}"))))]))
        });
        list(at, servers.collect())
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
                if !tree::is_of_body(&member.node) {
                    let node = self.parameter(&member.node);
                    converted.insert(name.clone(), Member { key: member.key.clone(), node });
                }
            }
            tree::put(&mut out, "parameters", object(root, converted));
        }
        if let Some(schemes) = root.get("securityDefinitions").and_then(Node::as_object) {
            let mut converted = Members::new();
            for (name, member) in schemes {
                let node = self.security_scheme(&member.node);
                converted.insert(name.clone(), Member { key: member.key.clone(), node });
            }
            tree::put(&mut out, "securitySchemes", object(root, converted));
        }
        object(root, out)
    }

    /// How many of some media types get a copy of a schema; reported at the schema where not all do.
    fn sharing(&mut self, schema: &Node, media_types: usize) -> usize {
        let cost = cost(schema).max(1);
        let copies = media_types.min(self.left / cost);
        self.left -= copies * cost;
        if copies < media_types {
            let message = format!(
                "so many media types and operations share bodies that {} of {media_types} are left out here",
                media_types - copies
            );
            self.report.push(Diagnostic::new(&codes::INLINE_LIMIT, message).at(schema));
        }
        copies
    }

    /// What a reference leads to, or the node itself.
    fn target(&self, node: &'d Node) -> &'d Node {
        crate::document::bundle::references::follow(self.root, node, "").map_or(node, |(target, _)| target)
    }

    /// The media types of an operation, or the document's.
    fn media_types(&self, operation: Option<&Node>, key: &str) -> Vec<String> {
        let own = operation.and_then(|operation| operation.get(key)).and_then(Node::as_array);
        let stated = own.or_else(|| self.root.get(key)?.as_array()).unwrap_or_default();
        stated.iter().filter_map(Node::as_str).filter(|name| name.contains('/')).map(str::to_owned).collect()
    }
}

/// The schemes of the document or an operation. The order of preference is ours: an encrypted one first.
fn schemes(holder: &Node) -> Vec<&str> {
    let stated = holder.get("schemes").and_then(Node::as_array).unwrap_or_default();
    let mut schemes: Vec<&str> = stated.iter().filter_map(Node::as_str).collect();
    if schemes.is_empty() {
        schemes.push("https");
    }
    schemes.sort_by_key(|scheme| *scheme != "https");
    schemes
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
