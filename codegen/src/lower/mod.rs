//! Document in, [`Api`] out: schemas, composition, names, cycles, directions, operations.
//!
//! The passes, in order: every schema's rules (`schema`), every schema's shape (`shape`), boxes on the edges that close
//! a cycle (`cycles`), operations (`operation`), what keeps the branches of unions apart (`apart`), and which types travel in which
//! direction (`direction`).

mod contradiction;
mod examples;
mod names;
mod operations;
mod schemas;
mod shapes;
mod tags;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::reserved::{CLIENT_METHODS, taken_modules};
use crate::api::{Api, Component, DefinitionId, DefinitionKind, SchemaId, Type};
use crate::choices::{Choices, Defaults};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::{Document, NamedSchema};

pub use crate::lower::examples::examples;
pub use crate::lower::shapes::cycles::deepest_nesting;

use crate::lower::names::Scope;
use crate::lower::schemas::dynamic::DynamicAnchors;
use crate::lower::schemas::made::Made;
use crate::lower::schemas::variant::Direction;
use crate::lower::shapes::{cycles, direction, sizes};

/// Lowers a loaded document. What it cannot carry is reported, and carried in the widest form that is still correct.
pub fn lower(document: &Document, choices: &Choices, report: &mut Report) -> Api {
    let mut lowering = Lowering::new(document, choices, report);
    lowering.describe();
    lowering.components();
    lowering.operations();
    lowering.security_schemes();
    lowering.report_contradictions();
    lowering.tell_apart();
    choices.report_unused(lowering.report);
    lowering.api.dependencies = choices.dependencies.clone();
    lowering.api.tag_features = choices.tag_features;
    lowering.api.assume_defaults = choices.defaults == Defaults::Assume;
    cycles::open_alias_cycles(&mut lowering.api.definitions);
    let order = cycles::box_cycles(&mut lowering.api.definitions);
    sizes::box_large(&mut lowering.api.definitions, &order);
    direction::mark(&mut lowering.api);
    lowering.api
}

/// What the passes share: the document they read, the API they fill, and the names given out so far.
struct Lowering<'d, 'r> {
    document: &'d Document,
    choices: &'d Choices,
    report: &'r mut Report,
    api: Api,
    /// Schemas by the pointer of the place that states them, `$ref`s followed.
    by_pointer: HashMap<String, SchemaId>,
    /// Schemas whose pointer is known and whose rules are still to be read.
    unread: Vec<SchemaId>,
    /// Schemas of which the `oneOf` and `anyOf` do not count.
    unions_left_out: HashSet<SchemaId>,
    /// Schemas of which `nullable` does not count: they stand beside null.
    nulls_left_out: HashSet<SchemaId>,
    /// Those, by the schema that is one of them or null.
    rests: HashMap<SchemaId, SchemaId>,
    /// Where `$dynamicRef`s may lead.
    dynamic: DynamicAnchors,
    /// The schemas with a `$dynamicRef` that were just read, and where it leads.
    dynamic_references: Vec<(SchemaId, SchemaId)>,
    /// The dynamic scopes of schemas, where they matter.
    scopes: HashMap<SchemaId, Vec<String>>,
    /// Schemas of files in multipart bodies.
    binary: HashSet<SchemaId>,
    /// How much is made of schemas without being stated.
    made: Made,
    /// Schemas made of the parts of a property, by whether all of the parts hold, and the parts.
    composed: HashMap<(bool, Vec<SchemaId>), SchemaId>,
    /// Schemas as they hold in one direction, by the schema, the direction and the properties held back.
    variants: HashMap<(SchemaId, Direction, BTreeSet<String>), SchemaId>,
    /// Schemas that mean the same in a direction as in general.
    same_both_ways: HashSet<(SchemaId, Direction)>,
    /// Names for the types of schemas that the document does not state as such.
    stems: HashMap<SchemaId, String>,
    /// Schemas that others lead to.
    led_to: HashSet<SchemaId>,
    /// Types by schema, once decided.
    shapes: HashMap<SchemaId, Type>,
    /// Names in `components.schemas` by schema.
    component_names: HashMap<SchemaId, String>,
    /// Definitions whose kind is still to be decided.
    unfilled: Vec<DefinitionId>,
    /// Components that are nothing but a `$ref`, with what they stand for.
    other_names: Vec<(DefinitionId, SchemaId)>,
    type_names: Scope,
    anchors: Scope,
    method_names: Scope,
    webhook_names: Scope,
    type_stems: Scope,
    tag_names: HashMap<String, String>,
    /// Tags that label operations, and do not group them.
    tag_labels: HashSet<String>,
    tag_scope: Scope,
}

impl<'d, 'r> Lowering<'d, 'r> {
    fn new(document: &'d Document, choices: &'d Choices, report: &'r mut Report) -> Self {
        Self {
            document,
            choices,
            report,
            api: Api::default(),
            by_pointer: HashMap::new(),
            unread: Vec::new(),
            unions_left_out: HashSet::new(),
            nulls_left_out: HashSet::new(),
            rests: HashMap::new(),
            dynamic: DynamicAnchors::of(document),
            dynamic_references: Vec::new(),
            scopes: HashMap::new(),
            binary: HashSet::new(),
            made: Made::default(),
            composed: HashMap::new(),
            variants: HashMap::new(),
            same_both_ways: HashSet::new(),
            stems: HashMap::new(),
            led_to: HashSet::new(),
            shapes: HashMap::new(),
            component_names: HashMap::new(),
            unfilled: Vec::new(),
            other_names: Vec::new(),
            type_names: Scope::default(),
            anchors: Scope::default(),
            // Names of the client's own methods.
            method_names: Scope::with_taken(CLIENT_METHODS),
            webhook_names: Scope::default(),
            type_stems: Scope::default(),
            tag_names: HashMap::new(),
            tag_labels: HashSet::new(),
            // What paths begin with where the client's modules are.
            tag_scope: Scope::with_taken(&taken_modules().collect::<Vec<_>>()),
        }
    }

    /// Reports at the place a JSON Pointer names.
    fn report_at(&mut self, code: &'static Code, pointer: &str, message: String) {
        let diagnostic = Diagnostic::new(code, message);
        let diagnostic = match self.document.root.pointer(pointer) {
            Some(node) => diagnostic.at(node),
            None => diagnostic,
        };
        self.report.push(diagnostic);
    }

    /// Reports at the key of what a JSON Pointer names, where the fault is in the name.
    fn report_key_at(&mut self, code: &'static Code, pointer: &str, message: String) {
        let key = pointer.rsplit_once('/').and_then(|(holder, name)| {
            let members = self.document.root.pointer(holder)?.as_object()?;
            members.get(&crate::document::unescape(name)).map(|member| member.key.clone())
        });
        let diagnostic = Diagnostic::new(code, message);
        self.report.push(match key {
            Some(key) => diagnostic.at(&key),
            None => diagnostic,
        });
    }

    /// What choices may call a type: by its name in the document, and by its Rust name.
    fn names_of<'n>(&'n self, schema: SchemaId, rust_name: &'n str) -> Vec<&'n str> {
        let stated = self.component_names.get(&schema).map(String::as_str);
        stated.into_iter().chain(std::iter::once(rust_name)).collect()
    }

    fn describe(&mut self) {
        let openapi = &self.document.openapi;
        self.api.title = openapi.info.title.clone();
        self.api.version = openapi.info.version.clone();
        self.api.description = openapi.info.description.clone();
        self.api.openapi = self.document.stated_version.clone();
        self.api.servers = self.servers(&openapi.servers, "");
        self.declared_tags();
    }

    /// Gives every named schema its name first, so that no inline schema can take it, and then its rules and shape.
    fn components(&mut self) {
        let document = self.document;
        let mut components = Vec::new();
        let needed = self.choices.selects().then(|| self.needed());
        for NamedSchema { name, pointer } in &document.named_schemas {
            if needed.as_ref().is_some_and(|needed| !needed.contains(pointer)) {
                continue;
            }
            let chosen = self.choices.type_name(name).map(str::to_owned);
            let rust_name = self.type_names.claim(chosen.unwrap_or_else(|| names::type_name(name)));
            let schema = self.schema(pointer);
            let another_name = self.is_alias(pointer);
            if !another_name {
                self.api.schemas.0[schema.0].name = Some(name.clone());
                let anchor = self.anchors.claim(names::static_name(&rust_name));
                self.anchor_as(schema, anchor);
            }
            components.push((name.clone(), rust_name, schema, another_name));
        }
        self.read_schemas();
        self.binary_parts();
        for (name, rust_name, schema, another_name) in components {
            // What is a type or null makes the type.
            let rest = self.rests.get(&schema).copied().filter(|_| !another_name && self.mapped(schema).is_none());
            let id = self.reserve(rust_name.clone(), Some(name.clone()), rest.unwrap_or(schema));
            if let Some(rest) = rest {
                let anchor = self.anchors.claim(names::static_name(&rust_name));
                self.anchor_as(rest, anchor);
                self.shapes.insert(rest, Type::Named(id));
                self.component_names.insert(rest, name.clone());
            }
            if another_name {
                self.other_names.push((id, schema));
            } else {
                self.shapes.insert(schema, Type::Named(id));
                self.component_names.insert(schema, name.clone());
                self.unfilled.push(id);
            }
            self.api.components.push(Component { name, rust_name, schema, ty: Type::Named(id), nullable: false });
        }
        self.fill_definitions();
        for (id, schema) in std::mem::take(&mut self.other_names) {
            let stem = self.api.definitions.get(id).rust_name.clone();
            let ty = self.shape(schema, &stem);
            self.api.definitions.0[id.0].kind = DefinitionKind::Alias(ty);
            self.anchor(schema);
        }
        self.fill_definitions();
        for index in 0..self.api.components.len() {
            let nullable = self.is_nullable(self.api.components[index].schema);
            self.api.components[index].nullable = nullable;
        }
    }
}

/// Whether a word is a keyword of Rust, or the name of nothing (`_`).
pub fn is_keyword(word: &str) -> bool {
    names::is_keyword(word)
}

/// A package's or a file's name as the name of a Rust module.
pub fn module_name(name: &str) -> String {
    let name = names::value_name(name);
    if names::escape(name.clone()) == name { name } else { format!("{name}_api") }
}
