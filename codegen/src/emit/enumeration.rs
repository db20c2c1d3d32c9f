//! An enum of strings.
//!
//! ```yaml
//! ResultCode: { type: string, enum: [Success, Rejected] }
//! ```
//!
//! ```text
//! #[non_exhaustive]
//! pub enum ResultCode {
//!     Success,
//!     Rejected,
//!     /// A value that the document does not list.
//!     Unknown(String),
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Definition, Enum};

use super::docs::{code, doc};
use super::model;
use super::types::ident;

/// Everything of one enum.
pub fn emit_enum(definition: &Definition, enumeration: &Enum, api: &Api) -> TokenStream {
    let name = ident(&definition.rust_name);
    let docs = model::docs(definition, api.schemas.get(definition.schema));
    let derives = model::derives(definition);
    let inherent = model::inherent(definition, api, false);
    let serde = model::serde_impls(&name);
    let idents: Vec<_> = enumeration.variants.iter().map(|variant| ident(&variant.rust_name)).collect();
    let values: Vec<_> = enumeration.variants.iter().map(|variant| &variant.value).collect();
    let variants = enumeration.variants.iter().zip(&idents).map(|(variant, ident)| {
        let value = format!("{}.", code(&variant.value));
        let docs = match &variant.description {
            Some(text) => doc(&[text, &value]),
            None => {
                let value = format!(" {value}");
                quote!(#[doc = #value])
            }
        };
        quote!(#docs #ident,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the document does not list: decoded from a response all the same, a violation when checked.
            Unknown(String),
        }
        impl #name {
            /// The value as the document writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        #inherent
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#idents,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl Instance for #name {
            fn view(&self) -> View<'_> {
                View::String(self.as_str())
            }
        }
        impl Decode for #name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                Ok(Self::from(&*reader.string()?))
            }
        }
        #serde
    }
}
