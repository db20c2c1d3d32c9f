//! Settings files: from a path to TOML to a type, with positions in errors.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::diagnostic::{self, Diagnostic, Location, Report, Source};
use crate::document::{self, Refusal, display_path};

/// Reads a file of TOML; `None` if and only if an error was reported.
///
/// `missing` is the hint for a missing file.
pub fn read<T: DeserializeOwned>(path: &Path, missing: &str, report: &mut Report) -> Option<(T, Arc<Source>)> {
    let shown = display_path(path);
    let finding = |message: String| Diagnostic::new(&diagnostic::CONFIG, message);
    let text = match document::read_named(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| finding(format!("`{shown}` is not UTF-8"))),
        Err(refusal @ Refusal::Missing) => Err(finding(format!("`{shown}` {}", refusal.reason())).hint(missing)),
        Err(refusal) => Err(finding(format!("`{shown}` {}", refusal.reason()))),
    };
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
