//! Security schemes and requirements.

use openapiv3 as oas;

use crate::api::{ParameterLocation, SecurityKind, SecurityRequirement, SecurityScheme};

use super::names::{self, Scope};
use super::{Lowering, responses};

/// Requirements as a list of alternatives (OpenAPI 3.0.4, "Security Requirement Object": one of the list must hold, all of its schemes together).
pub(super) fn alternatives(requirements: &[oas::SecurityRequirement]) -> Vec<Vec<SecurityRequirement>> {
    requirements
        .iter()
        .map(|alternative| {
            alternative
                .iter()
                .map(|(scheme, scopes)| SecurityRequirement { scheme: scheme.clone(), scopes: scopes.clone() })
                .collect()
        })
        .collect()
}

impl Lowering<'_, '_> {
    pub(super) fn security_schemes(&mut self) {
        let document = self.document;
        let Some(components) = &document.openapi.components else { return };
        // Names of the client builder's own methods.
        let mut scope = Scope::with_taken(&[
            "base_url",
            "build",
            "connect_timeout",
            "http_client",
            "max_response_bytes",
            "new",
            "service",
            "timeout",
            "transport",
            "user_agent",
        ]);
        for (name, scheme) in &components.security_schemes {
            let Some((scheme, _)) =
                responses::resolved(scheme, String::new(), |name| components.security_schemes.get(name))
            else {
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
            self.api.security_schemes.push(SecurityScheme {
                name: name.clone(),
                rust_name: names::escape(scope.claim(names::value_name(name))),
                kind,
                description: description.clone(),
            });
        }
    }
}
