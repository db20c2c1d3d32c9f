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

use std::collections::{HashMap, HashSet};

use crate::api::Tag;
use crate::api::reserved::{is_device, taken_modules};
use crate::diagnostic as catalogue;
use crate::document::Node;

use crate::lower::context::Context;
use crate::lower::names::{self, Scope};
use crate::lower::operations::http_text::quoted;

/// The kind of tags by which people navigate (OpenAPI Initiative, "Tag Kind Registry").
const NAVIGATION: &str = "nav";

/// How many tags may be nested in each other.
const MAX_NESTED_TAGS: usize = 64;

/// The tags met so far.
pub(crate) struct Tags {
    /// Those that are declared, in document order, then those that are used without.
    pub list: Vec<Tag>,
    /// Their modules, by name.
    modules: HashMap<String, String>,
    /// Tags that label operations, and do not group them.
    labels: HashSet<String>,
    scope: Scope,
}

impl Tags {
    /// The tags that the document declares. What paths begin with where the client's modules are is no module of a tag.
    pub(crate) fn declared(context: &Context<'_>) -> Self {
        let scope = Scope::with_taken(&taken_modules().collect::<Vec<_>>());
        let mut tags = Self { list: Vec::new(), modules: HashMap::new(), labels: HashSet::new(), scope };
        for tag in &context.document.openapi.tags {
            tags.module(&tag.name, tag.description.clone());
        }
        if context.is_32() {
            tags.nest(context);
        }
        tags
    }

    fn nest(&mut self, context: &Context<'_>) {
        // No module has the name of another.
        let by_module: HashMap<String, usize> =
            self.list.iter().enumerate().map(|(index, tag)| (tag.rust_name.clone(), index)).collect();
        let mut parents: Vec<Option<usize>> = vec![None; self.list.len()];
        let stated = context.document.root.get("tags").and_then(Node::as_array).unwrap_or_default();
        for (index, node) in stated.iter().enumerate() {
            let text = |key: &str| node.get(key).and_then(Node::as_str).filter(|text| !text.is_empty());
            let Some((name, tag)) =
                text("name").and_then(|name| Some((name, *by_module.get(self.modules.get(name)?)?)))
            else {
                continue;
            };
            if text("kind").is_some_and(|kind| kind != NAVIGATION) {
                self.labels.insert(name.to_owned());
            }
            let parent = text("parent").and_then(|stated| {
                let parent = self.modules.get(stated).and_then(|module| by_module.get(module)).copied();
                match above(&parents, tag, parent) {
                    Ok(parent) => Some(parent),
                    Err(why) => {
                        let message = format!("the parent {} {why}; it is ignored", quoted(stated));
                        context.report_at(&catalogue::UNKNOWN_VALUE, &format!("/tags/{index}/parent"), message);
                        None
                    }
                }
            });
            let module = parent.and_then(|parent| self.list.get(parent)).map(|tag| tag.rust_name.clone());
            if let (Some(own), Some(entry)) = (self.list.get_mut(tag), parents.get_mut(tag)) {
                (own.summary, own.kind) = (text("summary").map(str::to_owned), text("kind").map(str::to_owned));
                (own.parent, *entry) = (module, parent);
            }
        }
    }

    /// The tag that groups an operation: the first one that is no label.
    pub(crate) fn grouping<'t>(&self, tags: &'t [String]) -> Option<&'t String> {
        tags.iter().find(|tag| !self.labels.contains(*tag)).or(tags.first())
    }

    /// The module name of a tag, declared or first met here.
    pub(crate) fn module(&mut self, name: &str, description: Option<String>) -> String {
        if let Some(rust_name) = self.modules.get(name) {
            return rust_name.clone();
        }
        let made = names::value_name(name);
        // A device of Windows is no file there.
        let made = if is_device(&made) { format!("{made}_tag") } else { made };
        let rust_name = names::escape(self.scope.claim(made));
        self.modules.insert(name.to_owned(), rust_name.clone());
        self.list.push(Tag {
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
    for _ in 0..=MAX_NESTED_TAGS {
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
