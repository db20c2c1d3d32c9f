//! The builder of a request type. It is an object of its own to the checker, so that what is missing is reported together
//! with what is wrong.
//!
//! ```text
//! let card = Card::builder().number("4111111111111111").build()?;
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{AdditionalMembers, Api, Definition, Presence, Struct};

use super::docs::code;
use super::structure::{additional_field, object_tokens, rules_path, stated_default};
use super::types::{ident, type_tokens};

/// The builder of a struct.
pub fn emit_builder(definition: &Definition, structure: &Struct, api: &Api) -> TokenStream {
    let name = ident(&definition.rust_name);
    let builder = ident(&format!("{}Builder", definition.rust_name));
    let rules = rules_path(definition, api);
    let (mut fields, mut setters, mut members, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, field) in structure.fields.iter().enumerate() {
        let rust_name = ident(&field.rust_name);
        let ty = type_tokens(&field.ty, api, &TokenStream::new());
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let (held, argument, member, value) = match field.presence {
            Presence::Required => (
                quote!(Option<#ty>),
                quote!(#ty),
                quote!(self.#rust_name.as_ref().map(Instance::view)),
                required(&rust_name, &field.name),
            ),
            Presence::RequiredNullable => (
                quote!(Option<Option<#ty>>),
                quote!(Option<#ty>),
                quote!(self.#rust_name.as_ref().map(Instance::view)),
                required(&rust_name, &field.name),
            ),
            Presence::Optional => (
                quote!(Option<#ty>),
                quote!(#ty),
                quote!(self.#rust_name.as_ref().map(Instance::view)),
                quote!(self.#rust_name),
            ),
            Presence::OptionalNullable => (
                quote!(Nullable<#ty>),
                quote!(Nullable<#ty>),
                quote!(self.#rust_name.member()),
                quote!(self.#rust_name),
            ),
        };
        let assigned = match field.presence {
            Presence::OptionalNullable => quote!(value.into()),
            _ => quote!(Some(value.into())),
        };
        let doc = format!(" Sets {}.", code(&field.name));
        let setter = setter_name(&field.rust_name);
        fields.push(quote!(#rust_name: #held,));
        setters.push(quote!(
            #[doc = #doc]
            #[must_use]
            pub fn #setter(mut self, value: impl Into<#argument>) -> Self {
                self.#rust_name = #assigned;
                self
            }
        ));
        members.push(quote!(#index => #member,));
        values.push(quote!(#rust_name: #value,));
    }
    if let Some((rust_name, ty)) = additional_field(structure, api) {
        fields.push(quote!(#rust_name: BTreeMap<String, #ty>,));
        let setter = setter_name(&rust_name.to_string());
        setters.push(quote!(
            /// Adds a member that the document does not declare.
            #[must_use]
            pub fn #setter(mut self, name: impl Into<String>, value: impl Into<#ty>) -> Self {
                self.#rust_name.insert(name.into(), value.into());
                self
            }
        ));
        values.push(quote!(#rust_name: self.#rust_name,));
    }
    let with_defaults = with_defaults(structure, api);
    debug_assert_eq!(structure.additional == AdditionalMembers::Closed, additional_field(structure, api).is_none());
    let object = object_tokens(&quote!(#builder), structure, members);
    let docs = format!(" Builds a [`{}`].", definition.rust_name);
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, Default)]
        pub struct #builder { #(#fields)* }
        impl #builder {
            #(#setters)*
            #with_defaults
            /// Finishes the value.
            ///
            /// # Errors
            /// Everything that is missing or wrong, at once.
            pub fn build(self) -> Result<#name, Violations> {
                support::check(View::Object(&self), &#rules)?;
                Ok(#name { #(#values)* })
            }
        }
        #object
    }
}

/// The method that fills in what the document says of absent properties.
fn with_defaults(structure: &Struct, api: &Api) -> Option<TokenStream> {
    let lines: Vec<TokenStream> = structure
        .fields
        .iter()
        .filter_map(|field| {
            let (name, default) = (ident(&field.rust_name), stated_default(field, api)?);
            Some(match field.presence {
                Presence::OptionalNullable => quote!(
                    if self.#name.is_absent() {
                        self.#name = support::stated_default(#default).unwrap_or_default();
                    }
                ),
                _ => quote!(self.#name = self.#name.or_else(|| support::stated_default(#default));),
            })
        })
        .collect();
    (!lines.is_empty()).then(|| {
        quote!(
            /// Fills in the defaults of the document where nothing was set.
            #[must_use]
            pub fn with_defaults(mut self) -> Self {
                #(#lines)*
                self
            }
        )
    })
}

fn required(rust_name: &proc_macro2::Ident, name: &str) -> TokenStream {
    quote!(support::built(self.#rust_name, #name)?)
}

/// A setter's name: the field's, unless the builder needs that name for itself.
fn setter_name(rust_name: &str) -> proc_macro2::Ident {
    if matches!(rust_name, "build" | "with_defaults") { ident(&format!("{rust_name}_")) } else { ident(rust_name) }
}
