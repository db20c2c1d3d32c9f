//! What a test says that cannot run here.

use std::io::Write as _;

/// Says so where it is seen: the harness shows nothing that a test prints and passes.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}
