//! Parameters, and where a path mentions them.
//!
//! Those of the path item come first and give way to the operation's own of the same name and place (OpenAPI 3.0.4, "Path
//! Item Object").

use std::borrow::Cow;

use openapiv3 as oas;

use crate::api::{Encoding, Parameter, ParameterLocation, ParameterStyle, PathPart, Type, TypeSet};
use crate::diagnostic as catalogue;
use crate::document::{Node, escape as escape_pointer, follow};

use crate::lower::Lowering;
use crate::lower::names::{self, Scope};
use crate::lower::operations::http_text::{is_header_name, path_text};
use crate::lower::operations::schema_pointer;
use crate::lower::operations::{media, responses};

impl Lowering<'_, '_> {
    /// A parameter that the path mentions and nothing declares: any text.
    pub(crate) fn undeclared_parameter(&mut self, name: &str, pointer: &str, scope: &mut Scope) -> Parameter {
        let schema = self.anything(pointer);
        self.anchor(schema);
        Parameter {
            name: name.to_owned(),
            rust_name: names::escape(scope.claim(names::value_name(name))),
            location: ParameterLocation::Path,
            required: true,
            ty: Type::String,
            nullable: false,
            schema,
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
        }
    }

    pub(crate) fn parameters(
        &mut self,
        item: &oas::PathItem,
        operation: &oas::Operation,
        stem: &str,
        pointer: &str,
        item_pointer: &str,
        scope: &mut Scope,
    ) -> Vec<Parameter> {
        let document = self.document;
        let mut found: Vec<(oas::Parameter, String)> = Vec::new();
        for (list, pointer) in [(&item.parameters, item_pointer), (&operation.parameters, pointer)] {
            for (index, parameter) in list.iter().enumerate() {
                let place = format!("{pointer}/parameters/{index}");
                let Some((parameter, place)) = responses::resolved(parameter, place, |name| {
                    document.openapi.components.as_ref()?.parameters.get(name)
                }) else {
                    self.report_at(
                        &catalogue::PARAMETER_SKIPPED,
                        &place_of(pointer, index),
                        "this parameter cannot be found, and is skipped".to_owned(),
                    );
                    continue;
                };
                let data = parameter.parameter_data_ref();
                let place = follow(document, &place);
                let same = |(other, at): &(oas::Parameter, String)| {
                    other.parameter_data_ref().name == data.name
                        && self.location(other, at) == self.location(parameter, &place)
                };
                match found.iter().position(same) {
                    Some(at) => found[at] = (parameter.clone(), place),
                    None => found.push((parameter.clone(), place)),
                }
            }
        }
        self.keep_one_querystring(&mut found);
        found
            .into_iter()
            .filter(|(parameter, place)| !is_ignored(parameter) && self.can_be_sent(parameter, place))
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|(parameter, place)| {
                let lowered = self.parameter(&parameter, &place, stem, scope);
                self.is_written(&lowered, &place).then_some(lowered)
            })
            .collect()
    }

    /// Where a parameter goes; the frame has `query` for what the document calls `querystring`.
    fn location(&self, parameter: &oas::Parameter, place: &str) -> ParameterLocation {
        match parameter {
            oas::Parameter::Query { .. } if self.states(place, "in", "querystring") => ParameterLocation::Querystring,
            oas::Parameter::Query { .. } => ParameterLocation::Query,
            oas::Parameter::Path { .. } => ParameterLocation::Path,
            oas::Parameter::Header { .. } => ParameterLocation::Header,
            oas::Parameter::Cookie { .. } => ParameterLocation::Cookie,
        }
    }

    /// Whether the document says so of the object at a pointer, and is of 3.2, where that means something.
    fn states(&self, place: &str, field: &str, text: &str) -> bool {
        let stated = self.document.root.pointer(place).and_then(|node| node.get(field)).and_then(Node::as_str);
        self.is_32() && stated == Some(text)
    }

    /// A parameter that is the whole query has none beside it, be they of the operation or of its path item (OpenAPI 3.2.0, "Parameter
    /// Locations"). The last such parameter counts, as it is the operation's own where both have one.
    fn keep_one_querystring(&mut self, found: &mut Vec<(oas::Parameter, String)>) {
        let last = found
            .iter()
            .rposition(|(parameter, place)| self.location(parameter, place) == ParameterLocation::Querystring);
        let Some(last) = last else { return };
        let kept = std::mem::take(found);
        for (index, (parameter, place)) in kept.into_iter().enumerate() {
            let location = self.location(&parameter, &place);
            if index != last && matches!(location, ParameterLocation::Query | ParameterLocation::Querystring) {
                let message = format!(
                    "the {} parameter {} stands beside one that is the whole query, and is skipped",
                    location.name(),
                    told(&parameter.parameter_data_ref().name)
                );
                self.report_at(&catalogue::PARAMETER_SKIPPED, &place, message);
            } else {
                found.push((parameter, place));
            }
        }
    }

    /// Whether the value of a parameter that is the whole query can be written: as JSON, as a form, or as the text that it is.
    fn is_written(&mut self, parameter: &Parameter, place: &str) -> bool {
        if parameter.location != ParameterLocation::Querystring || parameter.json {
            return true;
        }
        let name = parameter.content.as_deref().unwrap_or_default();
        let is_written = match media::encoding(name) {
            Encoding::Form => self.types_of(parameter.schema).intersects(TypeSet::OBJECT),
            Encoding::Json | Encoding::Multipart | Encoding::Text | Encoding::Bytes => parameter.ty == Type::String,
        };
        if !is_written {
            let and = if parameter.required { "" } else { ", and the query is left out" };
            let message =
                format!("a value of this type is not written as {}; the parameter is skipped{and}", told(name));
            self.report_at(&catalogue::PARAMETER_SKIPPED, place, message);
        }
        is_written
    }

    /// Whether HTTP can carry a parameter's name; said where it cannot.
    fn can_be_sent(&mut self, parameter: &oas::Parameter, place: &str) -> bool {
        let name = &parameter.parameter_data_ref().name;
        let can = !matches!(parameter, oas::Parameter::Header { .. }) || is_header_name(name);
        // Of 3.2 the frame has told it, wherever the parameter stands.
        if !can && !self.is_32() {
            let message = format!("{} is no name of a header; the parameter is left out", told(name));
            self.report_at(&catalogue::INVALID_HEADER_NAME, &format!("{place}/name"), message);
        }
        can
    }

    fn parameter(&mut self, parameter: &oas::Parameter, place: &str, stem: &str, scope: &mut Scope) -> Parameter {
        let data = parameter.parameter_data_ref();
        let location = self.location(parameter, place);
        let (style, default_explode) = match parameter {
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
            oas::Parameter::Cookie { .. } if self.states(place, "style", "cookie") => (ParameterStyle::Cookie, true),
            oas::Parameter::Cookie { .. } => (ParameterStyle::Form, true),
        };
        let (schema_pointer, content) = match &data.format {
            oas::ParameterSchemaOrContent::Schema(schema) => (schema_pointer(schema), None),
            oas::ParameterSchemaOrContent::Content(content) => {
                let first = content.first();
                (
                    first.and_then(|(_, media)| schema_pointer(media.schema.as_ref()?)),
                    first.map(|(name, _)| name.clone()),
                )
            }
        };
        let schema = match &schema_pointer {
            Some(pointer) => self.schema(pointer),
            None => self.anything(place),
        };
        self.read_schemas();
        let ty = self.shape(schema, &format!("{stem}{}", names::variant_name(&data.name)));
        self.anchor(schema);
        let marked = data.extensions.get("x-sensitive").and_then(serde_json::Value::as_bool).unwrap_or(false);
        Parameter {
            name: data.name.clone(),
            rust_name: names::escape(scope.claim(names::value_name(&data.name))),
            location,
            required: data.required || location == ParameterLocation::Path,
            sensitive: marked || matches!(ty, Type::Secret(_)),
            ty,
            nullable: self.is_nullable(schema),
            schema,
            style,
            explode: data.explode.unwrap_or(default_explode),
            allow_reserved: matches!(parameter, oas::Parameter::Query { allow_reserved: true, .. }),
            form: content.as_deref().is_some_and(|name| is_form(location, name)),
            parts: match &content {
                Some(name) if is_form(location, name) => {
                    let media = follow(self.document, &format!("{place}/content/{}", escape_pointer(name)));
                    self.parts(&format!("{media}/encoding"))
                }
                _ => Vec::new(),
            },
            json: content.as_deref().is_some_and(|name| media::encoding(name) == Encoding::Json),
            content,
            description: self.copied(data.description.as_ref(), place),
            deprecated: data.deprecated.unwrap_or(false),
        }
    }

    pub(crate) fn segments(&mut self, path: &str, parameters: &[Parameter]) -> Vec<PathPart> {
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

fn is_form(location: ParameterLocation, media_type: &str) -> bool {
    location == ParameterLocation::Querystring && media::encoding(media_type) == Encoding::Form
}

/// A name in a message, which escapes it: no longer than can be read.
pub(crate) fn told(name: &str) -> String {
    let shown: String = name.chars().take(60).collect();
    let dots = if shown.len() < name.len() { "…" } else { "" };
    format!("`{shown}{dots}`")
}

/// OpenAPI 3.0.4, "Parameter Object", `name`: header parameters of these names shall be ignored.
fn is_ignored(parameter: &oas::Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    matches!(parameter, oas::Parameter::Header { .. })
        && ["accept", "content-type", "authorization"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

fn place_of(pointer: &str, index: usize) -> String {
    format!("{pointer}/parameters/{index}")
}
