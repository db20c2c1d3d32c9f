//! Bytes in; one typed document with every value's place out.
//!
//! ```text
//! openapi/x.json ─ json, yaml ─▶ Node ─ overlay ─▶ Node ─ frame, schemas, references, operations ─▶ Document
//! ```
//!
//! The frame (everything but schemas) is typed by `openapiv3`; schemas stay [`Node`]s, because that crate's types lose
//! exact bounds, the keywords of 3.1 and positions. In the frame a schema is `{"x-planchet-schema": "<JSON Pointer>"}`.

mod frame;
mod grammar;
mod json;
mod node;
mod operations;
mod overlay;
mod read;
mod references;
mod scalar;
mod schemas;
mod structure;
mod typed;
mod yaml;

use std::path::{Path, PathBuf};

pub use node::{Member, Node, NodeValue, escape, unescape};
pub use overlay::apply as apply_overlay;
pub use read::{MAX_DEPTH, display_path, parse_bytes, read_file};
pub use references::resolve_in;

use crate::diagnostic::Report;

/// The extension that stands for a schema in the frame; its value is the schema's JSON Pointer in [`Document::root`].
pub const SCHEMA_POINTER: &str = "x-planchet-schema";

/// The generations of OpenAPI that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}

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
    /// The path of the file, as it was given.
    pub path: PathBuf,
}

/// What to load.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Path,
    /// Overlays to apply to it, in order.
    pub overlays: &'a [PathBuf],
}

/// Reads a document, applies its overlays, checks it and types its frame.
///
/// `None` if and only if errors were found; warnings and notes are in the report either way.
pub fn load(input: &Input<'_>, report: &mut Report) -> Option<Document> {
    let before = report.raised();
    let root = read_file(input.document, report);
    // Overlays are read even without a document: their own faults are reported together with its.
    let overlays: Vec<Option<Node>> = input.overlays.iter().map(|path| read_file(path, report)).collect();
    let mut root = root?;
    for overlay in overlays.iter().flatten() {
        overlay::apply(&mut root, overlay, report);
    }
    if report.raised() > before {
        return None;
    }
    let mut document = check(root, report)?;
    document.path = input.document.to_path_buf();
    Some(document)
}

/// Checks a tree that is a whole OpenAPI document and types its frame.
///
/// `None` if and only if errors were found by this call.
pub fn check(root: Node, report: &mut Report) -> Option<Document> {
    let before = report.raised();
    let version = structure::version(&root, report)?;
    let frame = structure::check(&root, version, report);
    if report.raised() > before {
        return None;
    }
    let openapi = typed::parse(frame, &root, report)?;
    Some(Document { root, openapi, version, path: PathBuf::new() })
}

/// The value that a local reference (`#/components/schemas/Pet`, `#pet` for an `$anchor`) points at, and its JSON Pointer.
///
/// References that lead to other references are not followed further.
pub fn resolve<'d>(document: &'d Document, reference: &str) -> Option<(&'d Node, String)> {
    resolve_in(&document.root, reference)
}
