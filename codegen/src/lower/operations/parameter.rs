//! Parameters with their types, and where a path mentions them.

use std::borrow::Cow;

use openapiv3 as oas;

use crate::api::{Encoding, Parameter, ParameterLocation, ParameterStyle, PathPart, Type};
use crate::document::{escape as escape_pointer, follow};

use crate::lower::operations::http_text::path_text;
use crate::lower::operations::lowering::Lowering;
use crate::lower::operations::planned::PlannedParameter;
use crate::lower::operations::{media, parameters};

/// A parameter with its type.
pub(crate) fn parameter(lowering: &Lowering<'_>, planned: &PlannedParameter<'_>) -> Parameter {
    let PlannedParameter { name, rust_name, location, schema, stated } = planned;
    let Some((stated, place)) = stated else {
        return Parameter {
            name: (*name).to_owned(),
            rust_name: rust_name.clone(),
            location: *location,
            required: true,
            ty: Type::String,
            nullable: false,
            schema: *schema,
            style: ParameterStyle::Simple,
            explode: false,
            allow_reserved: false,
            content: None,
            json: false,
            form: false,
            parts: Vec::new(),
            description: None,
            deprecated: false,
            sensitive: false,
        };
    };
    let context = lowering.context;
    let data = stated.parameter_data_ref();
    let is_cookie = |place| parameters::states(context, place, "style", "cookie");
    let (style, default_explode) = match stated {
        oas::Parameter::Query { style, .. } => match style {
            oas::QueryStyle::Form => (ParameterStyle::Form, true),
            oas::QueryStyle::SpaceDelimited => (ParameterStyle::SpaceDelimited, false),
            oas::QueryStyle::PipeDelimited => (ParameterStyle::PipeDelimited, false),
            oas::QueryStyle::DeepObject => (ParameterStyle::DeepObject, true),
        },
        oas::Parameter::Path { style, .. } => match style {
            oas::PathStyle::Matrix => (ParameterStyle::Matrix, false),
            oas::PathStyle::Label => (ParameterStyle::Label, false),
            oas::PathStyle::Simple => (ParameterStyle::Simple, false),
        },
        oas::Parameter::Header { .. } => (ParameterStyle::Simple, false),
        oas::Parameter::Cookie { .. } if is_cookie(place) => (ParameterStyle::Cookie, true),
        oas::Parameter::Cookie { .. } => (ParameterStyle::Form, true),
    };
    let content = match &data.format {
        oas::ParameterSchemaOrContent::Schema(_) => None,
        oas::ParameterSchemaOrContent::Content(content) => content.first().map(|(name, _)| name.clone()),
    };
    let is_encoded = |as_what| content.as_deref().is_some_and(|name| media::encoding(name) == as_what);
    let form = *location == ParameterLocation::Querystring && is_encoded(Encoding::Form);
    let parts = match &content {
        Some(name) if form => {
            let media = follow(context.document, &format!("{place}/content/{}", escape_pointer(name)));
            media::parts(context, &format!("{media}/encoding"))
        }
        _ => Vec::new(),
    };
    let ty = lowering.shapes.of(*schema);
    let marked = data.extensions.get("x-sensitive").and_then(serde_json::Value::as_bool).unwrap_or(false);
    Parameter {
        name: data.name.clone(),
        rust_name: rust_name.clone(),
        location: *location,
        required: data.required || *location == ParameterLocation::Path,
        sensitive: marked || matches!(ty, Type::Secret(_)),
        ty,
        nullable: lowering.schemas.is_nullable(*schema),
        schema: *schema,
        style,
        explode: data.explode.unwrap_or(default_explode),
        allow_reserved: matches!(stated, oas::Parameter::Query { allow_reserved: true, .. }),
        form,
        parts,
        json: is_encoded(Encoding::Json),
        content,
        description: lowering.texts.copy(context, data.description.as_ref(), place),
        deprecated: data.deprecated.unwrap_or(false),
    }
}

/// The literal parts of a path, percent-encoded, and its parameters.
pub(crate) fn segments(path: &str, parameters: &[Parameter]) -> Vec<PathPart> {
    let mut parts = split(path, parameters);
    for part in &mut parts {
        if let PathPart::Literal(literal) = part
            && let Cow::Owned(encoded) = path_text(literal)
        {
            *literal = encoded;
        }
    }
    parts
}

/// The literal parts of a path, and its parameters.
fn split(path: &str, parameters: &[Parameter]) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let index = parameters
            .iter()
            .position(|parameter| parameter.location == ParameterLocation::Path && parameter.name == name);
        let Some(index) = index else { break };
        if !literal.is_empty() {
            parts.push(PathPart::Literal(literal.to_owned()));
        }
        parts.push(PathPart::Parameter(index));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Literal(rest.to_owned()));
    }
    parts
}
