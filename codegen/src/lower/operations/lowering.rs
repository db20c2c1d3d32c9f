//! What the third step works with.

use crate::api::{Encoding, MediaType, RequestBody, Type};

use crate::lower::context::Context;
use crate::lower::operations::media;
use crate::lower::operations::planned::{PlannedBody, PlannedMedia};
use crate::lower::operations::texts::Texts;
use crate::lower::schemas::Schemas;
use crate::lower::shapes::Shapes;

/// Schemas and types, both finished, and the texts that operations have copied.
pub(crate) struct Lowering<'s> {
    pub context: &'s Context<'s>,
    pub schemas: &'s Schemas<'s>,
    pub shapes: &'s Shapes,
    pub texts: Texts,
}

impl Lowering<'_> {
    /// A request body with its types.
    pub(crate) fn body(&self, planned: &PlannedBody<'_>) -> RequestBody {
        let PlannedBody { stated, place, chosen, others } = planned;
        RequestBody {
            required: stated.required,
            description: self.texts.copy(self.context, stated.description.as_ref(), place),
            chosen: self.media(chosen),
            others: others.iter().map(|(method, media)| (method.clone(), self.media(media))).collect(),
            offered: stated.content.keys().cloned().collect(),
        }
    }

    /// A media type with its type.
    pub(crate) fn media(&self, planned: &PlannedMedia) -> MediaType {
        let PlannedMedia { name, encoding, schema, check, place, items } = planned;
        let (ty, nullable) = match (encoding, schema) {
            (Encoding::Text, _) => (Type::String, false),
            (Encoding::Bytes, _) | (_, None) => (Type::Any, false),
            (Encoding::Json | Encoding::Form | Encoding::Multipart, Some(schema)) => {
                (self.shapes.of(*schema), self.schemas.is_nullable(*schema))
            }
        };
        MediaType {
            name: name.clone(),
            encoding: *encoding,
            ty,
            nullable,
            schema: *schema,
            check: *check,
            parts: media::parts(self.context, &format!("{place}/encoding")),
            items: items.clone(),
        }
    }
}
