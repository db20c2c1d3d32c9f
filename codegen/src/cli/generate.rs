//! `planchet generate`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::api::reserved::{SYSTEM_CRATES, is_dependency, is_device};
use crate::config::{self, Config};
use crate::contract;
use crate::diagnostic::{self, Diagnostic, Report};
use crate::document::Input;
use crate::emit::package::layout::{Module, crate_files, workspace_files};
use crate::lower::is_keyword;
use crate::output::{self, Change, Difference, Output, Owner};
use crate::pipeline::{self, report_malformed};

use crate::cli::arguments::{ChoiceArguments, DenyArguments, SourceArguments};
use crate::cli::terminal::{BAD, DONE, Format, NO, report_failure, say};

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
    /// Replaces files in the way that Planchet did not write, or that were edited since; Cargo.toml is merged.
    #[arg(long)]
    force: bool,
}

impl Generate {
    pub(crate) fn run(self, format: Format, report: &mut Report) -> u8 {
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
            let message = format!(
                "`{}` is no name for a package: use at most {LONGEST_NAME} ASCII letters, digits, `-` and `_`, a letter first",
                name.escape_debug()
            );
            report.push(Diagnostic::new(&diagnostic::USAGE, message));
            return BAD;
        }
        if let Some(reason) = reserved_package_name(name) {
            let message = format!("`{name}` cannot be the name of a package: {reason}");
            report.push(Diagnostic::new(&diagnostic::USAGE, message).hint(format!("`--name {name}-api`, for example")));
            return BAD;
        }
        let Some(choices) = self.choices.read(report) else { return BAD };
        let input = Input { document, overlays: &self.overlay, sources: self.sources.sources() };
        let Some(api) = pipeline::read_api(&input, &choices, report) else { return BAD };
        if self.deny.stopped(report, format) {
            return NO;
        }
        let files = match crate_files(&api, name) {
            Ok(files) => files,
            Err(fault) => {
                report_malformed(&fault, report);
                return BAD;
            }
        };
        let owner = Owner::Crate(name.to_owned());
        let output = Output { folder: out, owner, files: &files, force: self.force };
        let written = match output::write(&output, &[]) {
            Ok(written) => written,
            Err(failure) => {
                report_failure(&failure, out, report);
                return BAD;
            }
        };
        say(&gone(&written, out));
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
        let files = match workspace_files(&modules) {
            Ok(files) => files,
            Err(fault) => {
                report_malformed(&fault, report);
                return BAD;
            }
        };
        let folder = config.root.join(&config.output);
        let listing = |module: &Module| format!("{}/contract.txt", module.name);
        let listings: Vec<String> = modules.iter().map(listing).collect();
        let output = Output { folder: &folder, owner: config.owner(), files: &files, force: self.force };
        let written = match output::write(&output, &listings) {
            Ok(written) => written,
            Err(failure) => {
                report_failure(&failure, &folder, report);
                return BAD;
            }
        };
        let is_of = |path: &str, module: &Module| path.starts_with(&format!("{}/", module.name));
        let mut lines = String::new();
        for module in &modules {
            let new = files.get(&listing(module)).map(String::as_str).unwrap_or_default();
            let changed_sources = written.changes.iter().any(|change| is_of(change.path(), module));
            match written.old.get(&listing(module)) {
                None => lines.push_str(&format!("{}: new\n", module.name)),
                Some(old) if old != new => {
                    for change in contract::changes(old, new) {
                        lines.push_str(&format!("{}: {change}\n", module.name));
                    }
                }
                Some(_) if changed_sources => {
                    lines.push_str(&format!("{}: contract unchanged, sources rewritten\n", module.name))
                }
                Some(_) => lines.push_str(&format!("{}: unchanged\n", module.name)),
            }
        }
        let is_shared = |path: &str| path != output::LEDGER && !modules.iter().any(|module| is_of(path, module));
        if !written.old.is_empty() && written.changes.iter().any(|change| is_shared(change.path())) {
            lines.push_str("what all modules share: rewritten\n");
        }
        lines.push_str(&gone(&written, &config.output));
        say(&lines);
        say(&summary(report));
        DONE
    }
}

/// The files that were removed, and those that are no longer generated and stay.
fn gone(written: &Difference, folder: &Path) -> String {
    let removed = written.changes.iter().filter_map(|change| match change {
        Change::Removed(path) => Some(format!("removed: {}\n", folder.join(path).display())),
        Change::Added(_) | Change::Changed(_) => None,
    });
    let kept = written.kept.iter().map(|path| {
        format!("kept: {} (no longer generated, but edited by hand; it is yours now)\n", folder.join(path).display())
    });
    removed.chain(kept).collect()
}

/// The findings other than errors, counted by code: `12 × widened`.
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

/// The longest name of a package (crates.io's limit).
const LONGEST_NAME: usize = 64;

/// Why a package cannot have a well-formed name, by the rules of `cargo new`: it would be confused with something else.
fn reserved_package_name(name: &str) -> Option<&'static str> {
    let module = name.replace('-', "_");
    if is_keyword(&module) {
        Some("it is a keyword of Rust")
    } else if SYSTEM_CRATES.contains(&module.as_str()) {
        Some("a crate of Rust's own has it")
    } else if is_dependency(&module) {
        Some("a crate that emitted code depends on has it")
    } else if is_device(name) {
        Some("it is a device on Windows")
    } else {
        None
    }
}

/// Cargo's rule for package names, without the reserved ones.
fn is_package_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
