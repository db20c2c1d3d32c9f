//! What is made of a document's schemas without being stated there, and how much of it.
//!
//! ```yaml
//! A0: { properties: { n: { $ref: A1 } } }      # a circle of two
//! B0: { properties: { n: { $ref: B1 } } }      # a circle of three
//! M: { allOf: [{ $ref: A0 }, { $ref: B0 }] }   # six structs, and a thousand circles would make more than fit any memory
//! ```
//!
//! Three things multiply: properties that several parts of a composition describe are described by their intersection, a schema of
//! its own; a schema with members that travel one way has a variant for each way and composition around it; a struct has the fields of
//! all parts of its `allOf`. Each of them is bounded in proportion to what the document states. What lies beyond is carried in the
//! widest form, which is correct, and told.

use crate::api::SchemaId;
use crate::diagnostic as catalogue;

use crate::lower::Lowering;

/// So many intersections and variants of schemas, beside [`PER_SCHEMA`] for each that is stated.
const SPARE_SCHEMAS: usize = 20_000;

/// So many fields of structs, beside [`PER_SCHEMA`] for each schema that is stated. A field takes some 2 kB of memory until it is
/// emitted.
const SPARE_FIELDS: usize = 100_000;

/// A document that composes nothing has a field for each schema, and a variant for each way.
const PER_SCHEMA: usize = 4;

/// So many bytes of text cost as much as a schema.
const PIECE: usize = 1_024;

/// So many bytes have the texts of parameters, bodies and responses together. Each operation has a copy of those that it refers to.
const MOST_TEXT: usize = 64 << 20;

/// How much was made so far.
#[derive(Debug, Default)]
pub(crate) struct Made {
    schemas: usize,
    fields: usize,
    text: usize,
}

impl Lowering<'_, '_> {
    /// Whether one more schema may be made from one of the document's; told where not.
    pub(crate) fn may_make_schema(&mut self, from: SchemaId) -> bool {
        let weight = self.api.schemas.get(from).annotations.weight();
        self.made.schemas = self.made.schemas.saturating_add(1 + weight / PIECE);
        let within = self.made.schemas <= SPARE_SCHEMAS + PER_SCHEMA * self.by_pointer.len();
        if !within {
            self.too_much(from, "compositions of this document make more schemas than it states; this one is widened");
        }
        within
    }

    /// Whether a struct may have so many fields more; told where not.
    pub(crate) fn may_have_fields(&mut self, from: SchemaId, count: usize) -> bool {
        let within = self.made.fields + count <= SPARE_FIELDS + PER_SCHEMA * self.by_pointer.len();
        if within {
            self.made.fields += count;
        } else {
            self.too_much(
                from,
                "compositions of this document make more fields than it states; this one keeps its members in a map",
            );
        }
        within
    }

    /// A copy of a text of the document for one operation; none, which is told, once there are too many.
    pub(crate) fn copied(&mut self, text: Option<&String>, place: &str) -> Option<String> {
        let text = text.filter(|text| !text.is_empty())?;
        if self.made.text.saturating_add(text.len()) > MOST_TEXT {
            let message = "the texts of this document are repeated too often; this one is left out".to_owned();
            self.report_at(&catalogue::NOT_CARRIED, place, message);
            return None;
        }
        self.made.text += text.len();
        Some(text.clone())
    }

    fn too_much(&mut self, from: SchemaId, message: &str) {
        let pointer = self.api.schemas.get(from).pointer.clone();
        self.report_at(&catalogue::COMPOSITION_SIZE, &pointer, message.to_owned());
    }
}
