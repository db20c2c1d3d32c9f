//! What a consumer compiles: its own build script's output, or this crate without the generator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

use std::path::Path;
use std::process::Command;

fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers"))
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_consumers_build_script_generates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    for file in ["build.rs", "pets.yaml", "src/main.rs"] {
        std::fs::copy(root.join("tests/consumer").join(file), folder.join(file)).unwrap();
    }
    let manifest = std::fs::read_to_string(root.join("tests/consumer/Cargo.toml")).unwrap();
    let codegen = format!("{:?}", root.join("codegen"));
    std::fs::write(folder.join("Cargo.toml"), manifest.replace("\"../../codegen\"", &codegen)).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let said = cargo(&folder, &["run", "--quiet"]);
    assert_eq!(
        said,
        "/name: must have at least 1 characters, has 0\n/kind: must be one of the 2 listed values\nSome(Schema { name: \"Pet\", .. })\n"
    );
}

/// The dependencies of a package outside the workspace that depends on this crate by path.
fn tree(name: &str, dependency: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), "").unwrap();
    let dependency = dependency.replace("PATH", &format!("{root:?}"));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\nplanchet-payments = {dependency}\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(&folder, &["tree", "-e", "normal,build", "--prefix", "none"])
}

#[test]
fn a_consumer_compiles_no_generator() {
    let all = tree("consumer-of-all", "{ path = PATH }");
    assert!(all.contains("reqwest "), "{all}");
    for generator in ["planchet v", "openapiv3 ", "prettyplease ", "saphyr-parser "] {
        assert!(!all.contains(generator), "{generator}: {all}");
    }
    let one = tree("consumer-of-one", "{ path = PATH, default-features = false, features = [\"frontstream\"] }");
    for client in ["reqwest ", "hyper ", "http ", "tower ", "rustls ", "tokio "] {
        assert!(!one.contains(client), "{client}: {one}");
    }
    assert!(one.contains("serde_json "), "{one}");
}
