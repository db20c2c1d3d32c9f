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

/// The pointers of the schemas of multipart request bodies.
pub(crate) fn multipart_schemas(context: &Context<'_>) -> Vec<String> {
    let document = context.document;
    let mut found = Vec::new();
    let items = document.openapi.paths.paths.values().filter_map(oas::ReferenceOr::as_item);
    let stated = items.flat_map(|item| item.iter().map(|(_, operation)| operation));
    let beside = document.additional_operations.values().flatten().map(|beside| &beside.operation);
    for operation in stated.chain(beside) {
        let Some(body) = &operation.request_body else { continue };
        let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
        let Some((body, _)) = resolved(body, String::new(), lookup) else { continue };
        let multipart = body.content.iter().filter(|(name, _)| encoding(name) == Encoding::Multipart);
        found.extend(multipart.filter_map(|(_, media)| schema_pointer(media.schema.as_ref()?)));
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
