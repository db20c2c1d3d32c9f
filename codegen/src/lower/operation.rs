//! Path items to operations.
//!
//! Path-level parameters come first and give way to an operation's own of the same name and place (OpenAPI 3.0.4, "Path
//! Item Object"). An operation without an id is named by its method and path: `GET /StringTokens/{token}` becomes
//! `get_string_tokens_by_token`.

use std::collections::HashSet;

use openapiv3 as oas;

use crate::api::{
    Encoding, Keyword, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, Part, PathPart, RequestBody,
    Server, Type, Webhook,
};
use crate::diagnostic as catalogue;
use crate::document::{Member, Node, escape as escape_pointer, follow, references_within};

use super::names::{self, Scope};
use super::variant::Direction;
use super::{Lowering, responses, security};

/// The methods of a path item, in the order in which a path's operations are emitted where the document's order is unknown.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The key under which `document/` carries the place of a schema through the typed frame.
const SCHEMA_KEY: &str = "x-planchet-schema";

pub(super) fn server(server: &oas::Server) -> Server {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    Server { url, description: server.description.clone() }
}

impl Lowering<'_, '_> {
    /// Lowers every operation, in document order.
    pub(super) fn operations(&mut self) {
        let document = self.document;
        for (path, item) in &document.openapi.paths.paths {
            let pointer = follow(self.document, &format!("/paths/{}", escape_pointer(path)));
            // `document/` puts what a reference leads to in its place.
            let oas::ReferenceOr::Item(item) = item else { continue };
            for method in self.methods(&pointer) {
                let Some(stated) = method_of(item, method) else { continue };
                let known = stated.operation_id.clone().unwrap_or_else(|| made_id(method, path));
                if !self.choices.emits(&stated.tags, path, &known) {
                    continue;
                }
                let id = self.operation_id(stated, method, path, &format!("{pointer}/{method}"));
                let chosen = self.choices.operation_name(&id).map(str::to_owned);
                let rust_name = self.method_names.claim(chosen.unwrap_or_else(|| names::value_name(&id)));
                let rust_name = names::escape(rust_name);
                let lowered = self.operation(path, item, method, stated, &pointer, (id, rust_name), Direction::Request);
                self.callbacks(stated, &lowered);
                self.api.operations.push(lowered);
            }
        }
        for webhook in &document.webhooks {
            self.webhook(&webhook.name, None, &webhook.item, &follow(document, &webhook.pointer));
        }
    }

    /// Finds the members of multipart bodies that are files, before any type is decided: the schema of a file is a
    /// string to JSON, and bytes here (OpenAPI 3.0.4, "Considerations for `multipart` Content"; 3.1 says `contentMediaType`).
    pub(super) fn binary_parts(&mut self) {
        let document = self.document;
        let mut bodies = Vec::new();
        for item in document.openapi.paths.paths.values().filter_map(oas::ReferenceOr::as_item) {
            for (_, operation) in item.iter() {
                let Some(body) = &operation.request_body else { continue };
                let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
                let Some((body, _)) = responses::resolved(body, String::new(), lookup) else { continue };
                let multipart = body.content.iter().filter(|(name, _)| encoding(name) == Encoding::Multipart);
                bodies.extend(multipart.filter_map(|(_, media)| schema_pointer(media.schema.as_ref()?)));
            }
        }
        let bodies: Vec<_> = bodies.iter().map(|pointer| self.schema(pointer)).collect();
        self.read_schemas();
        for body in bodies {
            for part in self.property_schemas(body) {
                self.mark_binary(part);
            }
        }
    }

    fn mark_binary(&mut self, id: crate::api::SchemaId) {
        let schema = self.api.schemas.get(id);
        let formatted =
            schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::Format(name) if name == "binary"));
        let described =
            schema.annotations.content_media_type.is_some() && schema.annotations.content_encoding.is_none();
        let items = schema.keywords.iter().find_map(|keyword| match keyword {
            Keyword::Items { rest, .. } => *rest,
            _ => None,
        });
        if formatted || described {
            self.binary.insert(id);
        } else if let Some(items) = items.filter(|items| *items != id) {
            self.mark_binary(items);
        }
    }

    fn operation_id(&mut self, operation: &oas::Operation, method: &str, path: &str, pointer: &str) -> String {
        if let Some(id) = operation.operation_id.as_ref().filter(|id| !id.trim().is_empty()) {
            return id.clone();
        }
        let id = made_id(method, path);
        self.report_at(&catalogue::MADE_OPERATION_ID, pointer, format!("no `operationId`; named `{id}`"));
        id
    }

    /// What the API sends because of an operation: OpenAPI 3.0.4, "Callback Object".
    fn callbacks(&mut self, stated: &oas::Operation, operation: &Operation) {
        for (name, callback) in &stated.callbacks {
            for (expression, item) in callback {
                let pointer =
                    format!("{}/callbacks/{}/{}", operation.pointer, escape_pointer(name), escape_pointer(expression));
                let pointer = follow(self.document, &pointer);
                let name = format!("{}_{name}", operation.id);
                self.webhook(&name, Some(&operation.id), item, &pointer);
            }
        }
    }

    fn webhook(&mut self, name: &str, callback_of: Option<&str>, item: &oas::PathItem, pointer: &str) {
        let methods = item.iter().count();
        for (method, stated) in item.iter() {
            let id = match &stated.operation_id {
                Some(id) => id.clone(),
                None if methods == 1 => name.to_owned(),
                None => format!("{name}_{method}"),
            };
            let rust_name = names::escape(self.webhook_names.claim(names::value_name(&id)));
            let operation = self.operation("", item, method, stated, pointer, (id, rust_name), Direction::Response);
            let callback_of = callback_of.map(str::to_owned);
            self.api.webhooks.push(Webhook { name: name.to_owned(), callback_of, operation });
        }
    }

    /// The pointers of everything that the chosen operations lead to.
    pub(super) fn needed(&self) -> HashSet<String> {
        let document = self.document;
        let mut waiting: Vec<String> = Vec::new();
        for (path, item) in &document.openapi.paths.paths {
            let pointer = follow(self.document, &format!("/paths/{}", escape_pointer(path)));
            let oas::ReferenceOr::Item(item) = item else { continue };
            for method in self.methods(&pointer) {
                let Some(stated) = method_of(item, method) else { continue };
                let id = stated.operation_id.clone().unwrap_or_else(|| made_id(method, path));
                if self.choices.emits(&stated.tags, path, &id) {
                    waiting.push(format!("{pointer}/{method}"));
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
        seen
    }

    /// The methods of a path item in the order of the document.
    fn methods(&self, pointer: &str) -> Vec<&'static str> {
        let Some(members) = self.document.root.pointer(pointer).and_then(|node| node.as_object()) else {
            return Vec::new();
        };
        members.keys().filter_map(|key| METHODS.iter().copied().find(|method| method == key)).collect()
    }

    /// `direction` is that of the body, as seen by callers of the API.
    #[allow(clippy::too_many_arguments, reason = "what a path item says, and what was decided of it")]
    fn operation(
        &mut self,
        path: &str,
        item: &oas::PathItem,
        method: &str,
        operation: &oas::Operation,
        item_pointer: &str,
        (id, rust_name): (String, String),
        direction: Direction,
    ) -> Operation {
        let pointer = &format!("{item_pointer}/{method}");
        let type_stem = names::type_name(&id);
        // `Foo` and `foo` are two ids and one stem.
        let type_stem = self.type_stems.claim(type_stem);
        let mut scope = Scope::with_taken(&["self_", "body", "params", "call", "received", "checks"]);
        let mut parameters = self.parameters(item, operation, &type_stem, pointer, item_pointer, &mut scope);
        // What the path does not mention is reported, and nowhere to go.
        let template: Vec<&str> = template_names(path).collect();
        parameters.retain(|parameter| {
            parameter.location != ParameterLocation::Path || template.contains(&parameter.name.as_str())
        });
        for name in template {
            let declared =
                |parameter: &Parameter| parameter.location == ParameterLocation::Path && parameter.name == name;
            if !parameters.iter().any(declared) {
                let parameter = self.undeclared_parameter(name, pointer, &mut scope);
                parameters.push(parameter);
            }
        }
        let segments = self.segments(path, &parameters);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.body(body, &type_stem, pointer, &rust_name, direction));
        let responses = self.responses(&operation.responses, &type_stem, pointer, direction.reversed());
        let document_security = self.document.openapi.security.as_deref().unwrap_or_default();
        let security = security::alternatives(operation.security.as_deref().unwrap_or(document_security));
        let tag = operation.tags.first().map(|tag| self.tag(tag, None));
        let servers = if operation.servers.is_empty() { &item.servers } else { &operation.servers };
        self.fill_definitions();
        Operation {
            id,
            rust_name,
            type_stem,
            pointer: pointer.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            segments,
            tag,
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            deprecated: operation.deprecated,
            parameters,
            body,
            responses,
            security,
            servers: servers.iter().map(server).collect(),
        }
    }

    /// A parameter that the path mentions and nothing declares: any text.
    fn undeclared_parameter(&mut self, name: &str, pointer: &str, scope: &mut Scope) -> Parameter {
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
            description: None,
            deprecated: false,
            sensitive: false,
        }
    }

    fn parameters(
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
                let same = |(other, _): &(oas::Parameter, String)| {
                    other.parameter_data_ref().name == data.name && location(other) == location(parameter)
                };
                match found.iter().position(same) {
                    Some(at) => found[at] = (parameter.clone(), place),
                    None => found.push((parameter.clone(), place)),
                }
            }
        }
        found
            .into_iter()
            .filter(|(parameter, _)| !is_ignored(parameter))
            .map(|(parameter, place)| self.parameter(&parameter, &place, stem, scope))
            .collect()
    }

    fn parameter(&mut self, parameter: &oas::Parameter, place: &str, stem: &str, scope: &mut Scope) -> Parameter {
        let data = parameter.parameter_data_ref();
        let location = location(parameter);
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
            content,
            description: data.description.clone(),
            deprecated: data.deprecated.unwrap_or(false),
        }
    }

    fn segments(&mut self, path: &str, parameters: &[Parameter]) -> Vec<PathPart> {
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

    fn body(
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
        for (name, media) in &body.content {
            let suffix = suffix(name);
            let method = format!("{}_{suffix}", rust_name.trim_start_matches("r#"));
            let carried = suffix == self::suffix(&chosen.name) || others.iter().any(|(known, _)| *known == method);
            if !carried && !essence(name).contains('*') {
                let media =
                    self.media(name, media, &format!("{stem}{}Body", names::variant_name(&suffix)), &place, direction);
                others.push((method, media));
            }
        }
        for (method, _) in &mut others {
            *method = self.method_names.claim(std::mem::take(method));
        }
        Some(RequestBody {
            required: body.required,
            description: body.description.clone().filter(|text| !text.is_empty()),
            chosen,
            others,
            offered: body.content.keys().cloned().collect(),
        })
    }

    /// The media type that is sent or decoded: JSON first, by name before by suffix, then what else can be carried, in
    /// the document's order. Ranges such as `application/*+json` name no media type and come last.
    pub(super) fn chosen_media(
        &mut self,
        content: &oas::Content,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> Option<MediaType> {
        let rank = |name: &str| match (encoding(name), essence(name)) {
            (Encoding::Json, "application/json") => 0,
            (Encoding::Json, essence) if !essence.contains('*') => 1,
            (Encoding::Json, _) => 2,
            (Encoding::Form, _) => 3,
            (Encoding::Multipart, _) => 4,
            (Encoding::Text, _) => 5,
            (Encoding::Bytes, _) => 6,
        };
        let (name, media) = content.iter().min_by_key(|(name, _)| rank(name))?;
        if encoding(name) == Encoding::Bytes && content.keys().all(|name| essence(name).contains("xml")) {
            self.report_at(&catalogue::RAW_BODY, place, format!("`{name}` is carried as raw bytes"));
        }
        Some(self.media(name, media, stem, place, direction))
    }

    fn media(
        &mut self,
        stated: &str,
        media: &oas::MediaType,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> MediaType {
        let encoding = encoding(stated);
        let name = stated;
        let name = if essence(name).contains('*') {
            if encoding == Encoding::Json { "application/json" } else { "application/octet-stream" }.to_owned()
        } else {
            name.to_owned()
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
        let parts = self.parts(&format!("{place}/content/{}/encoding", escape_pointer(stated)));
        MediaType { name, encoding, ty, nullable, schema, parts }
    }

    /// `encoding` of a media type.
    fn parts(&self, pointer: &str) -> Vec<Part> {
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
            Part { name: name.clone(), media_type: text("contentType").map(str::to_owned), style, explode }
        };
        stated.into_iter().flatten().map(part).collect()
    }
}

fn place_of(pointer: &str, index: usize) -> String {
    format!("{pointer}/parameters/{index}")
}

/// Where `document/` found a schema of the typed frame.
pub(super) fn schema_pointer(schema: &oas::ReferenceOr<oas::Schema>) -> Option<String> {
    match schema {
        oas::ReferenceOr::Item(schema) => schema.schema_data.extensions.get(SCHEMA_KEY)?.as_str().map(str::to_owned),
        oas::ReferenceOr::Reference { reference } => reference.strip_prefix('#').map(str::to_owned),
    }
}

fn method_of<'i>(item: &'i oas::PathItem, method: &str) -> Option<&'i oas::Operation> {
    item.iter().find(|(name, _)| *name == method).map(|(_, operation)| operation)
}

fn location(parameter: &oas::Parameter) -> ParameterLocation {
    match parameter {
        oas::Parameter::Query { .. } => ParameterLocation::Query,
        oas::Parameter::Path { .. } => ParameterLocation::Path,
        oas::Parameter::Header { .. } => ParameterLocation::Header,
        oas::Parameter::Cookie { .. } => ParameterLocation::Cookie,
    }
}

/// OpenAPI 3.0.4, "Parameter Object", `name`: header parameters of these names shall be ignored.
fn is_ignored(parameter: &oas::Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    location(parameter) == ParameterLocation::Header
        && ["accept", "content-type", "authorization"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// `/pets/{id}/toys/{toy}` → `id`, `toy`, each once.
fn template_names(path: &str) -> impl Iterator<Item = &str> {
    let mut seen: Vec<&str> = Vec::new();
    let names = path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    names.filter(move |name| {
        let new = !name.is_empty() && !seen.contains(name);
        seen.push(name);
        new
    })
}

/// What tells the methods of one operation apart that send different media types.
fn suffix(name: &str) -> String {
    match (encoding(name), essence(name)) {
        (Encoding::Json, _) => "json".to_owned(),
        (Encoding::Form, _) => "form".to_owned(),
        (Encoding::Multipart, _) => "multipart".to_owned(),
        (Encoding::Text, "text/plain") => "text".to_owned(),
        (Encoding::Bytes, "application/octet-stream") => "bytes".to_owned(),
        (_, essence) => names::value_name(essence.rsplit_once('/').map_or(essence, |(_, subtype)| subtype)),
    }
}

fn made_id(method: &str, path: &str) -> String {
    let mut id = method.to_owned();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        id.push('_');
        id.push_str(&segment.replace('{', "by_").replace('}', ""));
    }
    names::value_name(&id)
}

/// A media type without its parameters, as written.
fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or(name).trim()
}

/// How a media type is carried.
fn encoding(name: &str) -> Encoding {
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
