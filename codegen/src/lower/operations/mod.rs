//! Path items to operations.
//!
//! An operation without an id is named by its method and path: `GET /StringTokens/{token}` becomes
//! `get_string_tokens_by_token`.

pub(crate) mod http_text;
pub(crate) mod media;
pub(crate) mod oauth;
pub(crate) mod parameter;
pub(crate) mod responses;
pub(crate) mod security;
pub(crate) mod unsendable;

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3 as oas;

use crate::api::reserved::OPERATION_LOCALS;
use crate::api::{Operation, Parameter, ParameterLocation, Server, ServerName, Webhook};
use crate::diagnostic as catalogue;
use crate::document::{
    Node, SCHEMA_POINTER, StatedOperation, escape as escape_pointer, follow, operations_of, references_within,
    template_names,
};

use crate::lower::Lowering;
use crate::lower::names::{self, Scope};
use crate::lower::operations::http_text::path_text;
use crate::lower::operations::parameter::told;
use crate::lower::schemas::variant::Direction;

/// The longest URL of a server, in bytes, with its variables filled in: longer ones are refused on the way (RFC 9110, section 4.1,
/// recommends to support 8,000 bytes).
const LONGEST_URL: usize = 8_000;

/// A URL with its `{variables}` replaced by their defaults, once each: what a default holds is no template. `None` where it is too long.
fn filled(server: &oas::Server) -> Option<String> {
    let mut url = String::new();
    let mut rest = server.url.as_str();
    while let Some((before, from)) = rest.split_once('{') {
        url.push_str(before);
        let named = from.split_once('}').and_then(|(name, after)| {
            let variable = server.variables.as_ref()?.get(name)?;
            Some((variable.default.as_str(), after))
        });
        let (text, after) = named.unwrap_or(("{", from));
        url.push_str(text);
        rest = after;
        if url.len() > LONGEST_URL {
            return None;
        }
    }
    url.push_str(rest);
    (url.len() <= LONGEST_URL).then_some(url)
}

impl<'d> Lowering<'d, '_> {
    /// The servers of a list at a pointer, but for those with a URL that no one can ask for.
    pub(crate) fn servers(&mut self, stated: &[oas::Server], pointer: &str) -> Vec<Server> {
        let mut servers = Vec::with_capacity(stated.len());
        let mut scope = Scope::default();
        for (index, server) in stated.iter().enumerate() {
            match filled(server) {
                Some(url) => {
                    let stated = self.document.root.pointer(&format!("{pointer}/servers/{index}/name"));
                    let name = stated.and_then(Node::as_str).filter(|name| self.is_32() && !name.is_empty());
                    let name = name.map(|name| ServerName {
                        name: name.to_owned(),
                        rust_name: scope.claim(names::static_name(&names::value_name(name))),
                    });
                    servers.push(Server { url, description: server.description.clone(), name });
                }
                None => {
                    let message = format!(
                        "the URL is longer than {LONGEST_URL} bytes with its variables; this server is left out"
                    );
                    self.report_at(&catalogue::UNKNOWN_VALUE, &format!("{pointer}/servers/{index}/url"), message);
                }
            }
        }
        servers
    }

    /// Lowers every operation, in document order.
    pub(crate) fn operations(&mut self) {
        let document = self.document;
        for (path, item) in &document.openapi.paths.paths {
            let pointer = follow(self.document, &format!("/paths/{}", escape_pointer(path)));
            // `document/` puts what a reference leads to in its place.
            let oas::ReferenceOr::Item(item) = item else { continue };
            self.tell_encoded(path);
            for stated in operations_of(document, item, &pointer) {
                let StatedOperation { place, method, operation } = stated;
                let known = operation.operation_id.clone().unwrap_or_else(|| made_id(method, path));
                if !self.choices.emits(&operation.tags, path, &known) {
                    continue;
                }
                if self.is_unsendable(operation, place, &pointer) {
                    continue;
                }
                let id = self.operation_id(operation, method, path, &format!("{pointer}/{place}"));
                let chosen = self.choices.operation_name(&id).map(str::to_owned);
                let rust_name = self.method_names.claim(chosen.unwrap_or_else(|| names::value_name(&id)));
                let rust_name = names::escape(rust_name);
                let lowered = self.operation(path, item, stated, &pointer, (id, rust_name), Direction::Request);
                let Some(lowered) = lowered else { continue };
                self.callbacks(operation, &lowered);
                self.api.operations.push(lowered);
            }
        }
        for webhook in &document.webhooks {
            self.webhook(&webhook.name, None, &webhook.item, &follow(document, &webhook.pointer));
        }
    }

    /// Says of a path that it is not sent as it is written: what is between its parameters, or all where a brace is never closed.
    fn tell_encoded(&mut self, path: &str) {
        let mut names = HashSet::new();
        names.extend(template_names(path));
        let mut literal = path.to_owned();
        for name in names {
            literal = literal.replace(&format!("{{{name}}}"), "");
        }
        if let Cow::Owned(_) = path_text(&literal) {
            let message =
                format!("the path {} has characters that a URI cannot hold; they are percent-encoded", told(path));
            self.report_key_at(&catalogue::ENCODED_PATH, &format!("/paths/{}", escape_pointer(path)), message);
        }
    }

    /// Whether the choices select the operation that a node states.
    pub(crate) fn emits(&self, operation: &Node, path: &str, method: &str) -> bool {
        let tags = operation.get("tags").and_then(Node::as_array).unwrap_or_default().iter();
        let tags: Vec<String> = tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
        let id = operation.get("operationId").and_then(Node::as_str).map(str::to_owned);
        self.choices.emits(&tags, path, &id.unwrap_or_else(|| made_id(method, path)))
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
    fn callbacks(&mut self, stated: &'d oas::Operation, operation: &Operation) {
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

    fn webhook(&mut self, name: &str, callback_of: Option<&str>, item: &'d oas::PathItem, pointer: &str) {
        let operations = operations_of(self.document, item, pointer);
        let methods = operations.len();
        for stated in operations {
            let StatedOperation { place, method, operation } = stated;
            if self.is_unsendable(operation, place, pointer) {
                continue;
            }
            let id = match &operation.operation_id {
                Some(id) => id.clone(),
                None if methods == 1 => name.to_owned(),
                None => format!("{name}_{method}"),
            };
            let rust_name = names::escape(self.webhook_names.claim(names::value_name(&id)));
            let operation = self.operation("", item, stated, pointer, (id, rust_name), Direction::Response);
            let Some(operation) = operation else { continue };
            let callback_of = callback_of.map(str::to_owned);
            self.api.webhooks.push(Webhook { name: name.to_owned(), callback_of, operation });
        }
    }

    /// The pointers of everything that the chosen operations lead to.
    pub(crate) fn needed(&self) -> HashSet<String> {
        let document = self.document;
        let mut waiting: Vec<String> = Vec::new();
        for (path, item) in &document.openapi.paths.paths {
            let pointer = follow(self.document, &format!("/paths/{}", escape_pointer(path)));
            let oas::ReferenceOr::Item(item) = item else { continue };
            for StatedOperation { place, method, operation } in operations_of(document, item, &pointer) {
                let id = operation.operation_id.clone().unwrap_or_else(|| made_id(method, path));
                if self.choices.emits(&operation.tags, path, &id) {
                    waiting.push(format!("{pointer}/{place}"));
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

    /// `None` where nothing could be called; `direction` is that of the body, as seen by callers of the API.
    #[allow(clippy::too_many_arguments, reason = "what a path item says, and what was decided of it")]
    fn operation(
        &mut self,
        path: &str,
        item: &oas::PathItem,
        StatedOperation { place, method, operation }: StatedOperation<'_>,
        item_pointer: &str,
        (id, rust_name): (String, String),
        direction: Direction,
    ) -> Option<Operation> {
        let pointer = &format!("{item_pointer}/{place}");
        let type_stem = names::type_stem(&id);
        // `Foo` and `foo` are two ids and one stem.
        let type_stem = self.type_stems.claim(type_stem);
        let mut scope = Scope::with_taken(OPERATION_LOCALS);
        let mut parameters = self.parameters(item, operation, &type_stem, pointer, item_pointer, &mut scope);
        if self.lacks_query(&parameters, pointer, item_pointer) {
            self.fill_definitions();
            return None;
        }
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
        let security = self.security(operation.security.as_deref(), &format!("{pointer}/security"));
        let tag = self.grouping_tag(&operation.tags).map(|tag| self.tag(tag, None));
        let servers = if operation.servers.is_empty() {
            self.servers(&item.servers, item_pointer)
        } else {
            self.servers(&operation.servers, pointer)
        };
        self.fill_definitions();
        Some(Operation {
            id,
            rust_name,
            type_stem,
            pointer: pointer.to_owned(),
            // A field of the path item is the method in small letters; methods of other names are sent as they are written.
            method: if place == method { method.to_uppercase() } else { method.to_owned() },
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
            servers,
        })
    }
}

/// Where `document/` found a schema of the typed frame.
pub(crate) fn schema_pointer(schema: &oas::ReferenceOr<oas::Schema>) -> Option<String> {
    match schema {
        oas::ReferenceOr::Item(schema) => {
            schema.schema_data.extensions.get(SCHEMA_POINTER)?.as_str().map(str::to_owned)
        }
        oas::ReferenceOr::Reference { reference } => reference.strip_prefix('#').map(str::to_owned),
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
