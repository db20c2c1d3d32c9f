//! From bytes to one typed document in which every value has its position.
//!
//! ```text
//! openapi/x.json ─ json, yaml ─▶ Node ─ overlay ─▶ Node ─ frame, schemas, references, operations ─▶ Document
//! ```
//!
//! The frame (everything but schemas) is typed by `openapiv3`; schemas stay [`Node`]s, because that crate's types lose
//! exact bounds, the keywords of 3.1 and positions. In the frame a schema is `{"x-planchet-schema": "<JSON Pointer>"}`.

mod bundle;
mod frame;
mod limits;
pub(crate) mod named;
mod overlay;
mod schemas;
mod structure;
mod swagger;
mod text;
mod unknown;
pub(crate) mod version;
pub(crate) mod vocabulary;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub use bundle::Sources;
pub use bundle::references::resolve_in;
pub use frame::operations::{METHODS, template_names};
pub use limits::MAX_DEPTH;
pub use named::{AdditionalOperation, FILES, NamedSchema, SCHEMA_POINTER, Webhook};
pub use overlay::apply as apply_overlay;
pub use schemas::composition::Cuts;
pub use text::file::{Refusal, is_stream, read_named};
pub use text::node::{Member, Node, NodeValue, Size, escape, unescape};
pub use text::read::{display_path, parse_bytes, read_file};
pub use version::Version;
pub(crate) use version::is_3_2;

use bundle::references::{self, External};
use bundle::{embed, walk};
use frame::typed;
use text::{pointers, read};

use crate::diagnostic::Report;

/// A document that passed the structural check.
#[derive(Clone, Debug)]
pub struct Document {
    /// The whole document, overlays applied.
    pub root: Node,
    /// The frame, typed. Every schema in it is `{"x-planchet-schema": "<pointer>"}`; examples, links, webhooks and
    /// callbacks inside of callbacks are not in it.
    pub openapi: openapiv3::OpenAPI,
    /// Its generation.
    pub version: Version,
    /// The version as the document states it: `3.1.0`, `2.0`.
    pub stated_version: String,
    /// The schemas with names of their own: `components.schemas` and what references to other files lead to, in order.
    pub named_schemas: Vec<NamedSchema>,
    /// What is left out so that every composition of schemas ends.
    pub cuts: Cuts,
    /// The path items of `webhooks` (3.1), by name, with the pointers of the places that state them.
    pub webhooks: Vec<Webhook>,
    /// The operations of path items that `openapiv3` has no place for (3.2), by the pointers of the items.
    pub additional_operations: HashMap<String, Vec<AdditionalOperation>>,
    /// The path of the file, as it was given.
    pub path: PathBuf,
}

/// What to load.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Path,
    /// Overlays to apply to it, in order.
    pub overlays: &'a [PathBuf],
    /// Where its references may lead, besides its own folder.
    pub sources: Sources,
}

impl<'a> Input<'a> {
    /// A document by itself.
    pub fn new(document: &'a Path) -> Self {
        Self { document, overlays: &[], sources: Sources::default() }
    }
}

/// Reads a document, applies its overlays, checks it and types its frame.
///
/// `None` if and only if errors were found; warnings and notes are in the report either way.
pub fn load(input: &Input<'_>, report: &mut Report) -> Option<Document> {
    let before = report.raised();
    let root = read::read_named(input.document, report);
    // Overlays are read even without a document: their own faults are reported together with its.
    let overlays: Vec<Option<Node>> = input.overlays.iter().map(|path| read::read_named(path, report)).collect();
    let mut root = root?;
    for overlay in overlays.iter().flatten() {
        overlay::apply(&mut root, overlay, report);
    }
    if report.raised() > before {
        return None;
    }
    let version = structure::version(&root, report)?;
    let root = bundle::bundle(root, input.document, version, &input.sources, report)?;
    if report.raised() > before {
        return None;
    }
    let mut document = check_as(root, External::Reported, report)?;
    document.path = input.document.to_path_buf();
    Some(document)
}

/// Checks a tree that is a whole OpenAPI document and types its frame.
///
/// `None` if and only if errors were found by this call.
pub fn check(root: Node, report: &mut Report) -> Option<Document> {
    check_as(root, External::Unknown, report)
}

fn check_as(root: Node, external: External, report: &mut Report) -> Option<Document> {
    let before = report.raised();
    let version = structure::version(&root, report)?;
    if !pointers::are_bounded(&root, report) {
        return None;
    }
    let stated_version = version::stated_version(&root);
    let mut root = root;
    embed::embed(&mut root, report);
    let root = if root.get("openapi").is_none() { swagger::convert(&root, report) } else { root };
    // Targets of references may stand below long names as well.
    if !pointers::are_bounded(&root, report) {
        return None;
    }
    let structure::Checked { frame, webhooks, operations, named_schemas, cuts } =
        structure::check(&root, version, external, report);
    if report.raised() > before {
        return None;
    }
    let openapi = typed::parse(frame, &root, report)?;
    let webhooks = typed::webhooks(webhooks, &root, report);
    let additional_operations = typed::operations(operations, &root, report);
    Some(Document {
        root,
        openapi,
        version,
        stated_version,
        named_schemas,
        webhooks,
        additional_operations,
        cuts,
        path: PathBuf::new(),
    })
}

/// The pointer of what the references at a pointer lead to: the pointer itself, where there is none.
pub fn follow(document: &Document, pointer: &str) -> String {
    let target = document.root.pointer(pointer).and_then(|node| references::follow(&document.root, node, pointer));
    target.map_or_else(|| pointer.to_owned(), |(_, pointer)| pointer)
}

/// The pointers of what the references within a value lead to.
pub fn references_within(document: &Document, node: &Node) -> Vec<String> {
    let mut targets = Vec::new();
    walk::references(node, false, &mut |_, _, _| {}, &mut |found| {
        let text = found.node.as_str().unwrap_or_default();
        let named = || (found.role == walk::Role::Mapping).then(|| format!("/components/schemas/{}", escape(text)));
        targets.extend(resolve_in(&document.root, text).map(|(_, pointer)| pointer).or_else(named));
    });
    targets
}

/// An operation of a path item.
#[derive(Clone, Copy, Debug)]
pub struct StatedOperation<'d> {
    /// Where it stands below the path item: `get`, `query`, `additionalOperations/COPY`.
    pub place: &'d str,
    /// The method: as a field of the path item (`get`), or as it is sent (`COPY`).
    pub method: &'d str,
    /// What it does.
    pub operation: &'d openapiv3::Operation,
}

/// The operations of a path item at a pointer, in the order of the document.
pub fn operations_of<'d>(
    document: &'d Document,
    item: &'d openapiv3::PathItem,
    pointer: &str,
) -> Vec<StatedOperation<'d>> {
    let Some(members) = document.root.pointer(pointer).and_then(Node::as_object) else { return Vec::new() };
    let beside = document.additional_operations.get(pointer).map(Vec::as_slice).unwrap_or_default();
    let mut found = Vec::new();
    for key in members.keys() {
        let own = item.iter().find(|(method, _)| method == key);
        found.extend(own.map(|(method, operation)| StatedOperation { place: method, method, operation }));
        if matches!(key.as_str(), "query" | "additionalOperations") {
            found.extend(beside.iter().filter_map(|AdditionalOperation { pointer: own, method, operation }| {
                let place = own.strip_prefix(pointer)?.strip_prefix('/')?;
                let of_key = place.split('/').next() == Some(key);
                of_key.then_some(StatedOperation { place, method, operation })
            }));
        }
    }
    found
}

/// Where the operations of a path item stand below it, whatever they hold: `get`, `additionalOperations/COPY`.
pub fn operation_places(item: &Node) -> Vec<String> {
    let mut places: Vec<String> = METHODS.iter().map(|method| (*method).to_owned()).collect();
    places.push("query".to_owned());
    let additional = item.get("additionalOperations").and_then(Node::as_object).into_iter().flatten();
    places.extend(additional.map(|(method, _)| format!("additionalOperations/{}", escape(method))));
    places
}

/// The value that a local reference (`#/components/schemas/Pet`, `#pet` for an `$anchor`) points at, and its JSON Pointer.
///
/// References that lead to other references are not followed further.
pub fn resolve<'d>(document: &'d Document, reference: &str) -> Option<(&'d Node, String)> {
    resolve_in(&document.root, reference)
}
