//! One API as one Rust module.
//!
//! ```text
//! frontstream/
//!   mod.rs        what the API is, and its parts
//!   models.rs     structs, enums, unions
//!   rules.rs      the static tables
//!   registry.rs   every model by name          (feature `registry`)
//!   webhooks.rs   what the API sends         (where there is something)
//!   client/       one method per operation      (feature `client`)
//!   contract.txt  the reviewable listing
//! ```

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, DefinitionKind};
use crate::contract;

use super::docs::doc;
use super::source::{format, imports};
use super::types::{ident, type_tokens};
use super::{client, enumeration, model, registry, rules, structure, union, webhook};

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

/// Names of `support` that emitted files use without a path.
const SUPPORT_NAMES: &[&str] = &[
    "Additional",
    "Binary",
    "Contains",
    "Decimal",
    "Decode",
    "Entries",
    "Fault",
    "Format",
    "Formatted",
    "If",
    "Instance",
    "Items",
    "Keyword",
    "Literal",
    "Members",
    "Nullable",
    "Object",
    "Pattern",
    "Property",
    "Reader",
    "Rules",
    "Schema",
    "Secret",
    "Types",
    "View",
    "Violations",
];

/// Those of them that models use: a model may have the name of any other.
const MODEL_NAMES: &[&str] = &[
    "Binary",
    "Decode",
    "Entries",
    "Fault",
    "Formatted",
    "Instance",
    "Mapped",
    "Nullable",
    "Object",
    "Reader",
    "Secret",
    "Types",
    "View",
    "Violations",
];

/// The files of one module, by path relative to its folder.
pub fn emit_module(api: &Api, gates: Gates) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    files.insert("mod.rs".to_owned(), format(&module_file(api, gates)));
    files.insert("models.rs".to_owned(), format(&models(api)));
    let tables = rules::emit_rules(api);
    files.insert("rules.rs".to_owned(), format(&with_imports("The rules of the document, as static tables.", &tables)));
    if gates.registry != Gate::Never {
        let allow = allow_deprecated(api);
        let registry = registry::emit_registry(api);
        let imports = imports(
            &registry,
            &[
                ("super", &["models", "rules"]),
                ("super::super::support", &["Binary", "Formatted", "Mapped", "Schema", "Secret"]),
                ("std::collections", &["BTreeMap"]),
            ],
        );
        files.insert(
            "registry.rs".to_owned(),
            format(&quote!(#![doc = " Every named schema of the document."] #allow #imports #registry)),
        );
    }
    if let Some(webhooks) = webhook::emit_webhooks(api) {
        files.insert("webhooks.rs".to_owned(), format(&webhooks));
    }
    if gates.client != Gate::Never {
        for file in client::emit_client(api) {
            files.insert(file.path, format(&file.tokens));
        }
    }
    files.insert("contract.txt".to_owned(), contract::listing(api));
    files
}

fn with_imports(text: &str, body: &TokenStream) -> TokenStream {
    let text = format!(" {text}");
    let imports = imports(body, &[("super::super::support", SUPPORT_NAMES)]);
    quote!(#![doc = #text] #imports #body)
}

fn module_file(api: &Api, gates: Gates) -> TokenStream {
    let heading = format!("{} {}", api.title, api.version);
    let text = api.description.as_deref().unwrap_or_default();
    // Inner docs, from the same escaped text as outer ones.
    let outer = doc(&[&heading, text]);
    let inner: TokenStream = outer.to_string().replace("# [doc", "#! [doc").parse().unwrap_or_default();
    let client = gates.client.attribute("client").map(|gate| quote!(#gate pub mod client;));
    let client_use = gates.client.attribute("client").map(|gate| quote!(#gate pub use client::Client;));
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
    quote!(#inner #client pub mod models; #registry pub mod rules; #webhooks #client_use #models_use)
}

fn models(api: &Api) -> TokenStream {
    let items = api.definitions.0.iter().map(|definition| match &definition.kind {
        DefinitionKind::Struct(structure) => structure::emit_struct(definition, structure, api),
        DefinitionKind::Enum(enumeration) => enumeration::emit_enum(definition, enumeration, api),
        DefinitionKind::Union(union) => union::emit_union(definition, union, api),
        DefinitionKind::Alias(ty) => {
            let docs = model::docs(definition, api.schemas.get(definition.schema));
            let (name, ty) = (ident(&definition.rust_name), type_tokens(ty, api, &TokenStream::new()));
            quote!(#docs pub type #name = #ty;)
        }
    });
    let items = quote!(#(#items)*);
    let imports = imports(
        &items,
        &[("std::collections", &["BTreeMap"]), ("super::super", &["support"]), ("super::super::support", MODEL_NAMES)],
    );
    let allow = allow_deprecated(api);
    quote!(#![doc = " The models of the document."] #allow #imports #items)
}

/// Emitted code names deprecated types and fields, which is no fault of its own.
pub fn allow_deprecated(api: &Api) -> Option<TokenStream> {
    let deprecated = api.schemas.0.iter().any(|schema| schema.annotations.deprecated);
    deprecated.then(|| quote!(#![allow(deprecated, reason = "deprecated fields and types are carried like any other")]))
}
