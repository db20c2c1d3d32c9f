//! The client: one struct over any transport, one method per operation, one file per tag.
//!
//! ```yaml
//! components:
//!   securitySchemes:
//!     AccessToken: { type: apiKey, in: header, name: AccessToken }
//! ```
//!
//! ```text
//! let client = Client::builder().access_token("...").build()?;
//! ```

pub mod arguments;
pub mod checks;
mod docs;
mod facts;
pub mod operation;
mod request;
pub mod response;
pub mod security;
mod server;
mod size;
pub mod tags;
pub mod webhook;

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Operation, SecurityScheme};

use crate::emit::client::docs::is_open;
use crate::emit::client::facts::Facts;
use crate::emit::client::operation::{EmittedOperation, emit_operation};
use crate::emit::client::security::{scheme_static, setter};
use crate::emit::client::server::server_constant;
use crate::emit::client::tags::{UNTAGGED, gate, has_operations};
use crate::emit::comment::docs::code;
use crate::emit::comment::line;
use crate::emit::models::types::ident;
use crate::emit::text::lints::allow_deprecated;
use crate::emit::text::source::{Malformed, format, imports, instance_import, parsed, printed, used};

/// Names of `support::client` that client files use without a path.
pub(crate) const CLIENT_NAMES: &[&str] =
    &["Call", "Error", "Part", "Pending", "Placement", "Response", "Scheme", "Sending", "Style"];

/// The files of the client, by path relative to the module's folder. Operations are shared out among as many threads as there
/// are processors.
///
/// # Errors
/// An operation, or a file, would be no Rust.
pub fn emit_client(api: &Api) -> Result<Vec<(String, String)>, Malformed> {
    let operations = emit_operations(api)?;
    let mut by_tag: IndexMap<&str, Vec<&EmittedText>> = IndexMap::new();
    for (operation, text) in api.operations.iter().zip(&operations) {
        by_tag.entry(operation.tag.as_deref().unwrap_or(UNTAGGED)).or_default().push(text);
    }
    tags::add_parents(api, &mut by_tag);
    let names: Vec<&str> = by_tag.keys().copied().collect();
    let mut files = vec![("client/mod.rs".to_owned(), format(client_file(api, &names), "client/mod.rs")?)];
    for (tag, texts) in &by_tag {
        let path = format!("client/{}.rs", tag.trim_start_matches("r#"));
        let text = tag_file(api, tag, texts, &names, &path)?;
        files.push((path, text));
    }
    Ok(files)
}

/// An operation as text.
struct EmittedText {
    /// Its methods, as they stand in an `impl` block.
    methods: String,
    /// Its types.
    types: String,
    /// The names that it mentions.
    used: HashSet<String>,
}

impl EmittedText {
    fn of(operation: &Operation, facts: &Facts<'_>) -> Result<Self, Malformed> {
        let EmittedOperation { method, types } = emit_operation(operation, facts);
        let mut names = used(&method);
        names.extend(used(&types));
        let what = || format!("the operation {}", code(&operation.id));
        let methods = parsed(quote!(impl Client { #method }), what)?;
        let types = parsed(types, what)?;
        Ok(Self { methods: within_braces(&printed(&methods)), types: printed(&types), used: names })
    }
}

/// What stands on the lines within a block.
fn within_braces(block: &str) -> String {
    let lines: Vec<&str> = block.lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().flat_map(|line| [line, "\n"]).collect()
}

/// Every operation, in document order.
fn emit_operations(api: &Api) -> Result<Vec<EmittedText>, Malformed> {
    let next = AtomicUsize::new(0);
    let facts = Facts::of(api);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(operation) = api.operations.get(index) else { return done };
            done.push((index, EmittedText::of(operation, &facts)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(api.operations.len());
    let mut done: Vec<(usize, Result<EmittedText, Malformed>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        // A worker that panics is a fault of ours, and goes on as such.
        let join = |worker: ScopedJoinHandle<'_, _>| worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        workers.into_iter().flat_map(join).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, text)| text).collect()
}

fn tag_file(
    api: &Api,
    tag: &str,
    operations: &[&EmittedText],
    modules: &[&str],
    path: &str,
) -> Result<String, Malformed> {
    let (inner, nested) = (tags::heading(api, tag), tags::nested(api, tag, modules));
    if operations.is_empty() {
        return format(quote!(#inner #nested), path);
    }
    let used: HashSet<String> = operations.iter().flat_map(|text| text.used.iter().cloned()).collect();
    let imports = imports(
        &used,
        &[
            ("std::collections", &["BTreeMap"]),
            ("super::super::super::support::client", CLIENT_NAMES),
            ("super::super::super::support", &["Binary", "Formatted", "Instance", "Mapped", "Secret", "View"]),
            ("super::super", &["models", "rules"]),
        ],
    );
    let own = api.operations.iter().filter(|operation| operation.tag.as_deref().unwrap_or(UNTAGGED) == tag);
    let deprecated = allow_deprecated(own, api);
    let instance = instance_import(&used, "super::super::super::support");
    let mut file = format(quote!(#inner #deprecated #nested #imports #instance use super::Client;), path)?;
    let methods: Vec<&str> = operations.iter().map(|operation| operation.methods.as_str()).collect();
    file.push_str(&format!("\nimpl Client {{\n{}}}\n", methods.join("\n")));
    for operation in operations {
        file.push('\n');
        file.push_str(&operation.types);
    }
    Ok(file)
}

pub(crate) fn client_file(api: &Api, tags: &[&str]) -> TokenStream {
    let exports = tags.iter().filter(|tag| has_operations(api, tag)).map(|tag| {
        let (gate, tag) = (gate(api, tag), ident(tag));
        quote!(#gate pub use #tag::*;)
    });
    let tags = tags.iter().map(|tag| {
        let (gate, tag) = (gate(api, tag), ident(tag));
        quote!(#gate pub mod #tag;)
    });
    let heading = format!(" The client of {}.", line(&api.title));
    // Of a scheme that no operation asks for there is a setter, as callers may know better, and no constant.
    let asked = |scheme: &&SecurityScheme| {
        let mut requirements = api.operations.iter().flat_map(|operation| operation.security.iter().flatten());
        requirements.any(|requirement| requirement.scheme == scheme.name)
    };
    let unused = api.tag_features.then(|| quote!(#[allow(dead_code, reason = "used by the tags that are there")]));
    let statics = api.security_schemes.iter().filter(asked).map(scheme_static).map(|item| quote!(#unused #item));
    let setters = api.security_schemes.iter().map(setter);
    let base_url = api.servers.first().map_or("", |server| server.url.as_str());
    let base_doc = if base_url.is_empty() {
        " Sets the URL that paths are appended to. The document names no server, so it must be set.".to_owned()
    } else {
        let open = if is_open(base_url) {
            " That is no `https`, so no secret is sent there unless it is given here."
        } else {
            ""
        };
        let code = code(base_url);
        format!(" Sets the URL that paths are appended to. Default: the document's first server, {code}.{open}")
    };
    let servers = api.servers.iter().filter_map(server_constant);
    let builder = quote! {
        /// Puts a [`Client`] together.
        #[derive(Clone, Debug)]
        pub struct ClientBuilder {
            base_url: Option<String>,
            credentials: Credentials,
            settings: Settings,
            transport: Option<Transport>,
        }

        impl ClientBuilder {
            #[doc = #base_doc]
            #[must_use]
            pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
                self.base_url = Some(base_url.into());
                self
            }
            /// Sets how long a call may take, from its start to the last byte of the answer, with any transport; `None` for no bound.
            /// Default: 60 seconds ([`Settings::TIMEOUT`]).
            #[must_use]
            pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
                self.settings.timeout = timeout.into();
                self
            }
            /// Sets how long the default transport may take to connect, `None` for no bound of its own; another transport brings its
            /// own. Default: 10 seconds ([`Settings::CONNECT_TIMEOUT`]).
            #[must_use]
            pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
                self.settings.connect_timeout = timeout.into();
                self
            }
            /// Sets how many bytes the body of an answer may have, after decompression, with any transport: reading stops there, with
            /// [`Error::TooLarge`]. Default: 16 MiB ([`Settings::MAX_RESPONSE_BYTES`]).
            #[must_use]
            pub fn max_response_bytes(mut self, limit: usize) -> Self {
                self.settings.max_response_bytes = limit;
                self
            }
            /// Sets the `User-Agent` of requests. Default: name and version of the crate that this client is compiled in
            /// ([`Settings::USER_AGENT`]).
            #[must_use]
            pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
                self.settings.user_agent = user_agent.into();
                self
            }
            /// Sends requests through a transport: [`Transport::new`] wraps any `tower::Service` over `http` types. Default: `reqwest` with
            /// rustls, which follows no redirects and keeps no cookies.
            #[must_use]
            pub fn transport(mut self, transport: Transport) -> Self {
                self.transport = Some(transport);
                self
            }
            #(#setters)*
            /// Finishes the client.
            ///
            /// # Errors
            /// Where the base URL is none to append paths to, a user name, a password or the user agent cannot be sent as it is meant, or
            /// no transport is given and the feature `reqwest` is off.
            pub fn build(self) -> Result<Client, BuildError> {
                let base_url = self.base_url.as_deref();
                let core = Core::new(base_url, #base_url, self.transport, self.credentials, self.settings)?;
                Ok(Client { core })
            }
        }
    };
    let body = quote! {
        #(#statics)*

        /// The client: cheap to clone, safe to share.
        ///
        /// Requests are checked before they are sent; [`Client::unchecked`] is the explicit way around that. What no service could read
        /// as it is meant is sent by neither: a path parameter that is empty, `.` or `..`, a header with a line break ([`Error::Refused`]).
        ///
        /// A call takes 60 seconds at most, connecting 10 of them; an answer has 16 MiB at most; redirects are not followed. The methods
        /// of [`ClientBuilder`] change that. A credential, and a parameter or a body that the document marks as secret, is sent over
        /// `https` alone, unless the server is this machine or was given by [`ClientBuilder::base_url`].
        #[derive(Clone, Debug)]
        pub struct Client {
            core: Core,
        }

        impl Client {
            #(#servers)*
            /// Starts a client.
            #[must_use]
            pub fn builder() -> ClientBuilder {
                ClientBuilder {
                    base_url: None,
                    credentials: Credentials::default(),
                    settings: Settings::default(),
                    transport: None,
                }
            }
            /// The same client, sending requests as they are: for servers that accept more than their document says.
            #[must_use]
            pub fn unchecked(&self) -> Self {
                Self { core: self.core.unchecked() }
            }
        }

        #builder
    };
    let imports = imports(
        &used(&body),
        &[
            ("std::time", &["Duration"]),
            ("super::super::support::client", &["Core", "Credentials", "Placement", "Scheme"]),
            ("super::super::support", &["Secret"]),
        ],
    );
    quote! {
        #![doc = #heading]
        #(#tags)*
        #(#exports)*
        pub use super::super::support::client::{
            BuildError, DecodeError, Effect, Error, Refused, RefusedReason, Response, Settings, Transport, TransportError,
        };
        #imports
        #body
    }
}
