//! The command as a user meets it: help, exit codes, and what it leaves on the disk.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn planchet(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planchet")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs `generate` on a document: exit code 2, nothing written; returns what it said.
fn refused(document: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = planchet(
        &["generate", document.to_str().unwrap(), "--out", out.to_str().unwrap(), "--name", "x"],
        folder.path(),
    );
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{}: {said}", document.display());
    assert!(!out.exists(), "{}: something was written", document.display());
    assert_eq!(text(&output.stdout), "", "{}", document.display());
    said
}

/// Whether a text begins with `path:line:column: error[code]: `.
fn has_position(said: &str) -> bool {
    said.lines().any(|line| {
        let Some((place, _)) = line.split_once(": error[") else { return false };
        let mut parts = place.rsplitn(3, ':');
        parts.next().is_some_and(|column| column.parse::<u32>().is_ok())
            && parts.next().is_some_and(|line| line.parse::<u32>().is_ok())
    })
}

/// What is found in the document besides, summarised.
const FOUND: &str = "found: 2 × made-operation-id (`planchet lint` shows where)\n";

#[test]
fn help_is_reviewed() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments) in [
        ("help", vec!["--help"]),
        ("help_generate", vec!["generate", "--help"]),
        ("help_check", vec!["check", "--help"]),
        ("help_contract", vec!["contract", "--help"]),
        ("help_lint", vec!["lint", "--help"]),
    ] {
        let output = planchet(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(0));
        insta::assert_snapshot!(name, text(&output.stdout));
    }
}

#[test]
#[cfg(unix)]
fn every_tool_has_help() {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tools");
    for entry in std::fs::read_dir(&tools).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("tools/{}", path.file_name().unwrap().to_string_lossy());
        // Not asked where it cannot answer: it would go to work.
        let script = std::fs::read_to_string(&path).unwrap();
        assert!(script.contains("argparse") || script.contains("--help"), "{name}");
        let output = Command::new(&path).arg("--help").output().unwrap();
        // What `env` says where Python is missing; the gate needs cargo alone.
        if output.status.code() != Some(127) {
            assert!(output.status.success() && text(&output.stdout).contains(&name), "{name}: {output:?}");
        }
    }
}

#[test]
fn every_bad_document_is_refused_with_a_position() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad");
    let mut refusals = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_document = name.ends_with(".json") || name.ends_with(".yaml");
        if !is_document || name.contains("overlay") {
            continue;
        }
        // Warnings and notes do not stand in the way.
        let lint = planchet(&["lint", path.to_str().unwrap()], &folder);
        if lint.status.code() != Some(2) {
            continue;
        }
        let said = refused(&path);
        assert!(has_position(&said) || name.contains("empty"), "{name}: {said}");
        refusals += 1;
    }
    assert!(refusals >= 5, "{refusals} documents were refused");
}

#[test]
fn hostile_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let previous = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{previous}]\n"));
    }
    for (path, code) in [
        (folder.path().join("missing.json"), "file-missing"),
        (folder.path().to_path_buf(), "file-is-directory"),
        (file("empty.json", b""), "empty-document"),
        (file("text.json", b"not json"), "missing-version"),
        (file("cut.json", b"{\"openapi\": [}"), "json-syntax"),
        (file("text.yaml", b"a: [b\nc: }"), "yaml-syntax"),
        (file("deep.json", deep.as_bytes()), "too-deep"),
        (file("deep.yaml", deep.as_bytes()), "yaml-syntax"),
        (file("bomb.yaml", bomb.as_bytes()), "alias-bomb"),
    ] {
        let said = refused(&path);
        assert!(said.contains(&format!("error[{code}]")), "{}: {said}", path.display());
    }
}

#[test]
fn an_output_that_cannot_be_written_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/frontstream.json");
    // A file where a folder of the crate has to be: the failure comes after other files could have been written.
    std::fs::write(folder.path().join("Cargo.toml"), "# mine\n").unwrap();
    std::fs::write(folder.path().join("src"), "in the way\n").unwrap();
    let output = planchet(
        &["generate", document.to_str().unwrap(), "--out", folder.path().to_str().unwrap(), "--name", "x"],
        folder.path(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("error[output]"), "{}", text(&output.stderr));
    assert_eq!(std::fs::read_to_string(folder.path().join("Cargo.toml")).unwrap(), "# mine\n");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn wrong_usage_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (vec!["generate"], "planchet.toml` does not exist"),
        (vec!["generate", "x.json"], "--out <DIR>"),
        (vec!["lint", "x.json", "--deny", "no-such-code"], "no diagnostic has the code `no-such-code`"),
        (vec!["frobnicate"], "unrecognized subcommand"),
    ] {
        let output = planchet(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn wrong_settings_are_told_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("planchet.toml"), "output = 1\n").unwrap();
    std::fs::write(folder.path().join("choices.toml"), "\ndefaults = \"asume\"\n").unwrap();
    let lint = ["lint", "x.json", "--choices"];
    for (arguments, expected) in [
        (vec!["generate"], "planchet.toml:1:10: error[config]: invalid type: integer `1`"),
        ([&lint[..], &["choices.toml"]].concat(), "choices.toml:2:12: error[config]: unknown variant `asume`"),
        ([&lint[..], &["none.toml"]].concat(), "error[config]: `none.toml` does not exist\n  = hint: check the path"),
    ] {
        let output = planchet(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn check_tells_fresh_from_stale() {
    let folder = tempfile::tempdir().unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/frontstream.json");
    std::fs::copy(document, folder.path().join("api.json")).unwrap();
    std::fs::write(folder.path().join("planchet.toml"), "[[api]]\nmodule = \"pay\"\ndocument = \"api.json\"\n")
        .unwrap();
    assert_eq!(planchet(&["check"], folder.path()).status.code(), Some(1));
    let output = planchet(&[], folder.path());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), format!("pay: new\n{FOUND}")));
    assert_eq!(planchet(&["check"], folder.path()).status.code(), Some(0));
    assert_eq!(text(&planchet(&["generate"], folder.path()).stdout), format!("pay: unchanged\n{FOUND}"));
    std::fs::remove_file(folder.path().join("generated/support/limits.rs")).unwrap();
    assert_eq!(planchet(&["check"], folder.path()).status.code(), Some(1));
    let output = text(&planchet(&["generate"], folder.path()).stdout);
    assert_eq!(output, format!("pay: unchanged\nwhat all modules share: rewritten\n{FOUND}"));
    let changed = std::fs::read_to_string(folder.path().join("api.json"))
        .unwrap()
        .replace("\"maxLength\": 30", "\"maxLength\": 25");
    std::fs::write(folder.path().join("api.json"), changed).unwrap();
    assert_eq!(planchet(&["check"], folder.path()).status.code(), Some(1));
    let output = text(&planchet(&["generate"], folder.path()).stdout);
    assert_eq!(
        output,
        format!(
            "pay: GetTokenRequest.CardNum: string, maxLength 30, required → string, maxLength 25, required\n{FOUND}"
        )
    );
}

#[test]
fn a_denied_code_stops_generation() {
    let folder = tempfile::tempdir().unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/frontstream.json");
    std::fs::copy(document, folder.path().join("api.json")).unwrap();
    let generate = ["generate", "api.json", "--out", "pay", "--name", "pay"];
    let output = planchet(&[&generate[..], &["--deny", "made-operation-id"]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr).matches("[made-operation-id]").count(), 2);
    assert!(!folder.path().join("pay").exists(), "nothing is written");
    let output = planchet(&[&generate[..], &["--deny", "made-up"]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no diagnostic has the code `made-up`"));
    let output = planchet(&[&generate[..], &["--deny", "widened"]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(0));
}
