//! References as JSON Pointers into one tree, once all files are read.

use std::collections::HashMap;

use indexmap::IndexMap;
use url::Url;

use crate::document::bundle::identity::{Identities, base_of, without_fragment};
use crate::document::bundle::references::{NO_ANCHOR, percent_decode};
use crate::document::bundle::walk::{self, Role};
use crate::document::named::FILES;
use crate::document::text::node::{Member, Node, NodeValue, escape};

/// A file that was read, or the document itself.
pub(super) struct File {
    /// Where it was read: its retrieval URI.
    pub(super) url: Url,
    /// Its base URI: `$self`, or else where it was read.
    pub(super) base: Url,
    /// Its place in the tree: empty for the document itself.
    pub(super) mount: String,
    /// What it holds.
    pub(super) node: Node,
}

/// All files, and what they are known by.
pub(super) struct Files {
    /// The document itself is the first of them.
    files: Vec<File>,
    /// By URI.
    identities: Identities,
    /// Files by their place in the tree.
    by_mount: HashMap<String, usize>,
}

impl Files {
    /// Files, the document itself first, and the URIs by which they refer to each other.
    pub(super) fn new(files: Vec<File>, identities: Identities) -> Self {
        let by_mount = files.iter().enumerate().map(|(number, file)| (file.mount.clone(), number)).collect();
        Self { files, identities, by_mount }
    }

    /// Rewrites all references and puts the files into the document.
    pub(super) fn localise(mut self, identified: bool) -> Option<Node> {
        let mut rewritten = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let mut texts: Vec<Option<String>> = Vec::new();
            walk::references(&file.node, identified, &mut |_, _, _| {}, &mut |found| {
                texts.push(self.local(file, &found));
            });
            rewritten.push(texts);
        }
        let mut files = std::mem::take(&mut self.files).into_iter().zip(rewritten).map(|(file, texts)| {
            let File { mount, mut node, .. } = file;
            let mut texts = texts.into_iter();
            walk::rewrite(&mut node, &mut |_, _| texts.next().flatten());
            (mount, node)
        });
        // The document itself is the first of the files.
        let (_, mut root) = files.next()?;
        let entries: IndexMap<String, Member> = files
            .map(|(mount, node)| {
                let name = mount.rsplit('/').next().map(crate::document::unescape).unwrap_or_default();
                (name, Member { key: node.location.clone(), node })
            })
            .collect();
        let location = root.location.clone();
        if let NodeValue::Object(members) = &mut root.value
            && !entries.is_empty()
        {
            let files = Node { value: NodeValue::Object(entries), location: location.clone() };
            members.insert(FILES.to_owned(), Member { key: location, node: files });
        }
        Some(root)
    }

    /// The local form of a reference; `None` where it is local already, or names nothing that could be found.
    fn local(&self, file: &File, found: &walk::Found<'_>) -> Option<String> {
        let File { url, base, mount, node } = file;
        let text = found.node.as_str()?;
        let at_home = mount.is_empty() && found.bases.is_empty();
        if (at_home && (text.starts_with("#/") || text == "#"))
            || (!text.starts_with('#') && !leads_away(found.role, text))
        {
            return None;
        }
        let target = base_of(base, node, found.bases).join(text);
        let target = target.or_else(|_| base_of(url, node, found.bases).join(text)).ok()?;
        let fragment = percent_decode(target.fragment().unwrap_or_default())?;
        // A fragment alone means this file, whichever others have its URI as well.
        let (place, key) = if text.starts_with('#') && found.bases.is_empty() {
            (mount.clone(), without_fragment(base))
        } else {
            self.place(without_fragment(&target))?
        };
        if fragment.is_empty() {
            return Some(format!("#{}", percent_encode(&place)));
        }
        if fragment.starts_with('/') {
            let inside = self.node(&place).and_then(|node| node.pointer(&fragment)).is_some();
            // Many documents have decorative `$id`s, and refer from the document's root all the same.
            let place = if inside || found.bases.is_empty() { place } else { mount.to_owned() };
            return Some(format!("#{}", percent_encode(&format!("{place}{fragment}"))));
        }
        if let Some(place) = self.identities.anchored(&key, &fragment) {
            // The anchor itself, where it is one that a dynamic reference may find elsewhere (see `lower/dynamic.rs`).
            let dynamic = found.role == Role::DynamicReference
                && self.node(place).and_then(|node| node.get("$dynamicAnchor")?.as_str()) == Some(fragment.as_str());
            if dynamic {
                return Some(format!("#{}/$dynamicAnchor", percent_encode(place)));
            }
            return Some(format!("#{}", percent_encode(place)));
        }
        // So that the whole tree is not searched for it again.
        Some(format!("{NO_ANCHOR}{}", percent_encode(&escape(&fragment))))
    }

    /// The place of the document or the schema with this URI, and the URI by which its anchors are known.
    fn place(&self, url: String) -> Option<(String, String)> {
        if let Some(place) = self.identities.schema(&url) {
            return Some((place.to_owned(), url));
        }
        let file = self.files.get(self.identities.file(&url)?)?;
        Some((file.mount.clone(), without_fragment(&file.base)))
    }

    fn node(&self, place: &str) -> Option<&Node> {
        // The mount of another file is two steps, `/x-planchet-files/cat.yaml`.
        let end = place.match_indices('/').nth(2).map_or(place.len(), |(at, _)| at);
        let (mount, inside) = place.split_at_checked(end)?;
        let file = self.by_mount.get(mount).and_then(|file| self.files.get(*file));
        file.and_then(|file| file.node.pointer(inside)).or_else(|| self.files.first()?.node.pointer(place))
    }
}

/// Whether a reference is meant to lead to another document: the targets of mappings are often names.
pub(super) fn leads_away(role: Role, text: &str) -> bool {
    role != Role::Mapping
        || text.contains(['/', '#'])
        || [".json", ".yaml", ".yml"].iter().any(|extension| text.ends_with(extension))
}

/// `%` is the only character that has to be escaped in our fragments.
fn percent_encode(pointer: &str) -> String {
    pointer.replace('%', "%25")
}
