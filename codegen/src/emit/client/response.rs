//! What an operation answers: its success type, its error type, and the `match` that tells them apart.
//!
//! ```yaml
//! responses:
//!   '200': { content: { application/json: { schema: { $ref: '#/components/schemas/Result' } } } }
//!   '202': { content: { application/json: { schema: { $ref: '#/components/schemas/Result' } } } }
//!   '401': { description: Not authenticated. }
//! ```
//!
//! Success is `Result`, as both statuses carry it ([`Response::status`] tells which it was); with different bodies it is an
//! enum by status. Errors are an enum by status, which the client's `Error` carries:
//!
//! ```text
//! pub enum ChargeError {
//!     /// 401: Not authenticated.
//!     Unauthorized,
//! }
//! ```
//!
//! [`Response::status`]: crate::runtime

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Api, Encoding, MediaType, Operation, Response, ResponseStatus};

use crate::emit::comment::docs::{Said, code, doc};
use crate::emit::models::sensitive::holds_unknown;
use crate::emit::models::types::type_tokens;

/// The outcome of an operation.
pub struct Outcome {
    /// `T` of `Response<T>`.
    pub success_type: TokenStream,
    /// The type of the documented errors, where there are some.
    pub error_name: proc_macro2::Ident,
    /// What is made of an answer, by the pattern of its statuses; the last is `_`.
    arms: Vec<(TokenStream, TokenStream)>,
    /// The types made for the operation.
    pub types: TokenStream,
    /// The documented error statuses, for the docs: `` `400` (the request is not valid) ``.
    pub error_statuses: Vec<String>,
}

impl Outcome {
    /// Reads the responses of an operation.
    pub fn of(operation: &Operation, api: &Api) -> Self {
        let mut responses: Vec<&Response> = operation.responses.iter().collect();
        // An exact status before a range before the rest (OpenAPI 3.0.4, "Responses Object").
        responses.sort_by_key(|response| match response.status {
            ResponseStatus::Code(_) => 0,
            ResponseStatus::Range(_) => 1,
            ResponseStatus::Default => 2,
        });
        let declares_success = responses.iter().any(|response| response.status.is_success());
        let is_success =
            |status: ResponseStatus| status.is_success() || (status == ResponseStatus::Default && !declares_success);
        let (successes, errors): (Vec<&Response>, Vec<&Response>) =
            responses.iter().copied().partition(|response| is_success(response.status));
        let types: Vec<String> = successes.iter().map(|response| body_type(response, api).to_string()).collect();
        let one_type = types.windows(2).all(|pair| pair.first() == pair.last());
        let success_name = format_ident!("{}Response", operation.type_stem);
        let error_name = format_ident!("{}Error", operation.type_stem);
        let success_type = match successes.first() {
            None => quote!(()),
            Some(first) if one_type => body_type(first, api),
            Some(_) => quote!(#success_name),
        };
        let mut made = Vec::new();
        if !one_type {
            let text = format!(" What {} answers when it succeeds.", code(&operation.id));
            made.push(status_enum(&success_name, &text, &successes, api, false));
        }
        if !errors.is_empty() {
            let text = format!(" What {} answers when it fails.", code(&operation.id));
            made.push(status_enum(&error_name, &text, &errors, api, true));
        }
        let mut arms: Vec<(TokenStream, TokenStream)> = responses
            .iter()
            .map(|response| {
                let pattern = pattern(response.status);
                let read = read(response);
                let variant = format_ident!("{}", response.status.phrase());
                match (is_success(response.status), one_type) {
                    (true, true) => (pattern, read),
                    (true, false) => {
                        let read = read_as(response, "as");
                        (pattern, quote!(received.#read(#success_name::#variant)))
                    }
                    (false, _) => {
                        let read = read_as(response, "error");
                        (pattern, quote!(Err(received.#read(#error_name::#variant))))
                    }
                }
            })
            .collect();
        if !responses.iter().any(|response| response.status == ResponseStatus::Default) {
            arms.push((quote!(_), quote!(Err(received.unexpected()))));
        }
        let error_statuses = errors.iter().map(|response| status_text(response)).collect();
        Self { success_type, error_name, arms: merged(arms), types: quote!(#(#made)*), error_statuses }
    }
}

impl Outcome {
    /// The outcome of a call, made of `received`.
    pub fn read(&self) -> TokenStream {
        match self.arms.as_slice() {
            [(_, only)] => only.clone(),
            arms => {
                let arms = arms.iter().map(|(pattern, answer)| quote!(#pattern => #answer,));
                quote!(match received.status().as_u16() { #(#arms)* })
            }
        }
    }
}

/// Neighbouring arms with one answer, as one.
fn merged(arms: Vec<(TokenStream, TokenStream)>) -> Vec<(TokenStream, TokenStream)> {
    let mut out: Vec<(TokenStream, TokenStream)> = Vec::new();
    for (pattern, answer) in arms {
        match out.last_mut() {
            // `_` stands alone (clippy::wildcard_in_or_patterns).
            Some((first, known)) if known.to_string() == answer.to_string() => {
                *first = if pattern.to_string() == "_" { pattern } else { quote!(#first | #pattern) };
            }
            _ => out.push((pattern, answer)),
        }
    }
    out
}

/// The media types that responses are decoded from, for `Accept`.
pub fn accepted(operation: &Operation) -> String {
    let mut seen = HashSet::new();
    let media = operation.responses.iter().filter_map(|response| response.content.as_ref());
    let names: Vec<&str> = media.map(|media| media.name.as_str()).filter(|name| seen.insert(*name)).collect();
    names.join(", ")
}

fn body_type(response: &Response, api: &Api) -> TokenStream {
    match &response.content {
        None => quote!(()),
        Some(media) => match media.encoding {
            Encoding::Json | Encoding::Form => {
                let ty = type_tokens(&media.ty, api, &quote!(models::));
                if media.nullable { quote!(Option<#ty>) } else { ty }
            }
            Encoding::Text => quote!(String),
            Encoding::Bytes | Encoding::Multipart => quote!(bytes::Bytes),
        },
    }
}

fn read(response: &Response) -> TokenStream {
    match response.content.as_ref().map(|media| media.encoding) {
        None => quote!(received.empty()),
        Some(Encoding::Json | Encoding::Form) => quote!(received.json()),
        Some(Encoding::Text) => quote!(received.text()),
        Some(Encoding::Bytes | Encoding::Multipart) => quote!(received.raw()),
    }
}

/// The method that makes a variant (`as`) or an error (`error`) of a received answer.
fn read_as(response: &Response, made: &str) -> proc_macro2::Ident {
    let read = match response.content.as_ref().map(|media| media.encoding) {
        None => "empty",
        Some(Encoding::Json | Encoding::Form) => "json",
        Some(Encoding::Text) => "text",
        Some(Encoding::Bytes | Encoding::Multipart) => "raw",
    };
    format_ident!("{read}_{made}")
}

fn pattern(status: ResponseStatus) -> TokenStream {
    match status {
        ResponseStatus::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        ResponseStatus::Range(range) => {
            let first = Literal::u16_unsuffixed(u16::from(range) * 100);
            let last = Literal::u16_unsuffixed(u16::from(range) * 100 + 99);
            quote!(#first..=#last)
        }
        ResponseStatus::Default => quote!(_),
    }
}

fn status_text(response: &Response) -> String {
    let status = match response.status {
        ResponseStatus::Code(code) => code.to_string(),
        ResponseStatus::Range(range) => format!("{range}XX"),
        ResponseStatus::Default => "any other status".to_owned(),
    };
    format!("`{status}`")
}

fn status_enum(name: &proc_macro2::Ident, text: &str, responses: &[&Response], api: &Api, error: bool) -> TokenStream {
    let variants: Vec<_> = responses.iter().map(|response| format_ident!("{}", response.status.phrase())).collect();
    let definitions = responses.iter().zip(&variants).map(|(response, variant)| {
        let docs = doc(&[Said::Labelled(&status_text(response), &response.description)]);
        let held = response.content.is_some().then(|| {
            let ty = body_type(response, api);
            quote!((#ty))
        });
        quote!(#docs #variant #held,)
    });
    // A body that is carried as it came, or of any type, is not shown: it may hold anything.
    let is_raw = |media: &MediaType| {
        matches!(media.encoding, Encoding::Text | Encoding::Bytes | Encoding::Multipart)
            || holds_unknown(&media.ty, api)
    };
    let raw = responses.iter().any(|response| response.content.as_ref().is_some_and(is_raw));
    let derived = (!raw).then(|| quote!(Debug,));
    let debug = raw.then(|| {
        let arms = responses.iter().zip(&variants).map(|(response, variant)| {
            let text = variant.to_string();
            match &response.content {
                Some(media) if is_raw(media) => {
                    let text = format!("{text}([redacted])");
                    quote!(Self::#variant(_) => f.write_str(#text),)
                }
                Some(_) => quote!(Self::#variant(value) => f.debug_tuple(#text).field(value).finish(),),
                None => quote!(Self::#variant => f.write_str(#text),),
            }
        });
        quote! {
            /// Raw bodies may hold secrets, and are not shown.
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    match self { #(#arms)* }
                }
            }
        }
    });
    let error_impls = error.then(|| {
        let patterns = responses.iter().zip(&variants).map(|(response, variant)| {
            let text = match response.status {
                ResponseStatus::Code(code) => format!("status {code}"),
                ResponseStatus::Range(range) => format!("status {range}XX"),
                ResponseStatus::Default => "an error status".to_owned(),
            };
            let held = response.content.is_some().then(|| quote!((_)));
            quote!(Self::#variant #held => f.write_str(#text),)
        });
        quote! {
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    match self { #(#patterns)* }
                }
            }
            impl std::error::Error for #name {}
        }
    });
    quote! {
        #[doc = #text]
        #[derive(Clone, #derived PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "held behind a box already")]
        pub enum #name { #(#definitions)* }
        #debug
        #error_impls
    }
}
