//! The test documents of the OpenAPI Specification's own schemas: what must pass is accepted, what must fail is told, with
//! a code and a position.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::path::{Path, PathBuf};

use planchet::choices::Choices;
use planchet::diagnostic::{EXTERNAL_REF, Report, Severity};
use planchet::document::Input;

mod skipped;

fn suite() -> Option<PathBuf> {
    let shared = std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    Some(shared.join("oai-schema-tests")).filter(|suite| suite.is_dir())
}

/// The documents of a folder, each with what `lint` finds in it.
fn documents(folder: &Path) -> Vec<(String, bool, Report)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let mut report = Report::default();
            let readable = planchet::pipeline::lint(&Input::new(&path), &Choices::default(), &mut report);
            (path.file_stem().unwrap().to_string_lossy().into_owned(), readable, report)
        })
        .collect()
}

/// Found, at a place, and more than a note or the fact that 3.2 is read as 3.1.
fn is_told(report: &Report) -> bool {
    report.diagnostics().iter().any(|found| {
        let of_version = found.code.name == "read-as-3-1" && found.message.starts_with("OpenAPI 3.2 is read");
        found.code.severity < Severity::Note && found.at.is_some() && !of_version
    })
}

/// Whether a document is refused for more than a reference to another host, as long as one is an error.
fn is_refused((_, readable, report): &(String, bool, Report)) -> bool {
    let errors = report.diagnostics().iter().filter(|found| found.code.severity == Severity::Error);
    !readable && errors.into_iter().any(|found| found.code != &EXTERNAL_REF || EXTERNAL_REF.severity != Severity::Error)
}

#[test]
fn documents_of_3_1_pass_and_fail_as_the_suite_says() {
    let Some(suite) = suite() else {
        skipped::skipped("the OpenAPI schema tests (1 suite of 3.1), not in `PLANCHET_SHARED`");
        return;
    };
    let (pass, fail) = (documents(&suite.join("3.1/pass")), documents(&suite.join("3.1/fail")));
    assert_eq!((pass.len(), fail.len()), (35, 11), "another edition of the suite");
    let refused: Vec<&String> = pass.iter().filter(|document| is_refused(document)).map(|(name, ..)| name).collect();
    assert!(refused.is_empty(), "refused: {refused:?}");
    let unnoticed: Vec<&String> =
        fail.iter().filter(|(_, _, report)| !is_told(report)).map(|(name, ..)| name).collect();
    assert!(unnoticed.is_empty(), "nothing is found in {unnoticed:?}");
}

/// Of what must pass nothing is called unknown: the tables are whole.
#[test]
fn nothing_legal_is_unknown() {
    let Some(suite) = suite() else {
        skipped::skipped("the OpenAPI schema tests (2 suites, for unknown names), not in `PLANCHET_SHARED`");
        return;
    };
    for version in ["3.1", "3.2"] {
        for (name, _, report) in documents(&suite.join(version).join("pass")) {
            let unknown = report.diagnostics().iter().find(|found| {
                !found.message.contains("myArbitraryKeyword") && {
                    matches!(
                        found.code.name,
                        "unknown-field" | "unknown-keyword" | "exclusive-fields" | "keyword-of-other-version"
                    )
                }
            });
            assert!(unknown.is_none(), "{version}/{name}: {}", report.render());
        }
    }
}

/// What 3.2 alone rules out, and 3.1 leaves to HTTP: which characters the name of a header may have.
const LEFT_TO_HTTP: &str = "parameter-object-header-name";

#[test]
fn documents_of_3_2_are_read_as_3_1_and_told_where_they_are_not() {
    let Some(suite) = suite() else {
        skipped::skipped("the OpenAPI schema tests (1 suite of 3.2), not in `PLANCHET_SHARED`");
        return;
    };
    let (pass, fail) = (documents(&suite.join("3.2/pass")), documents(&suite.join("3.2/fail")));
    let refused: Vec<&String> = pass.iter().filter(|document| is_refused(document)).map(|(name, ..)| name).collect();
    assert!(refused.is_empty(), "refused: {refused:?}");
    let unnoticed: Vec<&str> =
        fail.iter().filter(|(_, _, report)| !is_told(report)).map(|(name, ..)| name.as_str()).collect();
    assert!(unnoticed.iter().all(|name| *name == LEFT_TO_HTTP), "nothing is found in {unnoticed:?}");
}
