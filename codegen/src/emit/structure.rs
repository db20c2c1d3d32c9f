//! A struct: its definition, its view for the checker, its decoding.
//!
//! ```yaml
//! Card:
//!   type: object
//!   required: [number]
//!   properties:
//!     number: { type: string, maxLength: 30, x-sensitive: true }
//!     cvv: { type: string, nullable: true }
//!   additionalProperties: false
//! ```
//!
//! ```text
//! pub struct Card {
//!     /// `number`: required, at most 30 characters.
//!     pub number: Secret<String>,
//!     /// `cvv`
//!     pub cvv: Nullable<String>,
//! }
//!
//! impl Object for Card {
//!     fn member(&self, index: usize) -> Option<View<'_>> {
//!         match index {
//!             0 => Some(self.number.view()),
//!             1 => self.cvv.member(),
//!             _ => None,
//!         }
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{AdditionalMembers, Api, Definition, Field, Presence, Struct, Type};

use super::docs::{code, constraints, doc};
use super::types::{field_type, ident, rules_ident, type_tokens};
use super::{builder, model};

/// Everything of one struct.
pub fn emit_struct(definition: &Definition, structure: &Struct, api: &Api) -> TokenStream {
    let name = ident(&definition.rust_name);
    let schema = api.schemas.get(definition.schema);
    let docs = model::docs(definition, schema);
    let fields = structure.fields.iter().map(|field| {
        let docs = field_docs(field, api);
        let deprecated = api.schemas.get(field.schema).annotations.deprecated.then(|| quote!(#[deprecated]));
        let (name, ty) = (ident(&field.rust_name), field_type(field, api));
        quote!(#docs #deprecated pub #name: #ty,)
    });
    let additional = additional_field(structure, api).map(|(name, ty)| {
        quote!(
            /// Members that the document does not declare.
            pub #name: BTreeMap<String, #ty>,
        )
    });
    let derives = model::derives(definition);
    let inherent = model::inherent(definition, api, definition.in_request);
    let view = object_impl(&quote!(#name), structure);
    let decode = decode_impl(&name, structure, api);
    let serde = model::serde_impls(&name);
    let builder = definition.in_request.then(|| builder::emit_builder(definition, structure, api));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #derives)]
        pub struct #name { #(#fields)* #additional }
        #inherent
        impl Instance for #name {
            fn view(&self) -> View<'_> {
                View::Object(self)
            }
        }
        #view
        #decode
        #serde
        #builder
    }
}

/// The text of a field, and what is demanded of it.
pub fn field_docs(field: &Field, api: &Api) -> TokenStream {
    let schema = api.schemas.get(field.schema);
    let mut words = match field.presence {
        Presence::Required => vec!["required".to_owned()],
        Presence::RequiredNullable => vec!["required".to_owned(), "may be null".to_owned()],
        Presence::OptionalNullable => vec!["may be null".to_owned()],
        Presence::Optional => Vec::new(),
    };
    words.extend(constraints(schema));
    let name = code(&field.name);
    let summary = if words.is_empty() { name } else { format!("{name}: {}.", words.join(", ")) };
    let text = schema.annotations.description.as_deref().or(schema.annotations.title.as_deref());
    // The description of a referenced type is said once, at that type.
    let own = match &field.ty {
        Type::Boxed(inner) => api.named(inner).is_none_or(|definition| definition.schema != field.schema),
        ty => api.named(ty).is_none_or(|definition| definition.schema != field.schema),
    };
    let text = text.filter(|_| own);
    let default = schema.annotations.default.as_ref().filter(|_| !schema.sensitive);
    let default = default.map(|value| format!("Default: {}.", code(&value.to_string()))).unwrap_or_default();
    let docs = doc(&[text.unwrap_or_default()]);
    let blank = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    let summary = format!(" {summary}");
    let default = (!default.is_empty()).then(|| {
        let default = format!(" {default}");
        quote!(#[doc = ""] #[doc = #default])
    });
    quote!(#docs #blank #[doc = #summary] #default)
}

/// The field that keeps undeclared members: its name and the type of a value.
pub fn additional_field(structure: &Struct, api: &Api) -> Option<(proc_macro2::Ident, TokenStream)> {
    match &structure.additional {
        AdditionalMembers::Closed => None,
        AdditionalMembers::Kept { rust_name, ty } => {
            Some((ident(rust_name), type_tokens(ty, api, &TokenStream::new())))
        }
    }
}

/// `impl Object`, for a struct.
fn object_impl(name: &TokenStream, structure: &Struct) -> TokenStream {
    let members = structure.fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.rust_name);
        let member = match field.presence {
            Presence::Required | Presence::RequiredNullable => quote!(Some(self.#name.view())),
            Presence::Optional => quote!(self.#name.as_ref().map(Instance::view)),
            Presence::OptionalNullable => quote!(self.#name.member()),
        };
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        quote!(#index => #member,)
    });
    object_tokens(name, structure, members.collect())
}

/// `impl Object`, from the arms of `member`.
pub fn object_tokens(name: &TokenStream, structure: &Struct, members: Vec<TokenStream>) -> TokenStream {
    let names = structure.fields.iter().map(|field| &field.name);
    let additional = match &structure.additional {
        AdditionalMembers::Closed => quote!(None),
        AdditionalMembers::Kept { rust_name, .. } => {
            let name = ident(rust_name);
            quote!(Some(&self.#name))
        }
    };
    let member = if members.is_empty() {
        quote!(
            fn member(&self, _index: usize) -> Option<View<'_>> {
                None
            }
        )
    } else {
        quote!(
            fn member(&self, index: usize) -> Option<View<'_>> {
                match index { #(#members)* _ => None, }
            }
        )
    };
    quote! {
        impl Object for #name {
            fn names(&self) -> &'static [&'static str] {
                &[#(#names),*]
            }
            #member
            fn additional(&self) -> Option<&dyn Entries> {
                #additional
            }
        }
    }
}

fn decode_impl(name: &proc_macro2::Ident, structure: &Struct, api: &Api) -> TokenStream {
    let locals: Vec<_> = structure.fields.iter().map(|field| ident(&local(&field.rust_name))).collect();
    let arms = structure.fields.iter().zip(&locals).map(|(field, local)| {
        let name = &field.name;
        let assign = if field.presence == Presence::Optional { quote!(assign_optional) } else { quote!(assign) };
        quote!(#name => reader.#assign(&mut #local, #name)?,)
    });
    let values = structure.fields.iter().zip(&locals).map(|(field, local)| {
        let (rust_name, name) = (ident(&field.rust_name), &field.name);
        let value = match field.presence {
            Presence::Required | Presence::RequiredNullable => quote!(reader.required(#local, #name)?),
            Presence::Optional => match stated_default(field, api).filter(|_| api.assume_defaults) {
                Some(default) => quote!(#local.or_else(|| support::stated_default(#default))),
                None => quote!(#local),
            },
            Presence::OptionalNullable => match stated_default(field, api).filter(|_| api.assume_defaults) {
                Some(default) => quote!(#local.or_else(|| support::stated_default(#default)).unwrap_or_default()),
                None => quote!(#local.unwrap_or_default()),
            },
        };
        // `name: name` is written as `name`.
        let plain = !api.assume_defaults || stated_default(field, api).is_none();
        if rust_name == *local && field.presence == Presence::Optional && plain {
            quote!(#local,)
        } else {
            quote!(#rust_name: #value,)
        }
    });
    let (additional_local, additional_arm, additional_value) = match &structure.additional {
        AdditionalMembers::Closed => (None, quote!(reader.undeclared(&name)?), None),
        AdditionalMembers::Kept { rust_name, .. } => {
            let field = ident(rust_name);
            (
                Some(quote!(let mut #field = BTreeMap::new();)),
                quote!(reader.additional(&mut #field, name)?),
                Some(quote!(#field,)),
            )
        }
    };
    let body = if structure.fields.is_empty() {
        quote!(#additional_arm;)
    } else {
        quote!(match &*name { #(#arms)* _ => #additional_arm, })
    };
    quote! {
        impl Decode for #name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                #(let mut #locals = None;)*
                #additional_local
                reader.object()?;
                while let Some(name) = reader.name()? {
                    #body
                }
                Ok(Self { #(#values)* #additional_value })
            }
        }
    }
}

/// The default of a property as JSON, where its own schema allows it and it may be shown.
pub fn stated_default(field: &Field, api: &Api) -> Option<String> {
    let schema = api.schemas.get(field.schema);
    let default = schema.annotations.default.as_ref()?;
    let fits = schema.types.intersects(crate::api::TypeSet::of(default));
    (fits && !schema.sensitive).then(|| default.to_string())
}

/// A local's name: the field's, unless decoding needs that name for itself.
fn local(rust_name: &str) -> String {
    if matches!(rust_name, "reader" | "name") { format!("{rust_name}_") } else { rust_name.to_owned() }
}

/// The rules of a definition, as a path from `models.rs`.
pub fn rules_path(definition: &Definition, api: &Api) -> TokenStream {
    let rules = rules_ident(definition.schema, api);
    quote!(super::rules::#rules)
}
