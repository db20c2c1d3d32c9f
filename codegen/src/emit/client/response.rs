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

use crate::emit::client::facts::Facts;
use crate::emit::client::size::{Size, may_differ_much};
use crate::emit::comment::docs::{Said, code, doc};
use crate::emit::models::sensitive::holds_unknown;
use crate::emit::models::types::{type_text, type_tokens};

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
    /// The documented error statuses, for the docs: `` `400` ``.
    pub error_statuses: Vec<String>,
    /// Whether there are statuses that the document does not name.
    pub is_open: bool,
    /// Whether some body is decoded.
    pub decodes: bool,
}

impl Outcome {
    /// Reads the responses of an operation.
    pub fn of(operation: &Operation, facts: &Facts<'_>) -> Self {
        let api = facts.api;
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
            let text = format!("What {} answers when it succeeds:", code(&operation.id));
            made.push(status_enum(&success_name, &text, &successes, facts, false));
        }
        if !errors.is_empty() {
            let text = format!("What {} answers when it fails:", code(&operation.id));
            made.push(status_enum(&error_name, &text, &errors, facts, true));
        }
        let answers = responses
            .iter()
            .map(|response| {
                let variant = format_ident!("{}", response.status.phrase());
                let answer = match (is_success(response.status), one_type) {
                    (true, true) => read(response),
                    (true, false) => {
                        let read = read_as(response, "as");
                        quote!(received.#read(#success_name::#variant))
                    }
                    (false, _) => {
                        let read = read_as(response, "error");
                        quote!(Err(received.#read(#error_name::#variant)))
                    }
                };
                (response.status, answer)
            })
            .collect();
        let is_open = !responses.iter().any(|response| response.status == ResponseStatus::Default);
        let is_decoded = |media: &MediaType| matches!(media.encoding, Encoding::Json | Encoding::Form);
        let decodes = responses.iter().any(|response| response.content.as_ref().is_some_and(is_decoded));
        let error_statuses = errors.iter().map(|response| status_text(response)).collect();
        let types = quote!(#(#made)*);
        Self { success_type, error_name, arms: arms(answers), types, error_statuses, is_open, decodes }
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

/// What is made of the statuses: exact ones, ranges, the rest. Those with one answer are one arm, and what a later arm says anyway is none.
fn arms(answers: Vec<(ResponseStatus, TokenStream)>) -> Vec<(TokenStream, TokenStream)> {
    let text_of = |wanted: ResponseStatus| {
        let found = answers.iter().find(|(status, _)| *status == wanted);
        found.map(|(_, answer)| answer.to_string())
    };
    let rest = answers.iter().find(|(status, _)| *status == ResponseStatus::Default);
    let rest = rest.map_or_else(|| quote!(Err(received.unexpected())), |(_, answer)| answer.clone());
    let later = |status: ResponseStatus| match status {
        ResponseStatus::Code(code) => {
            let range = u8::try_from(code / 100).ok().and_then(|range| text_of(ResponseStatus::Range(range)));
            Some(range.unwrap_or_else(|| rest.to_string()))
        }
        ResponseStatus::Range(_) => Some(rest.to_string()),
        ResponseStatus::Default => None,
    };
    // Exact statuses exclude each other, and so do ranges; an exact one goes before its range.
    let mut out: Vec<(bool, TokenStream, TokenStream)> = Vec::new();
    for (status, answer) in answers.iter().filter(|(status, _)| *status != ResponseStatus::Default) {
        let text = answer.to_string();
        if later(*status).is_some_and(|later| later == text) {
            continue;
        }
        let (is_exact, pattern) = (matches!(status, ResponseStatus::Code(_)), pattern(*status));
        match out.iter_mut().find(|(exact, _, known)| *exact == is_exact && known.to_string() == text) {
            Some((_, first, _)) => *first = quote!(#first | #pattern),
            None => out.push((is_exact, pattern, answer.clone())),
        }
    }
    let mut arms: Vec<_> = out.into_iter().map(|(_, pattern, answer)| (pattern, answer)).collect();
    arms.push((quote!(_), rest));
    arms
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

/// A status in a sentence.
fn status_text(response: &Response) -> String {
    match response.status {
        ResponseStatus::Code(code) => format!("`{code}`"),
        ResponseStatus::Range(range) => format!("`{range}XX`"),
        ResponseStatus::Default => "any other status".to_owned(),
    }
}

/// What is said of a body: a model with a link to it, any other type as it stands.
fn body_words(response: &Response, api: &Api) -> String {
    let Some(media) = &response.content else { return "no body".to_owned() };
    let ty = match media.encoding {
        Encoding::Text => "String".to_owned(),
        Encoding::Bytes | Encoding::Multipart => "bytes::Bytes".to_owned(),
        Encoding::Json | Encoding::Form => type_text(&media.ty, api, "models::"),
    };
    let is_model = api.named(&media.ty).is_some()
        && !matches!(media.encoding, Encoding::Text | Encoding::Bytes | Encoding::Multipart);
    let or_null = if media.nullable { ", or null" } else { "" };
    if is_model { format!("[`{ty}`]{or_null}") } else { format!("`{ty}`{or_null}") }
}

/// Which body comes with which status, an entry for each body.
fn body_entries(responses: &[&Response], api: &Api) -> Vec<(String, &'static str)> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    for response in responses {
        let (status, body) = (status_text(response), body_words(response, api));
        match entries.iter_mut().find(|(known, _)| *known == body) {
            Some((_, statuses)) => statuses.push(status),
            None => entries.push((body, vec![status])),
        }
    }
    entries.into_iter().map(|(body, statuses)| (format!("{body} with {}", statuses.join(", ")), "")).collect()
}

fn body_size(response: &Response, facts: &Facts<'_>) -> Size {
    match &response.content {
        None => Size::NOTHING,
        Some(media) => match media.encoding {
            Encoding::Json | Encoding::Form => facts.sizes.value(&media.ty),
            Encoding::Text => Size::OWNED,
            Encoding::Bytes | Encoding::Multipart => Size::BYTES,
        },
    }
}

fn status_enum(
    name: &proc_macro2::Ident,
    text: &str,
    responses: &[&Response],
    facts: &Facts<'_>,
    error: bool,
) -> TokenStream {
    let api = facts.api;
    let head = doc(&[Said::Ours(text), Said::Entries(&body_entries(responses, api))]);
    let sizes: Vec<Size> = responses.iter().map(|response| body_size(response, facts)).collect();
    let reason = if error { "held behind a box" } else { "held by its caller" };
    let large = may_differ_much(&sizes).then(|| quote!(#[allow(clippy::large_enum_variant, reason = #reason)]));
    let variants: Vec<_> = responses.iter().map(|response| format_ident!("{}", response.status.phrase())).collect();
    let definitions = responses.iter().zip(&variants).map(|(response, variant)| {
        let status = status_text(response);
        let label = if status.starts_with('`') { status } else { "Any other status".to_owned() };
        let docs = match &response.summary {
            Some(summary) => doc(&[Said::Labelled(&label, summary), Said::Text(&response.description)]),
            None => doc(&[Said::Labelled(&label, &response.description)]),
        };
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
        #head
        #[derive(Clone, #derived PartialEq)]
        #[non_exhaustive]
        #large
        pub enum #name { #(#definitions)* }
        #debug
        #error_impls
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{ResponseStatus, arms};
    use ResponseStatus::{Code, Default, Range};

    fn written(answers: &[(ResponseStatus, &str)]) -> Vec<String> {
        let answers = answers.iter().map(|(status, answer)| {
            let answer = quote::format_ident!("{answer}");
            (*status, quote!(#answer))
        });
        arms(answers.collect()).iter().map(|(pattern, answer)| format!("{pattern} => {answer}")).collect()
    }

    #[test]
    fn statuses_with_one_answer_are_one_arm() {
        let unexpected = "_ => Err (received . unexpected ())";
        let found = written(&[(Code(200), "a"), (Code(404), "b"), (Code(202), "a")]);
        assert_eq!(found, ["200 | 202 => a", "404 => b", unexpected]);
        assert_eq!(written(&[(Range(2), "a"), (Range(3), "a")]), ["200 ..= 299 | 300 ..= 399 => a", unexpected]);
    }

    /// `unreachable_patterns` would find fault with a status that a range covers already.
    #[test]
    fn what_a_later_arm_says_is_no_arm() {
        let found = written(&[(Code(200), "a"), (Code(204), "b"), (Code(404), "a"), (Range(2), "a"), (Default, "c")]);
        assert_eq!(found, ["204 => b", "404 => a", "200 ..= 299 => a", "_ => c"]);
        assert_eq!(
            written(&[(Code(404), "a"), (Range(4), "b"), (Range(5), "a"), (Default, "a")]),
            ["404 => a", "400 ..= 499 => b", "_ => a"]
        );
        assert_eq!(written(&[(Code(200), "a"), (Default, "a")]), ["_ => a"]);
    }
}
