//! Overlays (Overlay Specification 1.0): changes to a document that is kept verbatim.
//!
//! ```yaml
//! overlay: 1.0.0
//! info: { title: Secrets, version: 1.0.0 }
//! actions:
//!   - target: $.components.schemas.Card.properties.number     # JSONPath, RFC 9535
//!     update: { x-sensitive: true }
//! ```
//!
//! What an action adds keeps its place in the overlay. A target that matches nothing is an error, so that a fix-up that
//! is no longer needed is noticed, unless the action has `x-optional: true`.

use serde_json_path::{JsonPath, PathElement};

use crate::diagnostic::{self as codes, Diagnostic, Report};

use super::node::{Member, Node, NodeValue};

/// Applies the actions of an overlay in their order; whatever fails is reported and the rest still applied.
pub fn apply(root: &mut Node, overlay: &Node, report: &mut Report) {
    let Some(actions) = actions(overlay, report) else { return };
    let mut json = root.to_json();
    for action in actions {
        let Some(action) = Action::read(action, report) else { continue };
        let mut paths: Vec<Vec<Step>> = action.target.query_located(&json).locations().map(steps).collect();
        paths.sort();
        paths.dedup();
        if paths.is_empty() {
            if !action.optional {
                let message = "this target matches nothing in the document";
                report.push(Diagnostic::new(&codes::OVERLAY_UNMATCHED, message).at(action.target_node));
            }
            continue;
        }
        match action.change {
            // From the back to the front, so that indices and inner paths stay right.
            Change::Remove => paths.iter().rev().for_each(|path| remove(root, path, action.target_node, report)),
            Change::Update(update) => {
                for path in &paths {
                    if let Some(target) = descend(root, path) {
                        update_target(target, update, report);
                    }
                }
            }
        }
        json = root.to_json();
    }
}

fn actions<'o>(overlay: &'o Node, report: &mut Report) -> Option<&'o [Node]> {
    let mut fail = |message: String, node: &Node| {
        report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(node));
        None
    };
    if overlay.as_object().is_none() {
        return fail(format!("an overlay must be an object, found {}", overlay.kind_name()), overlay);
    }
    let Some(version) = overlay.get("overlay") else {
        return fail("`overlay: 1.0.0` is missing at the top of the overlay".to_owned(), overlay);
    };
    if !version.as_str().is_some_and(|text| text.starts_with("1.")) {
        return fail("the version of the overlay must be \"1.0.0\"".to_owned(), version);
    }
    match overlay.get("actions").map(|node| (node, node.as_array())) {
        Some((node, Some([]))) => fail("`actions` must have at least one action".to_owned(), node),
        Some((_, Some(actions))) => Some(actions),
        Some((node, None)) => fail(format!("`actions` must be an array, found {}", node.kind_name()), node),
        None => fail("`actions` is missing in the overlay".to_owned(), overlay),
    }
}

struct Action<'o> {
    target: JsonPath,
    target_node: &'o Node,
    change: Change<'o>,
    optional: bool,
}

enum Change<'o> {
    Remove,
    Update(&'o Node),
}

impl<'o> Action<'o> {
    fn read(node: &'o Node, report: &mut Report) -> Option<Self> {
        let Some(target_node) = node.get("target") else {
            let message = "`target` is missing in the action";
            report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(node));
            return None;
        };
        let Some(text) = target_node.as_str() else {
            let message = format!("`target` must be a string, found {}", target_node.kind_name());
            report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(target_node));
            return None;
        };
        let target = match JsonPath::parse(text) {
            Ok(target) => target,
            Err(error) => {
                let message = format!("`target` is no JSONPath: {}", error.message());
                report.push(Diagnostic::new(&codes::OVERLAY_TARGET, message).at(target_node));
                return None;
            }
        };
        let removes = match node.get("remove") {
            None => false,
            Some(remove) => match remove.as_bool() {
                Some(flag) => flag,
                None => {
                    let message = format!("`remove` must be a boolean, found {}", remove.kind_name());
                    report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(remove));
                    return None;
                }
            },
        };
        let change = match (removes, node.get("update")) {
            // "This field has no impact if the remove field of this action object is true."
            (true, _) => Change::Remove,
            (false, Some(update)) => Change::Update(update),
            (false, None) => {
                let message = "an action needs `update` or `remove: true`";
                report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(node));
                return None;
            }
        };
        let optional = node.get("x-optional").and_then(Node::as_bool) == Some(true);
        Some(Action { target, target_node, change, optional })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Name(String),
}

fn steps(path: &serde_json_path::NormalizedPath<'_>) -> Vec<Step> {
    let step = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    };
    path.iter().map(step).collect()
}

fn descend<'n>(root: &'n mut Node, path: &[Step]) -> Option<&'n mut Node> {
    let mut node = root;
    for step in path {
        node = match (&mut node.value, step) {
            (NodeValue::Object(members), Step::Name(name)) => &mut members.get_mut(name)?.node,
            (NodeValue::Array(elements), Step::Index(index)) => elements.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(node)
}

fn remove(root: &mut Node, path: &[Step], target: &Node, report: &mut Report) {
    let Some((last, parent)) = path.split_last() else {
        let message = "the whole document cannot be removed";
        report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(target));
        return;
    };
    match (descend(root, parent).map(|node| &mut node.value), last) {
        (Some(NodeValue::Object(members)), Step::Name(name)) => {
            members.shift_remove(name);
        }
        (Some(NodeValue::Array(elements)), Step::Index(index)) if *index < elements.len() => {
            elements.remove(*index);
        }
        _ => {}
    }
}

/// The target of an action must be an object or an array: a primitive is changed through what holds it.
fn update_target(target: &mut Node, update: &Node, report: &mut Report) {
    match (&target.value, &update.value) {
        (NodeValue::Object(_), NodeValue::Object(_)) | (NodeValue::Array(_), _) => merge(target, update),
        (NodeValue::Object(_), _) => {
            let message = format!("the target is an object, `update` must be one too, found {}", update.kind_name());
            report.push(Diagnostic::new(&codes::OVERLAY_UPDATE, message).at(update));
        }
        _ => {
            let message = format!("the target is {}; only objects and arrays can be updated", target.kind_name());
            let hint = "let the target be the object that holds the value";
            report.push(Diagnostic::new(&codes::OVERLAY_UPDATE, message).at(update).hint(hint));
        }
    }
}

/// Objects merge member by member, an array takes the update as a new element (or all elements of an update that is an
/// array), anything else is replaced.
fn merge(target: &mut Node, update: &Node) {
    match (&mut target.value, &update.value) {
        (NodeValue::Object(members), NodeValue::Object(changes)) => {
            for (name, change) in changes {
                match members.get_mut(name) {
                    Some(member) if mergeable(&member.node, &change.node) => merge(&mut member.node, &change.node),
                    Some(member) => *member = change.clone(),
                    None => {
                        members.insert(name.clone(), Member { key: change.key.clone(), node: change.node.clone() });
                    }
                }
            }
        }
        (NodeValue::Array(elements), NodeValue::Array(added)) => elements.extend(added.iter().cloned()),
        (NodeValue::Array(elements), _) => elements.push(update.clone()),
        _ => *target = update.clone(),
    }
}

fn mergeable(target: &Node, update: &Node) -> bool {
    matches!(
        (&target.value, &update.value),
        (NodeValue::Object(_), NodeValue::Object(_)) | (NodeValue::Array(_), NodeValue::Array(_))
    )
}
