//! The command line: a thin front over the library.

mod check;
mod contract;
mod generate;
mod lint;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::choices::Choices;
use crate::diagnostic::{self, CATALOGUE, Diagnostic, Report};
use crate::document::{Input, Sources};
use crate::output::Failure;

/// Done.
pub const DONE: u8 = 0;
/// The answer is "no": stale, or lint errors.
pub const NO: u8 = 1;
/// The input or the usage is bad.
pub const BAD: u8 = 2;

/// OpenAPI documents in; Rust models, validators and clients out.
#[derive(Debug, Parser)]
#[command(name = "planchet", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// How diagnostics are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates all of planchet.toml, or one document into a whole crate.
    Generate(generate::Generate),
    /// Says whether the generated sources of planchet.toml are fresh; exits with 1 where they are stale.
    Check(check::Check),
    /// Prints the reviewable listing of a document.
    Contract(contract::Contract),
    /// Prints everything questionable or unsupported in a document; exits with 1 where a denied code is found.
    Lint(lint::Lint),
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    Text,
    /// One JSON object a line.
    Json,
}

/// Codes that must not be found.
#[derive(Clone, Debug, Default, Args)]
pub struct DenyArguments {
    /// Exits with 1 where this code is found; `all` stands for every code. May be given several times.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

impl DenyArguments {
    /// Whether all of them are codes; what is none was reported.
    fn are_codes(&self, report: &mut Report) -> bool {
        let unknown = self.deny.iter().find(|name| *name != "all" && !CATALOGUE.iter().any(|code| code.name == **name));
        let Some(unknown) = unknown else { return true };
        let names: Vec<&str> = CATALOGUE.iter().map(|code| code.name).collect();
        let message = format!("no diagnostic has the code `{unknown}`");
        let hint = format!("the codes are: all, {}", names.join(", "));
        report.push(Diagnostic::new(&diagnostic::USAGE, message).hint(hint));
        false
    }

    /// Whether a code is denied.
    fn denies(&self, name: &str) -> bool {
        self.deny.iter().any(|code| code == "all" || code == name)
    }

    /// What was found of denied codes, printed.
    fn stopped(&self, report: &Report, format: Format) -> bool {
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
    document: PathBuf,
    /// An overlay to apply to it; may be given several times, in order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    #[command(flatten)]
    sources: SourceArguments,
    #[command(flatten)]
    choices: ChoiceArguments,
}

/// What is chosen about the emitted code.
#[derive(Clone, Debug, Default, Args)]
pub struct ChoiceArguments {
    /// A file of choices: the keys of `[api.choices]` in planchet.toml.
    #[arg(long, value_name = "FILE")]
    choices: Option<PathBuf>,
}

impl ChoiceArguments {
    /// The choices; `None` if and only if errors were reported.
    fn read(&self, report: &mut Report) -> Option<Choices> {
        self.choices.as_ref().map_or_else(|| Some(Choices::default()), |path| Choices::read(path, report))
    }
}

impl DocumentArguments {
    fn input(&self) -> Input<'_> {
        Input { document: &self.document, overlays: &self.overlay, sources: self.sources.sources() }
    }
}

/// Where references may lead.
#[derive(Clone, Debug, Default, Args)]
pub struct SourceArguments {
    /// A folder, besides the document's own, in which references may name files; may be given several times.
    #[arg(long, value_name = "DIR")]
    references: Vec<PathBuf>,
    /// A local file that stands for a URL in references; may be given several times.
    #[arg(long, value_name = "URL=FILE", value_parser = remote)]
    remote: Vec<(String, PathBuf)>,
}

impl SourceArguments {
    fn sources(&self) -> Sources {
        Sources { folders: self.references.clone(), remote: self.remote.clone() }
    }
}

fn remote(text: &str) -> Result<(String, PathBuf), String> {
    let (url, file) = text.rsplit_once('=').ok_or("write `URL=FILE`")?;
    Ok((url.to_owned(), PathBuf::from(file)))
}

/// Runs the command line, and says how the process should end.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` are errors to clap, and done to us.
            let code = if error.use_stderr() { BAD } else { DONE };
            // Arguments are repeated in it: they may be names of files that a stranger chose.
            let text = error.to_string();
            let shown = diagnostic::lines_shown(&text);
            if shown == text {
                let _ = error.print();
            } else {
                let _ = std::io::stderr().write_all(shown.as_bytes());
            }
            return ExitCode::from(code);
        }
    };
    let format = cli.format;
    let command = cli.command.unwrap_or(Command::Generate(generate::Generate::default()));
    let mut report = Report::default();
    let code = match command {
        Command::Generate(command) => command.run(format, &mut report),
        Command::Check(command) => command.run(&mut report),
        Command::Contract(command) => command.run(&mut report),
        Command::Lint(command) => return ExitCode::from(command.run(format, report)),
    };
    print_errors(&report, format);
    ExitCode::from(code)
}

/// Prints what stands in the way. Warnings and notes are for `lint`.
fn print_errors(report: &Report, format: Format) {
    let errors =
        report.in_document_order().into_iter().filter(|found| found.code.severity == diagnostic::Severity::Error);
    let mut text = String::new();
    for found in errors.take(Report::PRINTED) {
        text.push_str(&rendered(found, format));
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn rendered(found: &diagnostic::Diagnostic, format: Format) -> String {
    match format {
        Format::Text => format!("{}\n", diagnostic::render(found)),
        Format::Json => format!("{}\n", diagnostic::json_line(&diagnostic::to_json(found))),
    }
}

/// Reports why nothing was written.
fn report_failure(failure: &Failure, folder: &Path, report: &mut Report) {
    for (message, hint) in failure.explained(folder) {
        report.push(Diagnostic::new(&diagnostic::OUTPUT, message).hint(hint));
    }
}

/// Writes to standard output. A reader that went away is not our failure.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(diagnostic::lines_shown(text).as_bytes());
}
