//! Several files to one tree.
//!
//! ```yaml
//! # openapi.yaml                                  # schemas/pet.yaml
//! schema: { $ref: 'schemas/pet.yaml#/Pet' }       Pet: { properties: { owner: { $ref: owner.yaml } } }
//! ```
//!
//! becomes one document that holds the other files under [`FILES`], by their paths, in which every reference is local:
//! `#/x-planchet-files/schemas~1pet.yaml/Pet`. `$id` (3.1) gives a schema a URI of its own, `$anchor` a name, `$self` (3.2) the document
//! itself (`identity.rs`). Nothing is fetched, and nothing outside of the document's folder is read unless [`Sources`] says so.

pub(crate) mod embed;
mod identity;
mod local;
pub(crate) mod references;
pub(crate) mod walk;

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use url::Url;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::limits::{MAX_BYTES, MAX_FILES, MAX_VALUES};
use crate::document::named::FILES;
use crate::document::text::node::{Node, escape};
use crate::document::text::{file, read};
use crate::document::version::Version;
use identity::{Identities, base_of, without_fragment};
use local::{File, Files, leads_away};

/// Where references may lead.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Folders, besides the document's own, whose files may be read.
    pub folders: Vec<PathBuf>,
    /// URLs, without fragments, and the local files that stand for them.
    pub remote: Vec<(String, PathBuf)>,
}

/// A reference whose target is in no file that was read so far.
struct Wanted {
    /// What it means: resolved against `$self` and the `$id`s around it.
    target: Url,
    /// The same, resolved against the place of its file.
    nearby: Url,
    reference: Node,
}

impl Wanted {
    /// The URL to blame where nothing has the reference's URI: the file that would stand beside its own, if that is one.
    fn missing(&self) -> &Url {
        if self.nearby.scheme() == "file" { &self.nearby } else { &self.target }
    }
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
    identities: Identities,
    /// Why files could not be read, by URL.
    unread: HashMap<String, Unread>,
    /// Bytes and values of all files so far.
    bytes: usize,
    values: usize,
    waiting: VecDeque<usize>,
    /// References to URIs that no file has yet, and one that is given may have.
    pending: Vec<Wanted>,
    /// The files that are given by URL and not part of the tree, once they were read; `None` where one cannot be used.
    given: Option<Vec<Option<(Url, String, Node)>>>,
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
    // Files beside a stream do not belong to the document.
    let own = Some(&home).filter(|_| !file::is_stream(path));
    let folders = own.into_iter().chain(&sources.folders);
    let folders = folders.filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut bundle = Bundle {
        sources,
        folders,
        home,
        files: Vec::new(),
        identities: Identities::default(),
        unread: HashMap::new(),
        bytes: 0,
        values: 0,
        waiting: VecDeque::new(),
        pending: Vec::new(),
        given: None,
    };
    let identified = version > Version::V3_0;
    bundle.add(url, String::new(), root, identified, report);
    loop {
        while let Some(file) = bundle.waiting.pop_front() {
            bundle.read_referenced(file, identified, report);
        }
        if !bundle.read_given(identified, report) {
            break;
        }
    }
    for wanted in std::mem::take(&mut bundle.pending) {
        if let Err(unread) = bundle.read(wanted.missing(), &wanted.reference, report) {
            unread.push(&wanted.reference, report);
        }
    }
    Files::new(bundle.files, bundle.identities).localise(identified)
}

impl Bundle<'_> {
    fn add(&mut self, url: Url, mount: String, node: Node, identified: bool, report: &mut Report) {
        let number = self.files.len();
        let base = self.identities.add(number, &url, &mount, &node, identified, report);
        self.bytes = self.bytes.saturating_add(node.location.source.text().len());
        self.values = self.values.saturating_add(node.size().values);
        self.waiting.push_back(number);
        self.files.push(File { url, base, mount, node });
    }

    /// Reads the files that a file refers to.
    fn read_referenced(&mut self, file: usize, identified: bool, report: &mut Report) {
        let mut all: Vec<Wanted> = Vec::new();
        let File { url, base, node, .. } = &self.files[file];
        walk::references(node, identified, &mut |_, _, _| {}, &mut |found| {
            let text = found.node.as_str().unwrap_or_default();
            if text.starts_with('#') || !leads_away(found.role, text) {
                return;
            }
            let nearby = base_of(url, node, found.bases).join(text);
            // Nothing is relative to a URN.
            match base_of(base, node, found.bases).join(text).or_else(|error| nearby.clone().map_err(|_| error)) {
                Ok(target) => {
                    let nearby = nearby.unwrap_or_else(|_| target.clone());
                    all.push(Wanted { target, nearby, reference: found.node.clone() });
                }
                Err(error) => {
                    let hint = "write a relative path, or `#/` and a JSON Pointer";
                    Unread::new(format!("`{text}` is no reference: {error}"), hint).push(found.node, report);
                }
            }
        });
        for wanted in all {
            self.read_wanted(wanted, identified, report);
        }
    }

    /// Reads the file that a reference leads to: the one that has its URI, or else the one at the same place beside its own file.
    fn read_wanted(&mut self, wanted: Wanted, identified: bool, report: &mut Report) {
        let Wanted { target, nearby, reference } = &wanted;
        let key = without_fragment(target);
        if self.identities.is_known(&key) {
            return;
        }
        if let Some(unread) = self.unread.get(&key) {
            unread.push(reference, report);
            return;
        }
        let is_here = |url: &Url| url.to_file_path().is_ok_and(|path| path.exists());
        let retrieved = if self.sources.remote.iter().any(|(url, _)| *url == key) || is_here(target) {
            target
        } else if is_here(nearby) {
            nearby
        } else if self.sources.remote.is_empty() {
            wanted.missing()
        } else {
            self.pending.push(wanted);
            return;
        };
        let retrieved_key = without_fragment(retrieved);
        if !self.identities.is_known(&retrieved_key) {
            match self.read(retrieved, reference, report) {
                Ok((mount, node)) => {
                    let mut url = retrieved.clone();
                    url.set_fragment(None);
                    self.add(url, mount, node, identified, report);
                }
                Err(unread) => {
                    unread.push(reference, report);
                    self.unread.insert(key, unread);
                    return;
                }
            }
        }
        self.identities.stand_for(key, &retrieved_key);
    }

    /// Looks for the URIs that no file has among the files that are given by another URL: `$self` and `$id` say what they are. Returns
    /// whether one was found.
    fn read_given(&mut self, identified: bool, report: &mut Report) -> bool {
        let identities = &self.identities;
        self.pending.retain(|wanted| !identities.is_known(&without_fragment(&wanted.target)));
        let Some(first) = self.pending.first() else { return false };
        let mut given = match self.given.take() {
            Some(given) => given,
            None => {
                let urls = self.sources.remote.iter().filter_map(|(url, _)| Url::parse(url).ok());
                let urls = urls.filter(|url| !identities.is_known(&without_fragment(url)));
                urls.map(|url| {
                    let (mount, node) = self.read(&url, &first.reference, report).ok()?;
                    Some((url, mount, node))
                })
                .collect()
            }
        };
        let is_wanted = |name: &String| self.pending.iter().any(|wanted| without_fragment(&wanted.target) == *name);
        let found = given.iter_mut().find(|file| {
            file.as_ref().is_some_and(|(url, _, node)| {
                !identities.is_known(&without_fragment(url))
                    && identity::names(url, node, identified).iter().any(is_wanted)
            })
        });
        let found = found.and_then(Option::take);
        self.given = Some(given);
        let Some((url, mount, node)) = found else { return false };
        self.add(url, mount, node, identified, report);
        true
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
        // A fault in that file costs the references to it, not the document.
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
}
