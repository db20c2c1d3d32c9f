//! An operation: its method, and the type of its calls.
//!
//! ```yaml
//! /StringTokens/{token}:
//!   get:
//!     operationId: StringTokenRetrieve
//! ```
//!
//! ```text
//! pub fn string_token_retrieve(&self, token: &Secret<String>) -> StringTokenRetrieveCall {
//!     let mut call = self.core.call("StringTokenRetrieve", http::Method::GET, "/StringTokens/{token}", &[&[&super::API_KEY]]);
//!     if let Some(checks) = call.checks() {
//!         checks.parameter("path", "token", token.view(), &rules::TOKEN);
//!     }
//!     call.path_literal("/StringTokens/");
//!     call.path_parameter("token", Style::Simple, false, token.view());
//!     call.accept("application/json");
//!     StringTokenRetrieveCall { call }
//! }
//! ```
//!
//! What the document requires is an argument; what it does not is a method of the call, so that another optional parameter breaks no
//! program. The call holds the request, and is sent when it is awaited:
//!
//! ```text
//! impl std::future::IntoFuture for StringTokenRetrieveCall {
//!     type Output = Result<Response<models::StringToken>, Error>;
//!     type IntoFuture = Sending<models::StringToken>;
//!     fn into_future(self) -> Self::IntoFuture {
//!         self.call.send(|received| match received.status().as_u16() {
//!             200 => received.json(),
//!             404 => Err(received.empty_error(StringTokenRetrieveError::NotFound)),
//!             _ => Err(received.unexpected()),
//!         })
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{
    Api, BodyCheck, Encoding, Link, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, Part, PathPart,
};

use crate::emit::client::arguments::{argument_type, argument_view, body_type};
use crate::emit::client::checks::{checks, is_checked, set_check};
use crate::emit::client::response::{self, Outcome};
use crate::emit::client::security::security;
use crate::emit::comment::docs::{Said, code, constraints, doc};
use crate::emit::comment::line;
use crate::emit::models::builder::is_operator;
use crate::emit::models::sensitive::Sensitive;
use crate::emit::models::types::{ident, type_tokens};

/// What is emitted of one operation.
pub struct EmittedOperation {
    /// The method, for the `impl` block of its tag.
    pub method: TokenStream,
    /// The types made for it.
    pub types: TokenStream,
}

/// The methods and the types of an operation.
pub fn emit_operation(operation: &Operation, api: &Api, sensitive: &Sensitive) -> EmittedOperation {
    let outcome = Outcome::of(operation, api);
    let call = call_struct(operation, &outcome, (api, sensitive));
    let types = &outcome.types;
    let methods = methods_of(operation)
        .into_iter()
        .map(|(name, media)| method(operation, name, media, &outcome, (api, sensitive)));
    EmittedOperation { method: quote!(#(#methods)*), types: quote!(#call #types) }
}

/// The type of an operation's calls.
fn call_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}Call", operation.type_stem)
}

/// The parameters that are arguments: those of the path in its order, then what else is required, each once.
fn arguments(operation: &Operation) -> Vec<&Parameter> {
    let in_path = operation.segments.iter().filter_map(|part| parameter_of(part, operation));
    let others = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != ParameterLocation::Path && parameter.required);
    let mut found: Vec<&Parameter> = Vec::new();
    for parameter in in_path.chain(others) {
        if !found.iter().any(|known| std::ptr::eq(*known, parameter)) {
            found.push(parameter);
        }
    }
    found
}

/// The parameters that are set on the call.
fn optional(operation: &Operation) -> Vec<&Parameter> {
    let is_optional = |parameter: &&Parameter| parameter.location != ParameterLocation::Path && !parameter.required;
    operation.parameters.iter().filter(is_optional).collect()
}

/// The media type of a body that is set on the call: the document does not require it.
fn optional_body(operation: &Operation) -> Option<&MediaType> {
    operation.body.as_ref().filter(|body| !body.required).map(|body| &body.chosen)
}

/// The methods of an operation: one for each media type that its body can be sent in.
fn methods_of(operation: &Operation) -> Vec<(&str, Option<&MediaType>)> {
    let chosen = operation.body.as_ref().map(|body| &body.chosen);
    let others = operation.body.iter().flat_map(|body| &body.others);
    // A body that may be left out is set on the call. The methods of its other media types are there to send one.
    let first = (operation.rust_name.as_str(), chosen.filter(|_| optional_body(operation).is_none()));
    std::iter::once(first).chain(others.map(|(name, media)| (name.as_str(), Some(media)))).collect()
}

fn method(
    operation: &Operation,
    name: &str,
    media: Option<&MediaType>,
    outcome: &Outcome,
    (api, sensitive): (&Api, &Sensitive),
) -> TokenStream {
    let name = ident(name);
    let call_name = call_name(operation);
    let parameters = arguments(operation);
    let mut arguments: Vec<TokenStream> = parameters
        .iter()
        .map(|parameter| {
            let (name, ty) = (ident(&parameter.rust_name), argument_type(&parameter.ty, api));
            quote!(#name: #ty)
        })
        .collect();
    if let Some(media) = media {
        let ty = body_type(media, api);
        arguments.push(quote!(body: #ty));
    }
    let docs = method_docs(operation, media, outcome);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let checks = checks(&parameters, media, api);
    let request = request(operation, media, &parameters);
    let secrets = holds_secrets(operation, media, sensitive).then(|| quote!(call.holds_secrets();));
    let security = security(operation, api);
    // `&self` is one.
    let many = (arguments.len() >= 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one for each thing that is required")]));
    let new =
        (name == "new").then(|| quote!(#[allow(clippy::new_ret_no_self, reason = "an operation of the document")]));
    let (id, path) = (&operation.id, &operation.path);
    let method = http_method(&operation.method);
    let fields = optional(operation).into_iter().map(|parameter| {
        let field = ident(&parameter.rust_name);
        quote!(#field: None)
    });
    quote! {
        #docs
        #deprecated
        #many
        #new
        pub fn #name(&self, #(#arguments),*) -> #call_name {
            let mut call = self.core.call(#id, #method, #path, #security);
            #checks
            #request
            #secrets
            #call_name { call, #(#fields),* }
        }
    }
}

/// The type of an operation's calls: the request, and what is set on it.
fn call_struct(operation: &Operation, outcome: &Outcome, (api, sensitive): (&Api, &Sensitive)) -> TokenStream {
    let name = call_name(operation);
    let parameters = optional(operation);
    let fields = parameters.iter().map(|parameter| {
        let (field, ty) = (ident(&parameter.rust_name), type_tokens(&parameter.ty, api, &quote!(models::)));
        quote!(#field: Option<#ty>)
    });
    let setters = parameters.iter().map(|parameter| setter(parameter, api));
    let body_setter = optional_body(operation).map(|media| {
        let (ty, check, send) = (body_type(media, api), checks(&[], Some(media), api), send_body(media));
        let text = operation.body.as_ref().and_then(|body| body.description.as_deref()).unwrap_or_default();
        let docs = doc(&[Said::Text(text), Said::Ours(&format!("Sends a body, as {}.", code(&media.name)))]);
        let secrets = sensitive.holds_secret(&media.ty).then(|| quote!(call.holds_secrets();));
        quote!(
            #docs
            pub fn body(mut self, body: #ty) -> Self {
                let call = &mut self.call;
                #check
                #send
                #secrets
                self
            }
        )
    });
    let has_setters = !parameters.is_empty() || body_setter.is_some();
    let setters = has_setters.then(|| quote!(impl #name { #(#setters)* #body_setter }));
    let write = parameters.iter().map(|parameter| {
        let (field, check, write) =
            (ident(&parameter.rust_name), set_check(parameter, api), write(parameter, quote!(value.view())));
        quote!(if let Some(value) = &self.#field { #check #write })
    });
    let call = if parameters.is_empty() { quote!(self.call) } else { quote!(call) };
    let open = (!parameters.is_empty()).then(|| quote!(let mut call = self.call;));
    let (success, read) = (&outcome.success_type, outcome.read());
    let text = if has_setters {
        " A call of [`Client::{}`]: it is sent when it is awaited, and refined by its methods before."
    } else {
        " A call of [`Client::{}`], which is sent when it is awaited."
    };
    let text = text.replace("{}", operation.rust_name.trim_start_matches("r#"));
    quote! {
        #[doc = #text]
        #[must_use = "a call is sent when it is awaited"]
        pub struct #name { call: Pending, #(#fields),* }
        #setters
        impl std::future::IntoFuture for #name {
            type Output = Result<Response<#success>, Error>;
            type IntoFuture = Sending<#success>;
            fn into_future(self) -> Self::IntoFuture {
                #open
                #(#write)*
                #call.send(|received| #read)
            }
        }
        /// The operation alone is shown: what is sent may hold secrets.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.call, f)
            }
        }
    }
}

/// The method that sets a parameter.
fn setter(parameter: &Parameter, api: &Api) -> TokenStream {
    let (name, ty) = (ident(&parameter.rust_name), type_tokens(&parameter.ty, api, &quote!(models::)));
    let mut words = vec![format!("{} parameter", parameter.location.name())];
    words.extend(constraints(api.schemas.get(parameter.schema)));
    let last = format!("{}: {}.", code(&parameter.name), words.join(", "));
    let docs = doc(&[Said::Text(parameter.description.as_deref().unwrap_or_default()), Said::Ours(&last)]);
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let operator = is_operator(&parameter.rust_name)
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "setters have the names of parameters")]));
    quote!(
        #docs
        #deprecated
        #operator
        pub fn #name(mut self, value: impl Into<#ty>) -> Self {
            self.#name = Some(value.into());
            self
        }
    )
}

/// Whether a request has secrets in it, whatever its credentials are.
fn holds_secrets(operation: &Operation, media: Option<&MediaType>, sensitive: &Sensitive) -> bool {
    media.is_some_and(|media| sensitive.holds_secret(&media.ty))
        || operation.parameters.iter().any(|parameter| parameter.sensitive || sensitive.holds_secret(&parameter.ty))
}

fn parameter_of<'o>(part: &PathPart, operation: &'o Operation) -> Option<&'o Parameter> {
    match part {
        PathPart::Literal(_) => None,
        PathPart::Parameter(index) => operation.parameters.get(*index),
    }
}

fn method_docs(operation: &Operation, media: Option<&MediaType>, outcome: &Outcome) -> TokenStream {
    let summary = operation.summary.as_deref().unwrap_or_default().trim().trim_end_matches('.');
    let heading = code(&format!("{} {}", operation.method, operation.path));
    let summary = line(summary);
    let heading = if summary.is_empty() { format!("{heading}.") } else { format!("{heading}: {summary}.") };
    let docs = doc(&[Said::Ours(&heading), Said::Text(operation.description.as_deref().unwrap_or_default())]);
    let body = operation
        .body
        .as_ref()
        .and_then(|body| body.description.as_deref())
        .map(|text| doc(&[Said::Labelled("Body", text)]));
    let body = body.map(|docs| quote!(#[doc = ""] #docs));
    let several = operation.body.as_ref().is_some_and(|body| !body.others.is_empty());
    let sent = media.filter(|media| several || media.check == BodyCheck::Unread).map(|media| {
        let unchecked = if media.check == BodyCheck::Unread { ", and not checked" } else { "" };
        let text = format!(" The body is sent as {}{unchecked}.", code(&media.name));
        quote!(#[doc = ""] #[doc = #text])
    });
    let links: Vec<String> = operation.responses.iter().flat_map(|response| &response.links).map(link_line).collect();
    let links =
        (!links.is_empty()).then(|| doc(&[Said::Ours("What it brings leads to:"), Said::Ours(&links.join("\n"))]));
    let links = links.map(|docs| quote!(#[doc = ""] #docs));
    let server =
        server(operation).map(|url| doc(&[Said::Ours(&server_line(url))])).map(|docs| quote!(#[doc = ""] #docs));
    let lines = error_docs(operation, media, outcome);
    quote!(#docs #body #sent #server #links #(#[doc = #lines])*)
}

/// What can go wrong, as far as the operation has a say in it.
fn error_docs(operation: &Operation, media: Option<&MediaType>, outcome: &Outcome) -> Vec<String> {
    let mut lines = vec![String::new(), " # Errors".to_owned()];
    let bodies = media.into_iter().chain(optional_body(operation));
    if !operation.parameters.is_empty() || bodies.into_iter().any(is_checked) {
        lines.push(
            " [`Error::Invalid`] before anything is sent, where the request breaks a rule of the document;".to_owned(),
        );
    }
    if operation.segments.iter().any(|part| matches!(part, PathPart::Parameter(_))) {
        lines.push(
            " [`Error::Refused`] before anything is sent, where a path parameter is empty, `.` or `..`, checked or not;"
                .to_owned(),
        );
    }
    if let Some(schemes) = needed_credentials(operation) {
        lines.push(format!(" [`Error::MissingCredentials`] where the client has no credential for {schemes};"));
    }
    if !outcome.error_statuses.is_empty() {
        let statuses = outcome.error_statuses.join(", ");
        lines.push(format!(" [`Error::Api`] with a [`{}`] where the service answers {statuses};", outcome.error_name));
    }
    lines.push(" the other variants of [`Error`] where the exchange itself fails.".to_owned());
    lines
}

/// The credentials without which an operation is not sent, in words; `None` where it needs none.
fn needed_credentials(operation: &Operation) -> Option<String> {
    let alternatives: Vec<Vec<String>> = operation
        .security
        .iter()
        .map(|alternative| {
            let schemes = alternative.iter().filter(|requirement| !requirement.by_transport);
            schemes.map(|requirement| code(&requirement.scheme)).collect()
        })
        .collect();
    let is_needed = !alternatives.is_empty() && alternatives.iter().all(|alternative| !alternative.is_empty());
    let texts: Vec<String> = alternatives.iter().map(|alternative| alternative.join(" and ")).collect();
    is_needed.then(|| texts.join(", or "))
}

/// The server of an operation, where it has one of its own.
fn server(operation: &Operation) -> Option<&str> {
    operation.servers.first().map(|server| server.url.trim_end_matches('/'))
}

/// Whether a URL is one without the place of the document, which is unknown at run time.
fn is_absolute(url: &str) -> bool {
    url.contains("://")
}

fn server_line(url: &str) -> String {
    if is_absolute(url) {
        return format!("Sent to {}, unless the client was given a base URL.", code(url));
    }
    format!("The document's server of this operation is {}, relative to where the document is.", code(url))
}

/// A link of a response, as an entry of a list.
fn link_line(link: &Link) -> String {
    let text = link.description.as_deref().map(line).filter(|text| !text.is_empty()).map(|text| format!(": {text}"));
    format!("- {}, operation {}{}", code(&link.name), code(&link.target), text.unwrap_or_default())
}

/// What a method puts into the request: its arguments.
fn request(operation: &Operation, media: Option<&MediaType>, parameters: &[&Parameter]) -> TokenStream {
    let mut lines: Vec<TokenStream> = Vec::new();
    for part in &operation.segments {
        match (part, parameter_of(part, operation)) {
            (PathPart::Literal(text), _) => lines.push(quote!(call.path_literal(#text);)),
            (PathPart::Parameter(_), Some(parameter)) => lines.push(write(parameter, argument_view(parameter))),
            (PathPart::Parameter(_), None) => {}
        }
    }
    let others = parameters.iter().filter(|parameter| parameter.location != ParameterLocation::Path);
    lines.extend(others.map(|parameter| write(parameter, argument_view(parameter))));
    let accepted = response::accepted(operation);
    if !accepted.is_empty() {
        lines.push(quote!(call.accept(#accepted);));
    }
    lines.extend(media.map(send_body));
    let server = server(operation).filter(|url| is_absolute(url)).map(|url| quote!(call.server(#url);));
    quote!(#server #(#lines)*)
}

/// Puts a parameter into the request.
fn write(parameter: &Parameter, view: TokenStream) -> TokenStream {
    let demand = demand(parameter, view.clone());
    let view = written(parameter, view);
    let (name, explode) = (&parameter.name, parameter.explode);
    let (sensitive, reserved) = (parameter.sensitive, parameter.allow_reserved);
    let line = match parameter.location {
        ParameterLocation::Path => {
            let style = style(parameter.style);
            quote!(call.path_parameter(#name, #style, #explode, #view);)
        }
        ParameterLocation::Query => {
            let style = style(parameter.style);
            quote!(call.query(#name, #style, #explode, #reserved, #view);)
        }
        ParameterLocation::Querystring if parameter.form => {
            let parts = parameter.parts.iter().map(part);
            quote!(call.form_query(#name, #view, &[#(#parts),*]);)
        }
        ParameterLocation::Querystring => quote!(call.whole_query(#name, #view);),
        ParameterLocation::Cookie if parameter.style == ParameterStyle::Cookie => {
            quote!(call.plain_cookie(#name, #explode, #view);)
        }
        ParameterLocation::Header => quote!(call.header(#name, #explode, #sensitive, #view);),
        ParameterLocation::Cookie => quote!(call.cookie(#name, #explode, #view);),
    };
    quote!(#demand #line)
}

/// A method: a constant of `http`, or a name that it has none for (OpenAPI 3.2.0, `query` and `additionalOperations`).
fn http_method(name: &str) -> TokenStream {
    match name {
        "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE" => {
            let name = format_ident!("{name}");
            quote!(http::Method::#name)
        }
        _ => quote!(Call::method(#name)),
    }
}

/// Puts the body into the request.
fn send_body(media: &MediaType) -> TokenStream {
    let media_type = &media.name;
    let parts = media.parts.iter().map(part);
    match media.encoding {
        Encoding::Json => quote!(call.json(#media_type, body.view());),
        Encoding::Form => quote!(call.form(#media_type, body.view(), &[#(#parts),*]);),
        Encoding::Multipart => quote!(call.multipart(body.view(), &[#(#parts),*]);),
        Encoding::Text => quote!(call.text(#media_type, body);),
        Encoding::Bytes => quote!(call.bytes(#media_type, body);),
    }
}

/// What is demanded of a parameter before it is written as JSON.
fn demand(parameter: &Parameter, view: TokenStream) -> Option<TokenStream> {
    let (place, name) = (parameter.location.name(), &parameter.name);
    parameter.json.then(|| quote!(call.must_be_json(#place, #name, #view);))
}

/// What is written of a parameter: its value, or that as JSON (OpenAPI 3.1.1, "Parameter Object", `content`).
fn written(parameter: &Parameter, view: TokenStream) -> TokenStream {
    if parameter.json { quote!(View::String(&Call::json_text(#view))) } else { view }
}

fn part(part: &Part) -> TokenStream {
    let (name, style, explode) = (&part.name, style(part.style), part.explode);
    let media_type = match &part.media_type {
        Some(media_type) => quote!(Some(#media_type)),
        None => quote!(None),
    };
    quote!(Part { name: #name, media_type: #media_type, style: #style, explode: #explode })
}

fn style(style: ParameterStyle) -> TokenStream {
    match style {
        ParameterStyle::Matrix => quote!(Style::Matrix),
        ParameterStyle::Label => quote!(Style::Label),
        ParameterStyle::Simple => quote!(Style::Simple),
        ParameterStyle::Form => quote!(Style::Form),
        ParameterStyle::SpaceDelimited => quote!(Style::SpaceDelimited),
        ParameterStyle::PipeDelimited => quote!(Style::PipeDelimited),
        ParameterStyle::DeepObject => quote!(Style::DeepObject),
        // Of cookies alone, which have a call of their own.
        ParameterStyle::Cookie => quote!(Style::Form),
    }
}
