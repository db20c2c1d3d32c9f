//! `planchet lint`.

use std::io::Write as _;

use clap::Args;

use crate::diagnostic::{CATALOGUE, Report, Severity};
use crate::pipeline;

use super::{BAD, DONE, DocumentArguments, Format, NO, rendered, say};

/// Arguments of `planchet lint`.
#[derive(Debug, Args)]
pub struct Lint {
    #[command(flatten)]
    document: DocumentArguments,
    /// Exits with 1 where this code is found; `all` stands for every code. May be given several times.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

impl Lint {
    pub(super) fn run(self, format: Format, mut report: Report) -> u8 {
        if let Some(unknown) =
            self.deny.iter().find(|name| *name != "all" && !CATALOGUE.iter().any(|code| code.name == **name))
        {
            let names: Vec<&str> = CATALOGUE.iter().map(|code| code.name).collect();
            let _ = writeln!(
                std::io::stderr(),
                "error: no diagnostic has the code `{unknown}`; the codes are: all, {}",
                names.join(", ")
            );
            return BAD;
        }
        let choices = self.document.choices.read(&mut report);
        let readable =
            choices.and_then(|choices| pipeline::read_api(&self.document.input(), &choices, &mut report)).is_some();
        let found = report.in_document_order();
        let text: String = found.iter().map(|found| rendered(found, format)).collect();
        let _ = std::io::stderr().write_all(text.as_bytes());
        let count = |severity| found.iter().filter(|found| found.code.severity == severity).count();
        if format == Format::Text {
            say(&format!(
                "{} errors, {} warnings, {} notes\n",
                count(Severity::Error),
                count(Severity::Warning),
                count(Severity::Note)
            ));
        }
        if !readable {
            return BAD;
        }
        let denied = |name: &str| self.deny.iter().any(|code| code == "all" || code == name);
        if found.iter().any(|found| denied(found.code.name)) { NO } else { DONE }
    }
}
