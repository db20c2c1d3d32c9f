//! Diagnostics: one catalogue of codes, positions in the document, one place where they become text.
//!
//! A pass pushes what it finds into a [`Report`] and goes on; the caller prints it once, at the end:
//!
//! ```text
//! openapi/x.json:88:27: error[dangling-ref]: `#/components/schemas/Nope` points at nothing in this document
//!    |
//! 88 |           "schema": { "$ref": "#/components/schemas/Nope" }
//!    |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!    = hint: define the target, or correct the pointer
//! ```

mod catalogue;
mod finding;
mod render;
mod source;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

pub use crate::diagnostic::catalogue::*;
pub use crate::diagnostic::finding::{Code, Diagnostic, Severity};
pub use crate::diagnostic::render::{json_line, lines_shown, render, to_json};
pub use crate::diagnostic::source::{Location, Source};

/// What the passes found, collected.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    seen: HashSet<(&'static str, String, usize, String)>,
    errors: usize,
    raised: usize,
    unkept: usize,
    files: Vec<PathBuf>,
    known_files: HashSet<PathBuf>,
}

impl Report {
    /// Maximum number of diagnostics that are kept; further ones are only counted.
    pub const KEPT: usize = 10_000;
    /// Maximum number of diagnostics that are printed.
    pub const PRINTED: usize = 100;

    /// Adds a finding; the same finding at the same place counts once.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        shorten(&mut diagnostic.message);
        if let Some(hint) = &mut diagnostic.hint {
            shorten(hint);
        }
        let is_error = usize::from(diagnostic.code.severity == Severity::Error);
        self.raised += is_error;
        if self.diagnostics.len() >= Self::KEPT {
            self.unkept += 1;
            self.errors += is_error;
            return;
        }
        let place = diagnostic.at.as_ref().map(|at| (at.source.path().to_owned(), at.span.start)).unwrap_or_default();
        if !self.seen.insert((diagnostic.code.name, place.0, place.1, diagnostic.message.clone())) {
            return;
        }
        self.errors += is_error;
        self.diagnostics.push(diagnostic);
    }

    /// Notes that a file was looked for: what is found, and what is emitted, depends on it.
    pub(crate) fn note_file(&mut self, path: &Path) {
        if self.known_files.insert(path.to_owned()) {
            self.files.push(path.to_owned());
        }
    }

    /// The files that were looked for, each once, in the order of reading.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Whether there is at least one error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Number of errors pushed, repeated ones included: it shows whether a pass found any.
    pub(crate) fn raised(&self) -> usize {
        self.raised
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The findings in the order in which they were pushed.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The findings in document order: by file (in the order of their first finding), then by position.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let order = self.in_document_order();
        order.into_iter().cloned().collect()
    }

    /// The findings in document order, borrowed.
    pub fn in_document_order(&self) -> Vec<&Diagnostic> {
        let mut files: HashMap<&str, usize> = HashMap::new();
        for at in self.diagnostics.iter().filter_map(|diagnostic| diagnostic.at.as_ref()) {
            let next = files.len();
            files.entry(at.source.path()).or_insert(next);
        }
        let file = |d: &Diagnostic| d.at.as_ref().and_then(|at| files.get(at.source.path()).copied());
        let mut sorted: Vec<(Option<usize>, &Diagnostic)> = self.diagnostics.iter().map(|d| (file(d), d)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| by_position(a.1, b.1)));
        sorted.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// Everything as text, in document order: [`Report::PRINTED`] findings at most, errors before the rest when there
    /// are more, and a last line that says how many were left out.
    pub fn render(&self) -> String {
        let ordered = self.in_document_order();
        let errors = ordered.iter().filter(|d| d.code.severity == Severity::Error).count().min(Self::PRINTED);
        let mut others = Self::PRINTED - errors;
        let mut errors_left = errors;
        let mut text = String::new();
        let mut printed = 0;
        for diagnostic in &ordered {
            let budget = if diagnostic.code.severity == Severity::Error { &mut errors_left } else { &mut others };
            if *budget == 0 {
                continue;
            }
            *budget -= 1;
            printed += 1;
            text.push_str(&render(diagnostic));
            text.push('\n');
        }
        let left_out = ordered.len() - printed + self.unkept;
        if left_out > 0 {
            text.push_str(&format!("… and {left_out} more\n"));
        }
        text
    }
}

/// Maximum length of a message or a hint in bytes: names in it may be as long as the document.
const MAX_MESSAGE: usize = 4_000;

fn shorten(text: &mut String) {
    if text.len() > MAX_MESSAGE {
        text.truncate(source::floor_char_boundary(text, MAX_MESSAGE));
        text.push('…');
    }
}

fn by_position(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let start = |d: &Diagnostic| d.at.as_ref().map(|at| at.span.start);
    start(a).cmp(&start(b))
}
