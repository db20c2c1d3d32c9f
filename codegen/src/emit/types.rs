//! Types in a position.
//!
//! | [`Type`] | Rust |
//! | --- | --- |
//! | `Array(Named(Card))` | `Vec<Card>` |
//! | `Secret(String)` | `Secret<String>` |
//! | `Formatted(Uuid)` | `Formatted<uuid::Uuid>` |

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Api, DefinitionId, Field, FormatType, Presence, Type};

/// The tokens of a type; models are named `models::X` where `path` is that path, or without one inside `models.rs`.
pub fn type_tokens(ty: &Type, api: &Api, path: &TokenStream) -> TokenStream {
    let inner = |ty: &Type| type_tokens(ty, api, path);
    match ty {
        Type::Boolean => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Unsigned => quote!(u64),
        Type::Number => quote!(f64),
        Type::String => quote!(String),
        Type::Binary => quote!(Binary),
        Type::Mapped(path) => {
            // `choices` has made sure that it is a type.
            let path: TokenStream = path.parse().unwrap_or_default();
            quote!(Mapped<#path>)
        }
        Type::Formatted(FormatType::Uuid) => quote!(Formatted<uuid::Uuid>),
        Type::Formatted(FormatType::DateTime) => quote!(Formatted<jiff::Timestamp>),
        Type::Formatted(FormatType::Date) => quote!(Formatted<jiff::civil::Date>),
        Type::Formatted(FormatType::Byte) => quote!(Formatted<Vec<u8>>),
        Type::Any => quote!(serde_json::Value),
        Type::Named(id) => {
            let name = definition_ident(*id, api);
            quote!(#path #name)
        }
        Type::Array(element) => {
            let element = inner(element);
            quote!(Vec<#element>)
        }
        Type::Map(value) => {
            let value = inner(value);
            quote!(BTreeMap<String, #value>)
        }
        Type::Nullable(some) => {
            let some = inner(some);
            quote!(Option<#some>)
        }
        Type::Boxed(content) => {
            let content = inner(content);
            quote!(Box<#content>)
        }
        Type::Secret(content) => {
            let content = inner(content);
            quote!(Secret<#content>)
        }
    }
}

/// The type of a field: the design's table of presence.
pub fn field_type(field: &Field, api: &Api) -> TokenStream {
    let ty = type_tokens(&field.ty, api, &TokenStream::new());
    match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable | Presence::Optional => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(Nullable<#ty>),
    }
}

/// The name of a definition.
pub fn definition_ident(id: DefinitionId, api: &Api) -> proc_macro2::Ident {
    format_ident!("{}", api.definitions.get(id).rust_name)
}

/// An identifier from a name that `lower/` made, `r#` included.
pub fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{}", name)
}

/// The name of the static that holds the rules of a schema with an anchor.
pub fn rules_ident(id: crate::api::SchemaId, api: &Api) -> proc_macro2::Ident {
    let schema = api.schemas.get(id);
    format_ident!("{}", schema.anchor.as_deref().unwrap_or("UNNAMED"))
}
