//! The frame as `openapiv3` types it.
//!
//! The frame was normalised before, so a failure here is rare; it is reported at the deepest value that its path names.

use serde_json::Value;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use super::Webhook;
use super::node::{Node, escape};

/// Types a frame; a failure becomes a diagnostic at the place of the value in `root`.
pub fn parse(frame: Value, root: &Node, report: &mut Report) -> Option<openapiv3::OpenAPI> {
    let paths = frame.get("paths").cloned();
    let error = match serde_path_to_error::deserialize::<_, openapiv3::OpenAPI>(frame) {
        Ok(openapi) => return Some(openapi),
        Err(error) => error,
    };
    // `paths` is read through a buffer, which loses the path: try its items one by one.
    let before = report.raised();
    for (name, item) in paths.as_ref().and_then(Value::as_object).into_iter().flatten() {
        if !name.starts_with('/') {
            continue;
        }
        if let Err(error) = serde_path_to_error::deserialize::<_, openapiv3::PathItem>(item.clone()) {
            push(&format!("/paths/{}", escape(name)), &error, root, report);
        }
    }
    if report.raised() == before {
        push("", &error, root, report);
    }
    None
}

/// Types the path items of `webhooks`.
pub fn webhooks(items: Vec<(String, Value)>, root: &Node, report: &mut Report) -> Option<Vec<Webhook>> {
    let typed = items.into_iter().map(|(name, item)| {
        let pointer = format!("/webhooks/{}", escape(&name));
        match serde_path_to_error::deserialize::<_, openapiv3::PathItem>(item) {
            Ok(item) => Some(Webhook { name, pointer, item }),
            Err(error) => {
                push(&pointer, &error, root, report);
                None
            }
        }
    });
    typed.collect::<Vec<_>>().into_iter().collect()
}

fn push(base: &str, error: &serde_path_to_error::Error<serde_json::Error>, root: &Node, report: &mut Report) {
    let mut node = root.pointer(base).unwrap_or(root);
    for segment in error.path().iter() {
        let next = match segment {
            serde_path_to_error::Segment::Map { key } => node.get(key),
            serde_path_to_error::Segment::Seq { index } => node.as_array().and_then(|elements| elements.get(*index)),
            _ => None,
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    report.push(Diagnostic::new(&codes::TYPED_PARSE, error.inner().to_string()).at(node));
}
