//! The arguments of an operation's method: their types, and what is seen of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Encoding, MediaType, Parameter, Type};

use crate::emit::models::types::{ident, type_tokens};

/// How a path parameter is passed: texts borrowed, small values as they are.
pub fn argument_type(ty: &Type, api: &Api) -> TokenStream {
    match ty {
        Type::String => quote!(&str),
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Number => type_tokens(ty, api, &TokenStream::new()),
        _ => {
            let ty = type_tokens(ty, api, &quote!(models::));
            quote!(&#ty)
        }
    }
}

/// An argument as what rules and writers see of it.
pub fn argument_view(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.rust_name);
    if parameter.ty == Type::String { quote!(View::String(#name)) } else { quote!(#name.view()) }
}

/// How a body is passed.
pub fn body_type(media: &MediaType, api: &Api) -> TokenStream {
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
