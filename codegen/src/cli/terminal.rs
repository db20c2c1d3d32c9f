//! Output and exit codes of the commands.

use std::io::Write as _;
use std::path::Path;

use clap::ValueEnum;

use crate::diagnostic::{self, Diagnostic, Report};
use crate::output::Failure;

/// Done.
pub const DONE: u8 = 0;
/// The answer is "no": stale, or lint errors.
pub const NO: u8 = 1;
/// The input or the usage is bad.
pub const BAD: u8 = 2;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    Text,
    /// One JSON object a line.
    Json,
}

/// Prints the errors. Warnings and notes are for `lint`.
pub(crate) fn print_errors(report: &Report, format: Format) {
    let errors =
        report.in_document_order().into_iter().filter(|found| found.code.severity == diagnostic::Severity::Error);
    let mut text = String::new();
    for found in errors.take(Report::PRINTED) {
        text.push_str(&rendered(found, format));
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

pub(crate) fn rendered(found: &diagnostic::Diagnostic, format: Format) -> String {
    match format {
        Format::Text => format!("{}\n", diagnostic::render(found)),
        Format::Json => format!("{}\n", diagnostic::json_line(&diagnostic::to_json(found))),
    }
}

/// Reports why nothing was written.
pub(crate) fn report_failure(failure: &Failure, folder: &Path, report: &mut Report) {
    for (message, hint) in failure.explained(folder) {
        report.push(Diagnostic::new(&diagnostic::OUTPUT, message).hint(hint));
    }
}

/// Writes to standard output. A closed pipe is no failure.
pub(crate) fn say(text: &str) {
    let _ = std::io::stdout().write_all(diagnostic::lines_shown(text).as_bytes());
}
