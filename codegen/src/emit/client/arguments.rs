//! What a call takes: arguments by position, and what is set on it.
//!
//! ```yaml
//! parameters:
//!   - { name: token, in: path, required: true, schema: { type: string } }
//!   - { name: limit, in: query, schema: { type: integer } }
//! ```
//!
//! ```text
//! client.list(token).limit(5)
//! ```
//!
//! Texts are borrowed as `&str`, small values passed as they are, all else by reference.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Encoding, MediaType, Operation, Parameter, ParameterLocation, PathPart, Type};

use crate::emit::models::types::{ident, type_tokens};

/// The parameters that are arguments: those of the path in its order, then what else is required, each once.
pub fn arguments(operation: &Operation) -> Vec<&Parameter> {
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
pub fn optional(operation: &Operation) -> Vec<&Parameter> {
    let is_optional = |parameter: &&Parameter| parameter.location != ParameterLocation::Path && !parameter.required;
    operation.parameters.iter().filter(is_optional).collect()
}

/// The media type of a body that is set on the call: the document does not require it.
pub fn optional_body(operation: &Operation) -> Option<&MediaType> {
    operation.body.as_ref().filter(|body| !body.required).map(|body| &body.chosen)
}

/// The parameter that a piece of a path stands for.
pub fn parameter_of<'o>(part: &PathPart, operation: &'o Operation) -> Option<&'o Parameter> {
    match part {
        PathPart::Literal(_) => None,
        PathPart::Parameter(index) => operation.parameters.get(*index),
    }
}

/// The server of an operation, where it has one of its own.
pub fn server(operation: &Operation) -> Option<&str> {
    operation.servers.first().map(|server| server.url.trim_end_matches('/'))
}

/// Whether a URL is one without the place of the document, which is unknown at run time.
pub fn is_absolute(url: &str) -> bool {
    url.contains("://")
}

/// How a parameter is passed.
pub fn argument_type(ty: &Type, api: &Api) -> TokenStream {
    match ty {
        Type::String => quote!(&str),
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Number => type_tokens(ty, api, &TokenStream::new()),
        Type::Formatted(_)
        | Type::Mapped(_)
        | Type::Binary
        | Type::Array(_)
        | Type::Map(_)
        | Type::Any
        | Type::Named(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Secret(_) => {
            let ty = type_tokens(ty, api, &quote!(models::));
            quote!(&#ty)
        }
    }
}

/// How an argument is seen by what checks and writes it.
pub fn argument_view(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.rust_name);
    if parameter.ty == Type::String { quote!(View::String(#name)) } else { quote!(#name.view()) }
}

/// Whether a body is a string, whatever carries it.
pub fn is_text_body(media: &MediaType) -> bool {
    match media.encoding {
        Encoding::Text => true,
        Encoding::Json => media.ty == Type::String && !media.nullable,
        Encoding::Form | Encoding::Multipart | Encoding::Bytes => false,
    }
}

/// How a body is passed.
pub fn body_type(media: &MediaType, api: &Api) -> TokenStream {
    match media.encoding {
        Encoding::Text => quote!(&str),
        Encoding::Json if is_text_body(media) => quote!(&str),
        Encoding::Bytes => quote!(bytes::Bytes),
        Encoding::Json | Encoding::Form | Encoding::Multipart => {
            let ty = type_tokens(&media.ty, api, &quote!(models::));
            let ty = if media.nullable { quote!(Option<#ty>) } else { ty };
            quote!(&#ty)
        }
    }
}
