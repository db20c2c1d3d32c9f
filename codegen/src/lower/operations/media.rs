//! Media types: which one is sent or decoded, how it is carried, and what each part of it is.
//!
//! | media type | carried as |
//! | --- | --- |
//! | `application/json`, `+json`; `*/*` with a schema of other values than strings | JSON |
//! | `application/x-www-form-urlencoded` | a form |
//! | `multipart/form-data` | parts |
//! | `text/*` but XML | text |
//! | anything else | bytes |

use openapiv3 as oas;

use crate::api::{Encoding, ParameterStyle, Part};
use crate::diagnostic as catalogue;
use crate::document::{Member, Node, escape as escape_pointer};

use crate::lower::context::Context;
use crate::lower::names;
use crate::lower::operations::http_text::{is_header_value, quoted};
use crate::lower::operations::references::{resolved, schema_pointer};

<<<<<<< HEAD
/// So many methods has an operation for the media types of its body, beside the first. Each repeats all parameters.
const MOST_OTHERS: usize = 16;

impl Lowering<'_, '_> {
    /// Finds the members of multipart bodies that are files, before any type is decided: the schema of a file is a
    /// string to JSON, and bytes here (OpenAPI 3.0.4, "Considerations for `multipart` Content"; 3.1 says `contentMediaType`).
    pub(crate) fn binary_parts(&mut self) {
        let document = self.document;
        let mut bodies = Vec::new();
        let items = document.openapi.paths.paths.values().filter_map(oas::ReferenceOr::as_item);
        let stated = items.flat_map(|item| item.iter().map(|(_, operation)| operation));
        let beside = document.additional_operations.values().flatten().map(|beside| &beside.operation);
        for operation in stated.chain(beside) {
            let Some(body) = &operation.request_body else { continue };
            let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
            let Some((body, _)) = responses::resolved(body, String::new(), lookup) else { continue };
            let multipart = body.content.iter().filter(|(name, _)| encoding(name) == Encoding::Multipart);
            bodies.extend(multipart.filter_map(|(_, media)| schema_pointer(media.schema.as_ref()?)));
        }
        let bodies: Vec<_> = bodies.iter().map(|pointer| self.schema(pointer)).collect();
        self.read_schemas();
        for body in bodies {
            for part in self.property_schemas(body) {
                self.mark_binary(part);
            }
        }
    }

    /// Marks a part of a multipart body, or the elements of one that is an array, where it is a file. Arrays may be elements of each
    /// other, and come to no end.
    fn mark_binary(&mut self, part: SchemaId) {
        let mut seen = HashSet::new();
        let mut next = Some(part);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let schema = self.api.schemas.get(id);
            let formatted = schema
                .keywords
                .iter()
                .any(|keyword| matches!(keyword, Keyword::Format(format) if format.name == "binary"));
            let described =
                schema.annotations.content_media_type.is_some() && schema.annotations.content_encoding.is_none();
            if formatted || described {
                self.binary.insert(id);
                return;
            }
            next = schema.keywords.iter().find_map(|keyword| match keyword {
                Keyword::Items(items) => items.rest,
                _ => None,
            });
        }
    }

    pub(crate) fn body(
        &mut self,
        body: &oas::ReferenceOr<oas::RequestBody>,
        stem: &str,
        pointer: &str,
        rust_name: &str,
        direction: Direction,
    ) -> Option<RequestBody> {
        let document = self.document;
        let place = format!("{pointer}/requestBody");
        let (body, place) =
            responses::resolved(body, place, |name| document.openapi.components.as_ref()?.request_bodies.get(name))?;
        let chosen = self.chosen_media(&body.content, &format!("{stem}Body"), &place, direction)?;
        let mut others: Vec<(String, MediaType)> = Vec::new();
        // What is sent so, by what tells methods apart.
        let mut sent = HashMap::from([(suffix(&chosen.name), body.content.get(&chosen.name))]);
        for (name, media) in body.content.iter().filter(|(name, _)| !essence(name).contains('*')) {
            let suffix = suffix(name);
            let key = format!("{place}/content/{}", escape_pointer(name));
            if let Some(first) = sent.get(&suffix) {
                if first.is_some_and(|first| self.differ(first, media)) {
                    let message =
                        format!("no method sends {}: another media type of its sort is sent instead", told(name));
                    self.report_key_at(&catalogue::NOT_CARRIED, &key, message);
                }
                continue;
            }
            if others.len() == MOST_OTHERS {
                let message = format!("no method sends {}: a body has methods for {MOST_OTHERS} others", told(name));
                self.report_key_at(&catalogue::NOT_CARRIED, &key, message);
                continue;
            }
            let method = format!("{}_{suffix}", rust_name.trim_start_matches("r#"));
            let of_suffix = format!("{stem}{}Body", names::variant_name(&suffix));
            sent.insert(suffix, Some(media));
            others.push((method, self.media(name, media, &of_suffix, &place, direction)));
        }
        for (method, _) in &mut others {
            *method = self.method_names.claim(std::mem::take(method));
        }
        Some(RequestBody {
            required: body.required,
            description: self.copied(body.description.as_ref(), &place),
            chosen,
            others,
            offered: body.content.keys().cloned().collect(),
        })
    }

    /// Whether two media types have bodies of different schemas, by what the document states.
    fn differ(&self, one: &oas::MediaType, other: &oas::MediaType) -> bool {
        let stated = |media: &oas::MediaType| {
            let pointer = schema_pointer(media.schema.as_ref()?)?;
            self.document.root.pointer(&pointer)
        };
        match (stated(one), stated(other)) {
            (Some(one), Some(other)) => one.size() != other.size() || one.to_json() != other.to_json(),
            (one, other) => one.is_some() != other.is_some(),
        }
    }

    /// The media type that is sent or decoded: JSON first, by name before by suffix, then what else can be carried, in
    /// the document's order. Ranges such as `application/*+json` name no media type and come last.
    pub(crate) fn chosen_media(
        &mut self,
        content: &oas::Content,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> Option<MediaType> {
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
                self.report_at(&catalogue::RAW_BODY, place, format!("`{name}` is carried as raw bytes"));
            }
            Encoding::Text if media.check == BodyCheck::Unread => {
                self.report_at(&catalogue::RAW_BODY, place, format!("`{name}` is carried as text"));
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
        let schema = self.schema(&pointer);
        self.read_schemas();
        if self.types_of(schema).intersects(TypeSet::STRING) { encoding(stated) } else { Encoding::Json }
    }

    pub(crate) fn media(
        &mut self,
        stated: &str,
        media: &oas::MediaType,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> MediaType {
        let encoding = self.carried(stated, media);
        let name = match encoding {
            _ if !essence(stated).contains('*') => self.sendable(stated, encoding, place),
            Encoding::Json => "application/json",
            _ => "application/octet-stream",
        };
        let pointer = media.schema.as_ref().and_then(schema_pointer);
        let schema = pointer.map(|pointer| self.schema(&pointer));
        self.read_schemas();
        let schema = schema.map(|schema| self.travelling(schema, direction));
        let (ty, nullable) = match (encoding, schema) {
            (Encoding::Text, _) => (Type::String, false),
            (Encoding::Bytes, _) | (_, None) => (Type::Any, false),
            (_, Some(schema)) => (self.shape(schema, stem), self.is_nullable(schema)),
        };
        if let Some(schema) = schema {
            self.anchor(schema);
        }
        let check = schema.map_or(BodyCheck::Silent, |schema| self.body_check(encoding, schema));
        // A media type may be a reference to one of `components.mediaTypes` (OpenAPI 3.2.0).
        let place = follow(self.document, &format!("{place}/content/{}", escape_pointer(stated)));
        let parts = self.parts(&format!("{place}/encoding"));
        let items = self.items(&place, schema.is_none());
        MediaType { name: name.to_owned(), encoding, ty, nullable, schema, check, parts, items }
    }

    /// A media type as headers can carry it: without parameters, or a type of its sort, where it is not stated so.
    fn sendable<'n>(&mut self, stated: &'n str, encoding: Encoding, place: &str) -> &'n str {
        if is_header_value(stated) {
            return stated;
        }
        let name = match encoding {
            _ if is_header_value(essence(stated)) => essence(stated),
            Encoding::Json => "application/json",
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Multipart => "multipart/form-data",
            Encoding::Text => "text/plain",
            Encoding::Bytes => "application/octet-stream",
        };
        let message = format!("no header can carry the media type {}; `{name}` stands for it", told(stated));
        let place = format!("{place}/content/{}", escape_pointer(stated));
        self.report_key_at(&catalogue::INVALID_MEDIA_TYPE, &place, message);
        name
    }

    fn body_check(&self, encoding: Encoding, id: SchemaId) -> BodyCheck {
        let types = self.types_of(id);
        let text = types.intersects(TypeSet::STRING);
        match encoding {
            Encoding::Json | Encoding::Form | Encoding::Multipart => BodyCheck::Value,
            Encoding::Text | Encoding::Bytes if text && self.api.schemas.get(id).keywords.is_empty() => {
                BodyCheck::Silent
            }
            Encoding::Text if text => BodyCheck::Text,
            Encoding::Text if !types.intersects(TypeSet::ARRAY.union(TypeSet::OBJECT)) => BodyCheck::Scalar,
            Encoding::Bytes if text && self.bounds_length(id, 0) => BodyCheck::Octets,
            Encoding::Bytes if text => BodyCheck::Silent,
            Encoding::Text | Encoding::Bytes => BodyCheck::Unread,
        }
    }

    /// Whether a schema says how long a string is.
    fn bounds_length(&self, id: SchemaId, depth: usize) -> bool {
        let part = |part: &SchemaId| depth < DEEPEST_COMPOSITION && self.bounds_length(*part, depth + 1);
        self.api.schemas.get(id).keywords.iter().any(|keyword| match keyword {
            Keyword::Size { measure: Measure::Length, .. } => true,
            Keyword::Ref(target) => part(target),
            Keyword::AllOf(parts) => parts.iter().any(part),
            _ => false,
        })
    }

    /// What a media type says of the elements of a sequence (OpenAPI 3.2.0, "Sequential Media Types"): modelled, and carried by nothing yet.
    fn items(&mut self, place: &str, alone: bool) -> Option<Sequence> {
        let node = self.document.root.pointer(place).filter(|_| self.is_32())?;
        let held = |name: &str| node.get(name).filter(|value| !value.is_null());
        let (item, prefix, rest) = (held("itemSchema"), held("prefixEncoding"), held("itemEncoding"));
        if item.is_none() && prefix.is_none() && rest.is_none() {
            return None;
        }
        let carried =
            if alone { "the body is carried as bytes" } else { "the body is carried as a whole, by its `schema`" };
        for (name, value) in [("itemSchema", item), ("prefixEncoding", prefix), ("itemEncoding", rest)] {
            if value.is_some() {
                let message =
                    format!("`{name}` describes the elements of a stream, which are not read one by one; {carried}");
                self.report_key_at(&catalogue::NOT_CARRIED, &format!("{place}/{name}"), message);
            }
        }
        let schema = item.is_some().then(|| self.schema(&format!("{place}/itemSchema")));
        self.read_schemas();
        let encoding = |part: &Node| part.get("contentType").and_then(Node::as_str).map(str::to_owned);
        let prefix = prefix.and_then(Node::as_array).unwrap_or_default().iter().map(encoding).collect();
        Some(Sequence { schema, prefix, rest: rest.map(encoding) })
    }

    /// `encoding` of a media type.
    pub(crate) fn parts(&mut self, pointer: &str) -> Vec<Part> {
        let stated = self.document.root.pointer(pointer).and_then(Node::as_object);
        let part = |(name, member): (&String, &Member)| {
            let text = |key: &str| member.node.get(key).and_then(Node::as_str);
            let style = match text("style") {
                Some("spaceDelimited") => ParameterStyle::SpaceDelimited,
                Some("pipeDelimited") => ParameterStyle::PipeDelimited,
                Some("deepObject") => ParameterStyle::DeepObject,
                _ => ParameterStyle::Form,
            };
            // OpenAPI 3.0.4, "Encoding Object", `explode`: true for `form`, false for all other styles.
            let explode = member.node.get("explode").and_then(Node::as_bool).unwrap_or(style == ParameterStyle::Form);
            // Several may be listed, or a range of them: what is chosen of those is the caller's.
            let media_type = text("contentType").filter(|media_type| is_header_value(media_type)).map(str::to_owned);
            Part { name: name.clone(), media_type, style, explode }
        };
        for (name, member) in stated.into_iter().flatten() {
            if let Some(told_type) = member.node.get("contentType").and_then(Node::as_str)
                && !is_header_value(told_type)
            {
                let message =
                    format!("no header can carry the media type {}; the part has that of its value", told(told_type));
                let place = format!("{pointer}/{}/contentType", escape_pointer(name));
                self.report_at(&catalogue::INVALID_MEDIA_TYPE, &place, message);
            }
        }
        stated.into_iter().flatten().map(part).collect()
=======
/// The pointers of the schemas of multipart request bodies.
pub(crate) fn multipart_schemas(context: &Context<'_>) -> Vec<String> {
    let document = context.document;
    let mut found = Vec::new();
    let items = document.openapi.paths.paths.values().filter_map(oas::ReferenceOr::as_item);
    let stated = items.flat_map(|item| item.iter().map(|(_, operation)| operation));
    let beside = document.operations_beside.values().flatten().map(|beside| &beside.operation);
    for operation in stated.chain(beside) {
        let Some(body) = &operation.request_body else { continue };
        let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
        let Some((body, _)) = resolved(body, String::new(), lookup) else { continue };
        let multipart = body.content.iter().filter(|(name, _)| encoding(name) == Encoding::Multipart);
        found.extend(multipart.filter_map(|(_, media)| schema_pointer(media.schema.as_ref()?)));
>>>>>>> lower
    }
    found
}

/// What `encoding` says of the members of a form or a multipart body.
pub(crate) fn parts(context: &Context<'_>, pointer: &str) -> Vec<Part> {
    let stated = context.node(pointer).and_then(Node::as_object);
    let part = |(name, member): (&String, &Member)| {
        let text = |key: &str| member.node.get(key).and_then(Node::as_str);
        let style = match text("style") {
            Some("spaceDelimited") => ParameterStyle::SpaceDelimited,
            Some("pipeDelimited") => ParameterStyle::PipeDelimited,
            Some("deepObject") => ParameterStyle::DeepObject,
            _ => ParameterStyle::Form,
        };
        // OpenAPI 3.0.4, "Encoding Object", `explode`: true for `form`, false for all other styles.
        let explode = member.node.get("explode").and_then(Node::as_bool).unwrap_or(style == ParameterStyle::Form);
        // Several may be listed, or a range of them: what is chosen of those is the caller's.
        let media_type = text("contentType").filter(|media_type| is_header_value(media_type)).map(str::to_owned);
        Part { name: name.clone(), media_type, style, explode }
    };
    for (name, member) in stated.into_iter().flatten() {
        if let Some(stated_type) = member.node.get("contentType").and_then(Node::as_str)
            && !is_header_value(stated_type)
        {
            let message =
                format!("no header can carry the media type {}; the part has that of its value", quoted(stated_type));
            let place = format!("{pointer}/{}/contentType", escape_pointer(name));
            context.report_at(&catalogue::INVALID_MEDIA_TYPE, &place, message);
        }
    }
    stated.into_iter().flatten().map(part).collect()
}

/// The suffix by which the methods of one operation differ that send different media types.
pub(crate) fn suffix(name: &str) -> String {
    match (encoding(name), essence(name)) {
        (Encoding::Json, _) => "json".to_owned(),
        (Encoding::Form, _) => "form".to_owned(),
        (Encoding::Multipart, _) => "multipart".to_owned(),
        (Encoding::Text, "text/plain") => "text".to_owned(),
        (Encoding::Bytes, "application/octet-stream") => "bytes".to_owned(),
        (_, essence) => names::value_name(essence.rsplit_once('/').map_or(essence, |(_, subtype)| subtype)),
    }
}

/// A media type without its parameters, as written.
pub(crate) fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or(name).trim()
}

/// How a media type is carried.
pub(crate) fn encoding(name: &str) -> Encoding {
    let essence = essence(name).to_ascii_lowercase();
    if essence.ends_with("/json") || essence.ends_with("+json") {
        Encoding::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Encoding::Form
    } else if essence == "multipart/form-data" {
        Encoding::Multipart
    } else if essence.starts_with("text/") && !essence.contains("xml") {
        Encoding::Text
    } else {
        Encoding::Bytes
    }
}
