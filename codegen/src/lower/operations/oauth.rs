//! Where the tokens of an OAuth 2.0 scheme come from.
//!
//! ```yaml
//! type: oauth2
//! oauth2MetadataUrl: https://pets.example/.well-known/oauth-authorization-server
//! flows: { deviceAuthorization: { deviceAuthorizationUrl: https://pets.example/device, tokenUrl: …, scopes: {} } }
//! ```
//!
//! The typed frame does not know the metadata nor the device flow of OpenAPI 3.2, so all of it is read from the tree.

use crate::api::{OAuth, OAuthFlow, OAuthFlowKind};
use crate::document::{Node, escape, follow};

use crate::lower::context::Context;

/// The flows of a scheme of type `oauth2`.
pub(crate) fn oauth(context: &Context<'_>, name: &str, is_oauth: bool) -> Option<OAuth> {
    let scheme = scheme_node(context, name).filter(|_| is_oauth)?;
    let members = scheme.get("flows").and_then(Node::as_object).into_iter().flatten();
    let flows = members.filter_map(|(name, member)| {
        let kind = OAuthFlowKind::of(name)?;
        let is_there =
            member.node.as_object().is_some() && (kind != OAuthFlowKind::DeviceAuthorization || context.is_32());
        is_there.then(|| flow(kind, &member.node))
    });
    let metadata_url = text(scheme, "oauth2MetadataUrl").filter(|_| context.is_32());
    Some(OAuth { metadata_url, flows: flows.collect() })
}

/// Whether a scheme is `deprecated`, which 3.2 has.
pub(crate) fn is_deprecated_scheme(context: &Context<'_>, name: &str) -> bool {
    let stated = scheme_node(context, name).and_then(|scheme| scheme.get("deprecated"));
    context.is_32() && stated.and_then(Node::as_bool) == Some(true)
}

fn scheme_node<'c>(context: &Context<'c>, name: &str) -> Option<&'c Node> {
    let pointer = follow(context.document, &format!("/components/securitySchemes/{}", escape(name)));
    context.node(&pointer)
}

fn flow(kind: OAuthFlowKind, node: &Node) -> OAuthFlow {
    let scopes = node.get("scopes").and_then(Node::as_object).into_iter().flatten();
    OAuthFlow {
        kind,
        authorization_url: text(node, "authorizationUrl"),
        device_authorization_url: text(node, "deviceAuthorizationUrl")
            .filter(|_| kind == OAuthFlowKind::DeviceAuthorization),
        token_url: text(node, "tokenUrl"),
        refresh_url: text(node, "refreshUrl"),
        scopes: scopes.map(|(name, _)| name.clone()).collect(),
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}
