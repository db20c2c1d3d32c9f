//! The objects of OpenAPI 3.0 and 3.1 and their fields, as tables.
//!
//! `Tag: { name (required text), description (text), externalDocs (object) }`. What the tables do not name, and is no
//! `x-` extension, is unknown to OpenAPI.

use Kind as K;
use Need::{Assumed, Optional, Required};
use Shape::{Examples, Flag, Links, List, Map, One, Schema, SchemaMap, Skipped, Text, TextList, TextMap, Unused};

/// An object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The document itself.
    Root,
    /// `info`.
    Info,
    /// `info.contact`.
    Contact,
    /// `info.license`.
    License,
    /// `servers[]`.
    Server,
    /// `servers[].variables.*`.
    ServerVariable,
    /// `tags[]`.
    Tag,
    /// `externalDocs`.
    ExternalDocs,
    /// `components`.
    Components,
    /// `paths`: path items by path.
    Paths,
    /// A path item.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A header.
    Header,
    /// A request body.
    RequestBody,
    /// `responses`: responses by status.
    Responses,
    /// A response.
    Response,
    /// A media type.
    MediaType,
    /// An encoding.
    Encoding,
    /// A callback: path items by expression.
    Callback,
    /// A security scheme.
    SecurityScheme,
    /// `flows` of a security scheme.
    Flows,
    /// One of the flows.
    Flow,
    /// `security[]`: scopes by scheme.
    SecurityRequirement,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// An array of strings.
    TextList,
    /// An object of strings.
    TextMap,
    /// An object.
    One(Kind),
    /// An array of objects.
    List(Kind),
    /// An object of objects.
    Map(Kind),
    /// A schema.
    Schema,
    /// An object of schemas.
    SchemaMap,
    /// Anything; documentation only, not in the frame.
    Skipped,
    /// An object of examples, or an array where a schema has it; not in the frame.
    Examples,
    /// An object of links; not in the frame.
    Links,
    /// An object of path items that `openapiv3` has no place for: `webhooks`, and `pathItems` of `components`.
    Unused(Kind),
}

/// Whether a field may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may.
    Optional,
    /// It may not.
    Required,
    /// It may not by the specification; this text is assumed, with a warning.
    Assumed(&'static str),
}

/// A field of an object.
pub type Field = (&'static str, Shape, Need);

impl Kind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            K::Root => "the document",
            K::Info => "`info`",
            K::Contact => "a contact",
            K::License => "a license",
            K::Server => "a server",
            K::ServerVariable => "a server variable",
            K::Tag => "a tag",
            K::ExternalDocs => "external documentation",
            K::Components => "`components`",
            K::Paths => "`paths`",
            K::PathItem => "a path item",
            K::Operation => "an operation",
            K::Parameter => "a parameter",
            K::Header => "a header",
            K::RequestBody => "a request body",
            K::Responses => "`responses`",
            K::Response => "a response",
            K::MediaType => "a media type",
            K::Encoding => "an encoding",
            K::Callback => "a callback",
            K::SecurityScheme => "a security scheme",
            K::Flows => "`flows`",
            K::Flow => "a flow",
            K::SecurityRequirement => "a security requirement",
        }
    }

    /// The section of `components` that holds objects of this kind; only these kinds may be a `$ref`.
    pub fn section(self) -> Option<&'static str> {
        match self {
            K::PathItem => Some("pathItems"),
            K::MediaType => Some("mediaTypes"),
            K::Parameter => Some("parameters"),
            K::Header => Some("headers"),
            K::RequestBody => Some("requestBodies"),
            K::Response => Some("responses"),
            K::Callback => Some("callbacks"),
            K::SecurityScheme => Some("securitySchemes"),
            _ => None,
        }
    }

    /// Whether a field is of OpenAPI 3.2.
    pub fn is_of_3_2(self, name: &str) -> bool {
        self.newer().iter().any(|field| field.0 == name)
    }

    /// The fields that OpenAPI 3.2 adds. They are checked and stay out of the frame: `openapiv3` does not know them, and `lower/` reads
    /// them from the tree. The operations of a path item have their own way (`newer.rs`).
    pub fn newer(self) -> &'static [Field] {
        match self {
            K::Root => &[("$self", Text, Optional)],
            K::Server => &[("name", Text, Optional)],
            K::Tag => &[("summary", Text, Optional), ("parent", Text, Optional), ("kind", Text, Optional)],
            K::PathItem => &[("query", Skipped, Optional), ("additionalOperations", Skipped, Optional)],
            K::MediaType => &[
                ("description", Text, Optional),
                ("itemSchema", Schema, Optional),
                ("itemEncoding", One(K::Encoding), Optional),
                ("prefixEncoding", List(K::Encoding), Optional),
            ],
            K::Encoding => &[
                ("encoding", Map(K::Encoding), Optional),
                ("itemEncoding", One(K::Encoding), Optional),
                ("prefixEncoding", List(K::Encoding), Optional),
            ],
            K::Response => &[("summary", Text, Optional)],
            K::SecurityScheme => &[("oauth2MetadataUrl", Text, Optional), ("deprecated", Flag, Optional)],
            K::Flows => &[("deviceAuthorization", One(K::Flow), Optional)],
            K::Flow => &[("deviceAuthorizationUrl", Text, Optional)],
            K::Info
            | K::Contact
            | K::License
            | K::ServerVariable
            | K::ExternalDocs
            | K::Components
            | K::Paths
            | K::Operation
            | K::Parameter
            | K::Header
            | K::RequestBody
            | K::Responses
            | K::Callback
            | K::SecurityRequirement => &[],
        }
    }

    /// Its fields. Kinds whose member names are free have none.
    pub fn fields(self) -> &'static [Field] {
        match self {
            K::Root => &[
                ("openapi", Text, Required),
                ("info", One(K::Info), Optional),
                ("jsonSchemaDialect", Skipped, Optional),
                ("servers", List(K::Server), Optional),
                ("paths", One(K::Paths), Optional),
                ("webhooks", Unused(K::PathItem), Optional),
                ("components", One(K::Components), Optional),
                ("security", List(K::SecurityRequirement), Optional),
                ("tags", List(K::Tag), Optional),
                ("externalDocs", One(K::ExternalDocs), Optional),
            ],
            K::Info => &[
                ("title", Text, Assumed("")),
                ("summary", Skipped, Optional),
                ("description", Text, Optional),
                ("termsOfService", Text, Optional),
                ("contact", One(K::Contact), Optional),
                ("license", One(K::License), Optional),
                ("version", Text, Assumed("")),
            ],
            K::Contact => &[("name", Text, Optional), ("url", Text, Optional), ("email", Text, Optional)],
            K::License => &[("name", Text, Assumed("")), ("url", Text, Optional), ("identifier", Skipped, Optional)],
            K::Server => &[
                ("url", Text, Assumed("/")),
                ("description", Text, Optional),
                ("variables", Map(K::ServerVariable), Optional),
            ],
            K::ServerVariable => {
                &[("enum", TextList, Optional), ("default", Text, Assumed("")), ("description", Text, Optional)]
            }
            K::Tag => &[
                ("name", Text, Required),
                ("description", Text, Optional),
                ("externalDocs", One(K::ExternalDocs), Optional),
            ],
            K::ExternalDocs => &[("url", Text, Assumed("")), ("description", Text, Optional)],
            K::Components => &[
                ("schemas", SchemaMap, Optional),
                ("responses", Map(K::Response), Optional),
                ("parameters", Map(K::Parameter), Optional),
                ("examples", Examples, Optional),
                ("requestBodies", Map(K::RequestBody), Optional),
                ("headers", Map(K::Header), Optional),
                ("securitySchemes", Map(K::SecurityScheme), Optional),
                ("links", Links, Optional),
                ("callbacks", Map(K::Callback), Optional),
                ("pathItems", Unused(K::PathItem), Optional),
                ("mediaTypes", Unused(K::MediaType), Optional),
            ],
            K::PathItem => &[
                ("summary", Text, Optional),
                ("description", Text, Optional),
                ("servers", List(K::Server), Optional),
                ("parameters", List(K::Parameter), Optional),
                ("get", One(K::Operation), Optional),
                ("put", One(K::Operation), Optional),
                ("post", One(K::Operation), Optional),
                ("delete", One(K::Operation), Optional),
                ("options", One(K::Operation), Optional),
                ("head", One(K::Operation), Optional),
                ("patch", One(K::Operation), Optional),
                ("trace", One(K::Operation), Optional),
            ],
            K::Operation => &[
                ("tags", TextList, Optional),
                ("summary", Text, Optional),
                ("description", Text, Optional),
                ("externalDocs", One(K::ExternalDocs), Optional),
                ("operationId", Text, Optional),
                ("parameters", List(K::Parameter), Optional),
                ("requestBody", One(K::RequestBody), Optional),
                ("responses", One(K::Responses), Optional),
                ("callbacks", Map(K::Callback), Optional),
                ("deprecated", Flag, Optional),
                ("security", List(K::SecurityRequirement), Optional),
                ("servers", List(K::Server), Optional),
            ],
            K::Parameter => &[
                ("name", Text, Required),
                ("in", Text, Required),
                ("description", Text, Optional),
                ("required", Flag, Optional),
                ("deprecated", Flag, Optional),
                ("allowEmptyValue", Flag, Optional),
                ("style", Text, Optional),
                ("explode", Flag, Optional),
                ("allowReserved", Flag, Optional),
                ("schema", Schema, Optional),
                ("content", Map(K::MediaType), Optional),
                ("example", Skipped, Optional),
                ("examples", Examples, Optional),
            ],
            K::Header => &[
                ("description", Text, Optional),
                ("required", Flag, Optional),
                ("deprecated", Flag, Optional),
                ("style", Text, Optional),
                ("explode", Skipped, Optional),
                ("schema", Schema, Optional),
                ("content", Map(K::MediaType), Optional),
                ("example", Skipped, Optional),
                ("examples", Examples, Optional),
            ],
            K::RequestBody => &[
                ("description", Text, Optional),
                ("content", Map(K::MediaType), Optional),
                ("required", Flag, Optional),
            ],
            K::Response => &[
                ("description", Text, Assumed("")),
                ("headers", Map(K::Header), Optional),
                ("content", Map(K::MediaType), Optional),
                ("links", Links, Optional),
            ],
            K::MediaType => &[
                ("schema", Schema, Optional),
                ("example", Skipped, Optional),
                ("examples", Examples, Optional),
                ("encoding", Map(K::Encoding), Optional),
            ],
            K::Encoding => &[
                ("contentType", Text, Optional),
                ("headers", Map(K::Header), Optional),
                ("style", Text, Optional),
                ("explode", Flag, Optional),
                ("allowReserved", Flag, Optional),
            ],
            K::SecurityScheme => &[
                ("type", Text, Required),
                ("description", Text, Optional),
                ("name", Text, Optional),
                ("in", Text, Optional),
                ("scheme", Text, Optional),
                ("bearerFormat", Text, Optional),
                ("flows", One(K::Flows), Optional),
                ("openIdConnectUrl", Text, Optional),
            ],
            K::Flows => &[
                ("implicit", One(K::Flow), Optional),
                ("password", One(K::Flow), Optional),
                ("clientCredentials", One(K::Flow), Optional),
                ("authorizationCode", One(K::Flow), Optional),
            ],
            K::Flow => &[
                ("authorizationUrl", Text, Optional),
                ("tokenUrl", Text, Optional),
                ("refreshUrl", Text, Optional),
                ("scopes", TextMap, Optional),
            ],
            K::Paths | K::Responses | K::Callback | K::SecurityRequirement => &[],
        }
    }
}
