//! `$dynamicAnchor` and `$dynamicRef`: JSON Schema 2020-12, core, sections 7.1 and 8.2.3.2.
//!
//! ```yaml
//! Page:                                        PetPage:
//!   $id: page                                    $id: pet-page
//!   properties:                                  $ref: page
//!     items: {items: {$dynamicRef: '#item'}}     $defs: {item: {$dynamicAnchor: item, $ref: pet}}
//!   $defs: {item: {$dynamicAnchor: item}}
//! ```
//!
//! A dynamic reference leads to the anchor in the outermost of the schema resources that were entered on the way to it. All
//! scopes are known when code is generated: if two resources have an anchor of the same name, a schema is read once for each set of
//! targets of its dynamic references, just as a generic type is instantiated for its arguments. `Page` above is read twice: on its own,
//! and for `PetPage`.

use std::collections::BTreeMap;

use crate::document::{Document, Node, NodeValue, Version, escape};

/// The dynamic anchors of a document.
#[derive(Debug, Default)]
pub(crate) struct DynamicAnchors {
    /// Schemas by the name of their anchor and the pointer of their resource, for names that occur in more than one resource.
    anchors: BTreeMap<String, BTreeMap<String, String>>,
    /// The pointers of the schema resources: the document, and the schemas with an `$id`.
    resources: Vec<String>,
    unevaluated: bool,
}

impl DynamicAnchors {
    pub(crate) fn of(document: &Document) -> Self {
        let mut found = Self::default();
        if document.version > Version::V3_0 {
            found.collect(&document.root, String::new(), "");
            found.anchors.retain(|_, resources| resources.len() > 1);
        }
        found
    }

    fn collect(&mut self, node: &Node, pointer: String, resource: &str) {
        match &node.value {
            NodeValue::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.collect(element, format!("{pointer}/{index}"), resource);
                }
            }
            NodeValue::Object(members) => {
                let identified = node.get("$id").and_then(Node::as_str).is_some_and(|id| !id.starts_with('#'));
                if identified {
                    self.resources.push(pointer.clone());
                }
                let resource = if identified { pointer.clone() } else { resource.to_owned() };
                if let Some(name) = node.get("$dynamicAnchor").and_then(Node::as_str) {
                    let anchors = self.anchors.entry(name.to_owned()).or_default();
                    anchors.entry(resource.clone()).or_insert_with(|| pointer.clone());
                }
                for (key, member) in members {
                    self.unevaluated |= key == "unevaluatedProperties";
                    self.collect(&member.node, format!("{pointer}/{}", escape(key)), &resource);
                }
            }
            _ => {}
        }
    }

    /// Whether some schema has `unevaluatedProperties`.
    pub(crate) fn has_unevaluated(&self) -> bool {
        self.unevaluated
    }

    /// The dynamic scope in which a schema is read: its resources, outermost first. Empty if the document has no ambiguous anchor.
    pub(crate) fn scope(&self, outer: &[String], pointer: &str) -> Vec<String> {
        if self.anchors.is_empty() {
            return Vec::new();
        }
        let within = |resource: &&String| {
            pointer.strip_prefix(resource.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let resource = self.resources.iter().filter(within).max_by_key(|resource| resource.len());
        let resource = resource.cloned().unwrap_or_default();
        let mut scope = outer.to_vec();
        // Entering a resource again does not change its position.
        if !scope.contains(&resource) {
            scope.push(resource);
        }
        scope
    }

    /// The schema that an anchor names in the outermost resource that has it.
    pub(crate) fn outermost(&self, scope: &[String], name: &str) -> Option<&str> {
        let resources = self.anchors.get(name)?;
        scope.iter().find_map(|resource| resources.get(resource)).map(String::as_str)
    }

    /// The schemas that the anchors name in a scope, by the order of the anchors' names.
    pub(crate) fn targets(&self, scope: &[String]) -> Vec<Option<String>> {
        self.anchors.keys().map(|name| self.outermost(scope, name).map(str::to_owned)).collect()
    }
}
