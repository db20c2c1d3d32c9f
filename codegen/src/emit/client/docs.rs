//! What the documentation of an operation says: what it is, what it takes, what can go wrong.
//!
//! ```text
//! /// `GET /StringTokens/{token}`: Retrieve a string.
//! ///
//! /// # Arguments
//! /// - `token`, path parameter, at most 40 characters: The token.
//! ///
//! /// # Errors
//! /// - [`Error::Invalid`] before anything is sent, where `token` breaks a rule of the document
//! /// - [`Error::Api`] with a [`StringTokenRetrieveError`] where the service answers `404`
//! /// - [`Error::Transport`] or [`Error::TooLarge`] where the exchange itself fails
//! ```

use proc_macro2::TokenStream;

use crate::api::{BodyCheck, Encoding, Link, MediaType, Operation, Parameter, ParameterLocation, ParameterStyle, Type};

use crate::emit::client::arguments::{arguments, is_absolute, optional, optional_body, server};
use crate::emit::client::facts::Facts;
use crate::emit::client::response::Outcome;
use crate::emit::comment::docs::{Said, code, code_or_length, constraints, doc};
use crate::emit::comment::line;
use crate::emit::models::file::annotation_text;

/// The documentation of a method: that of the operation, and of its body in a media type.
pub fn method_docs(
    operation: &Operation,
    media: Option<&MediaType>,
    outcome: &Outcome,
    facts: &Facts<'_>,
) -> TokenStream {
    let summary = line(operation.summary.as_deref().unwrap_or_default().trim().trim_end_matches('.'));
    let heading = code(&format!("{} {}", operation.method, operation.path));
    let heading = if summary.is_empty() { format!("{heading}.") } else { format!("{heading}: {summary}.") };
    let server = server(operation).map(server_line).unwrap_or_default();
    let links: Vec<String> = operation.responses.iter().flat_map(|response| &response.links).map(link_line).collect();
    let links =
        if links.is_empty() { String::new() } else { format!("What it brings leads to:\n\n{}", links.join("\n")) };
    let entries = argument_entries(operation, media, facts);
    let errors: Vec<(String, &str)> =
        error_lines(operation, media, outcome, facts).into_iter().map(|line| (line, "")).collect();
    let mut said = vec![
        Said::Ours(&heading),
        Said::Text(operation.description.as_deref().unwrap_or_default()),
        Said::Ours(&server),
        Said::Ours(&links),
    ];
    if !entries.is_empty() {
        said.extend([Said::Ours("# Arguments"), Said::Entries(&entries)]);
    }
    said.extend([Said::Ours("# Errors"), Said::Entries(&errors)]);
    doc(&said)
}

/// The documentation of a method that sets a parameter.
pub fn setter_docs(parameter: &Parameter, facts: &Facts<'_>) -> TokenStream {
    let summary = format!("{}: {}.", code(&parameter.name), words(parameter, facts).join(", "));
    let schema = facts.api.schemas.get(parameter.schema);
    let is_shown = !parameter.sensitive && !schema.sensitive;
    let default = schema.annotations.default.as_ref().filter(|_| is_shown);
    let default = default.map(|default| format!("Default: {}.", code_or_length(&default.to_string(), "a value")));
    doc(&[text_of(parameter, facts), Said::Ours(&summary), Said::Ours(&default.unwrap_or_default())])
}

/// The documentation of the method that sets a body.
pub fn body_setter_docs(operation: &Operation, media: &MediaType) -> TokenStream {
    let text = operation.body.as_ref().and_then(|body| body.description.as_deref()).unwrap_or_default();
    doc(&[Said::Text(text), Said::Ours(&format!("Sends a body, as {}.", sent_as(media)))])
}

/// What a parameter is and demands, in words: `query parameter`, `at most 100`.
fn words(parameter: &Parameter, facts: &Facts<'_>) -> Vec<String> {
    let mut words = vec![format!("{} parameter", parameter.location.name())];
    words.extend(constraints(facts.api.schemas.get(parameter.schema)));
    words
}

/// The text of a parameter: its own, else that of its schema, where that is not said at its type.
fn text_of<'a>(parameter: &'a Parameter, facts: &Facts<'a>) -> Said<'a> {
    let named = facts.api.named(&parameter.ty);
    match &parameter.description {
        Some(text) if !text.trim().is_empty() => Said::Text(text),
        _ if named.is_some_and(|definition| definition.schema == parameter.schema) => Said::Text(""),
        _ => annotation_text(&facts.api.schemas.get(parameter.schema).annotations),
    }
}

/// The arguments of a method; none where there is nothing to say of them that their types and names do not say.
fn argument_entries<'a>(
    operation: &'a Operation,
    media: Option<&MediaType>,
    facts: &Facts<'a>,
) -> Vec<(String, &'a str)> {
    let parameters = arguments(operation);
    let mut is_worth_it = false;
    let mut entries: Vec<(String, &str)> = Vec::new();
    for parameter in parameters {
        let rust_name = parameter.rust_name.trim_start_matches("r#");
        let mut label = code(rust_name);
        let words = words(parameter, facts);
        let (place, demands) = words.split_first().map_or(("", &[][..]), |(place, demands)| (place.as_str(), demands));
        label.push_str(&format!(", {place}"));
        if rust_name != parameter.name {
            label.push_str(&format!(" {}", code(&parameter.name)));
        }
        for demand in demands {
            label.push_str(&format!(", {demand}"));
        }
        if parameter.deprecated {
            label.push_str(", deprecated");
        }
        let text = match text_of(parameter, facts) {
            Said::Text(text) | Said::Line(text) => text,
            Said::Ours(_) | Said::Labelled(..) | Said::Entries(_) => "",
        };
        is_worth_it |= !text.is_empty() || !demands.is_empty() || parameter.deprecated;
        entries.push((label, text));
    }
    if let (Some(body), Some(media)) = (&operation.body, media) {
        let text = body.description.as_deref().unwrap_or_default();
        is_worth_it |= !text.is_empty() || !body.others.is_empty() || media.check == BodyCheck::Unread;
        entries.push((format!("`body`, as {}", sent_as(media)), text));
    }
    if is_worth_it { entries } else { Vec::new() }
}

/// The media type of a body, and whether the body goes unchecked though the document says something of it.
fn sent_as(media: &MediaType) -> String {
    let unchecked = if media.check == BodyCheck::Unread { ", not checked" } else { "" };
    format!("{}{unchecked}", code(&media.name))
}

/// What can go wrong, and nothing else.
fn error_lines(operation: &Operation, media: Option<&MediaType>, outcome: &Outcome, facts: &Facts<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let checked = checked(operation, media, facts);
    if !checked.is_empty() {
        let what = if checked.len() > MOST_NAMED { "the request".to_owned() } else { either(&checked) };
        lines.push(format!("[`Error::Invalid`] before anything is sent, where {what} breaks a rule of the document"));
    }
    let refusals = refusals(operation, media, facts);
    if !refusals.is_empty() {
        lines.push(format!("[`Error::Refused`] before anything is sent, where {}", either(&refusals)));
    }
    if let Some(schemes) = needed_credentials(operation) {
        lines.push(format!("[`Error::MissingCredentials`] where the client has no credential for {schemes}"));
    }
    if !outcome.error_statuses.is_empty() {
        let statuses = either(&outcome.error_statuses);
        lines.push(format!("[`Error::Api`] with a [`{}`] where the service answers {statuses}", outcome.error_name));
    }
    let astray = match (outcome.is_open, outcome.decodes) {
        (true, true) => Some("[`Error::Unexpected`] or [`Error::Decode`]"),
        (true, false) => Some("[`Error::Unexpected`]"),
        (false, true) => Some("[`Error::Decode`]"),
        (false, false) => None,
    };
    lines.extend(astray.map(|errors| format!("{errors} where it answers what the document does not say")));
    lines.push("[`Error::TooLarge`] or [`Error::Transport`] where the exchange itself fails".to_owned());
    lines
}

/// More are not named one by one.
const MOST_NAMED: usize = 6;

/// `a`, `a or b`, `a, b or c`.
fn either(list: &[String]) -> String {
    match list.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// What of a request is checked, as code.
fn checked(operation: &Operation, media: Option<&MediaType>, facts: &Facts<'_>) -> Vec<String> {
    let parameters = arguments(operation).into_iter().chain(optional(operation));
    let parameters = parameters.filter(|parameter| facts.is_checked(parameter));
    let mut checked: Vec<String> =
        parameters.map(|parameter| code(parameter.rust_name.trim_start_matches("r#"))).collect();
    if media.into_iter().chain(optional_body(operation)).any(|media| facts.is_body_checked(media)) {
        checked.push("`body`".to_owned());
    }
    checked
}

/// Why a request may be refused, checked or not: see [`crate::runtime`], `RefusedReason`.
fn refusals(operation: &Operation, media: Option<&MediaType>, facts: &Facts<'_>) -> Vec<String> {
    let any = |is: &dyn Fn(&Parameter) -> bool| operation.parameters.iter().any(is);
    let bodies: Vec<&MediaType> = media.into_iter().chain(optional_body(operation)).collect();
    let url = server(operation).or_else(|| facts.api.servers.first().map(|server| server.url.as_str()));
    let is_secret = !operation.security.is_empty() || facts.holds_secrets(operation, media);
    let is_multipart = bodies.iter().any(|media| media.encoding == Encoding::Multipart);
    let holds_files = any(&|parameter| facts.holds_files(&parameter.ty))
        || bodies
            .iter()
            .any(|media| matches!(media.encoding, Encoding::Json | Encoding::Form) && facts.holds_files(&media.ty));
    let reasons = [
        (any(&|parameter| parameter.location == ParameterLocation::Path), "a path parameter is empty, `.` or `..`"),
        (
            any(&|parameter| parameter.location == ParameterLocation::Header && is_text(&parameter.ty)),
            "a header is none that can be sent",
        ),
        (
            any(&|parameter| parameter.style == ParameterStyle::Cookie && is_text(&parameter.ty)),
            "a cookie is none that can be sent",
        ),
        (is_multipart, "a part is none that can be sent"),
        (holds_files, "a file is no text"),
        (is_secret && url.is_some_and(is_open), "a secret would go unencrypted to the document's server"),
    ];
    reasons.iter().filter(|(can_be, _)| *can_be).map(|(_, reason)| (*reason).to_owned()).collect()
}

/// Whether a value may be any text, somewhere.
fn is_text(ty: &Type) -> bool {
    !matches!(ty, Type::Boolean | Type::Integer | Type::Unsigned | Type::Number)
}

/// Whether a URL of the document is one without encryption.
pub fn is_open(url: &str) -> bool {
    url.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("http:"))
}

/// The credentials without which an operation is not sent, in words; `None` where it needs none.
fn needed_credentials(operation: &Operation) -> Option<String> {
    let alternatives: Vec<Vec<String>> = operation
        .security
        .iter()
        .map(|alternative| {
            let schemes = alternative.iter().filter(|requirement| !requirement.by_transport);
            schemes.map(|requirement| code(&requirement.scheme)).collect()
        })
        .collect();
    let is_needed = !alternatives.is_empty() && alternatives.iter().all(|alternative| !alternative.is_empty());
    let texts: Vec<String> = alternatives.iter().map(|alternative| alternative.join(" and ")).collect();
    is_needed.then(|| texts.join(", or "))
}

fn server_line(url: &str) -> String {
    if is_absolute(url) {
        return format!("Sent to {}, unless the client was given a base URL.", code(url));
    }
    format!("The document's server of this operation is {}, relative to where the document is.", code(url))
}

/// A link of a response, as an entry of a list.
fn link_line(link: &Link) -> String {
    let text = link.description.as_deref().map(line).filter(|text| !text.is_empty()).map(|text| format!(": {text}"));
    format!("- {}, operation {}{}", code(&link.name), code(&link.target), text.unwrap_or_default())
}
