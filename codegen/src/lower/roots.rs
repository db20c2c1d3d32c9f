//! The places of operations at which types begin.

use crate::api::SchemaId;

/// A schema that a parameter, a body or a response is of.
pub(crate) struct Root {
    /// The schema.
    pub schema: SchemaId,
    /// What its type is named, if one must be defined; `None` for what is carried as text or bytes.
    pub stem: Option<String>,
}
