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
//! call.check_parameter("path", "id", View::String(id), &rules::NOTES_ID_PUT_PARAMETERS0);
//! call.check_text(body, &rules::NOTES_ID_PUT_TEXT_PLAIN);
//! ```
//!
//! Arguments are checked where they are given; what is set on the call, when it is sent. A client whose checks are off does neither.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{BodyCheck, MediaType, Parameter};

use crate::emit::client::arguments::{argument_view, is_text_body};
use crate::emit::client::facts::Facts;
use crate::emit::models::types::rules_ident;

/// The checks of the arguments of a method: of those that can break a rule of the document.
pub fn checks(parameters: &[&Parameter], media: Option<&MediaType>, facts: &Facts<'_>) -> TokenStream {
    let checked = parameters.iter().filter(|parameter| facts.is_checked(parameter));
    let parameters = checked.map(|parameter| parameter_check(parameter, &argument_view(parameter), facts));
    let body = media.and_then(|media| body_check(media, facts));
    quote!(#(#parameters)* #body)
}

/// The check of a parameter that is set on the call: its `value`.
pub fn set_check(parameter: &Parameter, facts: &Facts<'_>) -> Option<TokenStream> {
    facts.is_checked(parameter).then(|| parameter_check(parameter, &quote!(value.view()), facts))
}

fn parameter_check(parameter: &Parameter, view: &TokenStream, facts: &Facts<'_>) -> TokenStream {
    let (place, name) = (parameter.location.name(), &parameter.name);
    let rules = rules_ident(parameter.schema, facts.api);
    quote!(call.check_parameter(#place, #name, #view, &rules::#rules);)
}

fn body_check(media: &MediaType, facts: &Facts<'_>) -> Option<TokenStream> {
    let rules = rules_ident(media.schema.filter(|_| facts.is_body_checked(media))?, facts.api);
    match media.check {
        BodyCheck::Value if is_text_body(media) => Some(quote!(call.check_text(body, &rules::#rules);)),
        BodyCheck::Value => Some(quote!(call.check_body(body, &rules::#rules);)),
        BodyCheck::Text => Some(quote!(call.check_text(body, &rules::#rules);)),
        BodyCheck::Scalar => Some(quote!(call.check_scalar(body, &rules::#rules);)),
        // Bytes are owned here, and sent later.
        BodyCheck::Octets => Some(quote!(call.check_octets(&body, &rules::#rules);)),
        BodyCheck::Silent | BodyCheck::Unread => None,
    }
}
