//! The registry: every named schema by its name in the document.
//!
//! ```text
//! static SCHEMAS: &[Schema] = &[Schema::new::<models::Card>("Card", &rules::CARD)];
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;

use super::types::{rules_ident, type_tokens};

/// `registry.rs`.
pub fn emit_registry(api: &Api) -> TokenStream {
    let schemas = api.components.iter().map(|component| {
        let name = &component.name;
        let ty = type_tokens(&component.ty, api, &quote!(models::));
        let ty = if component.nullable { quote!(Option<#ty>) } else { ty };
        let rules = rules_ident(component.schema, api);
        quote!(Schema::new::<#ty>(#name, &rules::#rules))
    });
    quote! {
        /// The named schemas, in the order of the document.
        pub static SCHEMAS: &[Schema] = &[#(#schemas),*];

        /// The schema of a name in the document's `components.schemas`.
        #[must_use]
        pub fn get(name: &str) -> Option<&'static Schema> {
            SCHEMAS.iter().find(|schema| schema.name() == name)
        }
    }
}
