//! Named parts of a document, and the keys that reading adds to one.

/// The extension that stands for a schema in the frame; its value is the schema's JSON Pointer in
/// [`Document::root`](crate::document::Document::root).
pub const SCHEMA_POINTER: &str = "x-planchet-schema";

/// The key under which other files stand in the tree.
pub const FILES: &str = "x-planchet-files";

/// A schema with a name of its own.
#[derive(Clone, Debug)]
pub struct NamedSchema {
    /// Its name: the key in `components.schemas`, or one made from the file and the fragment.
    pub name: String,
    /// Its JSON Pointer in [`Document::root`](crate::document::Document::root).
    pub pointer: String,
}

/// A request that the API sends: OpenAPI 3.1.0, "OpenAPI Object", `webhooks`.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The pointer of its entry.
    pub pointer: String,
    /// What is sent.
    pub item: openapiv3::PathItem,
}

/// An operation whose method is none of 3.1: OpenAPI 3.2.0, "Path Item Object", `query` and `additionalOperations`.
#[derive(Clone, Debug)]
pub struct AdditionalOperation {
    /// Its pointer.
    pub pointer: String,
    /// The method as it is sent: `QUERY`, `COPY`.
    pub method: String,
    /// What it does.
    pub operation: openapiv3::Operation,
}
