//! The command line: a thin front over the library.

mod arguments;
mod check;
mod contract;
mod generate;
mod lint;
mod terminal;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cli::terminal::{BAD, DONE, Format, print_errors};
use crate::diagnostic::{self, Report};

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

/// Runs the command line, and says how the process should end.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // To clap `--help` and `--version` are errors.
            let code = if error.use_stderr() { BAD } else { DONE };
            // It repeats arguments, which may be untrusted file names.
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
