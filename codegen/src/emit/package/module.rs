//! One API as one Rust module.
//!
//! ```text
//! frontstream/
//!   mod.rs        what the API is, and its parts
//!   models.rs     structs, enums, unions
//!   rules.rs      the static tables
//!   registry.rs   every model by name          (feature `registry`)
//!   verdicts.rs   whether JSON values follow the rules (feature `registry`)
//!   webhooks.rs   what the API sends         (where there is something)
//!   client/       one method per operation      (feature `client`)
//!   contract.txt  the reviewable listing
//! ```

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;
use crate::contract;

use crate::emit::client::webhook;
use crate::emit::comment::docs::{Said, inner_doc};
use crate::emit::tables::{registry, rules};
use crate::emit::text::source::format;
use crate::emit::{client, models, verdicts};

/// Whether a part of what is emitted is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Behind the Cargo feature of its name.
    Feature,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The gates of all optional parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gates {
    /// The client.
    pub client: Gate,
    /// Its default transport.
    pub reqwest: Gate,
    /// The registry.
    pub registry: Gate,
}

impl Gates {
    /// Everything behind the feature of its name, as in a crate.
    pub const FEATURES: Self = Self { client: Gate::Feature, reqwest: Gate::Feature, registry: Gate::Feature };
}

impl Gate {
    /// The attribute of an item behind this gate; `None` where there is no such item.
    fn attribute(self, feature: &str) -> Option<TokenStream> {
        match self {
            Self::Feature => Some(quote!(#[cfg(feature = #feature)])),
            Self::Always => Some(TokenStream::new()),
            Self::Never => None,
        }
    }
}

/// The files of one module, by path relative to its folder.
///
/// The parts do not depend on each other, and each is written by a thread of its own.
pub fn emit_module(api: &Api, gates: Gates) -> BTreeMap<String, String> {
    let mut files = std::thread::scope(|scope| {
        let models = scope.spawn(|| models::emit_models(api));
        let rules = scope.spawn(|| rules::emit_rules(api));
        let listing = scope.spawn(|| contract::listing(api));
        let verdicts = (gates.registry != Gate::Never).then(|| scope.spawn(|| verdicts::emit_verdicts(api)));
        let mut files = BTreeMap::new();
        if gates.client != Gate::Never {
            files.extend(client::emit_client(api));
        }
        let parts = [("models.rs", models), ("rules.rs", rules), ("contract.txt", listing)];
        for (path, part) in parts.into_iter().chain(verdicts.map(|verdicts| ("verdicts.rs", verdicts))) {
            // A part that panics is a fault of ours, and goes on as such.
            files.insert(path.to_owned(), part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        files
    });
    files.insert("mod.rs".to_owned(), format(&module_file(api, gates)));
    if gates.registry != Gate::Never {
        files.insert("registry.rs".to_owned(), registry::emit_registry(api));
    }
    if let Some(webhooks) = webhook::emit_webhooks(api) {
        files.insert("webhooks.rs".to_owned(), format(&webhooks));
    }
    files
}

fn module_file(api: &Api, gates: Gates) -> TokenStream {
    let heading = format!("{} {}", api.title, api.version);
    let text = api.description.as_deref().unwrap_or_default();
    let inner = inner_doc(&[Said::Line(&heading), Said::Text(text)]);
    let client = gates.client.attribute("client").map(|gate| quote!(#gate pub mod client;));
    let client_use = gates.client.attribute("client").map(|gate| quote!(#gate pub use client::Client;));
    // The modules below name the run-time code by this import.
    let support = models::names_support(api).then(|| {
        quote!(
            use super::support;
        )
    });
    let models_use = (!api.definitions.0.is_empty()).then(|| {
        quote!(
            pub use models::*;
        )
    });
    let webhooks = webhook::emit_webhooks(api).map(|_| {
        quote!(
            pub mod webhooks;
        )
    });
    let registry = gates.registry.attribute("registry").map(|gate| quote!(#gate pub mod registry;));
    let verdicts = gates.registry.attribute("registry").map(|gate| quote!(#gate mod verdicts;));
    let texts = allow_texts();
    quote!(#inner #texts #client pub mod models; #registry pub mod rules; #verdicts #webhooks #support #client_use #models_use)
}

/// Markdown that lints find fault with, which is the document's.
pub fn allow_texts() -> TokenStream {
    quote!(
        #![allow(
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::type_complexity,
            clippy::disallowed_names,
            reason = "texts, names and nesting are the document's"
        )]
    )
}

/// Whether some type or field is deprecated.
pub fn has_deprecated(api: &Api) -> bool {
    api.schemas.0.iter().any(|schema| schema.annotations.deprecated)
}

/// Emitted code names deprecated types and fields, which is no fault of its own.
pub fn allow_deprecated(api: &Api) -> Option<TokenStream> {
    has_deprecated(api)
        .then(|| quote!(#![allow(deprecated, reason = "deprecated fields and types are carried like any other")]))
}
