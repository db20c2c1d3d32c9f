//! Several files to one tree.
//!
//! ```yaml
//! # openapi.yaml                                  # schemas/pet.yaml
//! schema: { $ref: 'schemas/pet.yaml#/Pet' }       Pet: { properties: { owner: { $ref: owner.yaml } } }
//! ```
//!
//! becomes one document that holds the other files under [`FILES`], by their paths, in which every reference is local:
//! `#/x-planchet-files/schemas~1pet.yaml/Pet`. `$id` (3.1) gives a schema a URI of its own, `$anchor` a name. Nothing is
//! fetched, and nothing outside of the document's folder is read unless [`Sources`] says so.

pub(crate) mod embed;
pub(crate) mod references;
pub(crate) mod walk;

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use url::Url;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::references::{NO_ANCHOR, percent_decode};
use crate::document::limits::{MAX_BYTES, MAX_FILES, MAX_VALUES};
use crate::document::named::FILES;
use crate::document::text::node::{Member, Node, NodeValue, escape};
use crate::document::text::{file, read};
use crate::document::version::Version;
use walk::Role;

/// Where references may lead.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Folders, besides the document's own, whose files may be read.
    pub folders: Vec<PathBuf>,
    /// URLs, without fragments, and the local files that stand for them.
    pub remote: Vec<(String, PathBuf)>,
}

/// A file that was read, or the document itself.
struct File {
    url: Url,
    /// Its place in the tree: empty for the document itself.
    mount: String,
    node: Node,
}

/// Why a file is not part of the tree, and what to do about it.
#[derive(Clone)]
struct Unread {
    message: String,
    hint: String,
}

impl Unread {
    fn new(message: String, hint: &str) -> Self {
        Self { message, hint: hint.to_owned() }
    }

    fn push(&self, reference: &Node, report: &mut Report) {
        let diagnostic = Diagnostic::new(&codes::EXTERNAL_REF, self.message.clone()).at(reference);
        report.push(if self.hint.is_empty() { diagnostic } else { diagnostic.hint(self.hint.clone()) });
    }
}

struct Bundle<'s> {
    sources: &'s Sources,
    folders: Vec<PathBuf>,
    home: PathBuf,
    files: Vec<File>,
    /// Files by URL without fragment, or why they could not be read.
    by_url: HashMap<String, Result<usize, Unread>>,
    /// Files by their place in the tree.
    by_mount: HashMap<String, usize>,
    /// Bytes and values of all files so far.
    bytes: usize,
    values: usize,
    /// Places by the URI of their `$id`.
    identified: HashMap<String, String>,
    /// Places by URI and `$anchor`.
    anchored: HashMap<(String, String), String>,
    waiting: VecDeque<usize>,
}

/// Reads every file that a document leads to, and makes all its references local.
pub fn bundle(root: Node, path: &Path, version: Version, sources: &Sources, report: &mut Report) -> Option<Node> {
    // Most documents are one file.
    if walk::is_local(&root) {
        return Some(root);
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let Ok(url) = Url::from_file_path(&absolute) else { return Some(root) };
    let home = absolute.parent().map(Path::to_path_buf).unwrap_or_default();
    // What stands beside a stream is not the document's.
    let own = Some(&home).filter(|_| !file::is_stream(path));
    let folders = own.into_iter().chain(&sources.folders);
    let folders = folders.filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut bundle = Bundle {
        sources,
        folders,
        home,
        files: Vec::new(),
        by_url: HashMap::new(),
        by_mount: HashMap::new(),
        bytes: 0,
        values: 0,
        identified: HashMap::new(),
        anchored: HashMap::new(),
        waiting: VecDeque::new(),
    };
    bundle.add(url, String::new(), root);
    let identified = version > Version::V3_0;
    bundle.index(0, identified);
    while let Some(file) = bundle.waiting.pop_front() {
        bundle.read_referenced(file, identified, report);
    }
    bundle.localise(identified)
}

impl Bundle<'_> {
    fn add(&mut self, url: Url, mount: String, node: Node) {
        self.by_url.insert(without_fragment(&url), Ok(self.files.len()));
        self.by_mount.insert(mount.clone(), self.files.len());
        self.bytes = self.bytes.saturating_add(node.location.source.text().len());
        self.values = self.values.saturating_add(node.size().values);
        self.waiting.push_back(self.files.len());
        self.files.push(File { url, mount, node });
    }

    /// Notes the `$id`s and `$anchor`s of a file.
    fn index(&mut self, file: usize, identified: bool) {
        let File { url, mount, node } = &self.files[file];
        let (mut ids, mut anchors) = (Vec::new(), Vec::new());
        let mut enter = |schema: &Node, pointer: &str, bases: &[String]| {
            let place = format!("{mount}{pointer}");
            let base = base_of(url, node, bases);
            if let Some(id) = schema.get("$id").and_then(Node::as_str) {
                if identified && !id.starts_with('#') {
                    ids.push((without_fragment(&base), place.clone()));
                } else if let Some(name) = id.strip_prefix('#') {
                    // Drafts 4 to 7 named places so.
                    anchors.push(((without_fragment(url), name.to_owned()), place.clone()));
                }
            }
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = schema.get(keyword).and_then(Node::as_str) {
                    anchors.push(((without_fragment(&base), name.to_owned()), place.clone()));
                }
            }
        };
        walk::references(node, identified, &mut enter, &mut |_| {});
        for (id, place) in ids {
            self.identified.entry(id).or_insert(place);
        }
        for (anchor, place) in anchors {
            self.anchored.entry(anchor).or_insert(place);
        }
    }

    /// Reads the files that a file refers to.
    fn read_referenced(&mut self, file: usize, identified: bool, report: &mut Report) {
        let mut wanted: Vec<(Url, Node)> = Vec::new();
        let File { url, node, .. } = &self.files[file];
        walk::references(node, identified, &mut |_, _, _| {}, &mut |found| {
            let text = found.node.as_str().unwrap_or_default();
            if text.starts_with('#') || !leads_away(found.role, text) {
                return;
            }
            match base_of(url, node, found.bases).join(text) {
                Ok(target) => wanted.push((target, found.node.clone())),
                Err(error) => {
                    let hint = "write a relative path, or `#/` and a JSON Pointer";
                    Unread::new(format!("`{text}` is no reference: {error}"), hint).push(found.node, report);
                }
            }
        });
        for (target, reference) in wanted {
            let key = without_fragment(&target);
            if self.identified.contains_key(&key) {
                continue;
            }
            match self.by_url.get(&key) {
                Some(Ok(_)) => continue,
                Some(Err(unread)) => {
                    unread.push(&reference, report);
                    continue;
                }
                None => {}
            }
            match self.read(&target, &reference, report) {
                Ok((mount, node)) => {
                    let mut url = target.clone();
                    url.set_fragment(None);
                    let number = self.files.len();
                    self.add(url, mount, node);
                    self.index(number, identified);
                }
                Err(unread) => {
                    unread.push(&reference, report);
                    self.by_url.insert(key, Err(unread));
                }
            }
        }
    }

    fn read(&self, target: &Url, reference: &Node, report: &mut Report) -> Result<(String, Node), Unread> {
        let shown = reference.as_str().unwrap_or_default();
        let refuse = |message: String, hint: &str| Err(Unread::new(message, hint));
        if self.files.len() >= MAX_FILES {
            return refuse(format!("more than {MAX_FILES} files"), "bundle the documents into one");
        }
        let key = without_fragment(target);
        let mapped = self.sources.remote.iter().find(|(url, _)| *url == key).map(|(_, path)| path.clone());
        let path = match (&mapped, target.scheme()) {
            (Some(path), _) => path.clone(),
            (None, "file") => match target.to_file_path() {
                Ok(path) => path,
                Err(()) => return refuse(format!("`{shown}` names no local file"), "use a relative path"),
            },
            (None, _) => {
                return refuse(
                    format!("`{shown}` is on another host, and nothing is fetched"),
                    "save that file beside the document, and say so in planchet.toml: `remote = { \"URL\" = \"FILE\" }`, or `--remote URL=FILE`",
                );
            }
        };
        let Ok(real) = path.canonicalize() else {
            report.note_file(&path);
            let component = self.files.first().and_then(|file| file.node.pointer("/components/schemas")?.get(shown));
            let hint = match component {
                Some(_) => format!("did you mean `#/components/schemas/{}`?", escape(shown)),
                None => "check the path, which is relative to this file".to_owned(),
            };
            return refuse(format!("the file of `{shown}` does not exist"), &hint);
        };
        if mapped.is_none() && !self.folders.iter().any(|folder| real.starts_with(folder)) {
            return refuse(
                format!("`{shown}` is outside of the document's folder, and is not read"),
                "allow its folder in planchet.toml (`references = [\"FOLDER\"]`), or with `--references FOLDER`",
            );
        }
        let relative = path.strip_prefix(&self.home).map_or_else(|_| key.clone(), read::display_path);
        // A file of another folder is named by its path from the document.
        let relative =
            if mapped.is_some() || !relative.starts_with("file:") { relative } else { self.path_from_home(&path) };
        // What is wrong with that file costs what refers to it, and not the document.
        let mut own = Report::default();
        let node = read::read_file(&path, &mut own);
        own.files().iter().for_each(|file| report.note_file(file));
        let mut fault = None;
        for mut found in own.into_diagnostics() {
            if found.code.severity == codes::Severity::Error {
                let place = found.at.as_ref().map(|at| {
                    let (line, column) = at.line_column();
                    format!("{}:{line}:{column}: ", at.source.path())
                });
                fault.get_or_insert_with(|| format!("{}{}", place.unwrap_or_default(), found.message));
                found.code = &codes::EXTERNAL_REF;
            }
            if found.at.is_some() {
                report.push(found);
            }
        }
        let Some(node) = node else {
            let fault = fault.unwrap_or_default();
            return refuse(format!("the file of `{shown}` cannot be used: {fault}"), "");
        };
        if self.bytes.saturating_add(node.location.source.text().len()) > MAX_BYTES
            || self.values.saturating_add(node.size().values) > MAX_VALUES
        {
            let limits = format!("{} MiB or {MAX_VALUES} values", MAX_BYTES >> 20);
            return refuse(format!("with the file of `{shown}` the document has more than {limits}"), "");
        }
        Ok((format!("/{FILES}/{}", escape(&relative)), node))
    }

    /// `../common/cat.yaml` for a file beside the document's folder.
    fn path_from_home(&self, path: &Path) -> String {
        let shared = self.home.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = self.home.components().count() - shared;
        let rest: PathBuf = path.components().skip(shared).collect();
        format!("{}{}", "../".repeat(up), read::display_path(&rest))
    }

    /// Rewrites all references and puts the files into the document.
    fn localise(mut self, identified: bool) -> Option<Node> {
        let mut rewritten = Vec::with_capacity(self.files.len());
        for File { url, mount, node } in &self.files {
            let mut texts: Vec<Option<String>> = Vec::new();
            walk::references(node, identified, &mut |_, _, _| {}, &mut |found| {
                texts.push(self.local(url, mount, node, &found));
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
    fn local(&self, url: &Url, mount: &str, node: &Node, found: &walk::Found<'_>) -> Option<String> {
        let text = found.node.as_str()?;
        let at_home = mount.is_empty() && found.bases.is_empty();
        if (at_home && (text.starts_with("#/") || text == "#"))
            || (!text.starts_with('#') && !leads_away(found.role, text))
        {
            return None;
        }
        let target = base_of(url, node, found.bases).join(text).ok()?;
        let fragment = percent_decode(target.fragment().unwrap_or_default())?;
        let key = without_fragment(&target);
        let place = self.place(&key)?;
        if fragment.is_empty() {
            return Some(format!("#{}", percent_encode(&place)));
        }
        if fragment.starts_with('/') {
            let inside = self.node(&place).and_then(|node| node.pointer(&fragment)).is_some();
            // Many write `$id`s for show and refer from the document's root all the same.
            let place = if inside || found.bases.is_empty() { place } else { mount.to_owned() };
            return Some(format!("#{}", percent_encode(&format!("{place}{fragment}"))));
        }
        if let Some(place) = self.anchored.get(&(key, fragment.clone())) {
            // The anchor itself, where it is one that a dynamic reference may find elsewhere (see `lower/dynamic.rs`).
            let dynamic = found.role == Role::DynamicReference
                && self.node(place).and_then(|node| node.get("$dynamicAnchor")?.as_str()) == Some(fragment.as_str());
            if dynamic {
                return Some(format!("#{}/$dynamicAnchor", percent_encode(place)));
            }
            return Some(format!("#{}", percent_encode(place)));
        }
        // Nobody is to look for it again in the whole tree.
        Some(format!("{NO_ANCHOR}{}", percent_encode(&escape(&fragment))))
    }

    /// The place of the document or the schema with this URI.
    fn place(&self, url: &str) -> Option<String> {
        if let Some(place) = self.identified.get(url) {
            return Some(place.clone());
        }
        let file = *self.by_url.get(url)?.as_ref().ok()?;
        Some(self.files.get(file)?.mount.clone())
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
fn leads_away(role: Role, text: &str) -> bool {
    role != Role::Mapping
        || text.contains(['/', '#'])
        || [".json", ".yaml", ".yml"].iter().any(|extension| text.ends_with(extension))
}

/// The base URI at a place: the file's, changed by the `$id`s around it (RFC 3986, section 5.1).
fn base_of(url: &Url, node: &Node, bases: &[String]) -> Url {
    let mut base = url.clone();
    for pointer in bases {
        let id = node.pointer(pointer).and_then(|schema| schema.get("$id")?.as_str());
        if let Some(joined) = id.filter(|id| !id.starts_with('#')).and_then(|id| base.join(id).ok()) {
            base = joined;
        }
    }
    base
}

fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}

/// `%` is the only character that a fragment of ours must not hold as it is.
fn percent_encode(pointer: &str) -> String {
    pointer.replace('%', "%25")
}
