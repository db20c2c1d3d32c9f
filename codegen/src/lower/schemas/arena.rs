//! The schemas lowered so far, and how many more may be made of them.
//!
//! ```yaml
//! A0: { properties: { n: { $ref: A1 } } }      # a circle of two
//! B0: { properties: { n: { $ref: B1 } } }      # a circle of three
//! M: { allOf: [{ $ref: A0 }, { $ref: B0 }] }   # six structs, and a thousand circles would make more than fit any memory
//! ```
//!
//! Three things multiply: a property that several parts of a composition describe gets a schema of its own, the intersection of theirs;
//! a schema whose members travel in one direction only gets a variant for each direction, and so does every composition around it; a
//! struct has the fields of all parts of its `allOf`. Each of them is bounded in proportion to what the document states. What lies
//! beyond is reported and carried in the widest form, which is correct.

use std::collections::{HashMap, HashSet};

use crate::api::{Schema, SchemaId, Schemas};
use crate::diagnostic as catalogue;

use crate::lower::context::Context;

/// Intersections and variants that any document may have, beside [`PER_SCHEMA`] for each schema that it states.
const SPARE_SCHEMAS: usize = 20_000;

/// Fields of structs that any document may have, beside [`PER_SCHEMA`] for each schema that it states. A field takes some 2 kB of
/// memory until it is emitted.
const SPARE_FIELDS: usize = 100_000;

/// A document that composes nothing has a field for each schema, and a variant for each direction.
const PER_SCHEMA: usize = 4;

/// Bytes of text that cost as much as a schema.
const PIECE: usize = 1_024;

/// The schemas lowered so far.
pub(crate) struct Arena<'c> {
    /// The document, and the report.
    pub context: &'c Context<'c>,
    /// Their rules, by id.
    pub schemas: Schemas,
    /// The names that the document gives them, for those that `components.schemas` lists.
    pub component_names: HashMap<SchemaId, String>,
    /// Schemas of files in multipart bodies.
    pub binary: HashSet<SchemaId>,
    /// Schemas that the document does not state: variants and intersections.
    pub derived: HashSet<SchemaId>,
    /// How many readings of the document's schemas there are.
    pub stated: usize,
    made_schemas: usize,
    made_fields: usize,
}

impl<'c> Arena<'c> {
    /// An arena without schemas.
    pub(crate) fn new(context: &'c Context<'c>) -> Self {
        Self {
            context,
            schemas: Schemas::default(),
            component_names: HashMap::new(),
            binary: HashSet::new(),
            derived: HashSet::new(),
            stated: 0,
            made_schemas: 0,
            made_fields: 0,
        }
    }

    /// Adds a schema that admits any value, for a place where the document states none.
    pub(crate) fn anything(&mut self, pointer: &str) -> SchemaId {
        self.schemas.add(Schema { pointer: pointer.to_owned(), ..Schema::default() })
    }

    /// Adds a schema that is made of others.
    pub(crate) fn derive(&mut self, schema: Schema) -> SchemaId {
        let id = self.schemas.add(schema);
        self.derived.insert(id);
        id
    }

    /// Whether one more schema may be made from one of the document's; reports where not.
    pub(crate) fn may_make_schema(&mut self, from: SchemaId) -> bool {
        let weight = self.schemas.get(from).annotations.weight();
        self.made_schemas = self.made_schemas.saturating_add(1 + weight / PIECE);
        let within = self.made_schemas <= SPARE_SCHEMAS + PER_SCHEMA * self.stated;
        if !within {
            self.too_much(from, "compositions of this document make more schemas than it states; this one is widened");
        }
        within
    }

    /// Whether a struct may have this many fields more; reports where not.
    pub(crate) fn may_have_fields(&mut self, from: SchemaId, count: usize) -> bool {
        let within = self.made_fields + count <= SPARE_FIELDS + PER_SCHEMA * self.stated;
        if within {
            self.made_fields += count;
        } else {
            self.too_much(
                from,
                "compositions of this document make more fields than it states; this one keeps its members in a map",
            );
        }
        within
    }

    fn too_much(&self, from: SchemaId, message: &str) {
        self.context.report_at(&catalogue::COMPOSITION_SIZE, &self.schemas.get(from).pointer, message);
    }
}
