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
//!
//! The targets are looked up in JSON, which is made once and changed along with the tree: work is linear in the actions.
//! What targets cost and what updates multiply is bounded (`limits.rs`), and judged before it is done (`overlay/bounds.rs`).

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::limits::MAX_TARGETED;
use crate::document::overlay::bounds::{Bounds, Step};
use crate::document::text::node::{Member, Node, NodeValue};

mod bounds;

/// Applies the actions of an overlay in their order; whatever fails is reported and the rest still applied. What lies
/// beyond a limit ends the overlay.
pub fn apply(root: &mut Node, overlay: &Node, report: &mut Report) {
    let Some(actions) = actions(overlay, report) else { return };
    let mut json = root.to_json();
    let mut bounds = Bounds::of(root);
    for action in actions {
        let Some(action) = Action::read(action, report) else { continue };
        if let Err(beyond) = bounds.look_up(action.target_node.as_str().unwrap_or_default()) {
            report.push(beyond.at(action.target_node));
            return;
        }
        // One more than is allowed is enough to know.
        let mut names = 0;
        let few = |path: &Vec<Step>| {
            let before = names;
            names += path.len() + 1;
            before <= MAX_TARGETED
        };
        let mut paths: Vec<Vec<Step>> =
            action.target.query_located(&json).locations().map(steps).take_while(few).collect();
        if let Err(beyond) = bounds.found(&paths) {
            report.push(beyond.at(action.target_node));
            return;
        }
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
            Change::Remove => remove(root, &mut json, &paths, action.target_node, report),
            Change::Update(update) => {
                if let Err(beyond) = bounds.add(update.size(), &paths) {
                    report.push(beyond.at(action.target_node));
                    return;
                }
                let update_json = update.to_json();
                for path in &paths {
                    if let Some(target) = descend(root, path)
                        && may_be_updated(target, update, report)
                        && let Some(target_json) = descend_json(&mut json, path)
                    {
                        merge(target, update);
                        merge_json(target_json, &update_json);
                    }
                }
            }
        }
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

/// The same place in the JSON.
fn descend_json<'j>(root: &'j mut Value, path: &[Step]) -> Option<&'j mut Value> {
    let mut value = root;
    for step in path {
        value = match step {
            Step::Name(name) => value.get_mut(name)?,
            Step::Index(index) => value.get_mut(*index)?,
        };
    }
    Some(value)
}

/// Removes what the paths lead to, from the back to the front, so that indices and inner paths stay right, and all that
/// one object or array loses at once.
fn remove(root: &mut Node, json: &mut Value, paths: &[Vec<Step>], target: &Node, report: &mut Report) {
    let mut by_holder: BTreeMap<&[Step], Vec<&Step>> = BTreeMap::new();
    for path in paths {
        match path.split_last() {
            Some((last, holder)) => by_holder.entry(holder).or_default().push(last),
            None => {
                let message = "the whole document cannot be removed";
                report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(target));
            }
        }
    }
    for (holder, steps) in by_holder.into_iter().rev() {
        let (Some(node), Some(json)) = (descend(root, holder), descend_json(json, holder)) else { continue };
        // The paths are sorted, and so are these.
        let goes_name = |name: &str| {
            steps.binary_search_by(|step| match step {
                Step::Name(step) => step.as_str().cmp(name),
                Step::Index(_) => std::cmp::Ordering::Less,
            })
        };
        let goes_index = |index: usize| steps.binary_search(&&Step::Index(index)).is_ok();
        match (&mut node.value, json) {
            (NodeValue::Object(members), Value::Object(json)) => {
                members.retain(|name, _| goes_name(name).is_err());
                json.retain(|name, _| goes_name(name).is_err());
            }
            (NodeValue::Array(elements), Value::Array(json)) => {
                let mut index = 0..;
                elements.retain(|_| !index.next().is_some_and(goes_index));
                let mut index = 0..;
                json.retain(|_| !index.next().is_some_and(goes_index));
            }
            _ => {}
        }
    }
}

/// The target of an action must be an object or an array: a primitive is changed through what holds it.
fn may_be_updated(target: &Node, update: &Node, report: &mut Report) -> bool {
    match (&target.value, &update.value) {
        (NodeValue::Object(_), NodeValue::Object(_)) | (NodeValue::Array(_), _) => return true,
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
    false
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

/// [`merge`], of the JSON.
fn merge_json(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(members), Value::Object(changes)) => {
            for (name, change) in changes {
                match members.get_mut(name) {
                    Some(member) if is_mergeable_json(member, change) => merge_json(member, change),
                    Some(member) => *member = change.clone(),
                    None => {
                        members.insert(name.clone(), change.clone());
                    }
                }
            }
        }
        (Value::Array(elements), Value::Array(added)) => elements.extend(added.iter().cloned()),
        (Value::Array(elements), _) => elements.push(update.clone()),
        (target, _) => *target = update.clone(),
    }
}

fn is_mergeable_json(target: &Value, update: &Value) -> bool {
    matches!((target, update), (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)))
}

fn mergeable(target: &Node, update: &Node) -> bool {
    matches!(
        (&target.value, &update.value),
        (NodeValue::Object(_), NodeValue::Object(_)) | (NodeValue::Array(_), NodeValue::Array(_))
    )
}
