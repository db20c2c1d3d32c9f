//! Local references: where they point, and whether they point anywhere.
//!
//! `#/components/schemas/Pet%20Shop` is the member `Pet Shop` of `components.schemas`; `#pet` the schema with
//! `$anchor: pet` (3.1). A reference whose chain of references never ends is a cycle.

use std::collections::HashSet;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::text::node::{Node, NodeValue, escape};

/// The prefix of a rewritten reference to an anchor that no schema has: it points at nothing.
pub const NO_ANCHOR: &str = "#/x-planchet-no-anchor/";

/// A `$ref` of the document.
#[derive(Clone, Debug)]
pub struct Reference<'d> {
    /// The node of the `$ref` string.
    pub node: &'d Node,
    /// The JSON Pointer of the object that holds it.
    pub holder: String,
}

/// The value that a local reference points at, and its JSON Pointer.
pub fn resolve_in<'d>(root: &'d Node, reference: &str) -> Option<(&'d Node, String)> {
    let fragment = percent_decode(reference.strip_prefix('#')?)?;
    if fragment.is_empty() || fragment.starts_with('/') {
        return root.pointer(&fragment).map(|node| (node, fragment));
    }
    anchored(root, &fragment)
}

/// Follows a chain of references to its end.
pub fn follow<'d>(root: &'d Node, node: &'d Node, pointer: &str) -> Option<(&'d Node, String)> {
    let mut current = (node, pointer.to_owned());
    for _ in 0..64 {
        match current.0.get("$ref").and_then(Node::as_str) {
            Some(reference) => current = resolve_in(root, reference)?,
            None => return Some(current),
        }
    }
    None
}

/// Whether references that leave the document were reported when its files were bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum External {
    /// They were.
    Reported,
    /// They were not looked for.
    Unknown,
}

/// Reports references that leave the document, point at nothing or run in a circle.
pub fn check(root: &Node, references: &[Reference<'_>], external: External, report: &mut Report) {
    let mut settled: HashSet<String> = HashSet::new();
    for reference in references {
        let Some(text) = reference.node.as_str() else {
            let message = format!("`$ref` must be a string, found {}", reference.node.kind_name());
            report.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(reference.node));
            continue;
        };
        if text.is_empty() {
            let message = "this `$ref` is empty, and says nothing";
            report.push(Diagnostic::new(&codes::DANGLING_REF, message).at(reference.node));
            continue;
        }
        if !text.starts_with('#') {
            if external == External::Reported {
                continue;
            }
            let message = format!("`{text}` is not in this document");
            let mut diagnostic = Diagnostic::new(&codes::EXTERNAL_REF, message).at(reference.node);
            if root.pointer("/components/schemas").is_some_and(|schemas| schemas.get(text).is_some()) {
                diagnostic = diagnostic.hint(format!("did you mean `#/components/schemas/{}`?", escape(text)));
            }
            report.push(diagnostic);
            continue;
        }
        let Some(target) = resolve_in(root, text) else {
            report.push(dangling(root, text, reference.node));
            continue;
        };
        check_cycle(root, reference, target, &mut settled, report);
    }
}

fn check_cycle<'d>(
    root: &'d Node,
    reference: &Reference<'d>,
    target: (&'d Node, String),
    settled: &mut HashSet<String>,
    report: &mut Report,
) {
    let mut chain = vec![reference.holder.clone()];
    let mut inside: HashSet<String> = chain.iter().cloned().collect();
    let mut current = Some(target);
    while let Some((node, pointer)) = current {
        if settled.contains(&pointer) {
            break;
        }
        if !inside.insert(pointer.clone()) {
            let start = chain.iter().position(|step| *step == pointer).unwrap_or(0);
            let mut steps: Vec<String> = chain.iter().skip(start).take(8).map(|step| format!("`#{step}`")).collect();
            steps.push(format!("`#{pointer}`"));
            let message = format!("this reference leads back to itself: {}", steps.join(" → "));
            report.push(Diagnostic::new(&codes::REF_CYCLE, message).at(reference.node));
            break;
        }
        chain.push(pointer);
        current = node.get("$ref").and_then(Node::as_str).and_then(|text| resolve_in(root, text));
    }
    settled.extend(chain);
}

fn dangling(root: &Node, text: &str, node: &Node) -> Diagnostic {
    if let Some(name) = text.strip_prefix(NO_ANCHOR) {
        let message = format!("`#{}` names an anchor that no schema has", crate::document::unescape(name));
        return Diagnostic::new(&codes::DANGLING_REF, message).at(node);
    }
    let message = match text
        .strip_prefix("#/")
        .and_then(|rest| rest.strip_prefix(crate::document::named::FILES)?.strip_prefix('/'))
    {
        Some(rest) => {
            let (file, inside) = rest.split_once('/').unwrap_or((rest, ""));
            format!("`{}#/{inside}` points at nothing", crate::document::unescape(file))
        }
        None => format!("`{text}` points at nothing in this document"),
    };
    let diagnostic = Diagnostic::new(&codes::DANGLING_REF, message).at(node);
    let Some((parent, name)) = text.rsplit_once('/') else { return diagnostic };
    let siblings = resolve_in(root, parent).and_then(|(node, _)| node.as_object());
    let similar = siblings.and_then(|members| members.keys().find(|key| key.eq_ignore_ascii_case(name)));
    match similar {
        Some(key) => diagnostic.hint(format!("did you mean `{parent}/{}`?", escape(key))),
        None => diagnostic,
    }
}

/// The object with an `$anchor` of this name, anywhere.
fn anchored<'d>(root: &'d Node, name: &str) -> Option<(&'d Node, String)> {
    let mut stack = vec![(root, String::new())];
    while let Some((node, pointer)) = stack.pop() {
        match &node.value {
            NodeValue::Array(elements) => {
                let elements = elements.iter().enumerate().rev();
                stack.extend(elements.map(|(index, element)| (element, format!("{pointer}/{index}"))));
            }
            NodeValue::Object(members) => {
                let anchor = |key| node.get(key).and_then(Node::as_str) == Some(name);
                if anchor("$anchor") || anchor("$dynamicAnchor") {
                    return Some((node, pointer));
                }
                let members = members.iter().rev();
                stack.extend(members.map(|(key, member)| (&member.node, format!("{pointer}/{}", escape(key)))));
            }
            _ => {}
        }
    }
    None
}

/// A fragment with its `%` escapes decoded; `None` where they are no UTF-8.
pub fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}
