//! Operations whose request cannot be read as a whole: a call without its body, or without the query that it requires, means something
//! else, so there is none.
//!
//! ```yaml
//! post: { requestBody: { $ref: 'https://elsewhere.example/body.yaml' }, … }                              # operation-skipped
//! get: { parameters: [{ name: q, in: querystring, required: true, content: { image/png: {} } }], … }     # operation-skipped
//! ```

use crate::api::ParameterLocation;
use crate::diagnostic as catalogue;
use crate::document::{Node, StatedOperation, follow, resolve};

use crate::lower::context::Context;
use crate::lower::operations::planned::PlannedParameter;
use crate::lower::operations::references::resolved;

/// Whether an operation states a body of which nothing can be sent; it is told, and to be left out.
pub(crate) fn is_unsendable(context: &Context<'_>, stated: &StatedOperation<'_>, item_pointer: &str) -> bool {
    let pointer = format!("{item_pointer}/{}", stated.place);
    let Some((at, why)) = lost_body(context, stated, item_pointer, &pointer) else { return false };
    let message = format!("{why}; the operation is skipped, as a call without it would mean something else");
    context.report(&catalogue::OPERATION_SKIPPED, at, message);
    true
}

/// Whether an operation requires a query that none of its parameters writes; it is told, and to be left out.
///
/// The parameter that states the whole query may be missing for more than one reason: the frame left it out, as it has no media type,
/// or its type is not written in the one that it has.
pub(crate) fn lacks_query(
    context: &Context<'_>,
    parameters: &[PlannedParameter<'_>],
    pointer: &str,
    item_pointer: &str,
) -> bool {
    if !context.is_32() || parameters.iter().any(|parameter| parameter.location == ParameterLocation::Querystring) {
        return false;
    }
    let document = context.document;
    let lists = [item_pointer, pointer].map(|holder| format!("{holder}/parameters"));
    let mut querystrings = lists.iter().flat_map(|list| {
        let count = document.root.pointer(list).and_then(Node::as_array).map_or(0, <[Node]>::len);
        (0..count).filter_map(move |index| {
            let parameter = document.root.pointer(&follow(document, &format!("{list}/{index}")))?;
            (parameter.get("in").and_then(Node::as_str) == Some("querystring")).then_some(parameter)
        })
    });
    // The operation's own comes last, and counts.
    let required = querystrings.next_back().and_then(|parameter| parameter.get("required").zip(Some(parameter)));
    // Anything but a plain no is taken for a yes.
    let is_no = |node: &Node| node.is_null() || node.as_bool() == Some(false) || node.as_str() == Some("false");
    let Some((_, at)) = required.filter(|(required, _)| !is_no(required)) else { return false };
    let message = "the query is required, and cannot be written; the operation is skipped, as a call without it would mean something else";
    context.report(&catalogue::OPERATION_SKIPPED, at, message);
    true
}

fn lost_body<'c>(
    context: &Context<'c>,
    stated_operation: &StatedOperation<'_>,
    item_pointer: &str,
    pointer: &str,
) -> Option<(&'c Node, &'static str)> {
    let document = context.document;
    let stated = document.root.pointer(&format!("{pointer}/requestBody")).filter(|node| !node.is_null());
    let Some(stated) = stated else { return lost_parameter(context, stated_operation.place, item_pointer, pointer) };
    let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
    let body = stated_operation.operation.request_body.as_ref();
    let Some((body, _)) = body.and_then(|body| resolved(body, String::new(), lookup)) else {
        return Some((stated, "the request body cannot be read"));
    };
    let place = follow(document, &format!("{pointer}/requestBody"));
    let content = document.root.pointer(&place).and_then(|body| body.get("content"));
    let says_something = content.is_some_and(|content| content.as_object().is_none_or(|entries| !entries.is_empty()));
    match body.content.is_empty() {
        true if says_something => Some((stated, "no media type of the request body can be read")),
        true if body.required => Some((stated, "the request body is required, and has no media type")),
        _ => None,
    }
}

/// In 2.0 a body is one of the parameters, and a reference that cannot be read may be to it.
fn lost_parameter<'c>(
    context: &Context<'c>,
    method: &str,
    item_pointer: &str,
    pointer: &str,
) -> Option<(&'c Node, &'static str)> {
    let document = context.document;
    if !document.stated_version.starts_with('2') || !matches!(method, "post" | "put" | "patch") {
        return None;
    }
    let lists = [pointer, item_pointer].map(|holder| document.root.pointer(&format!("{holder}/parameters")));
    let mut elements = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
    let lost = elements.find(|element| {
        let reference = element.get("$ref").and_then(Node::as_str);
        reference.is_some_and(|reference| resolve(document, reference).is_none())
    });
    lost.map(|element| (element, "a parameter cannot be read, and may be the body"))
}
