//! A union: `oneOf` or `anyOf` of branches with a shape.
//!
//! ```yaml
//! Errors:
//!   oneOf:
//!     - { type: array, items: { $ref: '#/components/schemas/Message' } }
//!     - $ref: '#/components/schemas/Message'
//! ```
//!
//! ```text
//! pub enum Errors {
//!     Array(Vec<Message>),
//!     Message(Message),
//!     /// A value that fits no branch.
//!     Unknown(Secret<serde_json::Value>),
//! }
//! ```
//!
//! How the branch is found was decided by `lower/` ([`Selection`]); a value that fits none is a fault when strict, and kept
//! as it is when lenient. It may hold anything, so it is redacted.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Definition, Selection, Union};

use super::docs::code;
use super::model;
use super::types::{ident, rules_ident, type_tokens};

/// Everything of one union.
pub fn emit_union(definition: &Definition, union: &Union, api: &Api) -> TokenStream {
    let name = ident(&definition.rust_name);
    let docs = model::docs(definition, api.schemas.get(definition.schema));
    let inherent = model::inherent(definition, api, false);
    let serde = model::serde_impls(&name);
    let idents: Vec<_> = union.variants.iter().map(|variant| ident(&variant.rust_name)).collect();
    let types: Vec<_> =
        union.variants.iter().map(|variant| type_tokens(&variant.ty, api, &TokenStream::new())).collect();
    let docs_of = union.variants.iter().map(|variant| {
        let text = format!(" The branch at {}.", code(&api.schemas.get(variant.schema).pointer));
        quote!(#[doc = #text])
    });
    let decode = decode_body(union, &idents, &types, api);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "boxed where types contain themselves, and only there")]
        pub enum #name {
            #(#docs_of #idents(#types),)*
            /// A value that fits no branch: decoded from a response all the same, a violation when checked.
            Unknown(Secret<serde_json::Value>),
        }
        #inherent
        impl Instance for #name {
            fn view(&self) -> View<'_> {
                match self {
                    #(Self::#idents(value) => value.view(),)*
                    Self::Unknown(value) => value.view(),
                }
            }
        }
        impl Decode for #name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                #decode
            }
        }
        #serde
    }
}

fn decode_body(union: &Union, idents: &[proc_macro2::Ident], types: &[TokenStream], api: &Api) -> TokenStream {
    match &union.selection {
        Selection::Types(sets) => {
            let arms = sets.iter().zip(idents).map(|(set, ident)| {
                let bits = proc_macro2::Literal::u8_unsuffixed(set.0);
                quote!(
                    if found.intersects(Types(#bits)) {
                        return reader.branch(Self::#ident, Self::Unknown);
                    }
                )
            });
            quote! {
                let found = reader.peek()?;
                #(#arms)*
                reader.no_branch(Self::Unknown)
            }
        }
        Selection::Discriminator { property, mapping } => {
            let arms = mapping.iter().filter_map(|(value, index)| {
                let ident = idents.get(*index)?;
                Some(quote!(Some(#value) => reader.branch(Self::#ident, Self::Unknown),))
            });
            quote! {
                match reader.find_member(#property)?.as_deref() {
                    #(#arms)*
                    _ => reader.no_branch(Self::Unknown),
                }
            }
        }
        Selection::RequiredProperty(names) => {
            let told = names.iter().zip(idents).filter_map(|(name, ident)| {
                let name = name.as_ref()?;
                Some(quote!(
                    if reader.has_member(#name)? {
                        return reader.branch(Self::#ident, Self::Unknown);
                    }
                ))
            });
            let rest = names.iter().zip(idents).find(|(name, _)| name.is_none());
            let rest = match rest {
                Some((_, ident)) => quote!(reader.branch(Self::#ident, Self::Unknown)),
                None => quote!(reader.no_branch(Self::Unknown)),
            };
            quote!(#(#told)* #rest)
        }
        Selection::Trial => {
            let tries = idents.iter().zip(types).zip(&union.variants).map(|((ident, ty), variant)| {
                let rules = rules_ident(variant.schema, api);
                quote!(
                    if let Some(value) = reader.try_branch::<#ty>(Some(&super::rules::#rules)) {
                        return Ok(Self::#ident(value));
                    }
                )
            });
            let second = idents.iter().zip(types).map(|(ident, ty)| {
                quote!(
                    if let Some(value) = reader.try_branch::<#ty>(None) {
                        return Ok(Self::#ident(value));
                    }
                )
            });
            quote!(#(#tries)* #(#second)* reader.no_branch(Self::Unknown))
        }
    }
}
