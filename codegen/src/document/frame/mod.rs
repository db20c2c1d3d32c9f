//! The frame: the document without its schemas, normalised until `openapiv3` can type it.
//!
//! ```yaml
//! content: { application/json: { schema: { type: string }, example: a } }
//! ```
//!
//! becomes `{"content": {"application/json": {"schema": {"x-planchet-schema": "/paths/…/schema"}}}}`. Sloppy fields with a clear meaning
//! are corrected with a warning; wrong ones are reported at their place. Every schema and every reference is collected on the way, for the
//! checks that follow.

pub mod aside;
pub(crate) mod framed;
pub(crate) mod grammar;
mod inline;
mod mend;
pub(crate) mod newer;
pub(crate) mod operations;
mod requirements;
mod scalar;
pub(crate) mod typed;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::references::Reference;
use crate::document::frame::grammar::{Kind, Need, Shape};
use crate::document::frame::operations::METHODS;
use crate::document::limits::PIECE;
use crate::document::named::SCHEMA_POINTER;
use crate::document::text::node::{Member, Node, NodeValue, escape};
use crate::document::unknown::Unknown;
use crate::document::version::Version;
use crate::document::version::is_3_2;

/// A value and its JSON Pointer.
#[derive(Clone, Debug)]
pub struct Place<'d> {
    /// The pointer from the root of the document.
    pub pointer: String,
    /// The value.
    pub node: &'d Node,
}

/// The frame and what was found while it was built.
#[derive(Debug)]
pub struct Found<'d> {
    /// The frame.
    pub frame: Value,
    /// The schemas at the edge of the frame; not those inside of schemas.
    pub schemas: Vec<Place<'d>>,
    /// The references in the frame; not those inside of schemas.
    pub references: Vec<Reference<'d>>,
    /// The frame of each entry of `webhooks`.
    pub webhooks: Vec<(String, Value)>,
    /// The frames of the operations that a path item of `openapiv3` has no place for, by pointer.
    pub operations: IndexMap<String, framed::Framed>,
}

/// Builds the frame of a document.
pub fn build<'d>(root: &'d Node, version: Version, report: &mut Report) -> Found<'d> {
    let found = Found {
        frame: Value::Null,
        schemas: Vec::new(),
        references: Vec::new(),
        webhooks: Vec::new(),
        operations: IndexMap::new(),
    };
    let is_3_2 = is_3_2(root);
    let unknown = Unknown::default();
    let mut framer =
        Framer { root, version, is_3_2, report, found, unknown, callbacks: 0, nested_inlines: 0, inlined: 0 };
    let frame = framer.object(Kind::Root, root, "").unwrap_or(Value::Null);
    framer.found.frame = frame;
    framer.unknown.report(framer.report);
    framer.found
}

struct Framer<'d, 'r> {
    root: &'d Node,
    version: Version,
    /// Whether the document says that it is of 3.2.
    is_3_2: bool,
    report: &'r mut Report,
    found: Found<'d>,
    /// Fields that the specification does not have.
    unknown: Unknown,
    callbacks: usize,
    nested_inlines: usize,
    inlined: usize,
}

impl<'d> Framer<'d, '_> {
    fn object(&mut self, kind: Kind, node: &'d Node, pointer: &str) -> Option<Value> {
        let Some(members) = node.as_object() else {
            self.wrong_type(kind.name(), "an object", node);
            return None;
        };
        if kind.section().is_some()
            && let Some(reference) = node.get("$ref")
        {
            return self.reference(kind, node, reference, pointer);
        }
        if let Some(reference) = node.get("$ref").filter(|reference| reference.as_str().is_some()) {
            self.unfollowed(kind, node, reference, pointer);
            return None;
        }
        if matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback | Kind::SecurityRequirement) {
            return Some(self.free_members(kind, members, pointer));
        }
        self.charge(1);
        let mut frame = Map::new();
        for (name, shape, need) in kind.fields() {
            let member =
                members.get(*name).filter(|member| !self.is_nothing(&format!("`{name}`"), *shape, &member.node));
            let value = match member {
                Some(member) => {
                    let value = self.field(kind, name, *shape, &member.node, &format!("{pointer}/{name}"));
                    // A wrong value has been reported; a valid one takes its place.
                    if value.is_none() && *need != Need::Optional { Some(json!("")) } else { value }
                }
                None => self.missing(kind, name, *need, node),
            };
            if let Some(value) = value {
                frame.insert((*name).to_owned(), value);
            }
        }
        if self.is_3_2 {
            self.newer(kind, node, pointer);
        }
        for (name, member) in members {
            if name.starts_with("x-") {
                if self.nested_inlines > 0 {
                    let size = member.node.size();
                    self.charge(size.values + size.bytes / PIECE);
                }
                frame.insert(name.clone(), member.node.to_json());
            } else if kind == Kind::PathItem
                && member.node.get("responses").is_some()
                && !METHODS.contains(&name.as_str())
                && !(self.is_3_2 && kind.is_of_3_2(name))
            {
                let message = format!("the method `{name}` is none of a path item; this operation is skipped");
                self.report.push(Diagnostic::new(&codes::OPERATION_SKIPPED, message).at(&member.key));
            } else if !kind.fields().iter().any(|field| field.0 == name) {
                self.unknown_field(kind, name, member);
            }
        }
        self.mend(kind, node, &mut frame).then_some(Value::Object(frame))
    }

    /// Whether a field is null, which counts as absent; reported where a part of the API is lost with it.
    fn is_nothing(&mut self, label: &str, shape: Shape, node: &Node) -> bool {
        let expected = match shape {
            Shape::Schema => Some("a schema"),
            Shape::One(_) | Shape::Map(Kind::MediaType) => Some("an object"),
            Shape::Skipped
            | Shape::Examples
            | Shape::Links
            | Shape::Text
            | Shape::Flag
            | Shape::TextList
            | Shape::TextMap
            | Shape::SchemaMap
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Unused(_) => None,
        };
        if let Some(expected) = expected.filter(|_| node.is_null()) {
            self.wrong_type(label, expected, node);
        }
        node.is_null()
    }

    fn missing(&mut self, kind: Kind, name: &str, need: Need, node: &Node) -> Option<Value> {
        match need {
            Need::Optional => None,
            Need::Required => {
                let message = format!("`{name}` is missing in {}", kind.name());
                self.report.push(Diagnostic::new(&codes::MISSING_FIELD, message).at(node));
                Some(json!(""))
            }
            Need::Assumed(text) => {
                let assumed = if text.is_empty() { "an empty text".to_owned() } else { format!("`{text}`") };
                let message = format!("`{name}` is missing in {}, {assumed} is assumed", kind.name());
                self.report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(node));
                Some(json!(text))
            }
        }
    }

    fn field(&mut self, owner: Kind, name: &str, shape: Shape, node: &'d Node, pointer: &str) -> Option<Value> {
        let label = format!("`{name}`");
        match shape {
            Shape::Skipped => None,
            Shape::Examples => {
                self.examples(node);
                None
            }
            Shape::Links => {
                self.links(node);
                None
            }
            // A wrong text that is only documentation is ignored.
            Shape::Text if matches!(name, "description" | "summary") && is_collection(node) => {
                let message = format!("{label} must be a string, found {}; it is ignored", node.kind_name());
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node));
                None
            }
            Shape::Text => self.text(&label, node).map(Value::String),
            Shape::Flag => self.flag(&label, node).map(Value::Bool),
            Shape::TextList => {
                if let Some(text) = node.as_str() {
                    self.listed_alone(&label, node);
                    return Some(json!([text]));
                }
                let Some(elements) = node.as_array() else {
                    self.wrong_type(&label, "an array of strings", node);
                    return None;
                };
                let label = format!("an element of {label}");
                Some(elements.iter().filter_map(|e| self.text(&label, e)).map(Value::String).collect())
            }
            Shape::TextMap => {
                let members = self.members(&label, node)?;
                let label = format!("a member of {label}");
                let texts = members.iter().filter(|(_, member)| !member.node.is_null());
                let texts = texts.filter_map(|(k, m)| Some((k.clone(), Value::String(self.text(&label, &m.node)?))));
                Some(Value::Object(texts.collect()))
            }
            Shape::Schema => Some(self.schema(node, pointer)),
            Shape::SchemaMap => {
                let members = self.members(&label, node)?;
                let schemas = members.iter();
                let schemas = schemas.map(|(k, m)| (k.clone(), self.schema(&m.node, &join(pointer, k))));
                Some(Value::Object(schemas.collect()))
            }
            Shape::One(kind) => self.object(kind, node, pointer),
            Shape::List(Kind::SecurityRequirement) => Some(self.requirements(&label, node, pointer)),
            Shape::List(kind) if is_alone(kind, node) => {
                self.listed_alone(&label, node);
                self.object(kind, node, pointer).map(|element| json!([element]))
            }
            Shape::List(kind) => {
                let Some(elements) = node.as_array() else {
                    self.wrong_type(&label, "an array", node);
                    return None;
                };
                let elements = elements.iter().enumerate();
                Some(elements.filter_map(|(i, e)| self.object(kind, e, &format!("{pointer}/{i}"))).collect())
            }
            Shape::Map(Kind::Callback) if self.callbacks > 0 => {
                let message = "callbacks of callbacks are not carried";
                self.report.push(Diagnostic::new(&codes::NOT_CARRIED, message).at(node));
                None
            }
            Shape::Map(kind) => {
                let members = self.members(&label, node)?;
                let mut map = Map::new();
                for (key, member) in members {
                    // `example: null` beside real entries, and extensions among the entries, are no entries.
                    if member.node.is_null() && key != "example" {
                        self.wrong_type(&format!("`{key}`"), "an object", &member.node);
                    }
                    if member.node.is_null() || key.starts_with("x-") && member.node.as_object().is_none() {
                        continue;
                    }
                    if let Some(value) = self.object(kind, &member.node, &join(pointer, key)) {
                        map.insert(key.clone(), value);
                    }
                }
                Some(Value::Object(map))
            }
            Shape::Unused(kind) => {
                for (key, member) in self.members(&label, node)? {
                    let item = self.object(kind, &member.node, &join(pointer, key));
                    // Path items of `components` are used where a reference names them.
                    if let (Kind::Root, Some(item)) = (owner, item) {
                        self.found.webhooks.push((key.clone(), item));
                    }
                }
                None
            }
        }
    }

    /// Objects whose member names are not fields: paths, statuses, expressions, schemes.
    fn free_members(&mut self, kind: Kind, members: &'d IndexMap<String, Member>, pointer: &str) -> Value {
        let mut frame = Map::new();
        self.callbacks += usize::from(kind == Kind::Callback);
        for (name, member) in members {
            let (node, pointer) = (&member.node, join(pointer, name));
            let extension = name.starts_with("x-") && kind != Kind::SecurityRequirement;
            if extension && kind == Kind::Callback {
                continue;
            }
            let value = match kind {
                _ if extension => Some(node.to_json()),
                Kind::Paths if !name.starts_with('/') => {
                    let message = format!("the path `{name}` does not begin with `/`; it is skipped");
                    self.report.push(Diagnostic::new(&codes::INVALID_PATH, message).at(&member.key));
                    None
                }
                _ if node.is_null() && kind != Kind::SecurityRequirement => {
                    self.wrong_type(&format!("`{name}`"), "an object", node);
                    None
                }
                Kind::Paths | Kind::Callback => self.object(Kind::PathItem, node, &pointer),
                Kind::Responses if is_status(name) => self.object(Kind::Response, node, &pointer),
                Kind::Responses => {
                    let message = format!("`{name}` is no status; it is skipped");
                    let hint = "use `200`, `2XX` or `default`";
                    self.report.push(Diagnostic::new(&codes::UNKNOWN_VALUE, message).at(&member.key).hint(hint));
                    None
                }
                _ if node.is_null() => Some(json!([])),
                // Scopes that cannot be read ask for none; the scheme is asked for all the same.
                _ => self.field(kind, name, Shape::TextList, node, &pointer).or_else(|| Some(json!([]))),
            };
            if let Some(value) = value {
                frame.insert(name.clone(), value);
            }
        }
        self.callbacks -= usize::from(kind == Kind::Callback);
        Value::Object(frame)
    }

    fn schema(&mut self, node: &'d Node, pointer: &str) -> Value {
        self.found.schemas.push(Place { pointer: pointer.to_owned(), node });
        json!({ SCHEMA_POINTER: pointer })
    }
}

fn join(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", escape(name))
}

/// Whether an object stands where a list of such objects is meant.
fn is_alone(kind: Kind, node: &Node) -> bool {
    let Some(members) = node.as_object() else { return false };
    kind.fields().iter().any(|field| members.contains_key(field.0))
}

fn is_collection(node: &Node) -> bool {
    matches!(node.value, NodeValue::Array(_) | NodeValue::Object(_))
}

fn is_status(name: &str) -> bool {
    let mut bytes = name.bytes();
    let first = bytes.next().is_some_and(|byte| matches!(byte, b'1'..=b'9'));
    let rest: Vec<u8> = bytes.collect();
    let digits = rest.iter().all(u8::is_ascii_digit);
    let range = rest.iter().all(|byte| matches!(byte, b'X' | b'x'));
    name == "default" || first && rest.len() == 2 && (digits || range)
}
