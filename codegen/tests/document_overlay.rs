//! Overlays: the compliance sets of the specification, and what is ours (positions, arrays, order).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod skipped;

use std::path::{Path, PathBuf};

use planchet::diagnostic::Report;
use planchet::document::{Node, apply_overlay, parse_bytes, read_file};
use skipped::skipped;

fn yaml(name: &str, text: &str) -> Node {
    let mut report = Report::default();
    parse_bytes(name, text.as_bytes().to_vec(), &mut report).unwrap_or_else(|| panic!("{}", report.render()))
}

fn overlaid(document: &str, actions: &str) -> (Node, Report) {
    let mut root = yaml("d.yaml", document);
    let overlay = yaml("o.yaml", &format!("overlay: 1.0.0\ninfo: {{ title: O, version: 1.0.0 }}\nactions:\n{actions}"));
    let mut report = Report::default();
    apply_overlay(&mut root, &overlay, &mut report);
    (root, report)
}

#[test]
fn the_compliance_sets_pass() {
    let shared = std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = shared.join("overlay-compliant-sets");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        skipped("8 overlay sets (overlay-compliant-sets absent)");
        return;
    };
    let mut sets = 0;
    for set in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let mut report = Report::default();
        let mut read = |name: &str| read_file(&set.join(name), &mut report).unwrap();
        let (mut root, overlay, expected) = (read("openapi.yaml"), read("overlay.yaml"), read("output.yaml"));
        // Targets that match nothing are allowed by the specification; here they are errors by choice.
        apply_overlay(&mut root, &overlay, &mut report);
        assert_eq!(root.to_json(), expected.to_json(), "{}", set.display());
        assert!(report.diagnostics().iter().all(|d| d.code.name == "overlay-unmatched"), "{}", report.render());
        sets += 1;
    }
    assert!(sets > 0);
}

#[test]
fn updates_merge_objects_and_extend_arrays() {
    let (root, report) = overlaid(
        "{ a: { b: 1, list: [1], keep: true }, list: [1] }",
        "  - { target: $.a, update: { b: { c: 2 }, list: [2, 3], new: x } }\n\
         \x20 - { target: $.list, update: { d: 4 } }\n\
         \x20 - { target: $.list, update: [5] }\n",
    );
    assert!(report.is_empty(), "{}", report.render());
    let expected = serde_json::json!({
        "a": { "b": { "c": 2 }, "list": [1, 2, 3], "keep": true, "new": "x" },
        "list": [1, { "d": 4 }, 5],
    });
    assert_eq!(root.to_json(), expected);
    assert_eq!(format!("{:?}", root.pointer("/a/new").unwrap().location), "o.yaml:4:62");
    assert_eq!(format!("{:?}", root.pointer("/a/keep").unwrap().location), "d.yaml:1:31");
}

#[test]
fn removals_of_several_elements_do_not_shift_each_other() {
    let (root, report) = overlaid(
        "{ a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }",
        "  - { target: '$.a[?@ > 1 && @ < 12]', remove: true }",
    );
    assert!(report.is_empty());
    assert_eq!(root.to_json(), serde_json::json!({ "a": [1, 12] }));
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    let actions = "  - { target: $, update: { b: { c: 1 } } }\n  - { target: $.b.c, remove: true }\n";
    let (root, report) = overlaid("{ a: 1 }", actions);
    assert!(report.is_empty());
    assert_eq!(root.to_json(), serde_json::json!({ "a": 1, "b": {} }));
}
