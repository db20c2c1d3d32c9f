//! Overlays: the compliance sets of the specification, and what is ours (positions, arrays, order).

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

/// Few bytes of actions would make a tree of any size; the last one that fits is the end.
#[test]
fn what_updates_multiply_is_bounded() {
    let many = format!("  - {{ target: '$[*]', update: {{ list: [{}] }} }}\n", "1, ".repeat(1_000));
    let (root, report) = overlaid(&format!("[{}]", "{},".repeat(2_000)), &many);
    assert!(report.render().contains("error[too-large]"), "{}", report.render());
    assert_eq!(root.size().values, 2_001);
    // Few values with much text.
    let long = format!("  - {{ target: '$[*]', update: {{ text: {} }} }}\n", "x".repeat(100_000));
    let (root, report) = overlaid(&format!("[{}]", "{},".repeat(1_000)), &long);
    assert!(report.has_errors(), "{}", report.render());
    assert!(root.size().bytes < 1_000_000);
    // An object that takes itself in, level by level, and doubles what it holds.
    let deeper = "  - { target: '$..a', update: { a: {}, b: {} } }\n".repeat(300);
    let (root, report) = overlaid("{ a: {} }", &deeper);
    assert!(report.diagnostics().iter().any(|diagnostic| diagnostic.code.name == "too-deep"), "{}", report.render());
    assert!(root.size().depth <= planchet::document::MAX_DEPTH);
}

/// `..` within `..` visits a value once for each level above it, and the lookup has no limit of its own.
#[test]
fn targets_that_multiply_are_refused() {
    let chain = format!("{}1{}", "{ a: ".repeat(200), " }".repeat(200));
    for target in [
        "$..*..*..*..*..*",
        "$..a..a..a..a..a",
        "$[*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*]",
        "$..[?count(@..*..*..*..*) > 2]",
        "$..[?$..[?$..[?$..[?@.a]]]]",
        "$..[?@..a..a..a..a == 1]",
    ] {
        let (_, report) = overlaid(&chain, &format!("  - {{ target: '{target}', update: {{ b: 1 }} }}\n"));
        let codes: Vec<_> = report.diagnostics().iter().map(|diagnostic| diagnostic.code.name).collect();
        // What does not parse costs nothing either.
        assert!(codes == ["too-large"] || codes == ["overlay-target"], "{target}: {}", report.render());
    }
}

/// Each action is looked up in what the ones before left; the document is not converted for each of them anew.
#[test]
fn many_actions_are_applied_in_linear_time() {
    let members: String = (0..20_000).map(|index| format!("a{index}: {{ b: [1] }}, ")).collect();
    let actions: String = (0..10_000)
        .map(|index| {
            format!(
                "  - {{ target: $.a{index}.b, update: 2 }}\n  - {{ target: '$.a{index}.b[0]', remove: true }}\n\
                 \x20 - {{ target: $, update: {{ c{index}: 1 }} }}\n"
            )
        })
        .collect();
    let (root, report) = overlaid(&format!("{{ {members} }}"), &actions);
    assert!(report.is_empty(), "{}", report.render());
    assert_eq!(root.pointer("/a9999/b").unwrap().to_json(), serde_json::json!([2]));
    assert_eq!(root.pointer("/a10000/b").unwrap().to_json(), serde_json::json!([1]));
    assert!(root.get("c9999").is_some());
}

/// A great many members of one object go at once, and what stands within others goes first.
#[test]
fn removals_keep_the_order_and_what_is_not_named() {
    let members: String = (0..50_000).map(|index| format!("a{index}: {{ drop: 1, keep: {index} }}, ")).collect();
    let actions = "  - { target: '$..drop', remove: true }\n  - { target: '$[?@.keep > 2]', remove: true }\n";
    let (root, report) = overlaid(&format!("{{ {members} }}"), actions);
    assert!(report.is_empty(), "{}", report.render());
    assert_eq!(root.to_json(), serde_json::json!({ "a0": { "keep": 0 }, "a1": { "keep": 1 }, "a2": { "keep": 2 } }));
    let (root, _) = overlaid("[[1, 2], 3, [4, [5]]]", "  - { target: '$..[0]', remove: true }\n");
    assert_eq!(root.to_json(), serde_json::json!([3, [[]]]));
}

fn overlaid_by_1_1(document: &str, actions: &str) -> (Node, Report) {
    let mut root = yaml("d.yaml", document);
    let overlay = yaml("o.yaml", &format!("overlay: 1.1.0\ninfo: {{ title: O, version: 1.0.0 }}\nactions:\n{actions}"));
    let mut report = Report::default();
    apply_overlay(&mut root, &overlay, &mut report);
    (root, report)
}

#[test]
fn copy_merges_what_it_selects() {
    let document = "a: { x: 1, list: [1] }\nb: { x: 2, y: 3, list: [2] }\nc: 5";
    let (root, report) = overlaid_by_1_1(document, "- { target: $.b, copy: $.a }\n- { target: $.c, copy: $.b.y }\n");
    assert_eq!(report.errors(), 0, "{}", report.render());
    assert_eq!(
        root.to_json(),
        serde_json::json!({ "a": { "x": 1, "list": [1] }, "b": { "x": 1, "y": 3, "list": [2, 1] }, "c": 3 })
    );
}

#[test]
fn a_copy_selects_one_value_and_is_of_1_1() {
    let document = "a: { x: 1 }\nb: { x: 2 }";
    for action in [
        "- { target: $.b, copy: $.z }\n",
        "- { target: $.b, copy: '$.*' }\n",
        "- { target: $.b, copy: 5 }\n",
        "- { target: $.b, copy: 'no path' }\n",
        "- { target: $.b, copy: $.a, update: { x: 3 } }\n",
        "- { target: $.b.x, copy: $.a }\n",
    ] {
        let (root, report) = overlaid_by_1_1(document, action);
        assert_eq!(report.errors(), 1, "{action}: {}", report.render());
        assert_eq!(root.to_json(), serde_json::json!({ "a": { "x": 1 }, "b": { "x": 2 } }), "{action}");
    }
    let (_, report) = overlaid(document, "- { target: $.b, copy: $.a }\n");
    assert_eq!(report.errors(), 1, "{}", report.render());
}

/// A list that is copied into itself doubles with each action: what is added is bounded as for updates.
#[test]
fn copies_of_copies_end() {
    let action = "- { target: $.a, copy: $.a }\n";
    let (_, report) = overlaid_by_1_1("a: [1, 2]", &action.repeat(60));
    assert_eq!(report.errors(), 1, "60 doublings are applied");
}

/// Overlay Specification 1.1.0, "Action Object": values are merged with values of their own kind, at every level.
#[test]
fn values_of_different_kinds_are_not_merged() {
    let document = "o: { text: a, list: [1], nothing: null }\nl: [1]\ntext: a\nnothing: null";
    for (actions, merged) in [
        // An array takes anything, and the elements of an array.
        ("- { target: $.l, update: [2, 3] }\n", Some(serde_json::json!([1, 2, 3]))),
        ("- { target: $.l, update: { a: 1 } }\n", Some(serde_json::json!([1, { "a": 1 }]))),
        ("- { target: $.l, update: null }\n", Some(serde_json::json!([1, null]))),
        ("- { target: $.l, copy: $.nothing }\n", Some(serde_json::json!([1, null]))),
        // A primitive takes the place of a primitive, null among them.
        ("- { target: $.text, update: null }\n- { target: $.l, update: 2 }\n", Some(serde_json::json!([1, 2]))),
        ("- { target: $.nothing, update: 5 }\n- { target: $.l, update: 2 }\n", Some(serde_json::json!([1, 2]))),
        ("- { target: $.text, update: { a: 1 } }\n", None),
        ("- { target: $.nothing, update: [1] }\n", None),
        ("- { target: $.text, copy: $.o }\n", None),
        ("- { target: $.o, update: [1] }\n", None),
        ("- { target: $.o, update: null }\n", None),
        // What is merged is judged within.
        ("- { target: $.o, update: { text: { a: 1 } } }\n", None),
        ("- { target: $.o, update: { list: 2 } }\n", None),
        ("- { target: $, update: { o: { list: { a: 1 } } } }\n", None),
        (
            "- { target: $, update: { o: { list: [2], nothing: 1 } } }\n- { target: $.l, copy: $.o.list }\n",
            Some(serde_json::json!([1, 1, 2])),
        ),
        // Several targets are of one kind.
        ("- { target: '$.*', update: 1 }\n", None),
        (
            "- { target: '$[\"text\", \"nothing\"]', update: 1 }\n- { target: $.l, copy: $.text }\n",
            Some(serde_json::json!([1, 1])),
        ),
    ] {
        let (root, report) = overlaid_by_1_1(document, actions);
        match merged {
            Some(merged) => {
                assert!(report.is_empty(), "{actions}: {}", report.render());
                assert_eq!(root.pointer("/l").unwrap().to_json(), merged, "{actions}");
            }
            None => {
                assert_eq!(report.errors(), 1, "{actions}: {}", report.render());
                assert!(report.diagnostics().iter().all(|found| found.code.name == "overlay-update"));
                assert_eq!(root.to_json(), yaml("d.yaml", document).to_json(), "an action that fails changes nothing");
            }
        }
    }
}

/// Version 1.0 says nothing of members of another kind: they are replaced.
#[test]
fn members_of_another_kind_are_replaced_in_1_0() {
    let (root, report) = overlaid("{ a: { b: 1, c: [1] } }", "  - { target: $.a, update: { b: { d: 1 }, c: 2 } }\n");
    assert!(report.is_empty(), "{}", report.render());
    assert_eq!(root.to_json(), serde_json::json!({ "a": { "b": { "d": 1 }, "c": 2 } }));
}

#[test]
fn versions_are_read_as_numbers() {
    for (version, fits) in [
        ("1.0.0", true),
        ("1.0", true),
        ("1.1.7", true),
        ("1.2.0", true),
        ("1.10.0", true),
        ("1.0.0-rc1", false),
        ("1.x", false),
        ("1.", false),
        ("1.0.0.0", false),
        ("2.0.0", false),
        ("", false),
    ] {
        let mut root = yaml("d.yaml", "a: 1");
        let text = format!(
            "overlay: '{version}'\ninfo: {{ title: O, version: '1' }}\nactions: [{{ target: $, update: {{ a: 2 }} }}]"
        );
        let mut report = Report::default();
        apply_overlay(&mut root, &yaml("o.yaml", &text), &mut report);
        assert_eq!(report.is_empty(), fits, "{version}: {}", report.render());
    }
}
