//! The frame as `openapiv3` types it.
//!
//! The frame was normalised before, so a failure here is rare; it is reported at the deepest value that its path names.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{self as codes, Code, Diagnostic, Report};

use crate::document::frame::framed::Framed;
use crate::document::named::{AdditionalOperation, Webhook};
use crate::document::text::node::{Node, escape};

/// Maximum number of places of a frame that are left out because they cannot be typed.
const MOST_LEFT_OUT: usize = 1_000;

/// Types a frame. A path or a component that cannot be typed is left out, with a diagnostic at the value in `root`.
pub fn parse(mut frame: Value, root: &Node, report: &mut Report) -> Option<openapiv3::OpenAPI> {
    let mut last = None;
    for _ in 0..MOST_LEFT_OUT {
        let error = match serde_path_to_error::deserialize::<_, openapiv3::OpenAPI>(&frame) {
            Ok(openapi) => return Some(openapi),
            Err(error) => error,
        };
        if !leave_out(&mut frame, &error, root, report) {
            last = Some(error);
            break;
        }
    }
    if let Some(error) = last {
        push(&codes::TYPED_PARSE, "", &error, root, report);
    }
    None
}

/// Removes the value that an error is about; returns whether there was one.
fn leave_out(frame: &mut Value, error: &Error, root: &Node, report: &mut Report) -> bool {
    // `paths` is read through a buffer, which loses the path of the error: its items are tried one by one.
    let mut found = false;
    if let Some(paths) = frame.get_mut("paths").and_then(Value::as_object_mut) {
        paths.retain(|name, item| {
            let typed = !name.starts_with('/')
                || match serde_path_to_error::deserialize::<_, openapiv3::PathItem>(&*item) {
                    Ok(_) => true,
                    Err(error) => {
                        push(&codes::WRONG_TYPE, &format!("/paths/{}", escape(name)), &error, root, report);
                        false
                    }
                };
            found |= !typed;
            typed
        });
    }
    if found {
        return true;
    }
    // The entry of a component, an element of a list, or else the field of the document.
    let steps: Vec<String> = error.path().iter().map(|segment| segment.to_string()).collect();
    let depth = if steps.first().is_some_and(|step| step == "components") { 3 } else { 1 };
    let Some((last, above)) = steps.get(..depth.min(steps.len())).and_then(<[String]>::split_last) else {
        return false;
    };
    let holder = above.iter().try_fold(frame, |value, step| value.get_mut(step));
    // `openapi`, `info` and `paths` are needed, and were made by us.
    let needed = above.is_empty() && matches!(last.as_str(), "openapi" | "info" | "paths");
    let removed = holder.and_then(Value::as_object_mut).filter(|_| !needed).and_then(|members| members.remove(last));
    if removed.is_some() {
        push(&codes::WRONG_TYPE, "", error, root, report);
    }
    removed.is_some()
}

/// Types the path items of `webhooks`; what cannot be typed is left out, with a diagnostic.
pub fn webhooks(items: Vec<(String, Value)>, root: &Node, report: &mut Report) -> Vec<Webhook> {
    let typed = items.into_iter().filter_map(|(name, item)| {
        let pointer = format!("/webhooks/{}", escape(&name));
        match serde_path_to_error::deserialize::<_, openapiv3::PathItem>(item) {
            Ok(item) => Some(Webhook { name, pointer, item }),
            Err(error) => {
                push(&codes::WRONG_TYPE, &pointer, &error, root, report);
                None
            }
        }
    });
    typed.collect()
}

/// Types the operations that stand beside the methods of path items, by the pointers of these; what cannot be typed is left out, with a
/// diagnostic.
pub fn operations(
    framed: IndexMap<String, Framed>,
    root: &Node,
    report: &mut Report,
) -> HashMap<String, Vec<AdditionalOperation>> {
    let mut typed: HashMap<String, Vec<AdditionalOperation>> = HashMap::new();
    for (pointer, Framed { item, method, frame }) in framed {
        match serde_path_to_error::deserialize::<_, openapiv3::Operation>(frame) {
            Ok(operation) => typed.entry(item).or_default().push(AdditionalOperation { pointer, method, operation }),
            Err(error) => push(&codes::WRONG_TYPE, &pointer, &error, root, report),
        }
    }
    typed
}

type Error = serde_path_to_error::Error<serde_json::Error>;

fn push(code: &'static Code, base: &str, error: &Error, root: &Node, report: &mut Report) {
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
    report.push(Diagnostic::new(code, error.inner().to_string()).at(node));
}
