//! Which media type of a body is sent or decoded, and which schema it names.

use openapiv3 as oas;

use crate::api::{BodyCheck, Encoding, Keyword, SchemaId, Schemas, Sequence, TypeSet};
use crate::diagnostic as catalogue;
use crate::document::{Node, escape as escape_pointer, follow};
use crate::runtime::Measure;

use crate::lower::operations::http_text::{is_header_value, quoted};
use crate::lower::operations::media::{encoding, essence};
use crate::lower::operations::planned::PlannedMedia;
use crate::lower::operations::planner::Planner;
use crate::lower::operations::references::schema_pointer;
use crate::lower::schemas::types::DEEPEST_COMPOSITION;
use crate::lower::schemas::variants::Direction;

impl Planner<'_, '_> {
    /// The media type that is sent or decoded: JSON first, by name before by suffix, then what else can be carried, in
    /// the document's order. Ranges such as `application/*+json` name no media type and come last.
    pub(crate) fn chosen_media(
        &mut self,
        content: &oas::Content,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> Option<PlannedMedia> {
        let (name, media) =
            content.iter().min_by_key(|(name, media)| match (self.carried(name, media), essence(name)) {
                (Encoding::Json, "application/json") => 0,
                (Encoding::Json, essence) if !essence.contains('*') => 1,
                (Encoding::Json, _) => 2,
                (Encoding::Form, _) => 3,
                (Encoding::Multipart, _) => 4,
                (Encoding::Text, _) => 5,
                (Encoding::Bytes, _) => 6,
            })?;
        let media = self.media(name, media, stem, place, direction);
        match media.encoding {
            Encoding::Bytes
                if media.check == BodyCheck::Unread || content.keys().all(|name| essence(name).contains("xml")) =>
            {
                self.context().report_at(&catalogue::RAW_BODY, place, format!("`{name}` is carried as raw bytes"));
            }
            Encoding::Text if media.check == BodyCheck::Unread => {
                self.context().report_at(&catalogue::RAW_BODY, place, format!("`{name}` is carried as text"));
            }
            _ => {}
        }
        Some(media)
    }

    /// How a body of a media type is carried. Where any type is welcome, and the schema is not one of strings, that is JSON.
    fn carried(&mut self, stated: &str, media: &oas::MediaType) -> Encoding {
        let is_open = matches!(essence(stated), "*/*" | "application/*");
        let Some(pointer) = media.schema.as_ref().and_then(schema_pointer).filter(|_| is_open) else {
            return encoding(stated);
        };
        let schema = self.schemas.read(&pointer);
        if self.schemas.rules().types_of(schema).intersects(TypeSet::STRING) {
            encoding(stated)
        } else {
            Encoding::Json
        }
    }

    pub(crate) fn media(
        &mut self,
        stated: &str,
        media: &oas::MediaType,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> PlannedMedia {
        let encoding = self.carried(stated, media);
        let name = match encoding {
            _ if !essence(stated).contains('*') => self.sendable(stated, encoding, place),
            Encoding::Json => "application/json".to_owned(),
            Encoding::Form | Encoding::Multipart | Encoding::Text | Encoding::Bytes => {
                "application/octet-stream".to_owned()
            }
        };
        let pointer = media.schema.as_ref().and_then(schema_pointer);
        let schema = pointer.map(|pointer| {
            let schema = self.schemas.read(&pointer);
            self.schemas.in_direction(schema, direction)
        });
        if let Some(schema) = schema {
            let is_value = !matches!(encoding, Encoding::Text | Encoding::Bytes);
            self.root(schema, is_value.then(|| stem.to_owned()));
        }
        let check = schema.map_or(BodyCheck::Silent, |schema| body_check(self.schemas.rules(), encoding, schema));
        // A media type may be a reference to one of `components.mediaTypes` (OpenAPI 3.2.0).
        let place = follow(self.context().document, &format!("{place}/content/{}", escape_pointer(stated)));
        let items = self.items(&place, schema.is_none());
        PlannedMedia { name, encoding, schema, check, place, items }
    }

    /// A media type as headers can carry it: without parameters, or a type of its sort, where it is not stated so.
    fn sendable(&self, stated: &str, encoding: Encoding, place: &str) -> String {
        if is_header_value(stated) {
            return stated.to_owned();
        }
        let name = match encoding {
            _ if is_header_value(essence(stated)) => essence(stated),
            Encoding::Json => "application/json",
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Multipart => "multipart/form-data",
            Encoding::Text => "text/plain",
            Encoding::Bytes => "application/octet-stream",
        };
        let message = format!("no header can carry the media type {}; `{name}` stands for it", quoted(stated));
        let place = format!("{place}/content/{}", escape_pointer(stated));
        self.context().report_key_at(&catalogue::INVALID_MEDIA_TYPE, &place, message);
        name.to_owned()
    }

    /// What a media type says of the elements of a sequence (OpenAPI 3.2.0, "Sequential Media Types"): modelled, and carried by nothing yet.
    fn items(&mut self, place: &str, alone: bool) -> Option<Sequence> {
        let node = self.context().node(place).filter(|_| self.context().is_32())?;
        let stated = |name: &str| node.get(name).filter(|value| !value.is_null());
        let (item, prefix, rest) = (stated("itemSchema"), stated("prefixEncoding"), stated("itemEncoding"));
        if item.is_none() && prefix.is_none() && rest.is_none() {
            return None;
        }
        let carried =
            if alone { "the body is carried as bytes" } else { "the body is carried as a whole, by its `schema`" };
        for (name, value) in [("itemSchema", item), ("prefixEncoding", prefix), ("itemEncoding", rest)] {
            if value.is_some() {
                let message =
                    format!("`{name}` describes the elements of a stream, which are not read one by one; {carried}");
                self.context().report_key_at(&catalogue::NOT_CARRIED, &format!("{place}/{name}"), message);
            }
        }
        let schema = item.is_some().then(|| self.schemas.read(&format!("{place}/itemSchema")));
        let encoding = |part: &Node| part.get("contentType").and_then(Node::as_str).map(str::to_owned);
        let prefix = prefix.and_then(Node::as_array).unwrap_or_default().iter().map(encoding).collect();
        Some(Sequence { schema, prefix, rest: rest.map(encoding) })
    }
}

/// How a body that is sent is checked.
fn body_check(rules: &Schemas, encoding: Encoding, id: SchemaId) -> BodyCheck {
    let types = rules.types_of(id);
    let text = types.intersects(TypeSet::STRING);
    match encoding {
        Encoding::Json | Encoding::Form | Encoding::Multipart => BodyCheck::Value,
        Encoding::Text | Encoding::Bytes if text && rules.get(id).keywords.is_empty() => BodyCheck::Silent,
        Encoding::Text if text => BodyCheck::Text,
        Encoding::Text if !types.intersects(TypeSet::ARRAY.union(TypeSet::OBJECT)) => BodyCheck::Scalar,
        Encoding::Bytes if text && bounds_length(rules, id, 0) => BodyCheck::Octets,
        Encoding::Bytes if text => BodyCheck::Silent,
        Encoding::Text | Encoding::Bytes => BodyCheck::Unread,
    }
}

/// Whether a schema says how long a string is.
fn bounds_length(rules: &Schemas, id: SchemaId, depth: usize) -> bool {
    let part = |part: &SchemaId| depth < DEEPEST_COMPOSITION && bounds_length(rules, *part, depth + 1);
    rules.get(id).keywords.iter().any(|keyword| match keyword {
        Keyword::Size { measure: Measure::Length, .. } => true,
        Keyword::Ref(target) => part(target),
        Keyword::AllOf(parts) => parts.iter().any(part),
        _ => false,
    })
}
