//! `planchet generate`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::{self, Config};
use crate::contract;
use crate::diagnostic::{self, Diagnostic, Report};
use crate::document::Input;
use crate::emit::layout::{Module, crate_files, workspace_files};
use crate::{output, pipeline};

use super::{BAD, ChoiceArguments, DONE, DenyArguments, Format, NO, SourceArguments, say};

/// Arguments of `planchet generate`.
#[derive(Debug, Default, Args)]
pub struct Generate {
    /// A document to make a whole crate of; without one, everything in planchet.toml is generated.
    #[arg(requires = "out", requires = "name")]
    document: Option<PathBuf>,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR", requires = "document")]
    out: Option<PathBuf>,
    /// The name of the package.
    #[arg(long, requires = "document")]
    name: Option<String>,
    /// An overlay to apply to the document; may be given several times, in order.
    #[arg(long, value_name = "FILE", requires = "document")]
    overlay: Vec<PathBuf>,
    #[command(flatten)]
    sources: SourceArguments,
    #[command(flatten)]
    choices: ChoiceArguments,
    #[command(flatten)]
    deny: DenyArguments,
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = config::FILE, conflicts_with = "document")]
    config: Option<PathBuf>,
}

impl Generate {
    pub(super) fn run(self, format: Format, report: &mut Report) -> u8 {
        if !self.deny.are_codes(report) {
            return BAD;
        }
        match (&self.document, &self.out, &self.name) {
            (Some(document), Some(out), Some(name)) => self.one(document, out, name, format, report),
            _ => self.all(format, report),
        }
    }

    fn one(&self, document: &Path, out: &Path, name: &str, format: Format, report: &mut Report) -> u8 {
        if !is_package_name(name) {
            let message =
                format!("`{name}` is no name for a package: use ASCII letters, digits, `-` and `_`, a letter first");
            report.push(Diagnostic::new(&diagnostic::USAGE, message));
            return BAD;
        }
        let Some(choices) = self.choices.read(report) else { return BAD };
        let input = Input { document, overlays: &self.overlay, sources: self.sources.sources() };
        let Some(api) = pipeline::read_api(&input, &choices, report) else { return BAD };
        if self.deny.stopped(report, format) {
            return NO;
        }
        let files = crate_files(&api, name);
        if let Err(error) = output::write(out, &files) {
            report.push(Diagnostic::new(&diagnostic::OUTPUT, error.to_string()));
            return BAD;
        }
        let skipped = report.diagnostics().iter().filter(|found| found.code == &diagnostic::OPERATION_SKIPPED).count();
        say(&format!("{name}: {} operations emitted, {skipped} skipped\n", api.operations.len()));
        say(&summary(report));
        DONE
    }

    fn all(&self, format: Format, report: &mut Report) -> u8 {
        let path = self.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE));
        let Some(config) = Config::read(&path, report) else { return BAD };
        let Some(modules) = pipeline::read_modules(&config, report) else { return BAD };
        if self.deny.stopped(report, format) {
            return NO;
        }
        let files = workspace_files(&modules);
        let folder = config.root.join(&config.output);
        let changes = output::changes(&folder, &files);
        let is_of = |path: &str, module: &Module| path.starts_with(&format!("{}/", module.name));
        let mut lines = String::new();
        let mut is_first = true;
        for module in &modules {
            let listing = format!("{}/contract.txt", module.name);
            let old = std::fs::read_to_string(folder.join(&listing));
            let new = files.get(&listing).map(String::as_str).unwrap_or_default();
            let changed_sources = changes.iter().any(|change| is_of(change.path(), module));
            is_first &= old.is_err();
            match old {
                Err(_) => lines.push_str(&format!("{}: new\n", module.name)),
                Ok(old) if old != new => {
                    for change in contract::changes(&old, new) {
                        lines.push_str(&format!("{}: {change}\n", module.name));
                    }
                }
                Ok(_) if changed_sources => {
                    lines.push_str(&format!("{}: contract unchanged, sources rewritten\n", module.name))
                }
                Ok(_) => lines.push_str(&format!("{}: unchanged\n", module.name)),
            }
        }
        let is_shared = |path: &str| !modules.iter().any(|module| is_of(path, module));
        if !is_first && changes.iter().any(|change| is_shared(change.path())) {
            lines.push_str("what all modules share: rewritten\n");
        }
        if let Err(error) = output::write(&folder, &files) {
            report.push(Diagnostic::new(&diagnostic::OUTPUT, error.to_string()));
            return BAD;
        }
        say(&lines);
        say(&summary(report));
        DONE
    }
}

/// What was found besides errors, counted by code: `12 × widened`.
fn summary(report: &Report) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for found in report.diagnostics() {
        match counts.iter_mut().find(|(name, _)| *name == found.code.name) {
            Some((_, count)) => *count += 1,
            None => counts.push((found.code.name, 1)),
        }
    }
    if counts.is_empty() {
        return String::new();
    }
    let list: Vec<String> = counts.iter().map(|(name, count)| format!("{count} × {name}")).collect();
    format!("found: {} (`planchet lint` shows where)\n", list.join(", "))
}

/// Cargo's rule for package names, without the reserved ones.
fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
