//! Tags as modules of the client, nested as the document nests them.
//!
//! ```yaml
//! tags: [{ name: pets }, { name: cats, parent: pets }]     # OpenAPI 3.2
//! ```
//!
//! ```text
//! // client/pets.rs
//! #[doc(inline)]
//! pub use super::cats;
//! ```
//!
//! Every module has a file of its own beside the others, whatever it is nested under.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Tag};

use crate::emit::comment::docs::{Said, code, inner_doc};
use crate::emit::models::types::ident;

/// The module of operations without a tag.
pub(crate) const UNTAGGED: &str = "operations";

fn tag_of<'a>(api: &'a Api, module: &str) -> Option<&'a Tag> {
    api.tags.iter().find(|tag| tag.rust_name == module)
}

/// The module of the tag under which a module's tag is nested.
fn parent_of<'a>(api: &'a Api, module: &str) -> Option<&'a str> {
    tag_of(api, module)?.parent.as_deref()
}

/// Adds the modules of tags that hold nothing but other tags.
pub(crate) fn add_parents<'a, T>(api: &'a Api, modules: &mut IndexMap<&'a str, Vec<T>>) {
    for module in modules.keys().copied().collect::<Vec<_>>() {
        let mut above = parent_of(api, module);
        while let Some(parent) = above.filter(|parent| !modules.contains_key(parent)) {
            modules.insert(parent, Vec::new());
            above = parent_of(api, parent);
        }
    }
}

/// Whether a module has operations, and so a feature where tags have features.
pub(crate) fn has_operations(api: &Api, module: &str) -> bool {
    api.operations.iter().any(|operation| operation.tag.as_deref().unwrap_or(UNTAGGED) == module)
}

/// The attribute of a module that is behind its feature.
pub(crate) fn gate(api: &Api, module: &str) -> Option<TokenStream> {
    let feature = tag_feature(module);
    (api.tag_features && has_operations(api, module)).then(|| quote!(#[cfg(feature = #feature)]))
}

/// The documentation of a module.
pub(crate) fn heading(api: &Api, module: &str) -> TokenStream {
    let Some(tag) = tag_of(api, module) else { return inner_doc(&[Said::Ours("Operations without a tag.")]) };
    let heading = format!("Operations of the tag {}.", code(&tag.name));
    let parent = parent_of(api, module).and_then(|parent| tag_of(api, parent));
    let parent = parent.map(|parent| format!("Nested under the tag {}.", code(&parent.name))).unwrap_or_default();
    inner_doc(&[
        Said::Ours(&heading),
        Said::Line(tag.summary.as_deref().unwrap_or_default()),
        Said::Text(tag.description.as_deref().unwrap_or_default()),
        Said::Ours(&parent),
    ])
}

/// What a module shows of those among `modules` that are nested under it.
pub(crate) fn nested(api: &Api, module: &str, modules: &[&str]) -> TokenStream {
    let nested = modules.iter().filter(|nested| parent_of(api, nested) == Some(module));
    let nested = nested.map(|module| {
        let (gate, module) = (gate(api, module), ident(module));
        quote!(#gate #[doc(inline)] pub use super::#module;)
    });
    quote!(#(#nested)*)
}

/// The Cargo feature of a tag, by its module's name.
pub fn tag_feature(tag: &str) -> String {
    format!("tag-{}", tag.trim_start_matches("r#").replace('_', "-"))
}

/// The features of all tags that have operations, in document order.
pub fn tag_features(api: &Api) -> Vec<String> {
    let mut features: Vec<String> = Vec::new();
    for operation in &api.operations {
        let feature = tag_feature(operation.tag.as_deref().unwrap_or(UNTAGGED));
        if api.tag_features && !features.contains(&feature) {
            features.push(feature);
        }
    }
    features
}
