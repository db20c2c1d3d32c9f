//! The `planchet` command.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "bad input is a diagnostic")]

use std::process::ExitCode;

/// A fifth of what a large document takes was the system's allocator: trees, tokens and texts are many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    planchet::cli::run()
}
