//! Tags to modules.
//!
//! ```yaml
//! tags:
//!   - { name: external, kind: audience }
//!   - { name: pets, kind: nav }
//!   - { name: cats, parent: pets }
//! ```
//!
//! An operation with the tags `external` and `cats` is one of the module `cats`, which its parent's module shows as well:
//! `client::pets::cats`. A `kind` other than `nav` labels operations; such a tag groups those alone that have no other.

use std::collections::HashMap;

use crate::api::Tag;
use crate::api::reserved::is_device;
use crate::diagnostic as catalogue;
use crate::document::Node;

use crate::lower::operations::parameter::told;
use crate::lower::{Lowering, names};

/// The kind of tags by which people navigate (OpenAPI Initiative, "Tag Kind Registry").
const NAVIGATION: &str = "nav";

/// How many tags may be nested in each other.
const MAX_NESTED_TAGS: usize = 64;

impl Lowering<'_, '_> {
    /// Reads the tags that the document declares.
    pub(crate) fn declared_tags(&mut self) {
        let document = self.document;
        for tag in &document.openapi.tags {
            self.tag(&tag.name, tag.description.clone());
        }
        if !self.is_32() {
            return;
        }
        // No module has the name of another.
        let by_module: HashMap<String, usize> =
            self.api.tags.iter().enumerate().map(|(index, tag)| (tag.rust_name.clone(), index)).collect();
        let mut parents: Vec<Option<usize>> = vec![None; self.api.tags.len()];
        let stated = document.root.get("tags").and_then(Node::as_array).unwrap_or_default();
        for (index, node) in stated.iter().enumerate() {
            let text = |key: &str| node.get(key).and_then(Node::as_str).filter(|text| !text.is_empty());
            let Some((name, tag)) =
                text("name").and_then(|name| Some((name, *by_module.get(self.tag_names.get(name)?)?)))
            else {
                continue;
            };
            if text("kind").is_some_and(|kind| kind != NAVIGATION) {
                self.tag_labels.insert(name.to_owned());
            }
            let parent = text("parent").and_then(|stated| {
                let parent = self.tag_names.get(stated).and_then(|module| by_module.get(module)).copied();
                match above(&parents, tag, parent) {
                    Ok(parent) => Some(parent),
                    Err(why) => {
                        let message = format!("the parent {} {why}; it is ignored", told(stated));
                        self.report_at(&catalogue::UNKNOWN_VALUE, &format!("/tags/{index}/parent"), message);
                        None
                    }
                }
            });
            let module = parent.and_then(|parent| self.api.tags.get(parent)).map(|tag| tag.rust_name.clone());
            if let (Some(own), Some(entry)) = (self.api.tags.get_mut(tag), parents.get_mut(tag)) {
                (own.summary, own.kind) = (text("summary").map(str::to_owned), text("kind").map(str::to_owned));
                (own.parent, *entry) = (module, parent);
            }
        }
    }

    /// The tag that groups an operation: the first one that is no label.
    pub(crate) fn grouping_tag<'t>(&self, tags: &'t [String]) -> Option<&'t String> {
        tags.iter().find(|tag| !self.tag_labels.contains(*tag)).or(tags.first())
    }

    /// The module name of a tag, declared or first met here.
    pub(crate) fn tag(&mut self, name: &str, description: Option<String>) -> String {
        if let Some(rust_name) = self.tag_names.get(name) {
            return rust_name.clone();
        }
        let made = names::value_name(name);
        // A device of Windows is no file there.
        let made = if is_device(&made) { format!("{made}_tag") } else { made };
        let rust_name = names::escape(self.tag_scope.claim(made));
        self.tag_names.insert(name.to_owned(), rust_name.clone());
        self.api.tags.push(Tag {
            name: name.to_owned(),
            rust_name: rust_name.clone(),
            description,
            summary: None,
            parent: None,
            kind: None,
        });
        rust_name
    }
}

/// The parent of a tag, by index, or why it cannot be one.
fn above(parents: &[Option<usize>], tag: usize, parent: Option<usize>) -> Result<usize, String> {
    let Some(parent) = parent else { return Err("is no tag that is declared".to_owned()) };
    let mut next = Some(parent);
    for _ in 0..MAX_NESTED_TAGS {
        match next {
            None => return Ok(parent),
            Some(above) if above == tag => return Err("is this tag, or nested under it".to_owned()),
            Some(above) => next = parents.get(above).copied().flatten(),
        }
    }
    Err(format!("is nested under more than {MAX_NESTED_TAGS} others"))
}

#[cfg(test)]
mod tests {
    use super::{MAX_NESTED_TAGS, above};

    #[test]
    fn no_tag_is_nested_under_itself() {
        let parents = [Some(1), Some(2), None, None];
        assert_eq!(above(&parents, 2, Some(3)), Ok(3));
        for (tag, parent) in [(2, Some(0)), (2, Some(1)), (2, Some(2)), (0, None)] {
            assert!(above(&parents, tag, parent).is_err(), "{tag} {parent:?}");
        }
    }

    #[test]
    fn chains_of_any_length_end() {
        let chain: Vec<Option<usize>> = (1..=10_000).map(Some).chain([None]).collect();
        assert!(above(&chain, 10_000, Some(0)).is_err());
        assert!(above(&chain, 20_000, Some(10_000 - MAX_NESTED_TAGS)).is_err());
        assert!(above(&chain, 20_000, Some(10_001 - MAX_NESTED_TAGS)).is_ok());
    }
}
