//! Documents of several files: where references lead, and where they may not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::path::Path;

use planchet::choices::Choices;
use planchet::contract::listing;
use planchet::diagnostic::Report;
use planchet::document::{Input, Sources};
use planchet::pipeline::read_api;

fn read(document: &Path, sources: Sources) -> Result<String, String> {
    let mut report = Report::default();
    let api = read_api(&Input { sources, ..Input::new(document) }, &Choices::default(), &mut report);
    api.map(|api| listing(&api)).ok_or_else(|| report.render())
}

/// What is told of a document that can be used all the same.
fn told(document: &Path) -> String {
    let mut report = Report::default();
    assert!(read_api(&Input::new(document), &Choices::default(), &mut report).is_some(), "{}", report.render());
    report.render()
}

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn document(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A:\n      $ref: '{reference}'\n"
    )
}

#[test]
fn files_identifiers_and_anchors_make_one_contract() {
    let listing = read(Path::new("tests/fixtures/files/openapi.yaml"), Sources::default());
    insta::assert_snapshot!(listing.unwrap_or_else(|report| panic!("{report}")));
}

#[test]
fn what_lies_outside_is_read_only_where_it_is_allowed() {
    let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside");
    let url = format!("file://{}/secret.yaml", outside.canonicalize().unwrap().display());
    let (_folder, path) = written(&document(&url));
    let refused = told(&path);
    assert!(
        refused.contains("warning[external-ref]") && refused.contains("outside of the document's folder"),
        "{refused}"
    );
    assert!(refused.contains("`references = [\"FOLDER\"]`"), "{refused}");
    let allowed = Sources { folders: vec![outside], remote: Vec::new() };
    assert!(read(&path, allowed).unwrap().contains("secret: string"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_is_not_followed() {
    let (folder, path) = written(&document("inside.yaml"));
    let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside/secret.yaml");
    std::os::unix::fs::symlink(outside.canonicalize().unwrap(), folder.path().join("inside.yaml")).unwrap();
    assert!(told(&path).contains("outside of the document's folder"));
}

#[test]
fn nothing_is_fetched_and_a_url_may_be_mapped() {
    let url = "https://schemas.example/common.yaml";
    let (_folder, path) = written(&document(url));
    let refused = told(&path);
    assert!(refused.contains("on another host, and nothing is fetched") && refused.contains("remote = "), "{refused}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside/secret.yaml");
    let mapped = Sources { folders: Vec::new(), remote: vec![(url.to_owned(), file)] };
    assert!(read(&path, mapped).unwrap().contains("string"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (_folder, path) = written(&document("schemas/none.yaml#/A"));
    let refused = told(&path);
    assert!(
        refused.contains("openapi.yaml:7:13: warning[external-ref]: the file of `schemas/none.yaml#/A` does not exist"),
        "{refused}"
    );
}

#[test]
fn a_fault_in_another_file_is_reported_there() {
    let (folder, path) = written(&document("part.yaml"));
    std::fs::write(folder.path().join("part.yaml"), "type: object\nproperties:\n  a: { maxLength: -1 }\n").unwrap();
    let refused = told(&path);
    assert!(refused.contains("part.yaml:3:19: warning[keyword-type]"), "{refused}");
}

#[test]
fn a_pointer_into_another_file_that_leads_nowhere_is_told() {
    let (folder, path) = written(&document("part.yaml#/Missing"));
    std::fs::write(folder.path().join("part.yaml"), "A: { type: string }\n").unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report);
    assert!(api.is_some(), "{}", report.render());
    assert!(
        report.render().contains("warning[dangling-ref]: `part.yaml#/Missing` points at nothing"),
        "{}",
        report.render()
    );
}
