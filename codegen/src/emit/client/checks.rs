//! The check of a request, before it is sent: its parameters and its body, whatever carries it.
//!
//! ```yaml
//! /notes/{id}:
//!   put:
//!     parameters:
//!       - { name: id, in: path, required: true, schema: { type: string, maxLength: 8 } }
//!     requestBody:
//!       required: true
//!       content: { text/plain: { schema: { type: string, minLength: 1 } } }
//! ```
//!
//! ```text
//! if let Some(checks) = call.checks() {
//!     checks.parameter("path", "id", View::String(id), &rules::NOTES_ID_PUT_PARAMETERS0);
//!     checks.text(body, &rules::NOTES_ID_PUT_TEXT_PLAIN);
//! }
//! ```
//!
//! Arguments are checked where they are given; what is set on the call, when it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{BodyCheck, MediaType, Parameter};

use crate::emit::client::arguments::{argument_view, is_text_body};
use crate::emit::client::facts::Facts;
use crate::emit::models::types::rules_ident;

/// The check of the arguments of a method; `None` where no value of them can break a rule of the document.
pub fn checks(parameters: &[&Parameter], media: Option<&MediaType>, facts: &Facts<'_>) -> Option<TokenStream> {
    let checked = parameters.iter().filter(|parameter| facts.is_checked(parameter));
    let mut lines: Vec<TokenStream> =
        checked.map(|parameter| parameter_check(parameter, &argument_view(parameter), facts)).collect();
    lines.extend(media.and_then(|media| body_check(media, facts)));
    (!lines.is_empty()).then(|| quote!(if let Some(checks) = call.checks() { #(#lines)* }))
}

/// The check of a parameter that is set on the call: its `value`.
pub fn set_check(parameter: &Parameter, facts: &Facts<'_>) -> Option<TokenStream> {
    let check = parameter_check(parameter, &quote!(value.view()), facts);
    facts.is_checked(parameter).then(|| quote!(if let Some(checks) = call.checks() { #check }))
}

fn parameter_check(parameter: &Parameter, view: &TokenStream, facts: &Facts<'_>) -> TokenStream {
    let (place, name) = (parameter.location.name(), &parameter.name);
    let rules = rules_ident(parameter.schema, facts.api);
    quote!(checks.parameter(#place, #name, #view, &rules::#rules);)
}

fn body_check(media: &MediaType, facts: &Facts<'_>) -> Option<TokenStream> {
    let rules = rules_ident(media.schema.filter(|_| facts.is_body_checked(media))?, facts.api);
    match media.check {
        BodyCheck::Value if is_text_body(media) => Some(quote!(checks.text(body, &rules::#rules);)),
        BodyCheck::Value => Some(quote!(checks.body(body, &rules::#rules);)),
        BodyCheck::Text => Some(quote!(checks.text(body, &rules::#rules);)),
        BodyCheck::Scalar => Some(quote!(checks.scalar(body, &rules::#rules);)),
        // Bytes are owned here, and sent later.
        BodyCheck::Octets => Some(quote!(checks.octets(&body, &rules::#rules);)),
        BodyCheck::Silent | BodyCheck::Unread => None,
    }
}
