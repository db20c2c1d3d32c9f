//! Responses with their types.

use openapiv3 as oas;

use crate::api::{Link, Response, ResponseHeader};
use crate::document::{Document, Node, escape as escape_pointer, follow};

use crate::lower::operations::lowering::Lowering;
use crate::lower::operations::planned::PlannedResponse;

/// A response with its type.
pub(crate) fn response(lowering: &Lowering<'_>, planned: &PlannedResponse<'_>) -> Response {
    let PlannedResponse { status, stated, place, reference, content } = planned;
    let context = lowering.context;
    let components = context.document.openapi.components.as_ref();
    let headers = stated
        .headers
        .iter()
        // OpenAPI 3.0.4, "Response Object", `headers`: `Content-Type` shall be ignored.
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
        .map(|(name, header)| {
            let header = match header {
                oas::ReferenceOr::Item(header) => Some(header),
                oas::ReferenceOr::Reference { reference } => reference
                    .rsplit('/')
                    .next()
                    .and_then(|name| components?.headers.get(name))
                    .and_then(oas::ReferenceOr::as_item),
            };
            let description = header.and_then(|header| header.description.as_ref());
            ResponseHeader {
                name: name.clone(),
                description: lowering.texts.copy(context, description, place),
                required: header.is_some_and(|header| header.required),
            }
        })
        .collect();
    Response {
        status: *status,
        description: lowering.texts.copy(context, Some(&stated.description), place).unwrap_or_default(),
        summary: summary(lowering, reference, place),
        content: content.as_ref().map(|media| lowering.media(media)),
        offered: stated.content.keys().cloned().collect(),
        headers,
        links: links(context.document, &format!("{place}/links")),
    }
}

/// `summary` of a response; one beside a reference to it counts first (OpenAPI 3.2.0, "Reference Object").
fn summary(lowering: &Lowering<'_>, reference: &str, place: &str) -> Option<String> {
    let context = lowering.context;
    let places = [context.node(reference), context.node(&follow(context.document, place))];
    let stated = places.into_iter().flatten().find_map(|node| node.get("summary")?.as_str());
    let summary = stated.filter(|summary| context.is_32() && !summary.is_empty()).map(str::to_owned);
    lowering.texts.copy(context, summary.as_ref(), place)
}

/// The typed frame has no links: an `operationRef` is a reference to be told, not to be followed.
fn links(document: &Document, pointer: &str) -> Vec<Link> {
    let stated = document.root.pointer(pointer).and_then(Node::as_object);
    let link = |name: &String| {
        let node = document.root.pointer(&follow(document, &format!("{pointer}/{}", escape_pointer(name))))?;
        let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let target = text("operationId").or_else(|| text("operationRef"))?;
        Some(Link { name: name.clone(), target, description: text("description") })
    };
    stated.into_iter().flatten().filter_map(|(name, _)| link(name)).collect()
}
