//! Which parameters an operation has.
//!
//! Those of the path item come first and give way to the operation's own of the same name and place (OpenAPI 3.0.4, "Path
//! Item Object").

use openapiv3 as oas;

use crate::api::{Encoding, ParameterLocation, SchemaId, TypeSet};
use crate::diagnostic as catalogue;
use crate::document::{Node, follow};

use crate::lower::context::Context;
use crate::lower::names::{self, Scope, inline};
use crate::lower::operations::http_text::{is_header_name, quoted};
use crate::lower::operations::media;
use crate::lower::operations::planned::PlannedParameter;
use crate::lower::operations::planner::Planner;
use crate::lower::operations::references::{resolved, schema_pointer};

/// A parameter, and the pointer of the place that states it.
type Stated<'c> = (&'c oas::Parameter, String);

/// The parameters of an operation; `holders` are the pointers of its path item and of itself.
pub(crate) fn plan<'c>(
    planner: &mut Planner<'_, 'c>,
    item: &'c oas::PathItem,
    operation: &'c oas::Operation,
    stem: &str,
    holders: [&str; 2],
    scope: &mut Scope,
) -> Vec<PlannedParameter<'c>> {
    let context = planner.context();
    let document = context.document;
    let mut found: Vec<Stated<'c>> = Vec::new();
    for (list, holder) in [&item.parameters, &operation.parameters].into_iter().zip(holders) {
        for (index, parameter) in list.iter().enumerate() {
            let place = format!("{holder}/parameters/{index}");
            let lookup = |name: &str| document.openapi.components.as_ref()?.parameters.get(name);
            let Some((parameter, at)) = resolved(parameter, place.clone(), lookup) else {
                let message = "this parameter cannot be found, and is skipped";
                context.report_at(&catalogue::PARAMETER_SKIPPED, &place, message);
                continue;
            };
            let stated = (parameter, follow(document, &at));
            let same = |other: &Stated<'c>| {
                name(other) == name(&stated) && location(context, other) == location(context, &stated)
            };
            match found.iter().position(same) {
                Some(at) => found[at] = stated,
                None => found.push(stated),
            }
        }
    }
    keep_one_querystring(context, &mut found);
    found.retain(|stated| !is_ignored(stated.0) && can_be_sent(context, stated));
    found.into_iter().filter_map(|stated| parameter(planner, stated, stem, scope)).collect()
}

/// A parameter that the path mentions and nothing declares: any text.
pub(crate) fn undeclared<'c>(
    planner: &mut Planner<'_, 'c>,
    name: &'c str,
    pointer: &str,
    scope: &mut Scope,
) -> PlannedParameter<'c> {
    let schema = planner.schemas.anything(pointer);
    planner.root(schema, None);
    let rust_name = names::escape(scope.claim(names::value_name(name)));
    PlannedParameter { name, rust_name, location: ParameterLocation::Path, schema, stated: None }
}

/// `None` for one that cannot be written.
fn parameter<'c>(
    planner: &mut Planner<'_, 'c>,
    stated: Stated<'c>,
    stem: &str,
    scope: &mut Scope,
) -> Option<PlannedParameter<'c>> {
    let context = planner.context();
    let name = name(&stated);
    let pointer = match &stated.0.parameter_data_ref().format {
        oas::ParameterSchemaOrContent::Schema(schema) => schema_pointer(schema),
        oas::ParameterSchemaOrContent::Content(content) => {
            content.first().and_then(|(_, media)| schema_pointer(media.schema.as_ref()?))
        }
    };
    let schema = match &pointer {
        Some(pointer) => planner.schemas.read(pointer),
        None => planner.schemas.anything(&stated.1),
    };
    planner.root(schema, Some(inline::parameter(stem, name)));
    let rust_name = names::escape(scope.claim(names::value_name(name)));
    let location = location(context, &stated);
    let is_written = location != ParameterLocation::Querystring || is_written(planner, &stated, schema);
    is_written.then_some(PlannedParameter { name, rust_name, location, schema, stated: Some(stated) })
}

fn name<'c>(stated: &Stated<'c>) -> &'c str {
    &stated.0.parameter_data_ref().name
}

/// Where a parameter goes; the frame has `query` for what the document calls `querystring`.
fn location(context: &Context<'_>, (parameter, place): &Stated<'_>) -> ParameterLocation {
    match parameter {
        oas::Parameter::Query { .. } if states(context, place, "in", "querystring") => ParameterLocation::Querystring,
        oas::Parameter::Query { .. } => ParameterLocation::Query,
        oas::Parameter::Path { .. } => ParameterLocation::Path,
        oas::Parameter::Header { .. } => ParameterLocation::Header,
        oas::Parameter::Cookie { .. } => ParameterLocation::Cookie,
    }
}

/// Whether the document says so of the object at a pointer, and is of 3.2, where that means something.
pub(crate) fn states(context: &Context<'_>, place: &str, field: &str, text: &str) -> bool {
    let stated = context.node(place).and_then(|node| node.get(field)).and_then(Node::as_str);
    context.is_32() && stated == Some(text)
}

/// A parameter that is the whole query has none beside it, be they of the operation or of its path item (OpenAPI 3.2.0, "Parameter
/// Locations"). The last such parameter counts, as it is the operation's own where both have one.
fn keep_one_querystring(context: &Context<'_>, found: &mut Vec<Stated<'_>>) {
    let is_querystring = |stated: &Stated<'_>| location(context, stated) == ParameterLocation::Querystring;
    let Some(last) = found.iter().rposition(is_querystring) else { return };
    let mut index = 0;
    found.retain(|stated| {
        let is_kept = index == last;
        index += 1;
        let location = location(context, stated);
        if is_kept || !matches!(location, ParameterLocation::Query | ParameterLocation::Querystring) {
            return true;
        }
        let message = format!(
            "the {} parameter {} stands beside one that is the whole query, and is skipped",
            location.name(),
            quoted(name(stated))
        );
        context.report_at(&catalogue::PARAMETER_SKIPPED, &stated.1, message);
        false
    });
}

/// Whether the value of a parameter that is the whole query can be written: as JSON, as a form, or as the text that it is.
fn is_written(planner: &Planner<'_, '_>, (parameter, place): &Stated<'_>, schema: SchemaId) -> bool {
    let data = parameter.parameter_data_ref();
    let content = match &data.format {
        oas::ParameterSchemaOrContent::Content(content) => content.first().map(|(name, _)| name.as_str()),
        oas::ParameterSchemaOrContent::Schema(_) => None,
    };
    let name = content.unwrap_or_default();
    let is_written = match media::encoding(name) {
        Encoding::Json => content.is_some(),
        Encoding::Form => planner.schemas.rules().types_of(schema).intersects(TypeSet::OBJECT),
        Encoding::Multipart | Encoding::Text | Encoding::Bytes => planner.schemas.is_text(schema),
    };
    if !is_written {
        let and = if data.required { "" } else { ", and the query is left out" };
        let message = format!("a value of this type is not written as {}; the parameter is skipped{and}", quoted(name));
        planner.context().report_at(&catalogue::PARAMETER_SKIPPED, place, message);
    }
    is_written
}

/// Whether HTTP can carry a parameter's name; reports where it cannot.
fn can_be_sent(context: &Context<'_>, (parameter, place): &Stated<'_>) -> bool {
    let name = &parameter.parameter_data_ref().name;
    let can = !matches!(parameter, oas::Parameter::Header { .. }) || is_header_name(name);
    // In 3.2 the frame has reported it, wherever the parameter stands.
    if !can && !context.is_32() {
        let message = format!("{} is no name of a header; the parameter is left out", quoted(name));
        context.report_at(&catalogue::INVALID_HEADER_NAME, &format!("{place}/name"), message);
    }
    can
}

/// OpenAPI 3.0.4, "Parameter Object", `name`: header parameters of these names shall be ignored.
fn is_ignored(parameter: &oas::Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    matches!(parameter, oas::Parameter::Header { .. })
        && ["accept", "content-type", "authorization"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}
