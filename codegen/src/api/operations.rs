//! The operations of an API.
//!
//! ```yaml
//! /StringTokens/{token}:
//!   get:
//!     operationId: StringTokenRetrieve
//!     responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/StringToken' } } } } }
//! ```
//!
//! becomes an [`Operation`] with `rust_name = "string_token_retrieve"`, `type_stem = "StringTokenRetrieve"`, one path
//! [`Parameter`] and one [`Response`].

use crate::api::status::ResponseStatus;
use crate::api::{SchemaId, Type};

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or one made from method and path where the document has none.
    pub id: String,
    /// The method's Rust name, `r#` included where needed.
    pub rust_name: String,
    /// The stem of the types made for it: `{stem}Error`, `{stem}Response`, `{stem}Call`.
    pub type_stem: String,
    /// JSON Pointer into the document.
    pub pointer: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// The path template as written.
    pub path: String,
    /// The template cut into literals and parameters.
    pub segments: Vec<PathPart>,
    /// The Rust module name of its first tag.
    pub tag: Option<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Its parameters, path-level ones first, in document order.
    pub parameters: Vec<Parameter>,
    /// Its request body.
    pub body: Option<RequestBody>,
    /// Its responses, in document order.
    pub responses: Vec<Response>,
    /// Alternatives, each a list of schemes that must all be given; an empty alternative means that none is needed.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// `servers` of the operation or the path, where they differ from the document's.
    pub servers: Vec<crate::api::Server>,
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text, sent as it is.
    Literal(String),
    /// Index into [`Operation::parameters`].
    Parameter(usize),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in the document.
    pub name: String,
    /// Its Rust name.
    pub rust_name: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// Whether it must be given (always for path parameters).
    pub required: bool,
    /// Its Rust type.
    pub ty: Type,
    /// Whether null is a value of it.
    pub nullable: bool,
    /// Its schema; it has an anchor where it has keywords.
    pub schema: SchemaId,
    /// `style`, with the default of its location filled in.
    pub style: ParameterStyle,
    /// `explode`, with the default of its style filled in.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// The media type where it has `content` instead of a schema and style.
    pub content: Option<String>,
    /// Whether that media type is JSON, so that the value is written as JSON.
    pub json: bool,
    /// Whether that media type is a form, which is the whole query.
    pub form: bool,
    /// The encodings of the form's members.
    pub parts: Vec<Part>,
    /// Its text.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-sensitive` on the parameter or its schema.
    pub sensitive: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// `path`.
    Path,
    /// `query`.
    Query,
    /// `querystring`: the whole query (OpenAPI 3.2.0).
    Querystring,
    /// `header`.
    Header,
    /// `cookie`.
    Cookie,
}

impl ParameterLocation {
    /// The value of `in`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// OpenAPI 3.0.4, "Style Values".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie`: `form` without percent-encoding, in the syntax of cookies (OpenAPI 3.2.0).
    Cookie,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// `required`.
    pub required: bool,
    /// Its text.
    pub description: Option<String>,
    /// The media type that is sent: `application/json` where the document offers it, else the first supported one.
    pub chosen: MediaType,
    /// The other supported media types: each gets a method with this Rust name.
    pub others: Vec<(String, MediaType)>,
    /// All media types of the document, as written, in order.
    pub offered: Vec<String>,
}

/// A media type with its schema.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// As sent or received, never a range: `application/json`.
    pub name: String,
    /// How a value is encoded.
    pub encoding: Encoding,
    /// Its Rust type.
    pub ty: Type,
    /// Whether null is a value of it.
    pub nullable: bool,
    /// Its schema, where it has one; it has an anchor.
    pub schema: Option<SchemaId>,
    /// How a value is checked before it is sent.
    pub check: BodyCheck,
    /// `encoding`: the encodings of the members of a form or a multipart body.
    pub parts: Vec<Part>,
    /// The elements of a sequence, which the client does not read one by one.
    pub items: Option<Sequence>,
}

/// The elements of a sequential media type: OpenAPI 3.2.0, "Media Type Object", `itemSchema`, `prefixEncoding`, `itemEncoding`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The schema of each element.
    pub schema: Option<SchemaId>,
    /// `contentType` of the first elements, by position.
    pub prefix: Vec<Option<String>>,
    /// `contentType` of the elements after these, where `itemEncoding` is there.
    pub rest: Option<Option<String>>,
}

/// How a body is checked before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyCheck {
    /// As a value, encoded as JSON, a form or parts.
    Value,
    /// As a string, which is the text.
    Text,
    /// As the number, boolean or null that the text spells.
    Scalar,
    /// By its length in octets (OpenAPI 3.1.1, "Working with Binary Data").
    Octets,
    /// Not at all: the document states no rules for it.
    Silent,
    /// Not at all: its schema describes values, and texts and bytes of this media type are not parsed into values.
    Unread,
}

/// An entry of `encoding`: OpenAPI 3.0.4, "Encoding Object".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The member's name.
    pub name: String,
    /// `contentType`.
    pub media_type: Option<String>,
    /// `style`, `form` if not given.
    pub style: ParameterStyle,
    /// `explode`, with the default of its style filled in.
    pub explode: bool,
}

/// A request that the API sends, and that callers of it receive.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name: the key in `webhooks`, or the callback's name and expression.
    pub name: String,
    /// The operation that announces it, by id; `None` for an entry of `webhooks`.
    pub callback_of: Option<String>,
    /// The request and its responses.
    pub operation: Operation,
}

/// How a value is encoded in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// JSON (`application/json`, `+json`).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/*`: `ty` is `String`.
    Text,
    /// Anything else, as raw bytes: `ty` is unused.
    Bytes,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Which statuses it is for.
    pub status: ResponseStatus,
    /// Its text.
    pub description: String,
    /// `summary` (OpenAPI 3.2.0).
    pub summary: Option<String>,
    /// The media type that is decoded, `None` for a response without a body.
    pub content: Option<MediaType>,
    /// All media types of the document, in order.
    pub offered: Vec<String>,
    /// Its headers, by name in the document.
    pub headers: Vec<ResponseHeader>,
    /// The operations that can be called with its contents.
    pub links: Vec<Link>,
}

/// A link of a response, for documentation: OpenAPI 3.0.4, "Link Object".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// The operation: its id, or a reference to it.
    pub target: String,
    /// Its text.
    pub description: Option<String>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name.
    pub name: String,
    /// Its text.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
}

/// One scheme of a security requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: String,
    /// OAuth scopes.
    pub scopes: Vec<String>,
    /// Whether the transport has to meet it: `mutualTLS`.
    pub by_transport: bool,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// Rust name of the setter.
    pub rust_name: String,
    /// What it is.
    pub kind: SecurityKind,
    /// Its text.
    pub description: Option<String>,
    /// `deprecated` (OpenAPI 3.2.0).
    pub deprecated: bool,
    /// Where its tokens come from, if it is `oauth2`.
    pub oauth: Option<OAuth>,
}

/// How callers get a token: OpenAPI 3.2.0, "Security Scheme Object", "OAuth Flows Object".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuth {
    /// `oauth2MetadataUrl`: the authorization server's metadata (RFC 8414).
    pub metadata_url: Option<String>,
    /// The flows, in the order of the document.
    pub flows: Vec<OAuthFlow>,
}

/// One way to a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// Which one it is.
    pub kind: OAuthFlowKind,
    /// `authorizationUrl`.
    pub authorization_url: Option<String>,
    /// `deviceAuthorizationUrl`.
    pub device_authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// The scopes that it can give, in the order of the document.
    pub scopes: Vec<String>,
}

/// The flows of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthFlowKind {
    /// `implicit`.
    Implicit,
    /// `password`.
    Password,
    /// `clientCredentials`.
    ClientCredentials,
    /// `authorizationCode`.
    AuthorizationCode,
    /// `deviceAuthorization`: RFC 8628 (OpenAPI 3.2.0).
    DeviceAuthorization,
}

impl OAuthFlowKind {
    /// The flow of a name, as it stands in `flows`.
    pub fn of(name: &str) -> Option<Self> {
        use OAuthFlowKind::{AuthorizationCode, ClientCredentials, DeviceAuthorization, Implicit, Password};
        let all = [Implicit, Password, ClientCredentials, AuthorizationCode, DeviceAuthorization];
        all.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in `flows`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Password => "password",
            Self::ClientCredentials => "clientCredentials",
            Self::AuthorizationCode => "authorizationCode",
            Self::DeviceAuthorization => "deviceAuthorization",
        }
    }
}

/// Kinds of security schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `apiKey` in a header, the query or a cookie, of this name.
    ApiKey {
        /// `header`, `query` or `cookie`.
        location: ParameterLocation,
        /// The header's, query parameter's or cookie's name.
        parameter: String,
    },
    /// `http` with `scheme: basic`.
    Basic,
    /// `http` with `scheme: bearer`, `oauth2`, `openIdConnect`: an `Authorization: Bearer` header.
    Bearer,
    /// Anything else: the caller sets the whole `Authorization` header.
    Authorization,
}
