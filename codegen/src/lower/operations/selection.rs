//! Which operations the choices select, and what those need.

use std::collections::HashSet;

use openapiv3 as oas;

use crate::document::{Node, StatedOperation, escape, follow, operations_of, references_within};

use crate::lower::context::Context;
use crate::lower::names;

/// The id of an operation that states none: its method and path, as a name. `GET /StringTokens/{token}` is
/// `get_string_tokens_by_token`.
pub(crate) fn made_id(method: &str, path: &str) -> String {
    let mut id = method.to_owned();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        id.push('_');
        id.push_str(&segment.replace('{', "by_").replace('}', ""));
    }
    names::value_name(&id)
}

/// Whether the choices select an operation.
pub(crate) fn selects(context: &Context<'_>, stated: &StatedOperation<'_>, path: &str) -> bool {
    let StatedOperation { method, operation, .. } = stated;
    let id = operation.operation_id.clone().unwrap_or_else(|| made_id(method, path));
    context.choices.emits(&operation.tags, path, &id)
}

/// Whether the choices select the operation that a node states.
pub(crate) fn selects_node(context: &Context<'_>, operation: &Node, path: &str, method: &str) -> bool {
    let tags = operation.get("tags").and_then(Node::as_array).unwrap_or_default().iter();
    let tags: Vec<String> = tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    let id = operation.get("operationId").and_then(Node::as_str).map(str::to_owned);
    context.choices.emits(&tags, path, &id.unwrap_or_else(|| made_id(method, path)))
}

/// The pointers of everything that the selected operations lead to; `None` where all are selected, and all schemas with them.
pub(crate) fn needed(context: &Context<'_>) -> Option<HashSet<String>> {
    if !context.choices.selects() {
        return None;
    }
    let document = context.document;
    let mut waiting: Vec<String> = Vec::new();
    for (path, item) in &document.openapi.paths.paths {
        let pointer = follow(document, &format!("/paths/{}", escape(path)));
        let oas::ReferenceOr::Item(item) = item else { continue };
        for stated in operations_of(document, item, &pointer) {
            if selects(context, &stated, path) {
                waiting.push(format!("{pointer}/{}", stated.place));
                waiting.push(format!("{pointer}/parameters"));
            }
        }
    }
    waiting.extend(document.webhooks.iter().map(|webhook| webhook.pointer.clone()));
    let mut seen: HashSet<String> = waiting.iter().cloned().collect();
    while let Some(pointer) = waiting.pop() {
        let Some(node) = document.root.pointer(&pointer) else { continue };
        for target in references_within(document, node) {
            if seen.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    Some(seen)
}
