//! From a path to a tree: bytes, text, syntax.
//!
//! `openapi/x.json` is read as JSON and `openapi/x.yaml` as YAML; any other name by its first character.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{self as codes, Diagnostic, Location, Report, Source};

use crate::document::text::file::{self, Refusal};
use crate::document::text::node::Node;
use crate::document::text::{json, yaml};

/// Reads a file that a document refers to and parses it; the report notes which.
pub fn read_file(path: &Path, report: &mut Report) -> Option<Node> {
    read_with(file::read_regular, path, report)
}

/// Reads a file that a user named, which may be a stream of the process, and parses it; the report notes which.
pub fn read_named(path: &Path, report: &mut Report) -> Option<Node> {
    read_with(file::read_named, path, report)
}

fn read_with(read: fn(&Path) -> Result<Vec<u8>, Refusal>, path: &Path, report: &mut Report) -> Option<Node> {
    if !file::is_stream(path) {
        report.note_file(path);
    }
    let shown = display_path(path);
    match read(path) {
        Ok(bytes) => parse_bytes(&shown, bytes, report),
        Err(refusal) => {
            let code = match refusal {
                Refusal::Missing => &codes::FILE_MISSING,
                Refusal::Directory => &codes::FILE_IS_DIRECTORY,
                Refusal::NotRegular | Refusal::Failed(_) => &codes::FILE_UNREADABLE,
                Refusal::TooLarge => &codes::TOO_LARGE,
            };
            report.push(Diagnostic::new(code, format!("`{shown}` {}", refusal.reason())));
            None
        }
    }
}

/// Parses the bytes of a file; `shown` is its path for display, and decides between JSON and YAML.
pub fn parse_bytes(shown: &str, bytes: Vec<u8>, report: &mut Report) -> Option<Node> {
    let mut text = match bytes.as_slice() {
        // YAML 1.2, section 5.2: a byte order mark tells UTF-16.
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Source::new(shown, lossy.clone());
                let at = Location { source, span: valid_up_to..valid_up_to + '\u{fffd}'.len_utf8() };
                let message =
                    format!("the byte at offset {valid_up_to} begins no UTF-8 character; it is read as U+FFFD");
                report.push(Diagnostic::new(&codes::INVALID_UTF8, message).at(at));
                lossy
            }
        },
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

/// UTF-16, with U+FFFD for halves of surrogates that stand alone.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn parse(source: &Arc<Source>, report: &mut Report) -> Option<Node> {
    let extension = source.path().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let looks_like_json = source.text().trim_start().starts_with(['{', '[']);
    let is_json = match extension.as_deref() {
        Some("json") if !looks_like_json => {
            let at = Location { source: source.clone(), span: 0..1 };
            let message = "the file is called JSON, and read as the YAML that it is";
            report.push(Diagnostic::new(&codes::SLOPPY_SYNTAX, message).at(at));
            false
        }
        Some("yaml" | "yml") => false,
        _ => looks_like_json,
    };
    if is_json { json::parse(source, report) } else { yaml::parse(source, report) }
}

/// The path as diagnostics show it: as it was given, with forward slashes.
pub fn display_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
