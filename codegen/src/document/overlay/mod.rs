//! Overlays (Overlay Specification 1.0 and 1.1): changes to a document that is kept verbatim.
//!
//! ```yaml
//! overlay: 1.0.0
//! info: { title: Secrets, version: 1.0.0 }
//! actions:
//!   - target: $.components.schemas.Card.properties.number     # JSONPath, RFC 9535
//!     update: { x-sensitive: true }
//! ```
//!
//! Version 1.1 adds `copy`, a JSONPath that selects the one value to merge into the targets in the place of `update`. It also says which
//! updates fit which targets (`overlay/merge.rs`).
//!
//! What an action adds keeps its place in the overlay. A target that matches nothing is an error, so that a fix-up that
//! is no longer needed is noticed, unless the action has `x-optional: true`.
//!
//! The targets are looked up in JSON, which is made once and changed along with the tree: work is linear in the actions.
//! The cost of targets and of updates is bounded (`limits.rs`), and estimated before anything is done (`overlay/bounds.rs`).

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::limits::MAX_TARGETED;
use crate::document::overlay::bounds::{Bounds, Step};
use crate::document::overlay::edition::Edition;
use crate::document::overlay::merge::{Mismatch, Place};
use crate::document::text::node::{Node, NodeValue};

mod bounds;
mod edition;
mod grammar;
mod merge;

/// Applies the actions of an overlay in order. An action that fails is reported and changes nothing, and the others are applied; beyond a
/// limit, the overlay ends.
pub fn apply(root: &mut Node, overlay: &Node, report: &mut Report) {
    let Some((actions, edition)) = actions(overlay, report) else { return };
    grammar::check(overlay, edition, report);
    let mut json = root.to_json();
    let mut bounds = Bounds::of(root);
    for action in actions {
        let Some(action) = Action::read(action, edition, report) else { continue };
        if let Err(beyond) = bounds.look_up(action.target_node.as_str().unwrap_or_default()) {
            report.push(beyond.at(action.target_node));
            return;
        }
        // One more than is allowed is enough to detect the excess.
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
            Change::Update(_) | Change::Copy(..) => {
                let copied;
                let update = match action.change {
                    Change::Update(update) => update,
                    Change::Copy(source, at) => match selected(root, &json, &source, at, &mut bounds) {
                        Ok(node) => {
                            copied = node;
                            &copied
                        }
                        Err(fault) => {
                            let ends = fault.code == &codes::TOO_LARGE;
                            report.push(fault.at(at));
                            if ends {
                                return;
                            }
                            continue;
                        }
                    },
                    Change::Remove => continue,
                };
                if let Err(beyond) = bounds.add(update.size(), &paths) {
                    report.push(beyond.at(action.target_node));
                    return;
                }
                if let Some(Mismatch { message, place, hint }) = merge::mismatch(root, &paths, update, edition) {
                    let place = match place {
                        Place::Target => action.target_node,
                        Place::Update(node) => action.copy_node.unwrap_or(node),
                    };
                    let diagnostic = Diagnostic::new(&codes::OVERLAY_UPDATE, message).at(place);
                    report.push(if let Some(hint) = hint { diagnostic.hint(hint) } else { diagnostic });
                    continue;
                }
                let update_json = update.to_json();
                for path in &paths {
                    if let Some(target) = descend(root, path)
                        && let Some(target_json) = descend_json(&mut json, path)
                    {
                        merge::merge(target, update);
                        merge::merge_json(target_json, &update_json);
                    }
                }
            }
        }
    }
}

/// The value that a `copy` selects: there must be one (Overlay Specification 1.1.0, "Action Object").
fn selected(
    root: &mut Node,
    json: &Value,
    source: &JsonPath,
    at: &Node,
    bounds: &mut Bounds,
) -> Result<Node, Diagnostic> {
    bounds.look_up(at.as_str().unwrap_or_default())?;
    let mut paths: Vec<Vec<Step>> = source.query_located(json).locations().map(steps).take(2).collect();
    let found = paths.pop().filter(|_| paths.is_empty());
    found.and_then(|path| descend(root, &path).cloned()).ok_or_else(|| {
        let message = if paths.is_empty() { "`copy` selects nothing" } else { "`copy` selects more than one value" };
        Diagnostic::new(&codes::OVERLAY_UPDATE, format!("{message} in the document; it must select one"))
    })
}

fn actions<'o>(overlay: &'o Node, report: &mut Report) -> Option<(&'o [Node], Edition)> {
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
    let Some(edition) = version.as_str().and_then(Edition::read) else {
        return fail("the version of the overlay must be \"1.0.0\" or \"1.1.0\"".to_owned(), version);
    };
    match overlay.get("actions").map(|node| (node, node.as_array())) {
        Some((node, Some([]))) => fail("`actions` must have at least one action".to_owned(), node),
        Some((_, Some(actions))) => Some((actions, edition)),
        Some((node, None)) => fail(format!("`actions` must be an array, found {}", node.kind_name()), node),
        None => fail("`actions` is missing in the overlay".to_owned(), overlay),
    }
}

struct Action<'o> {
    target: JsonPath,
    target_node: &'o Node,
    change: Change<'o>,
    /// Where `copy` stands, if the action has it.
    copy_node: Option<&'o Node>,
    optional: bool,
}

enum Change<'o> {
    Remove,
    Update(&'o Node),
    /// The path of the value to merge, and the node that states it.
    Copy(JsonPath, &'o Node),
}

impl<'o> Action<'o> {
    fn read(node: &'o Node, edition: Edition, report: &mut Report) -> Option<Self> {
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
        let copy_node = node.get("copy");
        if let Some(at) = copy_node.filter(|_| edition == Edition::V1_0) {
            let message = "`copy` is of Overlay 1.1, and this overlay is of 1.0";
            report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(at).hint("write `overlay: 1.1.0`"));
            return None;
        }
        let change = match (removes, node.get("update"), copy_node) {
            // "This field has no impact if the remove field of this action object is true."
            (true, _, _) => Change::Remove,
            // By the specification each has no impact beside the other, so nothing would be changed.
            (false, Some(_), Some(at)) => {
                let message = "an action has `update` or `copy`, not both";
                report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(at));
                return None;
            }
            (false, Some(update), None) => Change::Update(update),
            (false, None, Some(at)) => {
                let Some(text) = at.as_str() else {
                    let message = format!("`copy` must be a string, found {}", at.kind_name());
                    report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(at));
                    return None;
                };
                match JsonPath::parse(text) {
                    Ok(source) => Change::Copy(source, at),
                    Err(error) => {
                        let message = format!("`copy` is no JSONPath: {}", error.message());
                        report.push(Diagnostic::new(&codes::OVERLAY_TARGET, message).at(at));
                        return None;
                    }
                }
            }
            (false, None, None) => {
                let message = match edition {
                    Edition::V1_0 => "an action needs `update` or `remove: true`",
                    Edition::V1_1 => "an action needs `update`, `copy` or `remove: true`",
                };
                report.push(Diagnostic::new(&codes::INVALID_OVERLAY, message).at(node));
                return None;
            }
        };
        let optional = node.get("x-optional").and_then(Node::as_bool) == Some(true);
        Some(Action { target, target_node, change, copy_node, optional })
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

/// Removes the values at the paths, last first, so that indices and inner paths stay valid, and all members or elements of one holder at
/// once.
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
