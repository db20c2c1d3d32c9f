//! What the API sends: the type of each webhook's and callback's body, by name.
//!
//! ```yaml
//! webhooks:
//!   newPet:
//!     post:
//!       requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
//! ```
//!
//! ```text
//! /// `newPet`, a webhook: `POST`.
//! pub type NewPet = models::Pet;
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Encoding, Webhook};

use crate::emit::comment::docs::{Said, code, doc};
use crate::emit::models::types::{ident, type_tokens};
use crate::emit::text::lints::allow_deprecated;
use crate::emit::text::source::{imports, used};

/// `webhooks.rs`; `None` where no webhook or callback has a body that is decoded.
pub fn emit_webhooks(api: &Api) -> Option<TokenStream> {
    let aliases: Vec<TokenStream> = api.webhooks.iter().filter_map(|webhook| alias(webhook, api)).collect();
    if aliases.is_empty() {
        return None;
    }
    let body = quote!(#(#aliases)*);
    let imports = imports(
        &used(&body),
        &[
            ("std::collections", &["BTreeMap"]),
            ("super", &["models"]),
            ("super::super::support", &["Binary", "Formatted", "Mapped", "Secret"]),
        ],
    );
    let deprecated = allow_deprecated(api.webhooks.iter().map(|webhook| &webhook.operation), api);
    Some(quote!(#![doc = " The bodies of what the API sends: webhooks and callbacks."] #deprecated #imports #body))
}

fn alias(webhook: &Webhook, api: &Api) -> Option<TokenStream> {
    let operation = &webhook.operation;
    let media = operation.body.as_ref().map(|body| &body.chosen)?;
    if !matches!(media.encoding, Encoding::Json | Encoding::Form) {
        return None;
    }
    let what = match &webhook.callback_of {
        Some(operation) => format!("{}, a callback of {}", code(&webhook.name), code(operation)),
        None => format!("{}, a webhook", code(&webhook.name)),
    };
    let heading = format!("{what}: {}.", code(&operation.method));
    let summary = operation.summary.as_deref().unwrap_or_default();
    let docs = doc(&[
        Said::Ours(&heading),
        Said::Line(summary),
        Said::Text(operation.description.as_deref().unwrap_or_default()),
    ]);
    let ty = type_tokens(&media.ty, api, &quote!(models::));
    let ty = if media.nullable { quote!(Option<#ty>) } else { ty };
    let name = ident(&operation.type_stem);
    Some(quote!(#docs pub type #name = #ty;))
}
