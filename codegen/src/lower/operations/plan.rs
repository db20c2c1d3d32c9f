//! Path items to a plan: which operations there are, what they are called, and which schemas they name.
//!
//! An operation without an id is named by its method and path: `GET /StringTokens/{token}` becomes
//! `get_string_tokens_by_token`.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3 as oas;

use crate::api::ParameterLocation;
use crate::api::reserved::OPERATION_LOCALS;
use crate::diagnostic as catalogue;
use crate::document::{StatedOperation, escape as escape_pointer, follow, operations_of, template_names};

use crate::lower::context::Context;
use crate::lower::names::{self, Scope};
use crate::lower::operations::http_text::{path_text, quoted};
use crate::lower::operations::planned::{Announcement, PlannedOperation, PlannedParameter};
use crate::lower::operations::planner::Planner;
use crate::lower::operations::selection::{made_id, selects};
use crate::lower::operations::{bodies, parameters, responses, unsendable};
use crate::lower::roots::Root;
use crate::lower::schemas::Builder;
use crate::lower::schemas::variants::Direction;

/// The operations of a document, whose types are not known yet.
pub(crate) struct Plan<'c> {
    /// The operations and what the API sends, in document order, callbacks behind the operation that announces them.
    pub operations: Vec<PlannedOperation<'c>>,
    /// The roots of the types of each.
    pub roots: Vec<Vec<Root>>,
}

/// Plans every operation that the choices select, in document order, and reads the schemas that they name.
pub(crate) fn plan<'c>(schemas: &mut Builder<'c>) -> Plan<'c> {
    let mut planner = Planner::new(schemas);
    let context = planner.context();
    let document = context.document;
    let mut operations = Vec::new();
    for (path, item) in &document.openapi.paths.paths {
        let pointer = follow(document, &format!("/paths/{}", escape_pointer(path)));
        // `document/` puts what a reference leads to in its place.
        let oas::ReferenceOr::Item(item) = item else { continue };
        report_encoded(context, path);
        for stated in operations_of(document, item, &pointer) {
            if !selects(context, &stated, path) || unsendable::is_unsendable(context, &stated, &pointer) {
                continue;
            }
            let id = operation_id(context, &stated, path, &pointer);
            let chosen = context.choices.operation_name(&id).map(str::to_owned);
            let rust_name = planner.method_names.claim(chosen.unwrap_or_else(|| names::value_name(&id)));
            let (callbacks, place) = (&stated.operation.callbacks, format!("{pointer}/{}", stated.place));
            let named = Named { id: id.clone(), rust_name: names::escape(rust_name), path, webhook: None };
            let planned = operation(&mut planner, item, stated, &pointer, named);
            let Some(planned) = planned else { continue };
            operations.push(planned);
            // What the API sends because of an operation: OpenAPI 3.0.4, "Callback Object".
            for (name, callback) in callbacks {
                for (expression, item) in callback {
                    let below = format!("{}/{}", escape_pointer(name), escape_pointer(expression));
                    let pointer = follow(document, &format!("{place}/callbacks/{below}"));
                    webhook(&mut planner, &mut operations, &format!("{id}_{name}"), Some(&id), item, &pointer);
                }
            }
        }
    }
    for stated in &document.webhooks {
        let pointer = follow(document, &stated.pointer);
        webhook(&mut planner, &mut operations, &stated.name, None, &stated.item, &pointer);
    }
    Plan { operations, roots: planner.roots }
}

/// Says of a path that it is not sent as it is written: what is between its parameters, or all where a brace is never closed.
fn report_encoded(context: &Context<'_>, path: &str) {
    let mut names = HashSet::new();
    names.extend(template_names(path));
    let mut literal = path.to_owned();
    for name in names {
        literal = literal.replace(&format!("{{{name}}}"), "");
    }
    if let Cow::Owned(_) = path_text(&literal) {
        let message =
            format!("the path {} has characters that a URI cannot hold; they are percent-encoded", quoted(path));
        context.report_key_at(&catalogue::ENCODED_PATH, &format!("/paths/{}", escape_pointer(path)), message);
    }
}

fn operation_id(context: &Context<'_>, stated: &StatedOperation<'_>, path: &str, item_pointer: &str) -> String {
    if let Some(id) = stated.operation.operation_id.as_ref().filter(|id| !id.trim().is_empty()) {
        return id.clone();
    }
    let id = made_id(stated.method, path);
    let message = format!("no `operationId`; named `{id}`");
    context.report_at(&catalogue::MADE_OPERATION_ID, &format!("{item_pointer}/{}", stated.place), message);
    id
}

/// Plans the operations of a path item that the API sends requests to.
fn webhook<'c>(
    planner: &mut Planner<'_, 'c>,
    operations: &mut Vec<PlannedOperation<'c>>,
    name: &str,
    callback_of: Option<&str>,
    item: &'c oas::PathItem,
    pointer: &str,
) {
    let context = planner.context();
    let stated = operations_of(context.document, item, pointer);
    let methods = stated.len();
    for stated in stated {
        if unsendable::is_unsendable(context, &stated, pointer) {
            continue;
        }
        let id = match &stated.operation.operation_id {
            Some(id) => id.clone(),
            None if methods == 1 => name.to_owned(),
            None => format!("{name}_{}", stated.method),
        };
        let rust_name = names::escape(planner.webhook_names.claim(names::value_name(&id)));
        let announcement = Announcement { name: name.to_owned(), callback_of: callback_of.map(str::to_owned) };
        let named = Named { id, rust_name, path: "", webhook: Some(announcement) };
        operations.extend(operation(planner, item, stated, pointer, named));
    }
}

/// What an operation is called.
struct Named<'c> {
    id: String,
    rust_name: String,
    path: &'c str,
    webhook: Option<Announcement>,
}

/// `None` where nothing could be called.
fn operation<'c>(
    planner: &mut Planner<'_, 'c>,
    item: &'c oas::PathItem,
    stated: StatedOperation<'c>,
    item_pointer: &str,
    Named { id, rust_name, path, webhook }: Named<'c>,
) -> Option<PlannedOperation<'c>> {
    let operation = stated.operation;
    let pointer = &format!("{item_pointer}/{}", stated.place);
    // As seen by callers of the API.
    let direction = if webhook.is_none() { Direction::Request } else { Direction::Response };
    // `Foo` and `foo` are two ids and one stem.
    let type_stem = planner.type_stems.claim(names::type_stem(&id));
    let mut scope = Scope::with_taken(OPERATION_LOCALS);
    let mut parameters = parameters::plan(planner, item, operation, &type_stem, [item_pointer, pointer], &mut scope);
    if unsendable::lacks_query(planner.context(), &parameters, pointer, item_pointer) {
        planner.complete();
        return None;
    }
    // What the path does not mention is reported, and nowhere to go.
    let template: Vec<&str> = template_names(path).collect();
    parameters.retain(|parameter| parameter.location != ParameterLocation::Path || template.contains(&parameter.name));
    for name in template {
        let is_declared =
            |parameter: &PlannedParameter<'_>| parameter.location == ParameterLocation::Path && parameter.name == name;
        if !parameters.iter().any(is_declared) {
            parameters.push(parameters::undeclared(planner, name, pointer, &mut scope));
        }
    }
    let body = operation.request_body.as_ref();
    let body = body.and_then(|body| bodies::plan(planner, body, &type_stem, pointer, &rust_name, direction));
    let responses = responses::plan(planner, &operation.responses, &type_stem, pointer, direction.reversed());
    planner.complete();
    let item_pointer = item_pointer.to_owned();
    Some(PlannedOperation {
        stated,
        item,
        item_pointer,
        path,
        id,
        rust_name,
        type_stem,
        parameters,
        body,
        responses,
        webhook,
    })
}
