//! An operation: its method, and the type of its calls.
//!
//! ```yaml
//! /StringTokens/{token}:
//!   get:
//!     operationId: StringTokenRetrieve
//! ```
//!
//! ```text
//! pub fn string_token_retrieve(&self, token: &Secret<String>) -> StringTokenRetrieveCall {
//!     let mut call = self.core.call("StringTokenRetrieve", http::Method::GET, "/StringTokens/{token}", &[&[&super::API_KEY]]);
//!     call.check_parameter("path", "token", token.view(), &rules::TOKEN);
//!     call.path_literal("/StringTokens/");
//!     call.path_parameter("token", Style::Simple, false, token.view());
//!     call.accept("application/json");
//!     StringTokenRetrieveCall { call }
//! }
//! ```
//!
//! What the document requires is an argument; what it does not is a method of the call, so that another optional parameter breaks no
//! program. The call holds the request, and is sent when it is awaited:
//!
//! ```text
//! impl std::future::IntoFuture for StringTokenRetrieveCall {
//!     type Output = Result<Response<models::StringToken>, Error>;
//!     type IntoFuture = Sending<models::StringToken>;
//!     fn into_future(self) -> Self::IntoFuture {
//!         self.call.send(|received| match received.status().as_u16() {
//!             200 => received.json(),
//!             404 => Err(received.empty_error(StringTokenRetrieveError::NotFound)),
//!             _ => Err(received.unexpected()),
//!         })
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{MediaType, Operation, Parameter};

use crate::emit::client::arguments::{argument_type, arguments, body_type, optional, optional_body};
use crate::emit::client::checks::{checks, set_check};
use crate::emit::client::docs::{body_setter_docs, method_docs, setter_docs};
use crate::emit::client::facts::Facts;
use crate::emit::client::request::{http_method, request, send_body, write};
use crate::emit::client::response::Outcome;
use crate::emit::client::security::security;
use crate::emit::models::builder::is_operator;
use crate::emit::models::types::{ident, type_tokens};

/// What is emitted of one operation.
pub struct EmittedOperation {
    /// The method, for the `impl` block of its tag.
    pub method: TokenStream,
    /// The types made for it.
    pub types: TokenStream,
}

/// The methods and the types of an operation.
pub fn emit_operation(operation: &Operation, facts: &Facts<'_>) -> EmittedOperation {
    let outcome = Outcome::of(operation, facts);
    let call = call_struct(operation, &outcome, facts);
    let types = &outcome.types;
    let methods =
        methods_of(operation).into_iter().map(|(name, media)| method(operation, name, media, &outcome, facts));
    EmittedOperation { method: quote!(#(#methods)*), types: quote!(#call #types) }
}

/// The type of an operation's calls.
fn call_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}Call", operation.type_stem)
}

/// The methods of an operation: one for each media type that its body can be sent in.
fn methods_of(operation: &Operation) -> Vec<(&str, Option<&MediaType>)> {
    let chosen = operation.body.as_ref().map(|body| &body.chosen);
    let others = operation.body.iter().flat_map(|body| &body.others);
    // A body that may be left out is set on the call. The methods of its other media types are there to send one.
    let first = (operation.rust_name.as_str(), chosen.filter(|_| optional_body(operation).is_none()));
    std::iter::once(first).chain(others.map(|(name, media)| (name.as_str(), Some(media)))).collect()
}

fn method(
    operation: &Operation,
    name: &str,
    media: Option<&MediaType>,
    outcome: &Outcome,
    facts: &Facts<'_>,
) -> TokenStream {
    let (name, api) = (ident(name), facts.api);
    let call_name = call_name(operation);
    let parameters = arguments(operation);
    let mut arguments: Vec<TokenStream> = parameters
        .iter()
        .map(|parameter| {
            let (name, ty) = (ident(&parameter.rust_name), argument_type(&parameter.ty, api));
            quote!(#name: #ty)
        })
        .collect();
    if let Some(media) = media {
        let ty = body_type(media, api);
        arguments.push(quote!(body: #ty));
    }
    let docs = method_docs(operation, media, outcome, facts);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let checks = checks(&parameters, media, facts);
    let request = request(operation, media, &parameters);
    let secrets = facts.holds_secrets(operation, media).then(|| quote!(call.holds_secrets();));
    let security = security(operation, api);
    // `&self` is one.
    let many = (arguments.len() >= 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one for each thing that is required")]));
    let new =
        (name == "new").then(|| quote!(#[allow(clippy::new_ret_no_self, reason = "an operation of the document")]));
    let (id, path) = (&operation.id, &operation.path);
    let method = http_method(&operation.method);
    let fields = optional(operation).into_iter().map(|parameter| {
        let field = ident(&parameter.rust_name);
        quote!(#field: None)
    });
    quote! {
        #docs
        #deprecated
        #many
        #new
        pub fn #name(&self, #(#arguments),*) -> #call_name {
            let mut call = self.core.call(#id, #method, #path, #security);
            #checks
            #request
            #secrets
            #call_name { call, #(#fields),* }
        }
    }
}

/// The type of an operation's calls: the request, and what is set on it.
fn call_struct(operation: &Operation, outcome: &Outcome, facts: &Facts<'_>) -> TokenStream {
    let (name, api) = (call_name(operation), facts.api);
    let parameters = optional(operation);
    let fields = parameters.iter().map(|parameter| {
        let (field, ty) = (ident(&parameter.rust_name), type_tokens(&parameter.ty, api, &quote!(models::)));
        quote!(#field: Option<#ty>)
    });
    let setters = parameters.iter().map(|parameter| setter(parameter, facts));
    let body_setter = optional_body(operation).map(|media| {
        let (ty, check, send) = (body_type(media, api), checks(&[], Some(media), facts), send_body(media));
        let docs = body_setter_docs(operation, media);
        let secrets = facts.sensitive.holds_secret(&media.ty).then(|| quote!(call.holds_secrets();));
        quote!(
            #docs
            pub fn body(mut self, body: #ty) -> Self {
                let call = &mut self.call;
                #check
                #send
                #secrets
                self
            }
        )
    });
    let has_setters = !parameters.is_empty() || body_setter.is_some();
    let setters = has_setters.then(|| quote!(impl #name { #(#setters)* #body_setter }));
    let write = parameters.iter().map(|parameter| {
        let (field, check, write) =
            (ident(&parameter.rust_name), set_check(parameter, facts), write(parameter, quote!(value.view())));
        quote!(if let Some(value) = &self.#field { #check #write })
    });
    let call = if parameters.is_empty() { quote!(self.call) } else { quote!(call) };
    let open = (!parameters.is_empty()).then(|| quote!(let mut call = self.call;));
    let (success, read) = (&outcome.success_type, outcome.read());
    let text = if has_setters {
        " A call of [`Client::{}`]: it is sent when it is awaited, and refined by its methods before."
    } else {
        " A call of [`Client::{}`], which is sent when it is awaited."
    };
    let text = text.replace("{}", operation.rust_name.trim_start_matches("r#"));
    quote! {
        #[doc = #text]
        #[must_use = "a call is sent when it is awaited"]
        pub struct #name { call: Pending, #(#fields),* }
        #setters
        impl std::future::IntoFuture for #name {
            type Output = Result<Response<#success>, Error>;
            type IntoFuture = Sending<#success>;
            fn into_future(self) -> Self::IntoFuture {
                #open
                #(#write)*
                #call.send(|received| #read)
            }
        }
        /// The operation alone is shown: what is sent may hold secrets.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.call, f)
            }
        }
    }
}

/// The method that sets a parameter.
fn setter(parameter: &Parameter, facts: &Facts<'_>) -> TokenStream {
    let (name, ty) = (ident(&parameter.rust_name), type_tokens(&parameter.ty, facts.api, &quote!(models::)));
    let docs = setter_docs(parameter, facts);
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let operator = is_operator(&parameter.rust_name)
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "setters have the names of parameters")]));
    quote!(
        #docs
        #deprecated
        #operator
        pub fn #name(mut self, value: impl Into<#ty>) -> Self {
            self.#name = Some(value.into());
            self
        }
    )
}
