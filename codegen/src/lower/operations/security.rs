//! Security schemes and requirements.

use openapiv3 as oas;

use crate::api::reserved::CLIENT_SETTERS;
use crate::api::{ParameterLocation, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::diagnostic as catalogue;
use crate::document::{Node, escape, follow};

use crate::lower::context::Context;
use crate::lower::names::{self, Scope};
use crate::lower::operations::http_text::{is_header_name, quoted};
use crate::lower::operations::oauth::{is_deprecated_scheme, oauth};
use crate::lower::operations::references::resolved;

/// Requirements as a list of alternatives (OpenAPI 3.0.4, "Security Requirement Object": one of the list must hold, all of its schemes
/// together). Those of an operation, else those of the document.
pub(crate) fn security(
    context: &Context<'_>,
    own: Option<&[oas::SecurityRequirement]>,
    pointer: &str,
) -> Vec<Vec<SecurityRequirement>> {
    let document = context.document;
    if let Some(own) = own {
        report_undefined_schemes(context, own, pointer);
    }
    let requirements = own.or(document.openapi.security.as_deref()).unwrap_or_default();
    let requirement = |(name, scopes): (&String, &Vec<String>)| SecurityRequirement {
        scheme: name.clone(),
        scopes: scopes.clone(),
        by_transport: is_mutual_tls(context, name),
    };
    requirements.iter().map(|alternative| alternative.iter().map(requirement).collect()).collect()
}

/// Schemes that are asked for and not defined: no credential can be given for them, so that an operation that needs one is never sent
/// without it.
fn report_undefined_schemes(context: &Context<'_>, requirements: &[oas::SecurityRequirement], pointer: &str) {
    let schemes = context.document.openapi.components.as_ref().map(|components| &components.security_schemes);
    let is_defined = |name: &String| {
        let scheme = schemes.and_then(|schemes| schemes.get(name));
        scheme.is_some_and(|scheme| {
            resolved(scheme, String::new(), |name| schemes.and_then(|schemes| schemes.get(name))).is_some()
        })
    };
    for (index, alternative) in requirements.iter().enumerate() {
        for name in alternative.keys().filter(|name| !is_defined(name)) {
            if !is_mutual_tls(context, name) {
                let message = format!(
                    "the security scheme `{name}` is not defined: no credential can be given for it, and what needs it is not sent"
                );
                // Where a scheme is not named as the specification has it, the requirement or the list stands for it.
                let places = [format!("{pointer}/{index}/{}", escape(name)), format!("{pointer}/{index}")];
                let place = places.iter().find(|place| context.node(place).is_some());
                let place = place.map_or(pointer, String::as_str);
                context.report_at(&catalogue::UNDEFINED_SECURITY_SCHEME, place, message);
            }
        }
    }
}

/// Whether a scheme is `mutualTLS`, which the typed frame does not know.
fn is_mutual_tls(context: &Context<'_>, name: &str) -> bool {
    let pointer = follow(context.document, &format!("/components/securitySchemes/{}", escape(name)));
    let scheme = context.node(&pointer);
    scheme.and_then(|scheme| scheme.get("type")).and_then(Node::as_str) == Some("mutualTLS")
}

/// The security schemes of the document, in order.
pub(crate) fn security_schemes(context: &Context<'_>) -> Vec<SecurityScheme> {
    let mut lowered = Vec::new();
    let document = context.document;
    if let Some(requirements) = &document.openapi.security {
        report_undefined_schemes(context, requirements, "/security");
    }
    let Some(components) = &document.openapi.components else { return lowered };
    // The client builder's own methods.
    let mut scope = Scope::with_taken(CLIENT_SETTERS);
    for (name, scheme) in &components.security_schemes {
        let Some((scheme, _)) = resolved(scheme, String::new(), |name| components.security_schemes.get(name)) else {
            continue;
        };
        let (kind, description) = match scheme {
            oas::SecurityScheme::APIKey { location, name, description, .. } => {
                let location = match location {
                    oas::APIKeyLocation::Query => ParameterLocation::Query,
                    oas::APIKeyLocation::Header => ParameterLocation::Header,
                    oas::APIKeyLocation::Cookie => ParameterLocation::Cookie,
                };
                (SecurityKind::ApiKey { location, parameter: name.clone() }, description)
            }
            oas::SecurityScheme::HTTP { scheme, description, .. } => {
                let kind = match scheme.to_ascii_lowercase().as_str() {
                    "basic" => SecurityKind::Basic,
                    "bearer" => SecurityKind::Bearer,
                    _ => SecurityKind::Authorization,
                };
                (kind, description)
            }
            oas::SecurityScheme::OAuth2 { description, .. }
            | oas::SecurityScheme::OpenIDConnect { description, .. } => (SecurityKind::Bearer, description),
        };
        if let SecurityKind::ApiKey { location: ParameterLocation::Header, parameter } = &kind
            && !is_header_name(parameter)
        {
            let message = format!(
                "{} is no name of a header; a request that needs this credential is refused before it is sent",
                quoted(parameter)
            );
            let place = format!("/components/securitySchemes/{}/name", escape(name));
            context.report_at(&catalogue::INVALID_HEADER_NAME, &place, message);
        }
        let is_oauth = matches!(scheme, oas::SecurityScheme::OAuth2 { .. });
        lowered.push(SecurityScheme {
            name: name.clone(),
            rust_name: names::escape(scope.claim(names::value_name(name))),
            kind,
            description: description.clone(),
            deprecated: is_deprecated_scheme(context, name),
            oauth: oauth(context, name, is_oauth),
        });
    }
    lowered
}
