//! Arguments that several commands share.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::choices::Choices;
use crate::cli::terminal::{Format, rendered};
use crate::diagnostic::{self, CATALOGUE, Diagnostic, Report};
use crate::document::{Input, Sources};

/// Codes that must not be found.
#[derive(Clone, Debug, Default, Args)]
pub struct DenyArguments {
    /// Exits with 1 where this code is found; `all` stands for every code. May be given several times.
    #[arg(long, value_name = "CODE")]
    pub(crate) deny: Vec<String>,
}

impl DenyArguments {
    /// Whether all of them are codes; unknown ones have been reported.
    pub(crate) fn are_codes(&self, report: &mut Report) -> bool {
        let unknown = self.deny.iter().find(|name| *name != "all" && !CATALOGUE.iter().any(|code| code.name == **name));
        let Some(unknown) = unknown else { return true };
        let names: Vec<&str> = CATALOGUE.iter().map(|code| code.name).collect();
        let message = format!("no diagnostic has the code `{unknown}`");
        let hint = format!("the codes are: all, {}", names.join(", "));
        report.push(Diagnostic::new(&diagnostic::USAGE, message).hint(hint));
        false
    }

    /// Whether a code is denied.
    pub(crate) fn denies(&self, name: &str) -> bool {
        self.deny.iter().any(|code| code == "all" || code == name)
    }

    /// Prints the findings of denied codes.
    pub(crate) fn stopped(&self, report: &Report, format: Format) -> bool {
        let denied: Vec<_> =
            report.in_document_order().into_iter().filter(|found| self.denies(found.code.name)).collect();
        let text: String = denied.iter().take(Report::PRINTED).map(|found| rendered(found, format)).collect();
        let _ = std::io::stderr().write_all(text.as_bytes());
        !denied.is_empty()
    }
}

/// A document and its overlays.
#[derive(Debug, Args)]
pub struct DocumentArguments {
    /// The OpenAPI document, JSON or YAML.
    pub(crate) document: PathBuf,
    /// An overlay to apply to it; may be given several times, in order.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) sources: SourceArguments,
    #[command(flatten)]
    pub(crate) choices: ChoiceArguments,
}

/// What is chosen about the emitted code.
#[derive(Clone, Debug, Default, Args)]
pub struct ChoiceArguments {
    /// A file of choices: the keys of `[api.choices]` in planchet.toml.
    #[arg(long, value_name = "FILE")]
    pub(crate) choices: Option<PathBuf>,
}

impl ChoiceArguments {
    /// The choices; `None` if and only if errors were reported.
    pub(crate) fn read(&self, report: &mut Report) -> Option<Choices> {
        self.choices.as_ref().map_or_else(|| Some(Choices::default()), |path| Choices::read(path, report))
    }
}

impl DocumentArguments {
    pub(crate) fn input(&self) -> Input<'_> {
        Input { document: &self.document, overlays: &self.overlay, sources: self.sources.sources() }
    }
}

/// Where references may lead.
#[derive(Clone, Debug, Default, Args)]
pub struct SourceArguments {
    /// A folder, besides the document's own, in which references may name files; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(crate) references: Vec<PathBuf>,
    /// A local file that stands for a URL in references; may be given several times.
    #[arg(long, value_name = "URL=FILE", value_parser = remote)]
    pub(crate) remote: Vec<(String, PathBuf)>,
}

impl SourceArguments {
    pub(crate) fn sources(&self) -> Sources {
        Sources { folders: self.references.clone(), remote: self.remote.clone() }
    }
}

fn remote(text: &str) -> Result<(String, PathBuf), String> {
    let (url, file) = text.rsplit_once('=').ok_or("write `URL=FILE`")?;
    Ok((url.to_owned(), PathBuf::from(file)))
}
