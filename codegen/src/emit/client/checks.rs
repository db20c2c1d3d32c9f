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

use crate::api::{Api, BodyCheck, MediaType, Parameter};

use crate::emit::client::arguments::argument_view;
use crate::emit::models::types::rules_ident;

/// The check of the arguments of a method; `None` where the document demands nothing of them.
pub fn checks(parameters: &[&Parameter], media: Option<&MediaType>, api: &Api) -> Option<TokenStream> {
    let mut lines: Vec<TokenStream> = parameters
        .iter()
        .map(|parameter| {
            let (name, rules, view) = (&parameter.name, rules_ident(parameter.schema, api), argument_view(parameter));
            let place = parameter.location.name();
            quote!(checks.parameter(#place, #name, #view, &rules::#rules);)
        })
        .collect();
    lines.extend(media.and_then(|media| body_check(media, api)));
    (!lines.is_empty()).then(|| quote!(if let Some(checks) = call.checks() { #(#lines)* }))
}

/// The check of a parameter that is set on the call: its `value`.
pub fn set_check(parameter: &Parameter, api: &Api) -> TokenStream {
    let (name, rules) = (&parameter.name, rules_ident(parameter.schema, api));
    let place = parameter.location.name();
    quote!(if let Some(checks) = call.checks() { checks.parameter(#place, #name, value.view(), &rules::#rules); })
}

/// Whether a body of a media type is checked.
pub fn is_checked(media: &MediaType) -> bool {
    media.schema.is_some() && !matches!(media.check, BodyCheck::Silent | BodyCheck::Unread)
}

fn body_check(media: &MediaType, api: &Api) -> Option<TokenStream> {
    let rules = rules_ident(media.schema?, api);
    match media.check {
        BodyCheck::Value => Some(quote!(checks.body(body, &rules::#rules);)),
        BodyCheck::Text => Some(quote!(checks.text(body, &rules::#rules);)),
        BodyCheck::Scalar => Some(quote!(checks.scalar(body, &rules::#rules);)),
        // Bytes are owned here, and sent later.
        BodyCheck::Octets => Some(quote!(checks.octets(&body, &rules::#rules);)),
        BodyCheck::Silent | BodyCheck::Unread => None,
    }
}
