//! Servers with names, as constants of the client.
//!
//! ```yaml
//! servers: [{ url: "https://api.example", name: prod }]     # OpenAPI 3.2
//! ```
//!
//! ```text
//! pub const SERVER_PROD: &str = "https://api.example";
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::Server;

use crate::emit::comment::docs::{Said, code, doc};

/// The constant of a server that has a name.
pub(crate) fn server_constant(server: &Server) -> Option<TokenStream> {
    let name = server.name.as_ref()?;
    let (constant, url) = (format_ident!("SERVER_{}", name.rust_name), &server.url);
    let place = if url.contains("://") { "" } else { " It is relative to where the document is." };
    let heading = format!("The URL of the server {}, for [`ClientBuilder::base_url`].{place}", code(&name.name));
    let docs = doc(&[Said::Ours(&heading), Said::Text(server.description.as_deref().unwrap_or_default())]);
    Some(quote!(#docs pub const #constant: &str = #url;))
}
