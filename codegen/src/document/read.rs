//! From a path to a tree: bytes, text, syntax.
//!
//! `openapi/x.json` is read as JSON and `openapi/x.yaml` as YAML; any other name by its first character.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{self as codes, Diagnostic, Location, Report, Source};

use super::node::Node;
use super::{json, yaml};

/// Nesting beyond this many levels is refused; real documents stay below 50.
pub const MAX_DEPTH: usize = 256;

/// Reads a file and parses it; the report notes which.
pub fn read_file(path: &Path, report: &mut Report) -> Option<Node> {
    report.note_file(path);
    let shown = display_path(path);
    let fail = |report: &mut Report, code, why: String| {
        report.push(Diagnostic::new(code, format!("`{shown}` {why}")));
        None
    };
    if path.is_dir() {
        return fail(report, &codes::FILE_IS_DIRECTORY, "is a directory".to_owned());
    }
    match std::fs::read(path) {
        Ok(bytes) => parse_bytes(&shown, bytes, report),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fail(report, &codes::FILE_MISSING, "does not exist".to_owned())
        }
        Err(error) => fail(report, &codes::FILE_UNREADABLE, format!("cannot be read: {error}")),
    }
}

/// Parses the bytes of a file; `shown` is its path for display, and decides between JSON and YAML.
pub fn parse_bytes(shown: &str, bytes: Vec<u8>, report: &mut Report) -> Option<Node> {
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid_up_to = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Source::new(shown, lossy);
            let at = Location { source, span: valid_up_to..valid_up_to + '\u{fffd}'.len_utf8() };
            let message = format!("the byte at offset {valid_up_to} begins no UTF-8 character");
            report.push(Diagnostic::new(&codes::INVALID_UTF8, message).at(at));
            return None;
        }
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let source = Source::new(shown, text);
    if source.text().trim().is_empty() {
        let at = Location { source, span: 0..0 };
        report.push(Diagnostic::new(&codes::EMPTY_DOCUMENT, "the file is empty").at(at));
        return None;
    }
    parse(&source, report)
}

fn parse(source: &Arc<Source>, report: &mut Report) -> Option<Node> {
    let extension = source.path().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_json = match extension.as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => source.text().trim_start().starts_with(['{', '[']),
    };
    if is_json { json::parse(source, report) } else { yaml::parse(source, report) }
}

/// The path as diagnostics show it: as it was given, with forward slashes.
pub fn display_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
