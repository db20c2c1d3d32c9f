//! The total length of a document's pointers.
//!
//! Every object that may be a schema is known by its JSON Pointer. In a document of some kilobytes under one name of some kilobytes, all
//! pointers together have megabytes: `{"paths": {"/aaaa…": {"post": {…}}}}`.

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::walk::DATA;
use crate::document::limits::{LONG_POINTER, MAX_POINTER_BYTES};
use crate::document::text::node::{Node, NodeValue};

/// Checks that the pointers of a document are not longer in total than is allowed; the finding stands at the name that contributes most.
pub fn are_bounded(root: &Node, report: &mut Report) -> bool {
    let mut count = Count { bytes: 0, longest: None };
    count.value(root, 0);
    if count.bytes <= MAX_POINTER_BYTES {
        return true;
    }
    let message = format!(
        "the names of this document are too long for what is below them: their JSON Pointers have more than {} MB",
        MAX_POINTER_BYTES >> 20
    );
    let diagnostic = Diagnostic::new(&codes::TOO_LARGE, message).hint("shorten the longest names");
    report.push(match count.longest {
        Some((_, key)) => diagnostic.at(key),
        None => diagnostic.at(root),
    });
    false
}

struct Count<'n> {
    bytes: usize,
    longest: Option<(usize, &'n Node)>,
}

impl<'n> Count<'n> {
    // Recursion is bounded: no tree is deeper than `MAX_DEPTH`.
    fn value(&mut self, node: &'n Node, pointer: usize) {
        match &node.value {
            NodeValue::Array(elements) => elements.iter().for_each(|element| self.value(element, pointer + 2)),
            NodeValue::Object(members) => {
                self.bytes = self.bytes.saturating_add(pointer.saturating_sub(LONG_POINTER));
                for (name, member) in members.iter().filter(|(name, _)| !DATA.contains(&name.as_str())) {
                    let is_longest = self.longest.is_none_or(|(longest, _)| name.len() > longest);
                    if is_longest && matches!(member.node.value, NodeValue::Object(_)) {
                        self.longest = Some((name.len(), &member.node));
                    }
                    self.value(&member.node, pointer + 1 + name.len());
                }
            }
            NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {}
        }
    }
}
