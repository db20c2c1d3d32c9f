//! The `planchet` command.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "bad input is a diagnostic")]

use std::process::ExitCode;

/// With the system's allocator a large document takes a fifth longer: trees, tokens and texts are many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    planchet::cli::run()
}
