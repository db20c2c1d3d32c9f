//! A changed document, in a copy of this repository: what is generated follows when it is compiled; in CI it is refused, with nothing
//! written. (`codegen/tests/contract.rs` holds the listing against the document.)

use std::path::Path;
use std::process::Command;

/// Copies a file or a folder, build output aside.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name() != "target" {
                copy(&entry.path(), &to.join(entry.file_name()));
            }
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}

/// Compiles the crate of the copy: whether that worked, and what was said.
fn compile(folder: &Path, environment: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["check", "-p", "planchet-payments", "--features", "regenerate"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("freshness-target"))
        .env_remove("CI");
    command.envs(environment.iter().copied());
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

#[test]
fn a_changed_document_is_noticed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("freshness");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "planchet.toml",
        "openapi",
        "codegen",
        "generated",
        "tests",
        "examples",
    ] {
        copy(&root.join(name), &folder.join(name));
    }
    let document = folder.join("openapi/frontstream.json");
    let listing = folder.join("generated/frontstream/contract.txt");
    let original = std::fs::read_to_string(&document).unwrap();
    let fresh = std::fs::read_to_string(&listing).unwrap();
    std::fs::write(&document, original.replacen("\"maxLength\": 30", "\"maxLength\": 25", 1)).unwrap();

    let (passed, said) = compile(&folder, &[("CI", "true")]);
    assert!(!passed, "{said}");
    assert!(said.contains("run `cargo run` and commit what it writes"), "{said}");
    assert_eq!(std::fs::read_to_string(&listing).unwrap(), fresh, "in CI nothing is written");

    let (passed, said) = compile(&folder, &[]);
    assert!(passed, "{said}");
    let rewritten = std::fs::read_to_string(&listing).unwrap();
    let differing: Vec<(&str, &str)> = fresh.lines().zip(rewritten.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(
        differing,
        [(
            "  CardNum: string, maxLength 30, format card-number, sensitive, required",
            "  CardNum: string, maxLength 25, format card-number, sensitive, required"
        )]
    );

    let (passed, said) = compile(&folder, &[("CI", "true")]);
    assert!(passed, "{said}");
}
