//! Each fixture is a small document of one rule or construct. What is emitted of it is a snapshot, is compiled with every warning an
//! error, and judges the instances beside the document.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::layout::{Module, workspace_files};
use planchet::emit::{Gates, emit_module};
use planchet::pipeline::read_api;

fn documents() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = std::fs::read_dir("tests/fixtures/generate")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
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
        let files = emit_module(&read(&path), Gates::FEATURES);
        insta::assert_snapshot!(format!("{name}.models"), files["models.rs"]);
        insta::assert_snapshot!(format!("{name}.rules"), files["rules.rs"]);
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

/// One crate of all fixtures, and a program that judges every instance in three ways.
#[test]
fn emitted_code_compiles_and_judges() {
    let modules: Vec<Module> =
        documents().iter().map(|(name, path)| Module { name: name.replace('-', "_"), api: read(path) }).collect();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.join("fixtures");
    let mut manifest = "[package]\nname = \"fixtures\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\nclient = []\nregistry = []\n".to_owned();
    let mut features = Vec::new();
    let mut main = "fn main() {\n    let mut judged = 0usize;\n".to_owned();
    for module in &modules {
        writeln!(manifest, "{} = []", module.name).unwrap();
        features.push(module.name.clone());
        let file = format!(
            "{}/tests/fixtures/generate/{}.instances.json",
            env!("CARGO_MANIFEST_DIR"),
            module.name.replace('_', "-")
        );
        writeln!(
            main,
            "    judged += fixtures_judge::judge(\"{0}\", fixtures::{0}::registry::get, include_str!({file:?}));",
            module.name
        )
        .unwrap();
    }
    main.push_str("    println!(\"{judged} instances judged\");\n}\n");
    manifest.push_str("\n[dependencies]\njiff = { version = \"0.2\", default-features = false, features = [\"std\"] }\nregress = \"0.12\"\nserde = { version = \"1\", default-features = false, features = [\"std\"] }\nserde_json = \"1\"\nuuid = { version = \"1\", default-features = false, features = [\"std\"] }\nzeroize = { version = \"1\", features = [\"std\"] }\n");
    let mut files: std::collections::BTreeMap<String, String> = workspace_files(&modules)
        .into_iter()
        .filter(|(path, _)| !path.starts_with("support/client/") && !path.contains("/client/"))
        .map(|(path, text)| (format!("src/{path}"), text))
        .collect();
    let judge = include_str!("fixtures/judge.rs");
    files.insert("Cargo.toml".to_owned(), manifest);
    files.insert(
        "src/main.rs".to_owned(),
        format!("//! Judges the instances of the fixtures.\nmod fixtures_judge;\n{main}"),
    );
    files.insert("src/fixtures_judge.rs".to_owned(), judge.to_owned());
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
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--features", &features.join(",")])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target.join("fixtures-target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    println!("{said}");
}
