//! The test documents of the OpenAPI Specification's own schemas: what must pass is accepted, what must fail is told, with
//! a code and a position.

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

/// Found, at a place, and more than a note.
fn is_told(report: &Report) -> bool {
    report.diagnostics().iter().any(|found| found.code.severity < Severity::Note && found.at.is_some())
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

#[test]
fn documents_of_3_2_pass_and_fail_as_the_suite_says() {
    let Some(suite) = suite() else {
        skipped::skipped("the OpenAPI schema tests (1 suite of 3.2), not in `PLANCHET_SHARED`");
        return;
    };
    let (pass, fail) = (documents(&suite.join("3.2/pass")), documents(&suite.join("3.2/fail")));
    assert_eq!((pass.len(), fail.len()), (37, 29), "another edition of the suite");
    let refused: Vec<&String> = pass.iter().filter(|document| is_refused(document)).map(|(name, ..)| name).collect();
    assert!(refused.is_empty(), "refused: {refused:?}");
    let ignored: Vec<&String> = pass
        .iter()
        .filter(|(_, _, report)| report.diagnostics().iter().any(|found| found.message.contains("3.2")))
        .map(|(name, ..)| name)
        .collect();
    assert!(ignored.is_empty(), "something of 3.2 is ignored in {ignored:?}");
    let unnoticed: Vec<&str> =
        fail.iter().filter(|(_, _, report)| !is_told(report)).map(|(name, ..)| name.as_str()).collect();
    assert!(unnoticed.is_empty(), "nothing is found in {unnoticed:?}");
}
