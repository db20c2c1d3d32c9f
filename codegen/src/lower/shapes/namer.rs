//! The names and types given out so far.

use std::collections::HashMap;

use crate::api::{Definition, DefinitionId, DefinitionKind, Definitions, SchemaId, Type};

use crate::lower::context::Context;
use crate::lower::names::{self, Scope};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::outline::Outline;
use crate::lower::shapes::anchors::Anchors;

/// Gives types to schemas, and names to the types that must be defined.
pub(crate) struct Namer<'s> {
    /// The document, and what was chosen about it.
    pub context: &'s Context<'s>,
    /// The schemas, which are finished.
    pub schemas: &'s Schemas<'s>,
    /// The types to be defined.
    pub definitions: Definitions,
    /// Types by schema, once decided.
    pub types: HashMap<SchemaId, Type>,
    /// Definitions whose kind is still to be decided.
    pub unfilled: Vec<DefinitionId>,
    /// The names of rules.
    pub anchors: Anchors,
    type_names: Scope,
}

impl<'s> Namer<'s> {
    /// A namer that has given out no name.
    pub(crate) fn new(context: &'s Context<'s>, schemas: &'s Schemas<'s>) -> Self {
        Self {
            context,
            schemas,
            definitions: Definitions::default(),
            types: HashMap::new(),
            unfilled: Vec::new(),
            anchors: Anchors::default(),
            type_names: Scope::default(),
        }
    }

    /// The name of a type, or the first free one that begins with it.
    pub(crate) fn claim_type(&mut self, name: String) -> String {
        self.type_names.claim(name)
    }

    /// Whether a type has a name.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.type_names.is_taken(name)
    }

    /// The type of a schema, null aside. `stem` names the type if one must be defined.
    pub(crate) fn shape(&mut self, id: SchemaId, stem: &str) -> Type {
        if let Some(ty) = self.types.get(&id) {
            return ty.clone();
        }
        let ty = match self.schemas.outline(id) {
            Outline::Object(_) | Outline::Enum(_) | Outline::Union(_) => {
                let made = names::type_name(&self.variant_stem(id).unwrap_or_else(|| stem.to_owned()));
                let chosen = self.context.choices.type_name(&made).map(str::to_owned);
                let rust_name = self.claim_type(chosen.unwrap_or(made));
                self.anchor_as(id, &rust_name);
                let definition = self.reserve(rust_name, None, id);
                self.unfilled.push(definition);
                Type::Named(definition)
            }
            Outline::Same(other) => self.shape(*other, stem),
            Outline::Plain(_) | Outline::Array(_) | Outline::Map(_) => self.undefined(id, stem),
        };
        self.types.insert(id, ty.clone());
        ty
    }

    /// The type of a schema in a place where null must be part of it.
    pub(crate) fn shape_or_null(&mut self, id: SchemaId, stem: &str) -> Type {
        let ty = self.shape(id, stem);
        if self.schemas.is_nullable(id) { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// The type of a schema that needs no definition of its own.
    pub(crate) fn undefined(&mut self, id: SchemaId, stem: &str) -> Type {
        match self.schemas.outline(id) {
            Outline::Plain(ty) => ty.clone(),
            Outline::Array(Some(element)) => {
                Type::Array(Box::new(self.shape_or_null(*element, &format!("{stem}Item"))))
            }
            Outline::Array(None) => Type::Array(Box::new(Type::Any)),
            Outline::Map(Some(value)) => Type::Map(Box::new(self.shape_or_null(*value, &format!("{stem}Value")))),
            Outline::Map(None) => Type::Map(Box::new(Type::Any)),
            Outline::Same(_) | Outline::Enum(_) | Outline::Object(_) | Outline::Union(_) => Type::Any,
        }
    }

    /// The stem of a type that holds in one direction only: that of the type for both, with the direction.
    fn variant_stem(&self, id: SchemaId) -> Option<String> {
        let (original, direction) = self.schemas.original(id)?;
        let Type::Named(definition) = self.types.get(&original)? else { return None };
        Some(format!("{}{}", self.definitions.get(*definition).rust_name, direction.suffix()))
    }

    /// Makes room for a definition; its kind follows.
    pub(crate) fn reserve(&mut self, rust_name: String, component: Option<String>, schema: SchemaId) -> DefinitionId {
        self.definitions.0.push(Definition {
            rust_name,
            derives: Vec::new(),
            component,
            schema,
            in_request: false,
            in_response: false,
            kind: DefinitionKind::Alias(Type::Any),
        });
        DefinitionId(self.definitions.0.len() - 1)
    }

    /// Makes sure that the rules of a schema have a name: that of their place, if none was given.
    pub(crate) fn anchor(&mut self, id: SchemaId) {
        self.anchors.name_after_place(id, &self.schemas.rules().get(id).pointer);
    }

    /// Makes sure that the rules of a schema have a name: that of a type, if none was given.
    pub(crate) fn anchor_as(&mut self, id: SchemaId, rust_name: &str) {
        self.anchors.name_after_type(id, rust_name);
    }

    /// What choices may call a type: by its name in the document, and by its Rust name.
    pub(crate) fn names_of<'n>(&'n self, schema: SchemaId, rust_name: &'n str) -> Vec<&'n str> {
        self.schemas.component_name(schema).into_iter().chain(std::iter::once(rust_name)).collect()
    }
}
