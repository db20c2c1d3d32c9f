//! By which URIs a document, and the schemas in it, are known.
//!
//! ```yaml
//! openapi: 3.2.0
//! $self: https://example.com/api/shared/pets     # whatever the file is called
//! components:
//!   schemas:
//!     Pet: { $id: https://example.com/api/schemas/pet, $anchor: pet }
//! ```
//!
//! A reference means the URI that it makes with the base URI at its place: `$self`, changed by the `$id`s around it (RFC 3986, section 5.1;
//! OpenAPI 3.2.0, "Establishing the Base URI"). A document without `$self` is known by the place where it was read.

use std::collections::HashMap;

use url::Url;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::walk;
use crate::document::text::node::Node;
use crate::document::version::is_3_2;

/// The URIs of all files that were read; none has a fragment.
#[derive(Default)]
pub(crate) struct Identities {
    /// Files by their `$self`.
    by_self: HashMap<String, usize>,
    /// Files by where they were read.
    by_url: HashMap<String, usize>,
    /// Files by the URIs of references that were found at the same place beside the referring file.
    by_neighbour: HashMap<String, usize>,
    /// Places in the tree by `$id`.
    schemas: HashMap<String, String>,
    /// Places in the tree by URI and `$anchor`.
    anchors: HashMap<(String, String), String>,
}

impl Identities {
    /// Adds a file, which will be mounted at a place of the tree; returns its base URI.
    pub(crate) fn add(
        &mut self,
        file: usize,
        url: &Url,
        mount: &str,
        node: &Node,
        identified: bool,
        report: &mut Report,
    ) -> Url {
        self.by_url.insert(without_fragment(url), file);
        let own = self_url(node, url);
        if own.is_none()
            && let Some(at) = node.get("$self").filter(|at| is_3_2(node) && at.as_str().is_some())
        {
            let message = "`$self` is no URI; the place of the file counts";
            report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(at));
        }
        if let Some(own) = &own
            && *self.by_self.entry(without_fragment(own)).or_insert(file) != file
            && let Some(at) = node.get("$self")
        {
            let message = "`$self` is that of another file as well, to which references by this URI lead";
            report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(at));
        }
        let base = own.unwrap_or_else(|| url.clone());
        self.index(&base, mount, node, identified);
        base
    }

    /// Notes the `$id`s and `$anchor`s of a file.
    fn index(&mut self, base: &Url, mount: &str, node: &Node, identified: bool) {
        let file = without_fragment(base);
        let mut enter = |schema: &Node, pointer: &str, bases: &[String]| {
            let place = || format!("{mount}{pointer}");
            let base = base_of(base, node, bases);
            if let Some(id) = schema.get("$id").and_then(Node::as_str) {
                if identified && !id.starts_with('#') {
                    self.schemas.entry(without_fragment(&base)).or_insert_with(place);
                } else if let Some(name) = id.strip_prefix('#') {
                    // Drafts 4 to 7 named places so.
                    self.anchors.entry((file.clone(), name.to_owned())).or_insert_with(place);
                }
            }
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = schema.get(keyword).and_then(Node::as_str) {
                    self.anchors.entry((without_fragment(&base), name.to_owned())).or_insert_with(place);
                }
            }
        };
        walk::references(node, identified, &mut enter, &mut |_| {});
    }

    /// Lets a URI stand for the file that was read at a URL.
    pub(crate) fn stand_for(&mut self, uri: String, url: &str) {
        if let Some(file) = self.file(url) {
            self.by_neighbour.entry(uri).or_insert(file);
        }
    }

    /// Whether a file or a schema has a URI.
    pub(crate) fn is_known(&self, uri: &str) -> bool {
        self.schema(uri).is_some() || self.file(uri).is_some()
    }

    /// The file with a URI. `$self` counts first: "references MUST use the target document's `$self` URI if the `$self` field is present"
    /// (OpenAPI 3.2.0, "OpenAPI Object").
    pub(crate) fn file(&self, uri: &str) -> Option<usize> {
        [&self.by_self, &self.by_url, &self.by_neighbour].into_iter().find_map(|files| files.get(uri)).copied()
    }

    /// The place of the schema with a URI.
    pub(crate) fn schema(&self, uri: &str) -> Option<&str> {
        self.schemas.get(uri).map(String::as_str)
    }

    /// The place of an anchor below a URI.
    pub(crate) fn anchored(&self, uri: &str, name: &str) -> Option<&String> {
        self.anchors.get(&(uri.to_owned(), name.to_owned()))
    }
}

/// Every URI that a document gives to itself and its schemas.
pub(crate) fn names(url: &Url, node: &Node, identified: bool) -> Vec<String> {
    let own = self_url(node, url);
    let mut found: Vec<String> = own.iter().map(without_fragment).collect();
    let base = own.unwrap_or_else(|| url.clone());
    let mut enter = |schema: &Node, _: &str, bases: &[String]| {
        if identified && schema.get("$id").and_then(Node::as_str).is_some_and(|id| !id.starts_with('#')) {
            found.push(without_fragment(&base_of(&base, node, bases)));
        }
    };
    walk::references(node, identified, &mut enter, &mut |_| {});
    found
}

/// `$self` of a document as an absolute URI; one that is relative is resolved against the place where the document was read.
fn self_url(root: &Node, url: &Url) -> Option<Url> {
    let stated = root.get("$self").and_then(Node::as_str).filter(|_| is_3_2(root))?;
    url.join(stated).ok()
}

/// The base URI at a place: the file's, changed by the `$id`s around it (RFC 3986, section 5.1).
pub(crate) fn base_of(url: &Url, node: &Node, bases: &[String]) -> Url {
    let mut base = url.clone();
    for pointer in bases {
        let id = node.pointer(pointer).and_then(|schema| schema.get("$id")?.as_str());
        if let Some(joined) = id.filter(|id| !id.starts_with('#')).and_then(|id| base.join(id).ok()) {
            base = joined;
        }
    }
    base
}

/// A URI without its fragment.
pub(crate) fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}
