//! References: kept where `openapiv3` can represent them, replaced by their targets elsewhere.

use serde_json::{Value, json};

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::bundle::references::{self, Reference};
use crate::document::frame::{Framer, Kind, Node};

/// Maximum number of objects, and of pieces of [`PIECE`](crate::document::limits::PIECE) bytes of text, that are copied where references
/// are replaced by their targets. A real document of 660 operations in files of their own copies 50,000.
const MAX_INLINED: usize = 1_000_000;

/// Maximum nesting depth of such references.
const MOST_NESTED: usize = 8;

impl<'d> Framer<'d, '_> {
    /// Keeps a reference where `openapiv3` can represent it, and replaces it by its target otherwise.
    pub(crate) fn reference(&mut self, kind: Kind, holder: &'d Node, node: &'d Node, pointer: &str) -> Option<Value> {
        self.found.references.push(Reference { node, holder: pointer.to_owned() });
        self.siblings(kind, holder);
        let text = node.as_str()?;
        let section = kind.section().unwrap_or_default();
        let named = text.strip_prefix("#/components/").and_then(|rest| rest.strip_prefix(section));
        let named = named.and_then(|rest| rest.strip_prefix('/')).is_some_and(|name| !name.contains(['/', '%', '~']));
        if named && !matches!(kind, Kind::PathItem | Kind::Callback | Kind::MediaType) {
            return Some(json!({ "$ref": text }));
        }
        if !self.may_inline(node) {
            return None;
        }
        let Some((target, pointer)) = references::follow(self.root, holder, pointer) else {
            if references::resolve_in(self.root, text).is_some() {
                let message = "a chain of references that is too long, or leads nowhere; this one is left out";
                self.report.push(Diagnostic::new(&codes::INLINE_LIMIT, message).at(node));
            }
            return None;
        };
        self.nested_inlines += 1;
        let value = self.object(kind, target, &pointer);
        self.nested_inlines -= 1;
        value
    }

    /// A reference where the specification allows none, and which cannot be resolved (`embed.rs` follows the others).
    pub(crate) fn unfollowed(&mut self, kind: Kind, holder: &'d Node, node: &'d Node, pointer: &str) {
        self.found.references.push(Reference { node, holder: pointer.to_owned() });
        if kind == Kind::Operation {
            let message = "what this reference points at cannot be read; the operation is skipped";
            self.report.push(Diagnostic::new(&codes::OPERATION_SKIPPED, message).at(holder));
        }
    }

    /// Reports fields beside a reference that have no effect (OpenAPI 3.1.1, "Reference Object").
    fn siblings(&mut self, kind: Kind, holder: &Node) {
        for (name, member) in holder.as_object().into_iter().flatten() {
            if !name.starts_with("x-") && !matches!(name.as_str(), "$ref" | "summary" | "description") {
                let message = format!("`{name}` beside the `$ref` of {} says nothing; it is ignored", kind.name());
                self.unknown.note(&codes::REF_SIBLING, message, None, &member.key);
            }
        }
    }

    /// Whether a reference may be replaced by its target; this ends chains that have no end of their own.
    fn may_inline(&mut self, reference: &Node) -> bool {
        self.charge(1);
        let within = self.nested_inlines < MOST_NESTED && self.inlined <= MAX_INLINED;
        if !within {
            let message = "too many references within each other; what this one leads to is left out";
            self.report.push(Diagnostic::new(&codes::INLINE_LIMIT, message).at(reference));
        }
        within
    }

    /// Counts what is copied from elsewhere.
    pub(crate) fn charge(&mut self, cost: usize) {
        if self.nested_inlines > 0 {
            self.inlined = self.inlined.saturating_add(cost);
        }
    }
}
