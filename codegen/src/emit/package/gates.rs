//! Which optional parts are emitted, and behind which Cargo features.

use proc_macro2::TokenStream;
use quote::quote;

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
    pub fn attribute(self, feature: &str) -> Option<TokenStream> {
        match self {
            Self::Feature => Some(quote!(#[cfg(feature = #feature)])),
            Self::Always => Some(TokenStream::new()),
            Self::Never => None,
        }
    }
}
