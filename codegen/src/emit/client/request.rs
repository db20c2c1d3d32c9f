//! What a request is made of: the lines that put parameters and bodies into it.
//!
//! ```text
//! call.path_literal("/StringTokens/");
//! call.path_parameter("token", Style::Simple, false, View::String(token));
//! call.accept("application/json");
//! call.json("application/json", body.view());
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Encoding, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, Part, PathPart};

use crate::emit::client::arguments::{argument_view, is_absolute, is_text_body, parameter_of, server};
use crate::emit::client::response;

/// What a method puts into the request: its arguments.
pub fn request(operation: &Operation, media: Option<&MediaType>, parameters: &[&Parameter]) -> TokenStream {
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
pub fn write(parameter: &Parameter, view: TokenStream) -> TokenStream {
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
pub fn http_method(name: &str) -> TokenStream {
    match name {
        "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE" => {
            let name = format_ident!("{name}");
            quote!(http::Method::#name)
        }
        _ => quote!(Call::method(#name)),
    }
}

/// Puts the body into the request.
pub fn send_body(media: &MediaType) -> TokenStream {
    let media_type = &media.name;
    let parts = media.parts.iter().map(part);
    match media.encoding {
        Encoding::Json if is_text_body(media) => quote!(call.json(#media_type, View::String(body));),
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
