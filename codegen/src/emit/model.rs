//! What every defined type has, whatever its kind: `from_json`, `validate`, serde's traits.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Definition, Schema};

use super::docs::{code, constraints, doc};
use super::structure::rules_path;
use super::types::ident;

/// The doc comment of a type: its text, its name in the document, its constraints.
pub fn docs(definition: &Definition, schema: &Schema) -> TokenStream {
    let annotations = &schema.annotations;
    let text = annotations.description.as_deref().or(annotations.title.as_deref()).unwrap_or_default();
    let mut words = constraints(schema);
    let last = match &definition.component {
        Some(name) => {
            words.insert(0, format!("schema {}", code(name)));
            format!("{}.", capital(&words.join(", ")))
        }
        None => format!("The schema at {}.", code(&schema.pointer)),
    };
    let text_docs = doc(&[text]);
    let blank = (!text_docs.is_empty()).then(|| quote!(#[doc = ""]));
    let last = format!(" {last}");
    let deprecated = annotations.deprecated.then(|| quote!(#[deprecated]));
    quote!(#text_docs #blank #[doc = #last] #deprecated)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The traits that the user wants derived, after those that every type derives.
pub fn derives(definition: &Definition) -> TokenStream {
    let paths = definition.derives.iter().filter_map(|path| path.parse::<TokenStream>().ok());
    quote!(#(, #paths)*)
}

/// The inherent functions of a type.
pub fn inherent(definition: &Definition, api: &Api, builder: bool) -> TokenStream {
    let name = ident(&definition.rust_name);
    let rules = rules_path(definition, api);
    let builder = builder.then(|| {
        let builder = ident(&format!("{}Builder", definition.rust_name));
        quote!(
            /// Starts a builder, whose `build()` reports everything that is missing or wrong at once.
            #[must_use]
            pub fn builder() -> #builder {
                Default::default()
            }
        )
    });
    quote! {
        impl #name {
            #builder
            /// Reads a value from JSON and checks it.
            ///
            /// # Errors
            /// Everything wrong with the text: syntax, wrong types, missing and unknown members, broken rules.
            pub fn from_json(json: &[u8]) -> Result<Self, Violations> {
                support::from_json(json, &#rules)
            }
            /// Checks the value against every rule of the document.
            ///
            /// # Errors
            /// All violations, in the order of the document.
            pub fn validate(&self) -> Result<(), Violations> {
                support::check(self.view(), &#rules)
            }
        }
    }
}

/// `Serialize` and `Deserialize`, over the view and the reader.
pub fn serde_impls(name: &proc_macro2::Ident) -> TokenStream {
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.view().serialize(serializer)
            }
        }
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                support::deserialize(deserializer)
            }
        }
    }
}
