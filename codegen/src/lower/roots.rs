//! The schemas of parameters, bodies and responses: the roots of all types that operations need.

use crate::api::SchemaId;

/// The schema of a parameter, a body or a response.
pub(crate) struct Root {
    /// The schema.
    pub schema: SchemaId,
    /// The name of its type, if one is defined; `None` for a body that is carried as text or bytes.
    pub stem: Option<String>,
}
