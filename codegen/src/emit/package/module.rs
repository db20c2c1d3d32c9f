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
use crate::emit::package::exports::exports;
use crate::emit::package::gates::{Gate, Gates};
use crate::emit::tables::{registry, rules};
use crate::emit::text::lints;
use crate::emit::text::source::{Malformed, format};
use crate::emit::{client, models, verdicts};

/// The files of one module, by path relative to its folder.
///
/// The parts do not depend on each other, and each is written by a thread of its own.
///
/// # Errors
/// Something would be no Rust, which is a fault of the generator.
pub fn emit_module(api: &Api, gates: Gates) -> Result<BTreeMap<String, String>, Malformed> {
    let mut files = std::thread::scope(|scope| {
        let models = scope.spawn(|| models::emit_models(api));
        let rules = scope.spawn(|| rules::emit_rules(api));
        let listing = scope.spawn(|| contract::listing(api));
        let verdicts = (gates.registry != Gate::Never).then(|| scope.spawn(|| verdicts::emit_verdicts(api)));
        let mut files = BTreeMap::new();
        if gates.client != Gate::Never {
            files.extend(client::emit_client(api)?);
        }
        let parts = [("models.rs", models), ("rules.rs", rules), ("contract.txt", listing)];
        for (path, part) in parts.into_iter().chain(verdicts.map(|verdicts| ("verdicts.rs", verdicts))) {
            // A part that panics is a fault of ours, and goes on as such.
            files.insert(path.to_owned(), part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        Ok(files)
    })?;
    files.insert("mod.rs".to_owned(), format(module_file(api, gates), "mod.rs")?);
    if gates.registry != Gate::Never {
        files.insert("registry.rs".to_owned(), registry::emit_registry(api));
    }
    if let Some(webhooks) = webhook::emit_webhooks(api) {
        files.insert("webhooks.rs".to_owned(), format(webhooks, "webhooks.rs")?);
    }
    Ok(files)
}

fn module_file(api: &Api, gates: Gates) -> TokenStream {
    let heading = format!("{} {}", api.title, api.version);
    let text = api.description.as_deref().unwrap_or_default();
    let inner = inner_doc(&[Said::Line(&heading), Said::Text(text)]);
    let client = gates.client.attribute("client").map(|gate| quote!(#gate pub mod client;));
    let webhooks = webhook::emit_webhooks(api).map(|_| {
        quote!(
            pub mod webhooks;
        )
    });
    let registry = gates.registry.attribute("registry").map(|gate| quote!(#gate pub mod registry;));
    let verdicts = gates.registry.attribute("registry").map(|gate| quote!(#gate mod verdicts;));
    let (lints, exports) = (lints::allowed(api), exports(api, gates));
    // The modules below name the run-time code by this import.
    let support = models::names_support(api).then(|| {
        quote!(
            use super::support;
        )
    });
    quote!(#inner #lints #client pub mod models; #registry pub mod rules; #verdicts #webhooks #support #exports)
}
