//! Security schemes: the constant of each, its setter, and the alternatives that an operation has.
//!
//! ```yaml
//! components:
//!   securitySchemes:
//!     ApiKeyAuth: { type: apiKey, in: header, name: X-Api-Key }
//! ```
//!
//! ```text
//! const API_KEY_AUTH: Scheme = Scheme { name: "ApiKeyAuth", placement: Placement::Header("X-Api-Key") };
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Api, OAuth, Operation, ParameterLocation, SecurityKind, SecurityScheme};

use crate::emit::comment::docs::{Said, code, doc};
use crate::emit::models::builder::is_operator;
use crate::emit::models::types::ident;

/// The constant that says where a scheme's credential goes.
pub fn scheme_static(scheme: &SecurityScheme) -> TokenStream {
    let (ident, name) = (scheme_ident(&scheme.rust_name), &scheme.name);
    let placement = match &scheme.kind {
        SecurityKind::ApiKey { location: ParameterLocation::Query, parameter } => quote!(Placement::Query(#parameter)),
        SecurityKind::ApiKey { location: ParameterLocation::Cookie, parameter } => {
            quote!(Placement::Cookie(#parameter))
        }
        SecurityKind::ApiKey { parameter, .. } => quote!(Placement::Header(#parameter)),
        SecurityKind::Basic => quote!(Placement::Basic),
        SecurityKind::Bearer => quote!(Placement::Bearer),
        SecurityKind::Authorization => quote!(Placement::Authorization),
    };
    quote!(const #ident: Scheme = Scheme { name: #name, placement: #placement };)
}

/// The constant of a security scheme, by the Rust name of its setter.
fn scheme_ident(rust_name: &str) -> proc_macro2::Ident {
    format_ident!("{}", rust_name.trim_start_matches("r#").to_uppercase())
}

/// The method of the client's builder that sets a scheme's credential.
pub fn setter(scheme: &SecurityScheme) -> TokenStream {
    let (rust_name, name) = (ident(&scheme.rust_name), &scheme.name);
    let heading = format!("Sets the credential of the security scheme {}.", code(name));
    let flows = scheme.oauth.iter().flat_map(oauth_lines).collect::<Vec<_>>().join("\n");
    let text = scheme.description.as_deref().unwrap_or_default();
    let docs = doc(&[Said::Ours(&heading), Said::Text(text), Said::Ours(&flows)]);
    let deprecated = scheme.deprecated.then(|| quote!(#[deprecated]));
    if scheme.kind == SecurityKind::Basic {
        return quote!(
            #docs
            #deprecated
            #[must_use]
            pub fn #rust_name(mut self, user: &str, password: &str) -> Self {
                self.credentials.set_basic(#name, user, password);
                self
            }
        );
    }
    let operator = is_operator(&scheme.rust_name).then(
        || quote!(#[allow(clippy::should_implement_trait, reason = "setters have the names of security schemes")]),
    );
    quote!(
        #docs
        #deprecated
        #operator
        #[must_use]
        pub fn #rust_name(mut self, value: impl Into<Secret<String>>) -> Self {
            self.credentials.set(#name, value.into());
            self
        }
    )
}

/// Where tokens come from, as entries of a list.
fn oauth_lines(oauth: &OAuth) -> Vec<String> {
    let metadata =
        oauth.metadata_url.as_ref().map(|url| format!("- The authorization server's metadata: {}", code(url)));
    let flows = oauth.flows.iter().map(|flow| {
        let urls = [
            ("device authorization at", &flow.device_authorization_url),
            ("authorization at", &flow.authorization_url),
            ("tokens at", &flow.token_url),
            ("refreshed at", &flow.refresh_url),
        ];
        let urls = urls.iter().filter_map(|(what, url)| Some(format!("{what} {}", code(url.as_ref()?))));
        let urls: Vec<String> = urls.collect();
        format!("- Flow {}: {}", code(flow.kind.name()), urls.join(", "))
    });
    metadata.into_iter().chain(flows).collect()
}

/// The alternatives of an operation. Of schemes that the document does not define no credential can be given: alternatives that ask for
/// them fail closed.
pub fn security(operation: &Operation, api: &Api) -> TokenStream {
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().filter(|requirement| !requirement.by_transport).map(|requirement| {
            match api.security_schemes.iter().find(|scheme| scheme.name == requirement.scheme) {
                Some(scheme) => {
                    let name = scheme_ident(&scheme.rust_name);
                    quote!(&super::#name)
                }
                None => {
                    let name = &requirement.scheme;
                    quote!(&Scheme { name: #name, placement: Placement::Undefined })
                }
            }
        });
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}
