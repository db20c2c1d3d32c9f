//! The first step: the document's schemas to rules, to variants by direction, and to outlines of types.
//!
//! [`Builder`] reads the schemas that `components.schemas` lists, then those at the places that operations name; [`Builder::finish`]
//! returns them as a value that does not change any more.

pub(crate) mod annotations;
pub(crate) mod arena;
pub(crate) mod chains;
pub(crate) mod conjunction;
pub(crate) mod contradictions;
pub(crate) mod dynamic;
pub(crate) mod evidence;
pub(crate) mod exclusive;
pub(crate) mod keywords;
mod kinds;
pub(crate) mod nullable;
pub(crate) mod object;
pub(crate) mod outline;
pub(crate) mod read;
pub(crate) mod reader;
pub(crate) mod strings;
pub(crate) mod types;
pub(crate) mod variants;
pub(crate) mod xml;

use std::collections::{HashMap, HashSet};

use crate::api::{self, Keyword, SchemaId};
use crate::document::NamedSchema;

use crate::lower::context::Context;
use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::outline::{Outline, Outlines};
use crate::lower::schemas::reader::Reader;
use crate::lower::schemas::variants::{Direction, Variants};

/// An entry of `components.schemas`.
pub(crate) struct Component {
    /// Its name in the document.
    pub name: String,
    /// Its schema; that of its target where it is nothing but a `$ref`.
    pub schema: SchemaId,
    /// The alternative to null, if the schema is "null, or the rest". It determines the type.
    pub rest: Option<SchemaId>,
    /// Whether it is nothing but a `$ref`.
    pub is_alias: bool,
}

/// The schemas of a document, lowered.
pub(crate) struct Schemas<'c> {
    arena: Arena<'c>,
    /// `components.schemas`, as far as it is needed, in document order.
    pub components: Vec<Component>,
    outlines: Outlines,
    originals: HashMap<SchemaId, (SchemaId, Direction)>,
    /// Schemas that need a name for their rules although no type has one, in document order.
    pub shared: Vec<SchemaId>,
}

impl Schemas<'_> {
    /// Their rules, by id.
    pub(crate) fn rules(&self) -> &api::Schemas {
        &self.arena.schemas
    }

    /// Their rules, to keep.
    pub(crate) fn into_rules(self) -> api::Schemas {
        self.arena.schemas
    }

    /// The outline of a schema's type; any value, if none was requested.
    pub(crate) fn outline(&self, id: SchemaId) -> &Outline {
        static ANY: Outline = Outline::Plain(api::Type::Any);
        self.outlines.get(id).unwrap_or(&ANY)
    }

    /// Whether a schema admits null besides a type. `serde_json::Value` includes null, and is not counted.
    pub(crate) fn is_nullable(&self, id: SchemaId) -> bool {
        self.arena.is_nullable(id)
    }

    /// The original of a variant, and its direction.
    pub(crate) fn original(&self, id: SchemaId) -> Option<(SchemaId, Direction)> {
        self.originals.get(&id).copied()
    }

    /// The name of a schema in `components.schemas`.
    pub(crate) fn component_name(&self, id: SchemaId) -> Option<&str> {
        self.arena.component_names.get(&id).map(String::as_str)
    }
}

/// Lowers schemas, one after the other.
pub(crate) struct Builder<'c> {
    reader: Reader<'c>,
    variants: Variants,
    outlines: Outlines,
    components: Vec<Component>,
}

impl<'c> Builder<'c> {
    /// A builder without schemas.
    pub(crate) fn new(context: &'c Context<'c>) -> Self {
        Self {
            reader: Reader::new(context),
            variants: Variants::default(),
            outlines: Outlines::default(),
            components: Vec::new(),
        }
    }

    /// The document, and the report.
    pub(crate) fn context(&self) -> &'c Context<'c> {
        self.reader.context()
    }

    /// The rules read so far.
    pub(crate) fn rules(&self) -> &api::Schemas {
        &self.reader.arena.schemas
    }

    /// Reads the named schemas whose pointers are needed, all of them where that is `None`. `multipart` are the pointers of the schemas of
    /// multipart bodies: a member of one that is a file is a string to JSON, and bytes here (OpenAPI 3.0.4, "Considerations for
    /// `multipart` Content"; 3.1 says `contentMediaType`).
    pub(crate) fn components(&mut self, needed: Option<&HashSet<String>>, multipart: &[String]) {
        for NamedSchema { name, pointer } in &self.context().document.named_schemas {
            if needed.is_some_and(|needed| !needed.contains(pointer)) {
                continue;
            }
            let schema = self.reader.schema(pointer);
            let is_alias = self.reader.is_alias(pointer);
            if !is_alias {
                self.reader.arena.schemas.0[schema.0].name = Some(name.clone());
            }
            self.components.push(Component { name: name.clone(), schema, rest: None, is_alias });
        }
        self.reader.read_schemas();
        self.mark_files(multipart);
        for component in self.components.iter_mut().filter(|component| !component.is_alias) {
            let Component { name, schema, rest, .. } = component;
            let arena = &mut self.reader.arena;
            arena.component_names.insert(*schema, name.clone());
            *rest = self.reader.rests.get(schema).copied().filter(|_| arena.mapped(*schema).is_none());
            if let Some(rest) = *rest {
                arena.component_names.insert(rest, name.clone());
                self.outlines.share_type(rest, *schema);
            }
            self.outlines.define(rest.unwrap_or(*schema));
        }
        self.outlines.finish(&mut self.reader.arena);
        for component in self.components.iter().filter(|component| component.is_alias) {
            self.outlines.reach(&mut self.reader.arena, component.schema);
        }
        self.outlines.finish(&mut self.reader.arena);
    }

    fn mark_files(&mut self, multipart: &[String]) {
        let bodies: Vec<SchemaId> = multipart.iter().map(|pointer| self.reader.schema(pointer)).collect();
        self.reader.read_schemas();
        for body in bodies {
            for part in self.rules().property_schemas(body) {
                self.mark_file(part);
            }
        }
    }

    /// Marks a part of a multipart body, or the elements of an array part, if it is a file. Arrays may be elements of each other
    /// endlessly.
    fn mark_file(&mut self, part: SchemaId) {
        let arena = &mut self.reader.arena;
        let mut seen = HashSet::new();
        let mut next = Some(part);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let schema = arena.schemas.get(id);
            let is_binary = |keyword: &Keyword| matches!(keyword, Keyword::Format(format) if format.name == "binary");
            let annotations = &schema.annotations;
            let is_described = annotations.content_media_type.is_some() && annotations.content_encoding.is_none();
            if is_described || schema.keywords.iter().any(is_binary) {
                arena.binary.insert(id);
                return;
            }
            next = schema.keywords.iter().find_map(|keyword| match keyword {
                Keyword::Items(items) => items.rest,
                _ => None,
            });
        }
    }

    /// The schema at a pointer.
    pub(crate) fn read(&mut self, pointer: &str) -> SchemaId {
        let schema = self.reader.schema(pointer);
        self.reader.read_schemas();
        schema
    }

    /// The variant of a schema for a direction; the schema itself, if there is no difference.
    pub(crate) fn in_direction(&mut self, schema: SchemaId, direction: Direction) -> SchemaId {
        self.variants.in_direction(&mut self.reader.arena, schema, direction)
    }

    /// A schema that admits any value, for a place where the document states none.
    pub(crate) fn anything(&mut self, pointer: &str) -> SchemaId {
        self.reader.arena.anything(pointer)
    }

    /// Requests the type of a schema; [`Self::complete`] follows.
    pub(crate) fn outline(&mut self, schema: SchemaId) {
        self.outlines.reach(&mut self.reader.arena, schema);
    }

    /// Whether the type of a schema, which was requested, is `String`.
    pub(crate) fn is_text(&self, schema: SchemaId) -> bool {
        let mut outline = self.outlines.get(schema);
        while let Some(Outline::Same(other)) = outline {
            outline = self.outlines.get(*other);
        }
        matches!(outline, Some(Outline::Plain(api::Type::String)))
    }

    /// Makes the outlines of all requested types, and of those that they contain.
    pub(crate) fn complete(&mut self) {
        self.outlines.finish(&mut self.reader.arena);
    }

    /// The rules read so far, to keep.
    pub(crate) fn into_rules(self) -> api::Schemas {
        self.reader.arena.schemas
    }

    /// The finished schemas: contradictions are reported, and exclusive branches are found.
    pub(crate) fn finish(self) -> Schemas<'c> {
        let Self { reader: Reader { mut arena, mut shared, .. }, variants, outlines, components } = self;
        arena.report_contradictions();
        arena.schemas.find_exclusive_branches();
        chains::break_chains(&arena.schemas, &mut shared);
        // In document order, whichever reference was read first.
        shared.sort_unstable();
        Schemas { arena, components, outlines, originals: variants.originals, shared }
    }
}
