//! An operation: its method, the struct of its parameters.
//!
//! ```yaml
//! /StringTokens/{token}:
//!   get:
//!     operationId: StringTokenRetrieve
//! ```
//!
//! ```text
//! pub async fn string_token_retrieve(&self, token: &str) -> Result<Response<models::StringToken>, Error<StringTokenRetrieveError>> {
//!     if self.core.checks() {
//!         let mut checks = Checks::default();
//!         checks.parameter("path", "token", View::String(token), &rules::TOKEN);
//!         checks.finish()?;
//!     }
//!     let mut call = Call::new("StringTokenRetrieve", http::Method::GET, "/StringTokens/{token}");
//!     call.path_literal("/StringTokens/");
//!     call.path_parameter("token", Style::Simple, false, View::String(token));
//!     call.accept("application/json");
//!     let received = self.core.send(call, &[&[&super::API_KEY]]).await?;
//!     match received.status().as_u16() {
//!         200 => received.json(),
//!         404 => Err(received.empty_error(StringTokenRetrieveError::NotFound)),
//!         _ => Err(received.unexpected()),
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{
    Api, BodyCheck, Encoding, Link, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, Part, PathPart,
    Type,
};

use crate::emit::client::checks::checks;
use crate::emit::client::response::{self, Outcome};
use crate::emit::client::scheme_ident;
use crate::emit::comment::docs::{Said, code, constraints, doc};
use crate::emit::comment::line;
use crate::emit::models::debug::{self, Sensitive};
use crate::emit::models::types::{ident, type_tokens};

/// What is emitted of one operation.
pub struct EmittedOperation {
    /// The method, for the `impl` block of its tag.
    pub method: TokenStream,
    /// The types made for it.
    pub types: TokenStream,
}

/// The method and the types of an operation.
pub fn emit_operation(operation: &Operation, api: &Api, sensitive: &Sensitive) -> EmittedOperation {
    let outcome = Outcome::of(operation, api);
    let in_params: Vec<&Parameter> =
        operation.parameters.iter().filter(|parameter| parameter.location != ParameterLocation::Path).collect();
    let params_name = format_ident!("{}Params", operation.type_stem);
    let params = (!in_params.is_empty()).then(|| params_struct(operation, &params_name, &in_params, api));
    let types = &outcome.types;
    let mut methods = Vec::new();
    for (name, media) in methods_of(operation) {
        methods.push(method(operation, name, media, &outcome, (api, sensitive)));
    }
    EmittedOperation { method: quote!(#(#methods)*), types: quote!(#params #types) }
}

/// The methods of an operation: one for each media type that its body can be sent in.
fn methods_of(operation: &Operation) -> Vec<(&str, Option<&MediaType>)> {
    let chosen = operation.body.as_ref().map(|body| &body.chosen);
    let others = operation.body.iter().flat_map(|body| &body.others);
    let first = (operation.rust_name.as_str(), chosen);
    std::iter::once(first).chain(others.map(|(name, media)| (name.as_str(), Some(media)))).collect()
}

/// What the methods of operations mean by names that a parameter could have as well. The fuzz target `names` holds it against the methods.
pub const METHOD_NAMES: &[&str] = &["self_", "body", "params", "call", "received", "checks"];

fn method(
    operation: &Operation,
    name: &str,
    media: Option<&MediaType>,
    outcome: &Outcome,
    (api, sensitive): (&Api, &Sensitive),
) -> TokenStream {
    let name = ident(name);
    let in_params: Vec<&Parameter> =
        operation.parameters.iter().filter(|parameter| parameter.location != ParameterLocation::Path).collect();
    let params_name = format_ident!("{}Params", operation.type_stem);
    let path_parameters: Vec<&Parameter> =
        operation.segments.iter().filter_map(|part| parameter_of(part, operation)).collect();
    let mut arguments: Vec<TokenStream> = Vec::new();
    let mut seen = Vec::new();
    for parameter in &path_parameters {
        if !seen.contains(&&parameter.name) {
            seen.push(&parameter.name);
            let (name, ty) = (ident(&parameter.rust_name), argument_type(&parameter.ty, api));
            arguments.push(quote!(#name: #ty));
        }
    }
    if let (Some(body), Some(media)) = (&operation.body, media) {
        let ty = body_type(media, api);
        arguments.push(if body.required { quote!(body: #ty) } else { quote!(body: Option<#ty>) });
    }
    if !in_params.is_empty() {
        arguments.push(quote!(params: &#params_name));
    }
    let docs = method_docs(operation, media, outcome);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let checks = checks(operation, media, &path_parameters, &in_params, api);
    let call = call(operation, media, &in_params);
    let secrets = holds_secrets(operation, media, sensitive).then(|| quote!(call.holds_secrets();));
    let security = security(operation, api);
    let (success, error) = (&outcome.success_type, &outcome.error_type);
    let told = outcome.told();
    // `&self` is one.
    let many = (arguments.len() >= 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one for each part of the path")]));
    let new =
        (name == "new").then(|| quote!(#[allow(clippy::new_ret_no_self, reason = "an operation of the document")]));
    quote! {
        #docs
        #deprecated
        #many
        #new
        pub async fn #name(&self, #(#arguments),*) -> Result<Response<#success>, Error<#error>> {
            #checks
            #call
            #secrets
            let received = self.core.send(call, #security).await?;
            #told
        }
    }
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
    let mut lines = vec![String::new(), " # Errors".to_owned()];
    lines.push(
        " [`Error::Invalid`] before anything is sent, where the request breaks a rule of the document;".to_owned(),
    );
    if !outcome.error_statuses.is_empty() {
        lines.push(" [`Error::Api`] where the service answers".to_owned());
        lines.push(format!(" {};", outcome.error_statuses.join(", ")));
    }
    if !operation.segments.iter().all(|part| matches!(part, PathPart::Literal(_))) {
        lines.push(
            " [`Error::Refused`] before anything is sent, where a path parameter is empty, `.` or `..`, checked or not;".to_owned(),
        );
    }
    lines.push(" the other variants of [`Error`] where the exchange itself fails.".to_owned());
    quote!(#docs #body #sent #server #links #(#[doc = #lines])*)
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

/// How a path parameter is passed: texts borrowed, small values as they are.
fn argument_type(ty: &Type, api: &Api) -> TokenStream {
    match ty {
        Type::String => quote!(&str),
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Number => type_tokens(ty, api, &TokenStream::new()),
        _ => {
            let ty = type_tokens(ty, api, &quote!(models::));
            quote!(&#ty)
        }
    }
}

pub(crate) fn argument_view(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.rust_name);
    if parameter.ty == Type::String { quote!(View::String(#name)) } else { quote!(#name.view()) }
}

fn body_type(media: &MediaType, api: &Api) -> TokenStream {
    match media.encoding {
        Encoding::Text => quote!(&str),
        Encoding::Bytes => quote!(bytes::Bytes),
        Encoding::Json | Encoding::Form | Encoding::Multipart => {
            let ty = type_tokens(&media.ty, api, &quote!(models::));
            let ty = if media.nullable { quote!(Option<#ty>) } else { ty };
            quote!(&#ty)
        }
    }
}

fn call(operation: &Operation, media: Option<&MediaType>, params: &[&Parameter]) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let method = http_method(&operation.method);
    let mut lines = Vec::new();
    for part in &operation.segments {
        match (part, parameter_of(part, operation)) {
            (PathPart::Literal(text), _) => lines.push(quote!(call.path_literal(#text);)),
            (PathPart::Parameter(_), Some(parameter)) => {
                let (name, style, explode) = (&parameter.name, style(parameter.style), parameter.explode);
                lines.extend(demand(parameter, argument_view(parameter)));
                let view = written(parameter, argument_view(parameter));
                lines.push(quote!(call.path_parameter(#name, #style, #explode, #view);));
            }
            (PathPart::Parameter(_), None) => {}
        }
    }
    for parameter in params {
        let (name, field) = (&parameter.name, ident(&parameter.rust_name));
        let view = if parameter.required { quote!(params.#field.view()) } else { quote!(value.view()) };
        let demand = demand(parameter, view.clone());
        let view = written(parameter, view);
        let (explode, sensitive, reserved) = (parameter.explode, parameter.sensitive, parameter.allow_reserved);
        let line = match parameter.location {
            ParameterLocation::Query => {
                let style = style(parameter.style);
                quote!(call.query(#name, #style, #explode, #reserved, #view);)
            }
            ParameterLocation::Querystring => {
                let parts = parameter.parts.iter().map(part);
                if parameter.form {
                    quote!(call.form_query(#name, #view, &[#(#parts),*]);)
                } else {
                    quote!(call.whole_query(#name, #view);)
                }
            }
            ParameterLocation::Cookie if parameter.style == ParameterStyle::Cookie => {
                quote!(call.plain_cookie(#name, #explode, #view);)
            }
            ParameterLocation::Header => quote!(call.header(#name, #explode, #sensitive, #view);),
            ParameterLocation::Cookie => quote!(call.cookie(#name, #explode, #view);),
            ParameterLocation::Path => TokenStream::new(),
        };
        let line = quote!(#demand #line);
        lines.push(if parameter.required { line } else { quote!(if let Some(value) = &params.#field { #line }) });
    }
    let accepted = response::accepted(operation);
    if !accepted.is_empty() {
        lines.push(quote!(call.accept(#accepted);));
    }
    if let (Some(body), Some(media)) = (&operation.body, media) {
        let media_type = &media.name;
        let parts = media.parts.iter().map(part);
        let line = match media.encoding {
            Encoding::Json => quote!(call.json(#media_type, body.view());),
            Encoding::Form => quote!(call.form(#media_type, body.view(), &[#(#parts),*]);),
            Encoding::Multipart => quote!(call.multipart(body.view(), &[#(#parts),*]);),
            Encoding::Text => quote!(call.text(#media_type, body);),
            Encoding::Bytes => quote!(call.bytes(#media_type, body);),
        };
        lines.push(if body.required { line } else { quote!(if let Some(body) = body { #line }) });
    }
    let server = server(operation).filter(|url| is_absolute(url)).map(|url| quote!(call.server(#url);));
    quote!(let mut call = Call::new(#id, #method, #path); #server #(#lines)*)
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

/// The alternatives of an operation. Of schemes that the document does not define no credential can be given: alternatives that ask for
/// them fail closed.
fn security(operation: &Operation, api: &Api) -> TokenStream {
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().filter(|requirement| !requirement.by_transport).map(|requirement| {
            match api.security_schemes.iter().find(|scheme| scheme.name == requirement.scheme) {
                Some(scheme) => {
                    let name = scheme_ident(&scheme.rust_name);
                    quote!(&super::#name)
                }
                None => {
                    let name = &requirement.scheme;
                    quote!(&Scheme { name: #name, placement: Placement::Undefined })
                }
            }
        });
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}

fn params_struct(operation: &Operation, name: &proc_macro2::Ident, params: &[&Parameter], api: &Api) -> TokenStream {
    let fields = params.iter().map(|parameter| {
        let ty = type_tokens(&parameter.ty, api, &quote!(models::));
        let ty = if parameter.required { ty } else { quote!(Option<#ty>) };
        let field = ident(&parameter.rust_name);
        let mut words = vec![format!("{} parameter", parameter.location.name())];
        if parameter.required {
            words.push("required".to_owned());
        }
        words.extend(constraints(api.schemas.get(parameter.schema)));
        let last = format!("{}: {}.", code(&parameter.name), words.join(", "));
        let docs = doc(&[Said::Text(parameter.description.as_deref().unwrap_or_default()), Said::Ours(&last)]);
        let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
        quote!(#docs #deprecated pub #field: #ty,)
    });
    let default = params.iter().all(|parameter| !parameter.required).then(|| quote!(, Default));
    let text = format!(
        " The query, header and cookie parameters of [`Client::{}`].",
        operation.rust_name.trim_start_matches("r#")
    );
    // Beside a secret, what the document does not describe may be one.
    let is_sensitive = params.iter().any(|parameter| parameter.sensitive || matches!(parameter.ty, Type::Secret(_)));
    let written = is_sensitive && params.iter().any(|parameter| debug::holds_unknown(&parameter.ty, api));
    let derived = (!written).then(|| quote!(Debug,));
    let debug = written.then(|| {
        let shown = params.iter().map(|parameter| {
            let field = ident(&parameter.rust_name);
            let text = parameter.rust_name.trim_start_matches("r#");
            if debug::holds_unknown(&parameter.ty, api) {
                quote!(out.field(#text, &format_args!("[redacted]"));)
            } else {
                quote!(out.field(#text, &self.#field);)
            }
        });
        let name_text = name.to_string();
        quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    let mut out = f.debug_struct(#name_text);
                    #(#shown)*
                    out.finish()
                }
            }
        }
    });
    quote! {
        #[doc = #text]
        #[derive(Clone, #derived PartialEq #default)]
        pub struct #name { #(#fields)* }
        #debug
    }
}
