//! Every diagnostic code, shown by a small document that earns it.

mod beside;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use beside::assert_beside;

use planchet::choices::Choices;
use planchet::diagnostic::{CATALOGUE, Report};
use planchet::document::{Input, load, parse_bytes};

/// Codes that no fixture file can show; tests below and the file system show them, or nothing is known to cause them.
const WITHOUT_FIXTURE: [&str; 12] = [
    "file-missing",
    "file-is-directory",
    "file-unreadable",
    "invalid-utf8",
    "too-deep",
    "alias-bomb",
    "typed-parse",
    // Shown in `cli.rs`: they are about the command, not about a document.
    "config",
    "usage",
    "output",
    // Shown beside the emitter: no document is known to cause it.
    "internal",
    // `document/` refuses what leads there.
    "inline-limit",
];

fn rendered(document: &str, overlays: &[&str]) -> (String, BTreeSet<&'static str>) {
    // Relative to the package, which is where cargo runs its tests: no machine's paths in the snapshots.
    let folder = Path::new("tests/fixtures/bad");
    let overlays: Vec<PathBuf> = overlays.iter().map(|overlay| folder.join(overlay)).collect();
    let mut report = Report::default();
    let loaded = load(&Input { overlays: &overlays, ..Input::new(&folder.join(document)) }, &mut report);
    assert_eq!(loaded.is_none(), report.has_errors(), "{document}: {}", report.render());
    if let Some(document) = loaded {
        planchet::lower::lower(&document, &Choices::default(), &mut report);
        let examples = planchet::lower::examples(&document, &Choices::default());
        planchet::lint::examples(&examples, &document.root, &mut report);
    }
    (report.render(), report.diagnostics().iter().map(|diagnostic| diagnostic.code.name).collect())
}

fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let names = files.map(|entry| entry.file_name().into_string().unwrap());
    // The snapshots stand beside the documents.
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".yaml") || name.ends_with(".json")).collect();
    names.sort();
    names
}

#[test]
fn every_code_has_a_document_that_shows_it() {
    let mut shown = BTreeSet::from(WITHOUT_FIXTURE);
    for name in files("tests/fixtures/bad") {
        let stem = name.split('.').next().unwrap();
        let (text, codes) = rendered(&name, &[]);
        assert!(codes.contains(stem), "{name} does not show its code:\n{text}");
        // A code may have more than one document: `code.yaml`, `code.case.yaml`.
        assert_beside("bad", name.rsplit_once('.').unwrap().0, &text);
        shown.extend(codes);
    }
    for name in files("tests/fixtures/bad/overlay") {
        let stem = name.split('.').next().unwrap();
        if stem == "document" {
            continue;
        }
        let (text, codes) = rendered("overlay/document.yaml", &[&format!("overlay/{name}")]);
        assert!(codes.contains(stem), "{name} does not show its code:\n{text}");
        assert_beside("bad/overlay", name.rsplit_once('.').unwrap().0, &text);
        shown.extend(codes);
    }
    let missing: Vec<&str> = CATALOGUE.iter().map(|code| code.name).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

fn codes_of(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<&'static str> {
    let mut report = Report::default();
    let node = parse_bytes(name, bytes.into(), &mut report);
    assert!(node.is_none() || !report.has_errors());
    report.diagnostics().iter().map(|diagnostic| diagnostic.code.name).collect()
}

#[test]
fn hostile_input_is_refused_without_harm() {
    assert_eq!(codes_of("x.json", "[".repeat(10_000)), ["too-deep"]);
    assert_eq!(codes_of("x.yaml", "- ".repeat(10_000) + "a"), ["too-deep"]);
    assert_eq!(codes_of("x.json", b"{\"a\": \"\xff\"}"), ["invalid-utf8"]);
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(codes_of("x.yaml", bomb), ["alias-bomb"]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    for (path, code) in [("tests/nowhere.yaml", "file-missing"), ("tests", "file-is-directory")] {
        let mut report = Report::default();
        assert!(load(&Input::new(Path::new(path)), &mut report).is_none());
        assert_eq!(report.diagnostics()[0].code.name, code);
    }
}

#[test]
fn a_long_line_is_clipped() {
    let text = format!("{{\"a\": \"{}\", \"b\": nul}}", "x".repeat(3_000_000));
    let mut report = Report::default();
    parse_bytes("x.json", text.into_bytes(), &mut report);
    let text = report.render();
    assert!(text.starts_with("x.json:1:3000016: error[json-syntax]: `nul` is no JSON value\n"), "{text}");
    assert!(text.len() < 600);
}

#[test]
fn what_is_just_not_too_deep_passes_every_stage() {
    let open = "{\"not\": ".repeat(250);
    let nested = format!("{open}{{}}{}", "}".repeat(250));
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"x-deep\": {nested}, \"components\": {{\"schemas\": {{\"A\": {nested}}}}}}}"
    );
    let mut report = Report::default();
    let root = parse_bytes("x.json", text.into_bytes(), &mut report).unwrap();
    assert!(planchet::document::check(root, &mut report).is_some(), "{}", report.render());
}
