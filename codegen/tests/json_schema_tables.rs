//! The outside judge of the tables that are made at run time: every verdict of the JSON Schema test suite, as in
//! `json_schema_suite.rs`, without emitted code. Without the suite beside the repository the test says so and does nothing.

mod common;
mod skipped;

use common::{EXCEPTIONS, groups, suite};
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::lint;
use planchet::pipeline::read_api;
use skipped::skipped;

#[test]
fn every_verdict_is_that_of_the_suite() {
    let Some(suite) = suite() else {
        skipped("3162 tests of the JSON Schema test suite (folder absent)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (mut judged, mut wrong) = (0, Vec::new());
    for group in groups(&suite).0 {
        let mut report = Report::default();
        let path = folder.path().join(format!("{}.json", group.module));
        std::fs::write(&path, group.document.to_string()).unwrap();
        let api = read_api(&Input::new(&path), &group.choices, &mut report);
        let api = api.unwrap_or_else(|| panic!("{}", report.render()));
        let schema = api.components.iter().find(|component| component.name == "Instance").unwrap().schema;
        for test in &group.tests {
            let name = format!("{}: {}", group.description, test["description"].as_str().unwrap());
            let verdict = lint::check(&api.schemas, schema, &test["data"]).is_ok();
            let excepted =
                || EXCEPTIONS.iter().any(|(file, part, _)| group.file.ends_with(file) && name.contains(part));
            judged += 1;
            if verdict != test["valid"].as_bool().unwrap() && !excepted() {
                wrong.push(format!("{}: {name}", group.file));
            }
        }
    }
    println!("judged {judged} instances");
    assert!(wrong.is_empty(), "{} wrong verdicts:\n{}", wrong.len(), wrong.join("\n"));
}
