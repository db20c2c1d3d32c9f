//! What the document gives as instances of its schemas.
//!
//! ```yaml
//! CardNum: { type: string, maxLength: 19, example: '4111111111111111' }
//! ```
//!
//! becomes an [`Example`] at `/components/schemas/CardNum/example`.

use crate::api::{SchemaId, Schemas};

/// All examples and defaults of a document, with the schemas that they are held against.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// The schemas, those among them that no emitted code needs.
    pub schemas: Schemas,
    /// The examples.
    pub list: Vec<Example>,
}

/// A value that the document gives as an instance.
#[derive(Clone, Debug)]
pub struct Example {
    /// JSON Pointer of the value in the document.
    pub pointer: String,
    /// What it is given as.
    pub role: Role,
    /// The value: as it stands, or what is meant by the text of a parameter.
    pub value: serde_json::Value,
    /// Its schema. An example of a schema may be one of a request or of a response: then this is the schema as it holds in general,
    /// in the one and in the other, and to follow one of them is enough.
    pub schemas: Vec<SchemaId>,
}

/// What a value is given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `example`, or one of `examples`.
    Example,
    /// `default`.
    Default,
}
