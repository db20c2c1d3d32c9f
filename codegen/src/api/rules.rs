//! The rules of schemas, complete and exact, in the terms of JSON Schema 2020-12.
//!
//! | document | here |
//! | --- | --- |
//! | `type: string` + `nullable: true` (3.0), `type: [string, "null"]` (3.1) | `types = {string, null}` |
//! | `minimum: 0` + `exclusiveMinimum: true` (3.0), `exclusiveMinimum: 0` (3.1) | `Bound { side: Min, exclusive: true, limit: 0 }` |
//! | a schema without `type` | `types = TypeSet::ANY` |
//! | `$ref` without siblings | the id of its target, no schema of its own |
//! | `$ref` with siblings (3.1) | `Ref(target)` among the keywords |

use crate::api::keyword::Keyword;
use crate::api::members::SchemaId;
use crate::api::types::TypeSet;

/// The arena of schemas.
#[derive(Clone, Debug, Default)]
pub struct Schemas(pub Vec<Schema>);

impl Schemas {
    /// The schema of an id that this arena gave out.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.0[id.0]
    }

    /// The schema whose rules count for one: the target, if it is a reference with annotations only, and has no name by which others refer
    /// to it.
    pub fn decisive(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        loop {
            let schema = self.get(id);
            match schema.keywords.as_slice() {
                [Keyword::Ref(target)]
                    if schema.anchor.is_none() && schema.types == TypeSet::ANY && !schema.sensitive =>
                {
                    id = *target;
                }
                _ => return id,
            }
        }
    }

    /// Adds a schema and names it by id.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        self.0.push(schema);
        SchemaId(self.0.len() - 1)
    }
}

/// One schema object (or boolean schema) of the document.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// JSON Pointer into the document, after overlays: `/components/schemas/Card/properties/number`.
    pub pointer: String,
    /// The name that the document gives it: its key in `components.schemas`.
    pub name: Option<String>,
    /// `SCREAMING_SNAKE` name of the static that holds its rules, for schemas that others refer to; `None` where the rules are written in
    /// place.
    pub anchor: Option<String>,
    /// The instance types it admits.
    pub types: TypeSet,
    /// `x-sensitive`, `format: password`: values must never be shown.
    pub sensitive: bool,
    /// The assertions and applicators, in a fixed order (see [`Keyword`]).
    pub keywords: Vec<Keyword>,
    /// `discriminator`, which asserts nothing by itself.
    pub discriminator: Option<Discriminator>,
    /// Its annotations, which assert nothing.
    pub annotations: Annotations,
}

/// `discriminator`: OpenAPI 3.0.4, "Discriminator Object".
#[derive(Clone, Debug, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`, resolved, in document order; names that resolve to nothing are left out (and reported).
    pub mapping: Vec<(String, SchemaId)>,
    /// `defaultMapping` (OpenAPI 3.2.0): what a value is where the property is absent, or names no schema.
    pub default: Option<SchemaId>,
}

impl Schema {
    /// The schemas that its keywords lead to.
    pub fn children(&self) -> Vec<SchemaId> {
        self.keywords.iter().flat_map(Keyword::children).map(|(_, schema)| schema).collect()
    }
}

impl Annotations {
    /// The size of its texts in bytes, plus a rough measure of its values.
    pub fn weight(&self) -> usize {
        fn of(value: &serde_json::Value) -> usize {
            16 + match value {
                serde_json::Value::String(text) => text.len(),
                serde_json::Value::Array(values) => values.iter().map(of).sum(),
                serde_json::Value::Object(members) => members.iter().map(|(name, value)| name.len() + of(value)).sum(),
                serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => 0,
            }
        }
        let texts = [&self.title, &self.description, &self.external_docs].into_iter().flatten().map(String::len);
        let lists = self.enum_names.iter().chain(&self.enum_descriptions).map(|text| 16 + text.len());
        let xml = self.xml.iter().flat_map(|xml| [&xml.name, &xml.namespace, &xml.prefix]).flatten().map(String::len);
        texts.chain(lists).chain(xml).chain(self.default.iter().chain(&self.examples).map(of)).sum()
    }
}

/// The annotations of a schema, which assert nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// `title`.
    pub title: Option<String>,
    /// `description`, as written.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `default`.
    pub default: Option<serde_json::Value>,
    /// `example` and `examples`.
    pub examples: Vec<serde_json::Value>,
    /// `externalDocs.url`.
    pub external_docs: Option<String>,
    /// `x-enum-varnames`: a name for each value of `enum`.
    pub enum_names: Vec<String>,
    /// `x-enum-descriptions`: a text for each value of `enum`.
    pub enum_descriptions: Vec<String>,
    /// `contentEncoding` (3.1).
    pub content_encoding: Option<String>,
    /// `contentMediaType` (3.1).
    pub content_media_type: Option<String>,
    /// `xml`: how it is written in XML, which the client carries as text.
    pub xml: Option<Xml>,
}

/// `xml`: OpenAPI 3.2.0, "XML Object".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// `nodeType`, or what the older `attribute` and `wrapped` say in its place; `None` for the default, which depends on the schema.
    pub node_type: Option<XmlNodeType>,
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
}

/// The nodes of XML documents: OpenAPI 3.2.0, "XML Node Types".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNodeType {
    /// `element`.
    Element,
    /// `attribute`.
    Attribute,
    /// `text`.
    Text,
    /// `cdata`.
    Cdata,
    /// `none`: its parts stand where it would.
    None,
}

impl XmlNodeType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Element, Self::Attribute, Self::Text, Self::Cdata, Self::None];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Text => "text",
            Self::Cdata => "cdata",
            Self::None => "none",
        }
    }

    /// The type of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|node_type| node_type.name() == name)
    }
}
