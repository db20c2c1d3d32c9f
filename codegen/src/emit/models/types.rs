//! Types in a position.
//!
//! | [`Type`] | Rust |
//! | --- | --- |
//! | `Array(Named(Card))` | `Vec<Card>` |
//! | `Secret(String)` | `Secret<String>` |
//! | `Formatted(Uuid)` | `Formatted<uuid::Uuid>` |

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Api, Field, FormatType, Presence, Type};

/// The text of a type; models are named `models::X` where `path` is `models::`, or without a path inside `models.rs`.
pub fn type_text(ty: &Type, api: &Api, path: &str) -> String {
    let inner = |ty: &Type| type_text(ty, api, path);
    match ty {
        Type::Boolean => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Mapped(path) => format!("Mapped<{path}>"),
        Type::Formatted(FormatType::Uuid) => "Formatted<uuid::Uuid>".to_owned(),
        Type::Formatted(FormatType::DateTime) => "Formatted<jiff::Timestamp>".to_owned(),
        Type::Formatted(FormatType::Date) => "Formatted<jiff::civil::Date>".to_owned(),
        Type::Formatted(FormatType::Byte) => "Formatted<Vec<u8>>".to_owned(),
        Type::Any => "serde_json::Value".to_owned(),
        Type::Named(id) => format!("{path}{}", api.definitions.get(*id).rust_name),
        Type::Array(element) => format!("Vec<{}>", inner(element)),
        Type::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        Type::Nullable(some) => format!("Option<{}>", inner(some)),
        Type::Boxed(content) => format!("Box<{}>", inner(content)),
        Type::Secret(content) => format!("Secret<{}>", inner(content)),
    }
}

/// Notes the names that the text of a type has without a path.
pub fn type_uses(ty: &Type, uses: &mut BTreeSet<&'static str>) {
    match ty {
        Type::Binary => drop(uses.insert("Binary")),
        Type::Mapped(_) => drop(uses.insert("Mapped")),
        Type::Formatted(_) => drop(uses.insert("Formatted")),
        Type::Map(inner) => {
            uses.insert("BTreeMap");
            type_uses(inner, uses);
        }
        Type::Secret(inner) => {
            uses.insert("Secret");
            type_uses(inner, uses);
        }
        Type::Array(inner) | Type::Nullable(inner) | Type::Boxed(inner) => type_uses(inner, uses),
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Number | Type::String | Type::Any | Type::Named(_) => {}
    }
}

/// The tokens of a type, as [`type_text`].
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
            // The user's types were checked when they were read. What is not even made of tokens becomes one that is no type, so that the
            // item does not parse.
            let path: TokenStream = path.parse().unwrap_or_else(|_| quote!(;));
            quote!(Mapped<#path>)
        }
        Type::Formatted(FormatType::Uuid) => quote!(Formatted<uuid::Uuid>),
        Type::Formatted(FormatType::DateTime) => quote!(Formatted<jiff::Timestamp>),
        Type::Formatted(FormatType::Date) => quote!(Formatted<jiff::civil::Date>),
        Type::Formatted(FormatType::Byte) => quote!(Formatted<Vec<u8>>),
        Type::Any => quote!(serde_json::Value),
        Type::Named(id) => {
            let name = ident(&api.definitions.get(*id).rust_name);
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
pub fn field_type(field: &Field, api: &Api) -> String {
    let ty = type_text(&field.ty, api, "");
    match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable | Presence::Optional => format!("Option<{ty}>"),
        Presence::OptionalNullable => format!("Nullable<{ty}>"),
    }
}

/// An identifier from a name that `lower/` made, `r#` included.
pub fn ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{}", name)
}

/// The name of the static that holds the rules of a schema with an anchor.
pub fn rules_name(id: crate::api::SchemaId, api: &Api) -> &str {
    api.schemas.get(id).anchor.as_deref().unwrap_or("UNNAMED")
}

/// The same as an identifier.
pub fn rules_ident(id: crate::api::SchemaId, api: &Api) -> proc_macro2::Ident {
    ident(rules_name(id, api))
}
