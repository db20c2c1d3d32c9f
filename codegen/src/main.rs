//! The `planchet` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    planchet::cli::run()
}
