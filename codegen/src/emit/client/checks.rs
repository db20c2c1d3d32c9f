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
//! if self.core.checks() {
//!     let mut checks = Checks::default();
//!     checks.parameter("path", "id", View::String(id), &rules::NOTES_ID_PUT_PARAMETERS0);
//!     checks.text(body, &rules::NOTES_ID_PUT_TEXT_PLAIN);
//!     checks.finish()?;
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, BodyCheck, MediaType, Operation, Parameter};

use crate::emit::client::operation::argument_view;
use crate::emit::models::types::{ident, rules_ident};

/// The check of the request that an operation sends with a body of a media type; `None` where the document demands nothing of it.
pub fn checks(
    operation: &Operation,
    media: Option<&MediaType>,
    path: &[&Parameter],
    params: &[&Parameter],
    api: &Api,
) -> Option<TokenStream> {
    let mut lines = Vec::new();
    for parameter in path {
        let (name, rules, view) = (&parameter.name, rules_ident(parameter.schema, api), argument_view(parameter));
        lines.push(quote!(checks.parameter("path", #name, #view, &rules::#rules);));
    }
    for parameter in params {
        let (name, rules, field) = (&parameter.name, rules_ident(parameter.schema, api), ident(&parameter.rust_name));
        let place = parameter.location.name();
        lines.push(if parameter.required {
            quote!(checks.parameter(#place, #name, params.#field.view(), &rules::#rules);)
        } else {
            quote!(if let Some(value) = &params.#field { checks.parameter(#place, #name, value.view(), &rules::#rules); })
        });
    }
    if let (Some(body), Some(media)) = (&operation.body, media) {
        lines.extend(body_check(media, body.required, api));
    }
    (!lines.is_empty()).then(|| {
        quote!(
            if self.core.checks() {
                let mut checks = Checks::default();
                #(#lines)*
                checks.finish()?;
            }
        )
    })
}

fn body_check(media: &MediaType, required: bool, api: &Api) -> Option<TokenStream> {
    let rules = rules_ident(media.schema?, api);
    let check = match media.check {
        BodyCheck::Value => quote!(checks.body(body, &rules::#rules);),
        BodyCheck::Text => quote!(checks.text(body, &rules::#rules);),
        BodyCheck::Scalar => quote!(checks.scalar(body, &rules::#rules);),
        // Bytes are owned here, and sent later.
        BodyCheck::Octets if required => quote!(checks.octets(&body, &rules::#rules);),
        BodyCheck::Octets => return Some(quote!(if let Some(body) = &body { checks.octets(body, &rules::#rules); })),
        BodyCheck::Silent | BodyCheck::Unread => return None,
    };
    Some(if required { check } else { quote!(if let Some(body) = body { #check }) })
}
