//! Operations in the listing.
//!
//! ```text
//! POST /api/tokenize tokenizeCard
//!   security AccessToken
//!   body required application/json: GetTokenRequest
//!   201 application/json: GetTokenResponse
//! ```

use crate::api::{Api, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, ResponseStatus, Webhook};

use crate::contract::schema::{described, nested_lines};
use crate::contract::text;

/// What the API sends.
pub(crate) fn webhook_lines(api: &Api, webhook: &Webhook, lines: &mut Vec<String>) {
    let from = match &webhook.callback_of {
        Some(operation) => format!("callback of {}", text::word(operation)),
        None => "webhook".to_owned(),
    };
    lines.push(format!("{from} {}", text::name(&webhook.name)));
    operation_lines(api, &webhook.operation, lines);
}

pub(crate) fn operation_lines(api: &Api, operation: &Operation, lines: &mut Vec<String>) {
    let deprecated = if operation.deprecated { ", deprecated" } else { "" };
    lines.push(format!(
        "{} {} {}{deprecated}",
        operation.method,
        // What the API sends has no path.
        if operation.path.is_empty() { "".into() } else { text::word(&operation.path) },
        text::name(&operation.id)
    ));
    for alternative in &operation.security {
        let schemes: Vec<String> = alternative
            .iter()
            .map(|requirement| match requirement.scopes.as_slice() {
                [] => text::scheme(&requirement.scheme).into_owned(),
                scopes => {
                    let scopes: Vec<_> = scopes.iter().map(|scope| text::scope(scope)).collect();
                    format!("{}({})", text::scheme(&requirement.scheme), scopes.join(" "))
                }
            })
            .collect();
        lines.push(format!("  security {}", if schemes.is_empty() { "none".to_owned() } else { schemes.join(" + ") }));
    }
    lines.extend(operation.servers.iter().map(|server| format!("  {}", text::server(server))));
    for parameter in &operation.parameters {
        parameter_lines(api, parameter, lines);
    }
    if let Some(body) = &operation.body {
        let required = if body.required { "required" } else { "optional" };
        lines.push(format!("  body {required} {}", media(api, &body.chosen)));
        offered(&body.offered, &body.chosen.name, lines);
        nested(api, &body.chosen, lines);
        parts(&body.chosen, lines);
        for (_, other) in &body.others {
            lines.push(format!("    or {}", media(api, other)));
            nested(api, other, lines);
            parts(other, lines);
        }
    }
    for response in &operation.responses {
        let status = match response.status {
            ResponseStatus::Code(code) => code.to_string(),
            ResponseStatus::Range(range) => format!("{range}XX"),
            ResponseStatus::Default => "default".to_owned(),
        };
        match &response.content {
            Some(content) => {
                lines.push(format!("  {status} {}", media(api, content)));
                offered(&response.offered, &content.name, lines);
                nested(api, content, lines);
            }
            None => lines.push(format!("  {status}")),
        }
        lines.extend(response.summary.iter().map(|summary| format!("    summary {}", text::quoted(summary))));
        lines.extend(response.headers.iter().map(|header| {
            format!("    header {}{}", text::name(&header.name), if header.required { ", required" } else { "" })
        }));
    }
}

fn parameter_lines(api: &Api, parameter: &Parameter, lines: &mut Vec<String>) {
    let mut words = vec![described(api, parameter.schema)];
    if parameter.required {
        words.push("required".to_owned());
    }
    let (style, explode) = match parameter.location {
        ParameterLocation::Path | ParameterLocation::Header => (ParameterStyle::Simple, false),
        ParameterLocation::Query | ParameterLocation::Querystring | ParameterLocation::Cookie => {
            (ParameterStyle::Form, true)
        }
    };
    if (parameter.style, parameter.explode) != (style, explode) {
        words.push(format!("style {:?}, explode {}", parameter.style, parameter.explode));
    }
    if parameter.allow_reserved {
        words.push("allowReserved".to_owned());
    }
    if let Some(content) = &parameter.content {
        words.push(format!("as {}", text::media_type(content)));
    }
    if parameter.sensitive && !api.schemas.get(parameter.schema).sensitive {
        words.push("sensitive".to_owned());
    }
    if parameter.deprecated {
        words.push("deprecated".to_owned());
    }
    lines.push(format!("  {} {}: {}", parameter.location.name(), text::name(&parameter.name), words.join(", ")));
    nested_lines(api, parameter.schema, 2, lines);
}

fn media(api: &Api, media: &MediaType) -> String {
    match media.schema {
        Some(schema) => format!("{}: {}", text::media_type(&media.name), described(api, schema)),
        None => text::media_type(&media.name).into_owned(),
    }
}

fn nested(api: &Api, media: &MediaType, lines: &mut Vec<String>) {
    if let Some(sequence) = &media.items {
        let mut words: Vec<String> = Vec::new();
        words.extend(sequence.schema.map(|schema| described(api, schema)));
        let word = |part: &Option<String>| part.as_deref().map_or_else(|| "any".into(), text::media_types).into_owned();
        if !sequence.prefix.is_empty() {
            words.push(format!("first as {}", sequence.prefix.iter().map(word).collect::<Vec<_>>().join(", then ")));
        }
        words.extend(sequence.rest.as_ref().map(|rest| format!("each as {}", word(rest))));
        lines.push(format!("    items {}", words.join(", ")));
        if let Some(schema) = sequence.schema {
            nested_lines(api, schema, 3, lines);
        }
    }
    if let Some(schema) = media.schema {
        nested_lines(api, schema, 2, lines);
    }
}

fn parts(media: &MediaType, lines: &mut Vec<String>) {
    for part in &media.parts {
        let media_type =
            part.media_type.as_ref().map(|name| format!(", as {}", text::media_types(name))).unwrap_or_default();
        lines.push(format!(
            "    part {}: style {:?}, explode {}{media_type}",
            text::name(&part.name),
            part.style,
            part.explode
        ));
    }
}

fn offered(offered: &[String], chosen: &str, lines: &mut Vec<String>) {
    if offered.iter().any(|name| name != chosen) {
        let offered: Vec<_> = offered.iter().map(|name| text::media_type(name)).collect();
        lines.push(format!("    offers {}", offered.join(", ")));
    }
}
