//! Files of settings: from a path to TOML to a type, with what is wrong at its place.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::diagnostic::{self, Diagnostic, Location, Report, Source};
use crate::document::display_path;

/// Reads a file of TOML; `None` if and only if an error was reported.
///
/// `missing` says what to do where the file does not exist.
pub fn read<T: DeserializeOwned>(path: &Path, missing: &str, report: &mut Report) -> Option<(T, Arc<Source>)> {
    let shown = display_path(path);
    let finding = |message: String| Diagnostic::new(&diagnostic::CONFIG, message);
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => finding(format!("`{shown}` does not exist")).hint(missing),
        _ => finding(format!("`{shown}` cannot be read: {error}")),
    });
    let read = text.and_then(|text| {
        let source = Source::new(&shown, text);
        match toml::from_str(source.text()) {
            Ok(settings) => Ok((settings, source)),
            Err(error) => {
                let at = Location { source, span: error.span().unwrap_or(0..0) };
                Err(finding(error.message().to_owned()).at(at))
            }
        }
    });
    read.map_err(|finding| report.push(finding)).ok()
}
