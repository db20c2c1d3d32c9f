//! Servers, with the variables of their URLs filled in.

use openapiv3 as oas;

use crate::api::{Server, ServerName};
use crate::diagnostic as catalogue;
use crate::document::Node;

use crate::lower::context::Context;
use crate::lower::names::{self, Scope};

/// The longest URL of a server, in bytes, with its variables filled in: longer ones are refused on the way (RFC 9110, section 4.1,
/// recommends to support 8,000 bytes).
const LONGEST_URL: usize = 8_000;

/// A URL with its `{variables}` replaced by their defaults, once each: what a default holds is no template. `None` where it is too long.
fn filled(server: &oas::Server) -> Option<String> {
    let mut url = String::new();
    let mut rest = server.url.as_str();
    while let Some((before, from)) = rest.split_once('{') {
        url.push_str(before);
        let named = from.split_once('}').and_then(|(name, after)| {
            let variable = server.variables.as_ref()?.get(name)?;
            Some((variable.default.as_str(), after))
        });
        let (text, after) = named.unwrap_or(("{", from));
        url.push_str(text);
        rest = after;
        if url.len() > LONGEST_URL {
            return None;
        }
    }
    url.push_str(rest);
    (url.len() <= LONGEST_URL).then_some(url)
}

/// The servers of a list at a pointer, but for those with a URL that no one can ask for.
pub(crate) fn servers(context: &Context<'_>, stated: &[oas::Server], pointer: &str) -> Vec<Server> {
    let mut servers = Vec::with_capacity(stated.len());
    let mut scope = Scope::default();
    for (index, server) in stated.iter().enumerate() {
        match filled(server) {
            Some(url) => {
                let stated = context.node(&format!("{pointer}/servers/{index}/name"));
                let name = stated.and_then(Node::as_str).filter(|name| context.is_32() && !name.is_empty());
                let name = name.map(|name| ServerName {
                    name: name.to_owned(),
                    rust_name: scope.claim(names::static_name(&names::value_name(name))),
                });
                servers.push(Server { url, description: server.description.clone(), name });
            }
            None => {
                let message =
                    format!("the URL is longer than {LONGEST_URL} bytes with its variables; this server is left out");
                context.report_at(&catalogue::UNKNOWN_VALUE, &format!("{pointer}/servers/{index}/url"), message);
            }
        }
    }
    servers
}
