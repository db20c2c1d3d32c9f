//! The outside judge of the validators: the JSON Schema test suite. Every group becomes an OpenAPI document of its own (draft 2020-12
//! a 3.1 one, draft 4 a 3.0 one where it is legal there), all of them are generated, compiled into one crate and run, and each
//! instance is judged in three ways: by `check`, by `from_json`, and by decoding and then `validate`.
//!
//! The outcome is a table, `docs/json-schema-test-suite.md`, with every exception and its reason. The test fails where the table is
//! not what comes out, be it worse or better; `PLANCHET_UPDATE=1` writes it anew. The suite lies beside the repository; without it
//! the test says so and does nothing.

mod common;
mod skipped;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use common::{EXCEPTIONS, Group, groups, suite};
use planchet::diagnostic::Report;
use planchet::document::{Input, display_path};
use planchet::emit::package::layout::{Module, workspace_files};
use planchet::pipeline::read_api;
use serde_json::Value;
use skipped::skipped;

/// What the crate made of the groups prints: for each test of each group, the three verdicts.
fn verdicts(groups: &[Group], folder: &Path) -> BTreeMap<(String, usize), [bool; 3]> {
    let documents = folder.join("documents");
    std::fs::create_dir_all(&documents).unwrap();
    let mut modules = Vec::new();
    let mut main = "use suite::support::{self, Instance as _, Schema, View};\nfn main() {\n".to_owned();
    let mut features = String::new();
    for group in groups {
        let path = documents.join(format!("{}.json", group.module));
        std::fs::write(&path, group.document.to_string()).unwrap();
        let mut report = Report::default();
        let Some(api) = read_api(&Input::new(&path), &group.choices, &mut report) else {
            panic!("{}: {}: {}", group.file, group.description, report.render());
        };
        modules.push(Module { name: group.module.clone(), api });
        let tests = folder.join(format!("tests/{}.json", group.module));
        std::fs::create_dir_all(tests.parent().unwrap()).unwrap();
        std::fs::write(&tests, Value::Array(group.tests.clone()).to_string()).unwrap();
        writeln!(
            main,
            "    judge({0:?}, suite::{0}::registry::get(\"Instance\"), include_str!({1:?}));",
            group.module,
            display_path(&tests)
        )
        .unwrap();
        writeln!(features, "{} = []", group.module).unwrap();
    }
    main.push_str(PROGRAM);
    let names: Vec<String> = groups.iter().map(|group| format!("\"{}\"", group.module)).collect();
    let manifest = format!(
        "[package]\nname = \"suite\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\nclient = []\nregistry = []\nall = [\"registry\", {}]\n{features}\n[dependencies]\nidna = \"1\"\njiff = {{ version = \"0.2\", default-features = false, features = [\"std\"] }}\nregex-syntax = {{ version = \"0.8\", default-features = false, features = [\"std\", \"unicode-bool\", \"unicode-case\", \"unicode-gencat\", \"unicode-script\"] }}\nserde = {{ version = \"1\", default-features = false, features = [\"std\"] }}\nserde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\nuuid = {{ version = \"1\", default-features = false, features = [\"std\"] }}\nzeroize = {{ version = \"1\", features = [\"std\"] }}\n",
        names.join(", ")
    );
    let _ = std::fs::remove_dir_all(folder.join("src"));
    let files = workspace_files(&modules).unwrap().into_iter().filter(|(path, _)| !path.contains("client/"));
    let files = files.map(|(path, text)| (format!("src/{path}"), text));
    for (path, text) in files.chain([("Cargo.toml".to_owned(), manifest), ("src/main.rs".to_owned(), main)]) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--features", "all"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings -C debuginfo=0")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let mut words = line.split(' ');
        let key = (words.next().unwrap().to_owned(), words.next().unwrap().parse().unwrap());
        (key, [(); 3].map(|()| words.next() == Some("true")))
    };
    said.lines().map(line).collect()
}

const PROGRAM: &str = r#"}

fn judge(group: &str, schema: Option<&'static Schema>, tests: &str) {
    let schema = schema.unwrap_or_else(|| panic!("{group}"));
    let tests: serde_json::Value = serde_json::from_str(tests).unwrap();
    for (index, test) in tests.as_array().unwrap().iter().enumerate() {
        let data = &test["data"];
        let json = data.to_string();
        let check = schema.check(data).is_ok();
        // The verdict and the report are two walks.
        assert_eq!(support::check(View::from(data), schema.rules()).is_ok(), check, "{group} {index}, reported");
        assert_eq!(support::holds(View::from(data), schema.rules()), check, "{group} {index}, as a view");
        assert_eq!(data.holds(schema.rules()), check, "{group} {index}, by the verdict");
        let from_json = schema.reencode(json.as_bytes()).is_ok();
        let validate = schema.validate(json.as_bytes()).is_ok();
        println!("{group} {index} {check} {from_json} {validate}");
    }
}
"#;

/// One file of the suite in the table.
#[derive(Default)]
struct Row {
    tests: usize,
    right: [usize; 3],
}

#[test]
fn every_verdict_is_that_of_the_suite() {
    let Some(suite) = suite() else {
        skipped("3162 tests of the JSON Schema test suite (folder absent)");
        return;
    };
    let (groups, left_out) = groups(&suite);
    let verdicts = verdicts(&groups, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("suite"));
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    let mut used = vec![false; EXCEPTIONS.len()];
    let mut explained: Vec<String> = Vec::new();
    for group in &groups {
        let row = rows.entry(&group.file).or_default();
        for (index, test) in group.tests.iter().enumerate() {
            let expected = test["valid"].as_bool().unwrap();
            let verdict = verdicts[&(group.module.clone(), index)];
            row.tests += 1;
            for (right, verdict) in row.right.iter_mut().zip(verdict) {
                *right += usize::from(verdict == expected);
            }
            if verdict.iter().all(|verdict| *verdict == expected) {
                continue;
            }
            let name = format!("{}: {}", group.description, test["description"].as_str().unwrap());
            let ways = ["check", "from_json", "validate"].into_iter().zip(verdict);
            let ways: Vec<&str> = ways.filter(|(_, verdict)| *verdict != expected).map(|(way, _)| way).collect();
            match EXCEPTIONS.iter().position(|(file, part, _)| group.file.ends_with(file) && name.contains(part)) {
                Some(exception) => {
                    used[exception] = true;
                    explained.push(format!(
                        "| {} | {name} | {} | {} |",
                        group.file,
                        ways.join(", "),
                        EXCEPTIONS[exception].2
                    ));
                }
                None => wrong.push(format!("{}: {name}: {}", group.file, ways.join(", "))),
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong verdicts:\n{}", wrong.len(), wrong.join("\n"));
    let stale: Vec<_> = EXCEPTIONS.iter().zip(used).filter(|(_, used)| !used).map(|(exception, _)| exception).collect();
    assert!(stale.is_empty(), "these exceptions are none any more: {stale:?}");
    let table = table(&rows, &left_out, &explained);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/json-schema-test-suite.md");
    if std::env::var_os("PLANCHET_UPDATE").is_some() {
        std::fs::write(&path, table).unwrap();
    } else {
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, table, "PLANCHET_UPDATE=1 writes docs/json-schema-test-suite.md anew");
    }
}

fn table(
    rows: &BTreeMap<&str, Row>,
    left_out: &BTreeMap<String, BTreeMap<&'static str, usize>>,
    explained: &[String],
) -> String {
    let mut out = "# The JSON Schema test suite\n\nEvery group as a document of its own, generated, compiled and run: draft 2020-12 in OpenAPI 3.1, draft 4 in 3.0 where it is legal\nthere, with `untyped = \"any\"` (without it, a schema that has `properties` and no `type` makes a struct, which holds objects alone).\nEach instance is judged by `check`, by `from_json`, and by decoding and then `validate`. Written by\n`codegen/tests/json_schema_suite.rs`, which fails where an exception starts to pass.\n\n| file | tests | check | from_json | validate | left out |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    let mut names: Vec<&str> = rows.keys().copied().chain(left_out.keys().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let mut total = Row::default();
    let none = Row::default();
    for name in names {
        let row = rows.get(name).unwrap_or(&none);
        let [check, from_json, validate] = row.right;
        let reasons = left_out.get(name).into_iter().flatten().map(|(why, count)| format!("{count}: {why}"));
        let reasons: Vec<String> = reasons.collect();
        writeln!(out, "| {name} | {} | {check} | {from_json} | {validate} | {} |", row.tests, reasons.join("; "))
            .unwrap();
        total.tests += row.tests;
        total.right.iter_mut().zip(row.right).for_each(|(sum, right)| *sum += right);
    }
    let [check, from_json, validate] = total.right;
    let omitted: usize = left_out.values().flat_map(BTreeMap::values).sum();
    writeln!(out, "| **all** | {} | {check} | {from_json} | {validate} | {omitted} |", total.tests).unwrap();
    out.push_str("\n## Exceptions\n\n| file | test | wrong by | why |\n| --- | --- | --- | --- |\n");
    explained.iter().for_each(|line| writeln!(out, "{line}").unwrap());
    out
}
