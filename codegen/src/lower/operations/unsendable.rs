//! Operations whose request cannot be read as a whole: a call without its body means something else, so there is none.
//!
//! ```yaml
//! post: { requestBody: { $ref: 'https://elsewhere.example/body.yaml' }, … }     # operation-skipped
//! ```

use openapiv3 as oas;

use crate::diagnostic::{self as catalogue, Diagnostic};
use crate::document::{Node, follow, resolve};

use crate::lower::Lowering;
use crate::lower::operations::responses;

impl Lowering<'_, '_> {
    /// Whether an operation states a body of which nothing can be sent; it is told, and to be left out.
    pub(crate) fn is_unsendable(&mut self, operation: &oas::Operation, method: &str, item_pointer: &str) -> bool {
        let pointer = format!("{item_pointer}/{method}");
        let Some((at, why)) = self.lost_body(operation, method, item_pointer, &pointer) else { return false };
        let message = format!("{why}; the operation is skipped, as a call without it would mean something else");
        self.report.push(Diagnostic::new(&catalogue::OPERATION_SKIPPED, message).at(at));
        true
    }

    fn lost_body(
        &self,
        operation: &oas::Operation,
        method: &str,
        item_pointer: &str,
        pointer: &str,
    ) -> Option<(&Node, &'static str)> {
        let document = self.document;
        let stated = document.root.pointer(&format!("{pointer}/requestBody")).filter(|node| !node.is_null());
        let Some(stated) = stated else { return self.lost_parameter(method, item_pointer, pointer) };
        let lookup = |name: &str| document.openapi.components.as_ref()?.request_bodies.get(name);
        let body = operation.request_body.as_ref();
        let Some((body, _)) = body.and_then(|body| responses::resolved(body, String::new(), lookup)) else {
            return Some((stated, "the request body cannot be read"));
        };
        let place = follow(document, &format!("{pointer}/requestBody"));
        let content = document.root.pointer(&place).and_then(|body| body.get("content"));
        let says_something =
            content.is_some_and(|content| content.as_object().is_none_or(|entries| !entries.is_empty()));
        match body.content.is_empty() {
            true if says_something => Some((stated, "no media type of the request body can be read")),
            true if body.required => Some((stated, "the request body is required, and has no media type")),
            _ => None,
        }
    }

    /// In 2.0 a body is one of the parameters, and a reference that cannot be read may be to it.
    fn lost_parameter(&self, method: &str, item_pointer: &str, pointer: &str) -> Option<(&Node, &'static str)> {
        let document = self.document;
        if !document.stated_version.starts_with('2') || !matches!(method, "post" | "put" | "patch") {
            return None;
        }
        let lists = [pointer, item_pointer].map(|holder| document.root.pointer(&format!("{holder}/parameters")));
        let mut elements = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
        let lost = elements.find(|element| {
            let reference = element.get("$ref").and_then(Node::as_str);
            reference.is_some_and(|reference| resolve(document, reference).is_none())
        });
        lost.map(|element| (element, "a parameter cannot be read, and may be the body"))
    }
}
