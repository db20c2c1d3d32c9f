//! Each fixture is a small document of one rule or construct. What is emitted of it is a snapshot, is compiled with every warning an
//! error, and judges the instances beside the document.

mod beside;
mod skipped;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use beside::assert_beside;
use planchet::api::Api;
use planchet::choices::Choices;
use planchet::config::Config;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::{Module, workspace_files};
use planchet::emit::{Gates, emit_module};
use planchet::pipeline::{read_api, read_modules};
use skipped::skipped;

#[path = "../examples/oracle/instances.rs"]
mod instances;

/// So many made instances for each named schema.
const MADE: usize = 64;

fn documents() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = std::fs::read_dir("tests/fixtures/generate")
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().join("openapi.yaml")))
        .collect();
    found.sort();
    found
}

fn read(path: &Path) -> Api {
    let mut report = Report::default();
    read_api(&Input::new(path), &Choices::default(), &mut report).unwrap_or_else(|| panic!("{}", report.render()))
}

#[test]
fn emitted_code_is_reviewed() {
    let documents = documents();
    assert!(documents.len() >= 40, "{} fixtures", documents.len());
    for (name, path) in documents {
        let files = emit_module(&read(&path), Gates::FEATURES).unwrap();
        for part in ["models", "rules", "verdicts"] {
            assert_beside(&format!("generate/{name}"), part, &files[&format!("{part}.rs")]);
        }
    }
}

/// The clients as well, which the crate of all fixtures leaves out.
#[test]
fn emitted_code_never_panics() {
    let fixtures = documents().into_iter().map(|(name, path)| (name, read(&path)));
    for (name, api) in fixtures.chain(home().into_iter().map(|module| (module.name, module.api))) {
        for (path, text) in emit_module(&api, Gates::FEATURES).unwrap() {
            let code = text.lines().filter(|line| path.ends_with(".rs") && !line.trim_start().starts_with("//"));
            for line in code {
                let panics = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
                assert!(panics.iter().all(|word| !line.contains(word)), "{name}/{path}: {line}");
            }
        }
    }
}

/// Removes what an earlier run wrote and this one does not.
fn keep_only(inside: &Path, folder: &Path, files: &std::collections::BTreeMap<String, String>) {
    for entry in std::fs::read_dir(inside).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            keep_only(&path, folder, files);
        } else if !files.contains_key(path.strip_prefix(folder).unwrap().to_str().unwrap()) {
            std::fs::remove_file(path).unwrap();
        }
    }
}

/// The home documents.
fn home() -> Vec<Module> {
    let mut report = Report::default();
    let config = Config::read(Path::new("../planchet.toml"), &mut report);
    config.and_then(|config| read_modules(&config, &mut report)).unwrap_or_else(|| panic!("{}", report.render()))
}

/// A command of cargo on the crate of all fixtures, that succeeds.
fn cargo(command: &[&str], folder: &Path, features: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args(["--quiet", "--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures-target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    said
}

/// One crate of all fixtures and the home documents, and a program that judges every instance in all ways.
#[test]
fn emitted_code_compiles_and_judges() {
    let mut modules: Vec<Module> =
        documents().iter().map(|(name, path)| Module { name: name.replace('-', "_"), api: read(path) }).collect();
    let fixtures = modules.len();
    modules.extend(home());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let mut manifest = "[package]\nname = \"fixtures\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\nclient = []\nregistry = []\n".to_owned();
    let mut features = Vec::new();
    let mut main = "fn main() {\n    let (mut judged, mut made, mut valid) = (0usize, 0usize, 0usize);\n".to_owned();
    for module in modules.iter().take(fixtures) {
        let file = format!(
            "{}/tests/fixtures/generate/{}/instances.json",
            env!("CARGO_MANIFEST_DIR"),
            module.name.replace('_', "-")
        );
        writeln!(
            main,
            "    judged += judge::listed(\"{0}\", fixtures::{0}::registry::get, include_str!({file:?}));",
            module.name
        )
        .unwrap();
    }
    let mut files = std::collections::BTreeMap::new();
    for module in &modules {
        let name = &module.name;
        writeln!(manifest, "{name} = []").unwrap();
        features.push(name.clone());
        let cases = serde_json::Value::Array(instances::made(&module.api, MADE)).to_string();
        files.insert(format!("src/made/{name}.json"), cases);
        writeln!(
            main,
            "    let (all, held) = judge::made({name:?}, fixtures::{name}::registry::get, include_str!(\"made/{name}.json\"));\n    made += all;\n    valid += held;"
        )
        .unwrap();
    }
    main.push_str("    println!(\"{judged} listed, {made} made, {valid} of them valid\");\n");
    // A test of instances that are all wrong, or all right, would see nothing.
    main.push_str("    let wrong = made - valid;\n    assert!(judged > 100 && made > 5_000 && valid > made / 5 && wrong > made / 5);\n}\n");
    // What no emitted code may do.
    manifest.push_str("\n[lints.clippy]\nunwrap_used = \"deny\"\nexpect_used = \"deny\"\npanic = \"deny\"\n");
    manifest.push_str("\n[dependencies]\njiff = { version = \"0.2\", default-features = false, features = [\"std\"] }\nregex-syntax = { version = \"0.8\", default-features = false, features = [\"std\", \"unicode-bool\", \"unicode-case\", \"unicode-gencat\", \"unicode-script\"] }\nserde = { version = \"1\", default-features = false, features = [\"std\"] }\nserde_json = { version = \"1\", features = [\"float_roundtrip\"] }\nuuid = { version = \"1\", default-features = false, features = [\"std\"] }\nzeroize = { version = \"1\", features = [\"std\"] }\n");
    files.extend(
        workspace_files(&modules)
            .unwrap()
            .into_iter()
            .filter(|(path, _)| !path.starts_with("support/client/") && !path.contains("/client/"))
            .map(|(path, text)| (format!("src/{path}"), text)),
    );
    files.insert("Cargo.toml".to_owned(), manifest);
    files.insert(
        "src/main.rs".to_owned(),
        format!("//! Judges instances of the fixtures and of the home documents.\nuse fixtures::support;\nmod judge;\nmod ways;\n{main}"),
    );
    files.insert("src/judge.rs".to_owned(), include_str!("fixtures/judge.rs").to_owned());
    files.insert("src/ways.rs".to_owned(), include_str!("../examples/oracle/ways.rs").to_owned());
    keep_only(&folder.join("src"), &folder, &files);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            std::fs::write(path, text).unwrap();
        }
    }
    // The versions that this repository is locked to, so that nothing new has to be fetched.
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    features.push("registry".to_owned());
    let features = features.join(",");
    // Not every machine has clippy; the gate's has.
    if Command::new(env!("CARGO")).args(["clippy", "--version"]).output().is_ok_and(|output| output.status.success()) {
        cargo(&["clippy", "--lib"], &folder, &features);
    } else {
        skipped("1 check: clippy is not installed");
    }
    let said = cargo(&["run"], &folder, &features);
    println!("{said}");
}
