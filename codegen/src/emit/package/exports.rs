//! What a module has at its root, where users look: its models, its client with the types of its operations, and of the run-time code what
//! programs name.
//!
//! ```text
//! #[doc(inline)]
//! pub use client::{BuildError, Client, ClientBuilder, Error, …};
//! pub use client::*;
//! pub use models::*;
//! #[doc(inline)]
//! pub use super::support::{Nullable, Secret, Violations, …};
//! ```
//!
//! A model of the document goes before what has the same name in the client or the run-time code, which stays where it is: `client::Error`,
//! `support::Rule`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, DefinitionKind};

use crate::emit::models::types::ident;
use crate::emit::package::gates::{Gate, Gates};

/// The client, and what its calls answer and fail with.
const CLIENT: &[&str] = &[
    "BuildError",
    "Client",
    "ClientBuilder",
    "DecodeError",
    "Effect",
    "Error",
    "Refused",
    "RefusedReason",
    "Response",
    "Settings",
    "Transport",
    "TransportError",
];

/// What models are made of, and what is said of those that break their rules.
const SUPPORT: &[&str] =
    &["Binary", "Formatted", "Limits", "Mapped", "Nullable", "Rule", "Secret", "Violation", "Violations"];

/// Whether a module's `Client` is that of the API, and not a model.
pub fn has_client_at_root(api: &Api) -> bool {
    !of_models(api).contains("Client")
}

/// The `pub use` lines of a module.
pub fn exports(api: &Api, gates: Gates) -> TokenStream {
    let models = of_models(api);
    let others = |names: &'static [&'static str]| {
        names.iter().filter(|name| !models.contains(**name)).map(|name| ident(name)).collect::<Vec<_>>()
    };
    let (client, support) = (others(CLIENT), others(SUPPORT));
    let client = gates.client.attribute("client").map(|gate| {
        let listed = (!client.is_empty()).then(|| quote!(#gate #[doc(inline)] pub use client::{#(#client),*};));
        quote!(#listed #gate pub use client::*;)
    });
    let shared: Vec<String> =
        if gates.client == Gate::Never { Vec::new() } else { of_client(api).intersection(&models).cloned().collect() };
    let is_deprecated = api.definitions.0.iter().any(|definition| {
        shared.contains(&definition.rust_name) && api.schemas.get(definition.schema).annotations.deprecated
    });
    let deprecated =
        is_deprecated.then(|| quote!(#[allow(deprecated, reason = "deprecated types are carried like any other")]));
    // A model goes before a type of the client that has its name.
    let names = shared.iter().map(|name| ident(name));
    let shared = (!shared.is_empty()).then(|| quote!(#deprecated pub use models::{#(#names),*};));
    let models = (!models.is_empty()).then(|| {
        quote!(
            pub use models::*;
        )
    });
    let support = (!support.is_empty()).then(|| quote!(#[doc(inline)] pub use super::support::{#(#support),*};));
    quote!(#client #models #shared #support)
}

/// The names in `models`.
fn of_models(api: &Api) -> BTreeSet<String> {
    let definitions = &api.definitions.0;
    let mut names: BTreeSet<String> = definitions.iter().map(|definition| definition.rust_name.clone()).collect();
    let built = definitions
        .iter()
        .filter(|definition| definition.in_request && matches!(definition.kind, DefinitionKind::Struct(_)));
    // One whose name is taken has a number behind it, as no name of the client has.
    let builders: Vec<String> = built.map(|definition| format!("{}Builder", definition.rust_name)).collect();
    names.extend(builders);
    names
}

/// The names in `client`: its own, those of operations and of tags.
fn of_client(api: &Api) -> BTreeSet<String> {
    let operations = api
        .operations
        .iter()
        .flat_map(|operation| ["Call", "Error", "Response"].map(|suffix| format!("{}{suffix}", operation.type_stem)));
    let tags = api.operations.iter().filter_map(|operation| operation.tag.clone());
    CLIENT.iter().map(|name| (*name).to_owned()).chain(operations).chain(tags).collect()
}
