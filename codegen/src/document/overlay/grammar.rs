//! The fields of an overlay, its `info` and its actions.
//!
//! ```yaml
//! overlay: 1.1.0
//! info: { title: Secrets, version: 1.0.0 }
//! actions: [{ target: $.info, udpate: { x-sensitive: true } }]      # unknown-field: did you mean `update`?
//! ```

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::overlay::edition::Edition;
use crate::document::text::node::Node;
use crate::document::unknown::Unknown;

/// An object: its name in messages, its fields, and those that 1.1 adds.
struct Grammar {
    owner: &'static str,
    fields: &'static [&'static str],
    newer: &'static [&'static str],
}

const OVERLAY: Grammar =
    Grammar { owner: "an overlay", fields: &["overlay", "info", "extends", "actions"], newer: &[] };

const INFO: Grammar = Grammar { owner: "`info`", fields: &["title", "version"], newer: &["description"] };

const ACTION: Grammar =
    Grammar { owner: "an action", fields: &["target", "description", "update", "remove"], newer: &["copy"] };

/// Reports fields that an overlay does not have, and texts that are none. None of them changes what its actions do.
pub(crate) fn check(overlay: &Node, edition: Edition, report: &mut Report) {
    let mut unknown = Unknown::default();
    fields(&OVERLAY, overlay, edition, &mut unknown);
    texts(overlay, &["extends"], report);
    match overlay.get("info") {
        None => {
            let message = "`info` is missing in the overlay, an empty title and version are assumed";
            report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(overlay));
        }
        Some(info) if info.as_object().is_none() => wrong_type("info", "an object", info, report),
        Some(info) => {
            fields(&INFO, info, edition, &mut unknown);
            texts(info, &["title", "version", "description"], report);
            for name in ["title", "version"].into_iter().filter(|name| info.get(name).is_none()) {
                let message = format!("`{name}` is missing in `info`, an empty text is assumed");
                report.push(Diagnostic::new(&codes::ASSUMED_FIELD, message).at(info));
            }
        }
    }
    for action in overlay.get("actions").and_then(Node::as_array).unwrap_or_default() {
        fields(&ACTION, action, edition, &mut unknown);
        texts(action, &["description"], report);
    }
    unknown.report(report);
}

fn fields(grammar: &Grammar, node: &Node, edition: Edition, unknown: &mut Unknown) {
    for (name, member) in node.as_object().into_iter().flatten() {
        let name = name.as_str();
        let is_newer = grammar.newer.contains(&name);
        // `copy` in an overlay of 1.0 is an error of its action.
        let is_known = grammar.fields.contains(&name) || is_newer && (edition >= Edition::V1_1 || name == "copy");
        if is_known || name.starts_with("x-") {
            continue;
        }
        let shown: String = name.chars().take(40).collect();
        let since = if is_newer { ": it is of Overlay 1.1" } else { "" };
        let message = format!("{} has no field `{shown}`{since}", grammar.owner);
        let known = grammar.fields.iter().chain(grammar.newer).copied();
        let hint = if is_newer {
            Some("write `overlay: 1.1.0`".to_owned())
        } else {
            unknown.did_you_mean(grammar.owner, name, known)
        };
        unknown.note(&codes::UNKNOWN_FIELD, message, hint, &member.key);
    }
}

fn texts(node: &Node, names: &[&str], report: &mut Report) {
    for name in names {
        if let Some(value) = node.get(name).filter(|value| value.as_str().is_none()) {
            wrong_type(name, "a string", value, report);
        }
    }
}

fn wrong_type(name: &str, expected: &str, value: &Node, report: &mut Report) {
    let message = format!("`{name}` must be {expected}, found {}", value.kind_name());
    report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(value));
}
