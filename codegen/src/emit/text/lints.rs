//! Lints that are allowed in emitted code, and why.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;

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
