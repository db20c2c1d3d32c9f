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
//!
//! impl support::Union for Errors {
//!     const BRANCHES: &'static [support::Branch<Self>] = &[
//!         support::Branch { decode: |reader| support::branch(reader, Self::Array), rules: &rules::ERRORS_ARRAY },
//!         support::Branch { decode: |reader| support::branch(reader, Self::Message), rules: &rules::MESSAGE },
//!     ];
//!     const EVIDENCE: &'static [support::Evidence] = &[
//!         support::Evidence { branch: 0, types: Types(32), proof: support::Proof::Type },
//!         support::Evidence { branch: 1, types: Types(64), proof: support::Proof::Type },
//!     ];
//! }
//! ```
//!
//! What tells the branches apart was decided by `lower/` ([`Evidence`]); a value that fits none is a fault when strict, and
//! kept as it is when lenient. It may hold anything, so it is redacted.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Definition, Evidence, Proof, Union};

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
    let types = union.variants.iter().map(|variant| type_tokens(&variant.ty, api, &TokenStream::new()));
    let docs_of = union.variants.iter().map(|variant| {
        let text = format!(" The branch at {}.", code(&api.schemas.get(variant.schema).pointer));
        quote!(#[doc = #text])
    });
    let branches = union.variants.iter().zip(&idents).map(|(variant, ident)| {
        let rules = rules_ident(variant.schema, api);
        quote!(support::Branch { decode: |reader| support::branch(reader, Self::#ident), rules: &super::rules::#rules })
    });
    let evidence = union.evidence.iter().map(evidence);
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
        impl support::Union for #name {
            const BRANCHES: &'static [support::Branch<Self>] = &[#(#branches),*];
            const EVIDENCE: &'static [support::Evidence] = &[#(#evidence),*];
            fn unknown(value: Secret<serde_json::Value>) -> Self {
                Self::Unknown(value)
            }
        }
        impl Decode for #name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                reader.union()
            }
        }
        #serde
    }
}

fn evidence(evidence: &Evidence) -> TokenStream {
    let branch = proc_macro2::Literal::usize_unsuffixed(evidence.variant);
    let bits = proc_macro2::Literal::u8_unsuffixed(evidence.types.0);
    let proof = match &evidence.proof {
        Proof::MemberValue(name, values) => quote!(support::Proof::MemberValue(#name, &[#(#values),*])),
        Proof::Value(values) => quote!(support::Proof::Value(&[#(#values),*])),
        Proof::Member(name) => quote!(support::Proof::Member(#name)),
        Proof::AnyMember(names) => quote!(support::Proof::AnyMember(&[#(#names),*])),
        Proof::Type => quote!(support::Proof::Type),
    };
    quote!(support::Evidence { branch: #branch, types: Types(#bits), proof: #proof })
}
