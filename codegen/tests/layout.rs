//! What is emitted is what `rustfmt` writes with its default settings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

#[path = "skipped/mod.rs"]
mod skipped;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use planchet::choices::Choices;
use planchet::config::Config;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::crate_files;
use planchet::pipeline;

/// Places of the fixtures' code that rustfmt lays out otherwise, and of the home modules'. They may only fall.
const IN_FIXTURES: usize = 0;
const IN_HOME_MODULES: usize = 0;

/// Where rustfmt would change a file, as it tells; `None` where it is not installed.
fn hunks(settings: &Path, text: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--color", "never", "--config-path"])
        .arg(settings)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || told.is_empty(), "rustfmt cannot read it: {told}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Holds files against rustfmt: no more places differ than are known, and no fewer.
fn hold(files: &BTreeMap<String, String>, known: usize) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rustfmt.toml"), "style_edition = \"2024\"\n").unwrap();
    let mut found = Vec::new();
    let mut read = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let Some(hunks) = hunks(folder.path(), text) else {
            return skipped::skipped("the layout of what is emitted: rustfmt is not installed");
        };
        read += 1;
        found.extend(hunks.split("Diff in ").skip(1).map(|hunk| format!("{path}: {hunk}")));
    }
    assert!(read > 10, "{read} files");
    assert!(found.len() <= known, "{} places are not laid out as rustfmt does:\n{}", found.len(), found.join("\n"));
    assert!(found.len() == known, "fewer places differ from rustfmt: write {} for {known}", found.len());
}

#[test]
fn fixtures_are_laid_out_as_rustfmt_does() {
    let mut fixtures: Vec<PathBuf> =
        std::fs::read_dir("tests/fixtures/generate").unwrap().map(|entry| entry.unwrap().path()).collect();
    fixtures.sort();
    let mut files = BTreeMap::new();
    for fixture in fixtures {
        let mut report = Report::default();
        let document = fixture.join("openapi.yaml");
        let api = pipeline::read_api(&Input::new(&document), &Choices::default(), &mut report);
        let name = fixture.file_name().unwrap().to_string_lossy().into_owned();
        let emitted = crate_files(&api.unwrap_or_else(|| panic!("{}", report.render())), &name).unwrap();
        // The run-time code is that of the home modules.
        let own = emitted.into_iter().filter(|(path, _)| !path.contains("support/"));
        files.extend(own.map(|(path, text)| (format!("{name}/{path}"), text)));
    }
    hold(&files, IN_FIXTURES);
}

#[test]
fn home_modules_are_laid_out_as_rustfmt_does() {
    let mut report = Report::default();
    let config = Config::read(Path::new("../planchet.toml"), &mut report).unwrap();
    let files = pipeline::generate(&config, &mut report).unwrap_or_else(|| panic!("{}", report.render()));
    assert!(files.values().all(|text| !text.contains("rustfmt::skip")));
    hold(&files, IN_HOME_MODULES);
}
