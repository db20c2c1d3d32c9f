//! The API as plain data: what the document means ([`rules`]), what it looks like in Rust ([`shapes`]) and what can be
//! called ([`operations`]).
//!
//! This room knows neither the document's syntax nor Rust tokens. `lower/` fills it, `emit/` and `contract/` read it.
//!
//! ```yaml
//! CardNum: { type: string, maxLength: 30, x-sensitive: true }
//! ```
//!
//! becomes a [`rules::Schema`] with `types = {string}`, `sensitive = true`, `keywords = [Keyword::max_length(30)]`, and a
//! [`shapes::Type`] `Secret<String>`.

pub mod decimal;
pub mod examples;
pub mod formats;
pub mod keyword;
pub mod members;
pub mod operand;
pub mod operations;
pub mod reserved;
pub mod rules;
pub mod shapes;
pub mod status;
pub mod types;

pub use crate::api::decimal::Decimal;
pub use crate::api::examples::*;
pub use crate::api::keyword::*;
pub use crate::api::members::*;
pub use crate::api::operand::*;
pub use crate::api::operations::*;
pub use crate::api::rules::*;
pub use crate::api::shapes::*;
pub use crate::api::status::ResponseStatus;
pub use crate::api::types::TypeSet;

/// One API document, lowered.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The value of `openapi` (or `swagger`).
    pub openapi: String,
    /// The document-level `servers`, in order.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// `tags` with their texts, in document order; tags used but not declared follow.
    pub tags: Vec<Tag>,
    /// Every schema of the document, by id.
    pub schemas: Schemas,
    /// Every Rust type to be defined, by id, in document order.
    pub definitions: Definitions,
    /// `components.schemas`, in document order.
    pub components: Vec<Component>,
    /// All operations, in document order.
    pub operations: Vec<Operation>,
    /// Dependencies that types chosen by the user need, as TOML.
    pub dependencies: std::collections::BTreeMap<String, String>,
    /// Whether each tag of the client is behind a Cargo feature.
    pub tag_features: bool,
    /// Whether reading fills in the defaults of absent properties.
    pub assume_defaults: bool,
    /// What the API sends: webhooks, then callbacks, in document order.
    pub webhooks: Vec<Webhook>,
}

impl Api {
    /// The definition that a type names.
    pub fn named(&self, ty: &Type) -> Option<&Definition> {
        if let Type::Named(id) = ty { Some(self.definitions.get(*id)) } else { None }
    }
}

/// A named schema of `components.schemas`: the unit of the registry.
#[derive(Clone, Debug)]
pub struct Component {
    /// The name in the document.
    pub name: String,
    /// Its Rust type name (also the stem of its rules' name).
    pub rust_name: String,
    /// What it means.
    pub schema: SchemaId,
    /// How a value of it is held; `Named` where it has a definition of its own, otherwise what its alias stands for.
    pub ty: Type,
    /// Whether null is a value of it as well.
    pub nullable: bool,
}

/// A `servers` entry.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL with `{variables}` replaced by their defaults.
    pub url: String,
    /// Its text.
    pub description: Option<String>,
    /// `name` (OpenAPI 3.2.0), by which people refer to it.
    pub name: Option<ServerName>,
}

/// The name of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerName {
    /// As the document has it.
    pub name: String,
    /// The end of its constant's name, in `SCREAMING_SNAKE` case.
    pub rust_name: String,
}

/// A tag with its text.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name in the document.
    pub name: String,
    /// The Rust module name.
    pub rust_name: String,
    /// Its text.
    pub description: Option<String>,
    /// `summary` (OpenAPI 3.2.0): its name for people.
    pub summary: Option<String>,
    /// `parent` (OpenAPI 3.2.0): the Rust module name of the tag under which it is nested. No tag is nested under itself.
    pub parent: Option<String>,
    /// `kind` (OpenAPI 3.2.0): what sort of tag it is, as `nav`, `badge`, `audience`.
    pub kind: Option<String>,
}
