//! The examples and defaults of a document, each with its schema.
//!
//! ```yaml
//! parameters:
//!   - { name: limit, in: query, schema: { type: integer, default: 20 }, example: 50 }
//! content:
//!   application/json:
//!     schema: { $ref: '#/components/schemas/Pet' }
//!     examples: { fido: { value: { name: Fido } }, rex: { $ref: '#/components/examples/Rex' } }
//! ```
//!
//! | given for | judged |
//! | --- | --- |
//! | a schema | as it stands, in whichever direction it fits |
//! | a JSON body | as it stands, in the direction of the body |
//! | a body of another media type | unless it is a string, which is the body's text |
//! | a parameter or a header | a string as text: `'5'` is an integer, and of arrays and objects nothing is said |
//!
//! The last two follow OpenAPI 3.1.1, "Working with Examples": such an example is "formatted as it would appear", the first is not.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::api::{Encoding, Example, Examples, Role, SchemaId, TypeSet};
use crate::choices::Choices;
use crate::diagnostic::Report;
use crate::document::vocabulary::{self, Schemas};
use crate::document::{Document, Node, escape, follow, operation_places, resolve};

use crate::lower::context::Context;
use crate::lower::operations::media::encoding;
use crate::lower::operations::selection::selects_node;
use crate::lower::schemas::Builder;
use crate::lower::schemas::variants::Direction;

/// Everything that a document gives as an instance of one of its schemas, as far as the choices select it.
pub fn examples(document: &Document, choices: &Choices) -> Examples {
    // What there is to say of the schemas themselves is said by `lower`.
    let context = Context::new(document, choices, Report::default());
    let mut gathering =
        Gathering { lowered: Builder::new(&context), found: Vec::new(), visited: HashSet::new(), open: Vec::new() };
    gathering.operations();
    if !choices.selects() {
        gathering.components();
    }
    gathering.schemas();
    Examples { list: gathering.found, schemas: gathering.lowered.into_rules() }
}

/// How an example beside a schema is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As an instance.
    Instance,
    /// As an instance, or as the text of a body.
    Body,
    /// As an instance, or as the text of a parameter.
    Parameter,
}

struct Gathering<'c> {
    lowered: Builder<'c>,
    found: Vec<Example>,
    /// Places that were looked at, each in a direction.
    visited: HashSet<(String, Option<Direction>)>,
    /// Schemas that are still to be looked at.
    open: Vec<String>,
}

impl<'d> Gathering<'d> {
    fn document(&self) -> &'d Document {
        self.lowered.context().document
    }

    fn node(&self, pointer: &str) -> Option<&'d Node> {
        self.document().root.pointer(pointer)
    }

    /// The pointers of the members of an object, references followed.
    fn members(&self, pointer: &str) -> Vec<(&'d str, String)> {
        let pointer = follow(self.document(), pointer);
        let members = self.node(&pointer).and_then(Node::as_object).into_iter().flatten();
        members
            .filter(|(name, _)| !name.starts_with("x-"))
            .map(|(name, _)| (name.as_str(), follow(self.document(), &format!("{pointer}/{}", escape(name)))))
            .collect()
    }

    fn operations(&mut self) {
        for (path, item) in self.members("/paths") {
            for place in self.places(&item) {
                let method = place.rsplit('/').next().unwrap_or_default();
                let stated = self.node(&format!("{item}/{place}"));
                if stated.is_some_and(|node| selects_node(self.lowered.context(), node, path, method)) {
                    self.operation(&item, &place, Direction::Request);
                }
            }
        }
        for (_, item) in self.members("/webhooks") {
            self.places(&item).iter().for_each(|place| self.operation(&item, place, Direction::Response));
        }
    }

    /// Where operations may stand below a path item.
    fn places(&self, item: &str) -> Vec<String> {
        self.node(item).map(operation_places).unwrap_or_default()
    }

    /// `direction` is that of the body, as seen by callers of the API.
    fn operation(&mut self, item: &str, place: &str, direction: Direction) {
        let pointer = format!("{item}/{place}");
        if self.node(&pointer).is_none() || !self.visited.insert((pointer.clone(), Some(direction))) {
            return;
        }
        self.parameters(&format!("{item}/parameters"));
        self.parameters(&format!("{pointer}/parameters"));
        self.bodies(&format!("{pointer}/requestBody"), direction);
        for (_, response) in self.members(&format!("{pointer}/responses")) {
            self.bodies(&response, direction.reversed());
        }
        for (_, callback) in self.members(&format!("{pointer}/callbacks")) {
            for (_, item) in self.members(&callback) {
                self.places(&item).iter().for_each(|place| self.operation(&item, place, Direction::Response));
            }
        }
    }

    /// What no operation refers to.
    fn components(&mut self) {
        for section in ["parameters", "headers"] {
            for (_, parameter) in self.members(&format!("/components/{section}")) {
                self.parameter(&parameter);
            }
        }
        for (section, direction) in [("requestBodies", Direction::Request), ("responses", Direction::Response)] {
            for (_, holder) in self.members(&format!("/components/{section}")) {
                let other = (holder.clone(), Some(direction.reversed()));
                if !self.visited.contains(&other) {
                    self.bodies(&holder, direction);
                }
            }
        }
        self.open.extend(self.document().named_schemas.iter().map(|schema| schema.pointer.clone()));
    }

    fn parameters(&mut self, pointer: &str) {
        let count = self.node(pointer).and_then(Node::as_array).map_or(0, <[Node]>::len);
        (0..count).for_each(|index| self.parameter(&format!("{pointer}/{index}")));
    }

    /// A parameter or a header.
    fn parameter(&mut self, pointer: &str) {
        let pointer = follow(self.document(), pointer);
        if self.visited.insert((pointer.clone(), None)) {
            self.beside(&pointer, Form::Parameter, None);
            self.content(&pointer, None);
        }
    }

    /// A request body or a response.
    fn bodies(&mut self, pointer: &str, direction: Direction) {
        let pointer = follow(self.document(), pointer);
        if !self.visited.insert((pointer.clone(), Some(direction))) {
            return;
        }
        for (_, header) in self.members(&format!("{pointer}/headers")) {
            self.parameter(&header);
        }
        self.content(&pointer, Some(direction));
    }

    fn content(&mut self, holder: &str, direction: Option<Direction>) {
        for (name, media) in self.members(&format!("{holder}/content")) {
            let form = if encoding(name) == Encoding::Json { Form::Instance } else { Form::Body };
            self.beside(&media, form, direction);
            for (_, part) in self.members(&format!("{media}/encoding")) {
                for (_, header) in self.members(&format!("{part}/headers")) {
                    self.parameter(&header);
                }
            }
        }
    }

    /// `example` and `examples` beside a `schema`.
    fn beside(&mut self, holder: &str, form: Form, direction: Option<Direction>) {
        let pointer = format!("{holder}/schema");
        if self.node(&pointer).is_none() {
            return;
        }
        self.open.push(pointer.clone());
        let mut given = vec![format!("{holder}/example")];
        given.extend(
            self.members(&format!("{holder}/examples")).into_iter().map(|(_, example)| format!("{example}/value")),
        );
        given.retain(|pointer| self.node(pointer).is_some());
        if given.is_empty() {
            return;
        }
        let schema = self.lowered.read(&pointer);
        let schema = direction.map_or(schema, |direction| self.lowered.in_direction(schema, direction));
        for pointer in given {
            self.example(pointer, Role::Example, form, vec![schema]);
        }
    }

    fn example(&mut self, pointer: String, role: Role, form: Form, schemas: Vec<SchemaId>) {
        let Some(value) = self.node(&pointer).map(Node::to_json) else { return };
        let types = schemas.first().map_or(TypeSet::ANY, |schema| self.lowered.rules().types_of(*schema));
        let value = match (form, value) {
            (Form::Body, Value::String(_)) => None,
            (Form::Parameter, Value::String(text)) => meant(text, types),
            (_, value) => Some(value),
        };
        self.found.extend(value.map(|value| Example { pointer, role, value, schemas }));
    }

    /// What schemas say of themselves: a work list, as references go round in circles.
    fn schemas(&mut self) {
        let mut seen = HashSet::new();
        while let Some(pointer) = self.open.pop() {
            let Some(node) = self.node(&pointer) else { continue };
            if !seen.insert(pointer.clone()) {
                continue;
            }
            if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
                self.open.extend(resolve(self.document(), reference).map(|(_, target)| target));
                // OpenAPI 3.0.4, "Reference Object": what stands beside it is ignored.
                if !self.lowered.context().is_31() {
                    continue;
                }
            }
            self.schema(node, &pointer);
            for (keyword, member) in node.as_object().into_iter().flatten() {
                let (keyword, below) = (keyword.as_str(), format!("{pointer}/{}", escape(keyword)));
                let listed = || {
                    let count = member.node.as_array().map_or(0, <[Node]>::len);
                    (0..count).map(|index| format!("{below}/{index}"))
                };
                match vocabulary::schemas(keyword) {
                    Some(Schemas::OneOrListed) if member.node.as_array().is_some() => self.open.extend(listed()),
                    Some(Schemas::One | Schemas::OneOrListed) => self.open.push(below),
                    Some(Schemas::Listed) => self.open.extend(listed()),
                    Some(Schemas::Named) => {
                        let names = member.node.as_object().into_iter().flat_map(IndexMap::keys);
                        self.open.extend(names.map(|name| format!("{below}/{}", escape(name))));
                    }
                    None => {}
                }
            }
        }
    }

    /// `default`, `example`, and the `examples` of 3.1.
    fn schema(&mut self, node: &Node, pointer: &str) {
        let mut given: Vec<(Role, String)> = Vec::new();
        for (role, key) in [(Role::Default, "default"), (Role::Example, "example")] {
            given.extend(node.get(key).map(|_| (role, format!("{pointer}/{key}"))));
        }
        let examples = node.get("examples").and_then(Node::as_array).filter(|_| self.lowered.context().is_31());
        let count = examples.map_or(0, <[Node]>::len);
        given.extend((0..count).map(|index| (Role::Example, format!("{pointer}/examples/{index}"))));
        if given.is_empty() {
            return;
        }
        let schema = self.lowered.read(pointer);
        let mut schemas = vec![schema];
        for direction in [Direction::Request, Direction::Response] {
            let travelling = self.lowered.in_direction(schema, direction);
            if !schemas.contains(&travelling) {
                schemas.push(travelling);
            }
        }
        for (role, pointer) in given {
            self.example(pointer, role, Form::Instance, schemas.clone());
        }
    }
}

/// The instance that the text of a parameter stands for, where its schema tells.
fn meant(text: String, types: TypeSet) -> Option<Value> {
    if types.intersects(TypeSet::STRING) {
        return Some(Value::String(text));
    }
    if types.intersects(TypeSet::ARRAY.union(TypeSet::OBJECT)) {
        return None;
    }
    match serde_json::from_str(&text) {
        Ok(Value::Array(_) | Value::Object(_)) | Err(_) => Some(Value::String(text)),
        Ok(scalar) => Some(scalar),
    }
}
