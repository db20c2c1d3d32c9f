//! `planchet lint`.

use std::io::Write as _;

use clap::Args;

use crate::diagnostic::{Report, Severity};
use crate::pipeline;

use crate::cli::arguments::{DenyArguments, DocumentArguments};
use crate::cli::terminal::{BAD, DONE, Format, NO, print_errors, rendered, say};

/// Arguments of `planchet lint`.
#[derive(Debug, Args)]
pub struct Lint {
    #[command(flatten)]
    document: DocumentArguments,
    #[command(flatten)]
    deny: DenyArguments,
}

impl Lint {
    pub(crate) fn run(self, format: Format, mut report: Report) -> u8 {
        if !self.deny.are_codes(&mut report) {
            print_errors(&report, format);
            return BAD;
        }
        let choices = self.document.choices.read(&mut report);
        let readable = choices.is_some_and(|choices| pipeline::lint(&self.document.input(), &choices, &mut report));
        let found = report.in_document_order();
        let text: String = found.iter().map(|found| rendered(found, format)).collect();
        let _ = std::io::stderr().write_all(text.as_bytes());
        let count = |severity, name| {
            let count = found.iter().filter(|found| found.code.severity == severity).count();
            format!("{count} {name}{}", if count == 1 { "" } else { "s" })
        };
        if format == Format::Text {
            say(&format!(
                "{}, {}, {}\n",
                count(Severity::Error, "error"),
                count(Severity::Warning, "warning"),
                count(Severity::Note, "note")
            ));
        }
        if !readable {
            return BAD;
        }
        if found.iter().any(|found| self.deny.denies(found.code.name)) { NO } else { DONE }
    }
}
