//! The second step: outlines of types to Rust types, each with its name.
//!
//! | schema | type |
//! | --- | --- |
//! | an object with declared properties | a struct ([`crate::lower::shapes::object`]) |
//! | `enum` of strings | an enum ([`crate::lower::shapes::enumeration`]) |
//! | `oneOf`, `anyOf` | a union ([`crate::lower::shapes::union`]) |
//! | `type: array` | `Vec<T>` |
//! | no type, or several that nothing tells apart | `serde_json::Value` |
//!
//! Types are named in document order: components first, so that no inline schema can take their names, then what operations need.

pub(crate) mod anchors;
pub(crate) mod cycles;
pub(crate) mod enumeration;
pub(crate) mod namer;
pub(crate) mod object;
pub(crate) mod sizes;
pub(crate) mod union;

use std::collections::HashMap;

use crate::api::{Component, Definition, DefinitionKind, Definitions, SchemaId, Schemas as Rules, Type};

use crate::lower::context::Context;
use crate::lower::names;
use crate::lower::roots::Root;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::outline::Outline;
use crate::lower::shapes::anchors::Anchors;
use crate::lower::shapes::namer::Namer;

/// The Rust types of a document.
pub(crate) struct Shapes {
    /// The types to be defined.
    pub definitions: Definitions,
    /// `components.schemas`, with their types.
    pub components: Vec<Component>,
    types: HashMap<SchemaId, Type>,
    anchors: Anchors,
}

impl Shapes {
    /// The type of a schema that a root names, null aside.
    pub(crate) fn of(&self, schema: SchemaId) -> Type {
        self.types.get(&schema).cloned().unwrap_or(Type::Any)
    }

    /// Gives the rules their names.
    pub(crate) fn name_rules(&self, rules: &mut Rules) {
        self.anchors.name_rules(rules);
    }
}

/// The types of all components, and of what each operation needs at its roots.
pub(crate) fn lower<'s>(context: &'s Context<'s>, schemas: &'s Schemas<'s>, operations: &[Vec<Root>]) -> Shapes {
    let mut namer = Namer::new(context, schemas);
    let components = components(&mut namer);
    let titles = titles(schemas, operations);
    for roots in operations {
        for Root { schema, stem } in roots {
            if let Some(stem) = stem {
                let title = titles.get(schema).filter(|title| !namer.is_taken(title));
                namer.shape(*schema, title.unwrap_or(stem));
            }
            namer.anchor(*schema);
        }
        define(&mut namer);
    }
    let Namer { mut definitions, types, anchors, .. } = namer;
    cycles::open_alias_cycles(&mut definitions);
    let order = cycles::box_cycles(&mut definitions);
    sizes::box_large(&mut definitions, &order);
    Shapes { definitions, components, types, anchors }
}

/// The titles of roots that get a type of their own, each title that only one of them has: the name of a type must not depend on which
/// operation comes first.
fn titles(schemas: &Schemas<'_>, operations: &[Vec<Root>]) -> HashMap<SchemaId, String> {
    let mut owners: HashMap<String, Option<SchemaId>> = HashMap::new();
    for Root { schema, .. } in operations.iter().flatten().filter(|root| root.stem.is_some()) {
        if !matches!(schemas.outline(*schema), Outline::Object(_) | Outline::Enum(_) | Outline::Union(_)) {
            continue;
        }
        let title = schemas.rules().get(*schema).annotations.title.as_deref();
        if let Some(name) = title.and_then(names::inline::titled) {
            let owner = owners.entry(name).or_insert(Some(*schema));
            *owner = owner.filter(|owner| owner == schema);
        }
    }
    owners.into_iter().filter_map(|(name, owner)| Some((owner?, name))).collect()
}

/// Gives every component its name first, so that no inline schema can take it, and then its type.
fn components(namer: &mut Namer<'_>) -> Vec<Component> {
    let schemas = namer.schemas;
    let mut rust_names = Vec::with_capacity(schemas.components.len());
    for component in &schemas.components {
        let chosen = namer.context.choices.type_name(&component.name).map(str::to_owned);
        let rust_name = namer.claim_type(chosen.unwrap_or_else(|| names::type_name(&component.name)));
        if !component.is_alias {
            namer.anchor_as(component.schema, &rust_name);
        }
        rust_names.push(rust_name);
    }
    schemas.shared.iter().for_each(|schema| namer.anchor(*schema));
    let mut components = Vec::with_capacity(rust_names.len());
    let mut aliases = Vec::new();
    for (component, rust_name) in schemas.components.iter().zip(rust_names) {
        let subject = component.rest.unwrap_or(component.schema);
        let id = namer.reserve(rust_name.clone(), Some(component.name.clone()), subject);
        let ty = Type::Named(id);
        if component.is_alias {
            aliases.push((id, component.schema));
        } else {
            namer.anchor_as(subject, &rust_name);
            namer.types.insert(subject, ty.clone());
            namer.types.insert(component.schema, ty.clone());
            namer.unfilled.push(id);
        }
        components.push(Component {
            name: component.name.clone(),
            rust_name,
            schema: component.schema,
            ty,
            nullable: schemas.is_nullable(component.schema),
        });
    }
    define(namer);
    for (id, schema) in aliases {
        let stem = namer.definitions.get(id).rust_name.clone();
        namer.definitions.0[id.0].kind = DefinitionKind::Alias(namer.shape(schema, &stem));
        namer.anchor(schema);
    }
    define(namer);
    components
}

/// Decides the kind of every reserved definition, and of those that come up on the way.
fn define(namer: &mut Namer<'_>) {
    let mut next = 0;
    while let Some(id) = namer.unfilled.get(next).copied() {
        next += 1;
        let Definition { schema, rust_name, .. } = namer.definitions.get(id).clone();
        let kind = match namer.schemas.outline(schema) {
            Outline::Object(object) => DefinitionKind::Struct(object::structure(namer, schema, object, &rust_name)),
            Outline::Enum(source) => DefinitionKind::Enum(enumeration::enumeration(namer, *source, &rust_name)),
            Outline::Union(union) => DefinitionKind::Union(union::union(namer, schema, union, &rust_name)),
            Outline::Same(other) => DefinitionKind::Alias(namer.shape(*other, &rust_name)),
            Outline::Plain(_) | Outline::Array(_) | Outline::Map(_) => {
                DefinitionKind::Alias(namer.undefined(schema, &rust_name))
            }
        };
        if matches!(kind, DefinitionKind::Struct(_) | DefinitionKind::Enum(_)) {
            let derives = namer.context.choices.derives_of(&namer.names_of(schema, &rust_name));
            namer.definitions.0[id.0].derives = derives;
        }
        namer.definitions.0[id.0].kind = kind;
    }
    namer.unfilled.clear();
}
