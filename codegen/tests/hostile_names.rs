//! Names that documents may have and Rust, Cargo, HTTP or a file system may not: in every position, all at once.

// What the fuzz target `names` checks as well.
#[path = "../../fuzz/src/names.rs"]
#[allow(dead_code, reason = "the fuzz target uses the rest")]
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use planchet::api::Api;
use planchet::emit::package::layout::crate_files;
use serde_json::json;

use names::{Extent, document, identifiers, meant, probe, problems, read};

/// Names that are hostile in ways of their own, beside those that the generator emits.
fn hostile() -> Vec<String> {
    let mut names: Vec<String> = [
        "",
        " ",
        "_",
        "__",
        "-",
        "+1",
        "-1",
        "1",
        "2fa",
        "007",
        "r#x",
        "r#type",
        "r#r",
        "'a",
        "'static",
        "Self",
        "self",
        "SELF",
        "super",
        "crate",
        "Foo",
        "foo",
        "FOO",
        "fOO",
        "foo_",
        "_foo",
        "foo2",
        "Foo 2",
        "foo-2",
        "fooBuilder",
        "Foo_Builder",
        "FooCall",
        "FooError",
        "FooResponse",
        "con",
        "CON",
        "Con ",
        "aux",
        "nul",
        "prn",
        "com1",
        "COM9",
        "lpt1",
        "conin$",
        "con.rs",
        "mod.rs",
        "a.",
        "a..",
        "..",
        "../x",
        "/etc/passwd",
        "C:\\x",
        "a:b",
        "a*b",
        "a\u{0}b",
        "a\rb",
        "a\nb",
        "a\tb",
        "a\u{7f}b",
        "a\u{85}b",
        "\u{202e}evil",
        "evil\u{2066}",
        "a\u{200b}b",
        "a\u{200d}b",
        "\u{feff}bom",
        "\u{ad}soft",
        "caf\u{e9}",
        "cafe\u{301}",
        "\u{fb01}",
        "\u{130}",
        "\u{131}",
        "\u{df}",
        "\u{1e9e}",
        "\u{3a3}\u{3c2}",
        "\u{4e2d}\u{6587}",
        "\u{1f600}",
        "\u{1f468}\u{200d}\u{1f469}",
        "\u{1d49c}",
        "\u{2118}",
        "\u{661}",
        "\u{2160}",
        "\"",
        "\\",
        "\\\"",
        "*/",
        "/*",
        "//",
        "#",
        "#!",
        "{",
        "}",
        "{}",
        "}{",
        "%",
        "%2F",
        "%zz",
        "?",
        "&",
        "=",
        "`",
        "``",
        "$",
        "<script>",
        "a,b",
        "a;b",
        "a|b",
        "a^b",
        "[x]",
        "x](y)",
        "builder",
        "with defaults",
        "additional properties",
        "Unknown",
        "build",
        "build_",
        "with_defaults_",
        "reader_",
        "name_",
        "value_",
        "self_",
        "self_2",
        "crate_",
        "models",
        "rules",
        "client",
        "registry",
        "lib",
        "main",
        "bin",
        "test",
        "tests",
        "benches",
        "examples",
        "std",
        "core",
        "alloc",
        "proc_macro",
        "macro_rules",
        "union",
        "auto",
        "raw",
        "safe",
        "default",
        "dyn",
        "async",
        "await",
        "gen",
        "try",
        "yield",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "f16",
        "f32",
        "f64",
        "f128",
        "bool",
        "char",
        "str",
        "never",
        "array",
        "slice",
        "tuple",
        "unit",
        "fn",
        "pointer",
        "reference",
        "String",
        "Vec",
        "Option",
        "Result",
        "Box",
        "Some",
        "None",
        "Ok",
        "Err",
        "Send",
        "Sync",
        "Sized",
        "Copy",
        "Clone",
        "Drop",
        "Fn",
        "FnMut",
        "FnOnce",
        "AsyncFn",
        "AsRef",
        "AsMut",
        "Into",
        "From",
        "TryFrom",
        "TryInto",
        "FromIterator",
        "Future",
        "IntoFuture",
        "Default",
        "Iterator",
        "Extend",
        "IntoIterator",
        "DoubleEndedIterator",
        "ExactSizeIterator",
        "ToOwned",
        "ToString",
        "Debug",
        "Hash",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Display",
        "Error",
        "Serialize",
        "Deserialize",
        "Serializer",
        "Deserializer",
        "add",
        "as_mut",
        "cmp",
        "eq",
        "from_iter",
        "from_str",
        "hash",
        "index",
        "into_iter",
        "is_empty",
        "iter",
        "len",
        "new",
        "next",
        "not",
        "to_string",
        "panic",
        "format",
        "println",
        "assert",
        "matches",
        "vec",
        "write",
        "derive",
        "doc",
        "cfg",
        "test_case",
        "serde",
        "serde_json",
        "regress",
        "zeroize",
        "http",
        "http-body",
        "http_body_util",
        "bytes",
        "tower",
        "tracing",
        "reqwest",
        "uuid",
        "jiff",
        "idna",
        "tokio",
    ]
    .map(str::to_owned)
    .into();
    names.extend(KEYWORDS.split(' ').map(str::to_owned));
    names.push("x".repeat(300));
    names.push(format!("{}1", "x".repeat(300)));
    names.push("Long name ".repeat(40));
    names.push("_".repeat(300));
    names.push("\u{1f600}".repeat(100));
    names
}

/// The Rust Reference, "Keywords": strict, reserved and weak ones, of all editions.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in let \
    loop macro match mod move mut override priv pub ref return self Self static struct super trait true try type typeof unsafe unsized use \
    virtual where while yield macro_rules raw safe union";

/// The names of the emitted files that a document's names stand in, and the hostile ones.
fn names_in_scope() -> Vec<String> {
    let mut probe = probe();
    // Of the run-time code, only the macros are expanded where the document's names are.
    probe.retain(|path, _| !path.contains("/support/") || path.ends_with("macros.rs"));
    let mut found: BTreeSet<String> = identifiers(&probe);
    assert!(found.len() > 200 && found.contains("BuildError") && found.contains("transport"));
    found.extend(hostile());
    found.into_iter().collect()
}

/// Every name of the emitted crate, its run-time code included, the hostile ones, and some of all in other cases.
fn all_names() -> Vec<String> {
    let probe = probe();
    let mut found: BTreeSet<String> = identifiers(&probe);
    assert!(found.len() > 1_000);
    let other_cases: Vec<String> =
        found.iter().flat_map(|name| [name.to_uppercase(), name.to_lowercase()]).step_by(7).collect();
    found.extend(other_cases);
    found.extend(hostile());
    found.into_iter().collect()
}

/// Writes a crate where the last run's was, so that what did not change is not compiled again.
fn write(name: &str, files: &BTreeMap<String, String>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(folder.join("src"));
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    // The versions that this repository is locked to, so that nothing new has to be fetched.
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn cargo(arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("names-target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let first: String =
        said.lines().filter(|line| !line.trim_start().starts_with(['C', 'D'])).take(600).collect::<Vec<_>>().join("\n");
    assert!(output.status.success(), "cargo {arguments:?} in {}:\n{first}", folder.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "compiles a crate of 200,000 lines"]
fn a_crate_of_every_emitted_name_compiles() {
    let files = crate_files(&read(&document(&names_in_scope(), Extent::Every(24))).unwrap(), "hostile-names").unwrap();
    let folder = write("hostile-names", &files);
    let clippy =
        Command::new(env!("CARGO")).args(["clippy", "--version"]).output().is_ok_and(|output| output.status.success());
    cargo(&[if clippy { "clippy" } else { "check" }, "--offline", "--all-features", "--lib"], &folder);
}

#[test]
#[ignore = "documents and tests a crate of 200,000 lines"]
fn a_crate_of_every_emitted_name_is_documented_and_tested() {
    let files = crate_files(&read(&document(&names_in_scope(), Extent::Every(24))).unwrap(), "hostile-names").unwrap();
    let folder = write("hostile-names-documented", &files);
    cargo(&["doc", "--offline", "--all-features", "--no-deps"], &folder);
    cargo(&["test", "--offline", "--all-features"], &folder);
}

#[test]
#[ignore = "makes a crate of 700,000 lines, without compiling it"]
fn names_of_the_run_time_code_make_no_problems() {
    let files = crate_files(&read(&document(&all_names(), Extent::Every(24))).unwrap(), "hostile-names").unwrap();
    assert_eq!(problems(&files), Vec::<String>::new());
}

/// Generates a crate of a document without anything into a folder: the exit code, what was said, and whether something is there.
fn generate(name: &str) -> (Option<i32>, String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("api.json");
    std::fs::write(
        &document,
        json!({ "openapi": "3.1.0", "info": { "title": "", "version": "" }, "paths": {} }).to_string(),
    )
    .unwrap();
    let out = folder.path().join("out");
    let arguments = ["generate", document.to_str().unwrap(), "--out", out.to_str().unwrap(), &format!("--name={name}")];
    let output = Command::new(env!("CARGO_BIN_EXE_planchet")).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned(), out.exists())
}

#[test]
fn a_package_has_a_name_that_cargo_takes() {
    let long = "a".repeat(65);
    let refused = [
        "",
        "test",
        "core",
        "std",
        "alloc",
        "proc-macro",
        "proc_macro",
        "fn",
        "self",
        "async",
        "gen",
        "crate",
        "super",
        "true",
        "1a",
        "_",
        "-a",
        "a b",
        "a.b",
        "../a",
        "a/b",
        "\u{e9}",
        "a\u{202e}",
        "serde",
        "serde_json",
        "http-body",
        "http_body",
        "reqwest",
        "con",
        "nul",
        "com1",
        "LPT9",
        &long,
    ];
    for name in refused {
        let (code, said, is_there) = generate(name);
        assert_eq!((code, is_there), (Some(2), false), "{name}: {said}");
        assert!(said.starts_with("error[usage]: ") && !said.contains('\u{202e}'), "{name}: {said}");
    }
    for name in
        ["a", "a-b", "lib", "main", "bin", "support", "client", "models", "pet_store", "A1", "str", &"a".repeat(64)]
    {
        let (code, said, is_there) = generate(name);
        assert_eq!((code, is_there), (Some(0), true), "{name}: {said}");
    }
}

#[test]
fn no_module_of_a_crate_stands_where_cargo_looks_for_something_else() {
    for (package, module) in [
        ("lib", "lib_api"),
        ("main", "main_api"),
        ("bin", "bin_api"),
        ("support", "support_api"),
        ("str", "str_api"),
        ("pets", "pets"),
    ] {
        let files = crate_files(&Api::default(), package).unwrap();
        assert!(files.contains_key(&format!("src/{module}/mod.rs")), "{package}: {:?}", files.keys());
    }
}

#[test]
fn every_hostile_name_makes_files_and_items_of_its_own() {
    let files = crate_files(&read(&document(&hostile(), Extent::Every(24))).unwrap(), "hostile-names").unwrap();
    assert_eq!(problems(&files), Vec::<String>::new());
    let of_tags = files.keys().filter(|path| path.contains("/client/")).count();
    assert!(of_tags > 250, "{of_tags} files of the client");
}

#[test]
fn no_name_of_a_document_is_taken_for_one_that_emitted_code_means() {
    let meant = meant();
    for name in ["BuildError", "Option", "Reader", "Some", "Vec", "Violations", "call", "received", "std", "str"] {
        assert!(meant.contains(name), "{name}: {meant:?}");
    }
    let names: Vec<String> = meant.into_iter().collect();
    let files = crate_files(&read(&document(&names, Extent::Every(24))).unwrap(), "hostile-names").unwrap();
    assert_eq!(problems(&files), Vec::<String>::new());
}

#[test]
fn the_seeds_of_the_fuzz_target_make_no_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/names");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        names::check(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 5);
}

#[test]
fn the_recursion_limit_follows_the_deepest_nesting() {
    let chain = |length: usize| {
        let model = |index: usize| {
            let next = json!({ "$ref": format!("#/components/schemas/M{}", index + 1) });
            (
                format!("M{index}"),
                json!({ "type": "object", "properties": { "n": { "type": "array", "items": next } } }),
            )
        };
        let mut schemas: serde_json::Map<String, serde_json::Value> = (0..length).map(model).collect();
        schemas.insert(format!("M{length}"), json!({ "type": "object", "properties": { "x": { "type": "string" } } }));
        let document = json!({ "openapi": "3.1.0", "info": { "title": "", "version": "" }, "paths": {}, "components": { "schemas": schemas } });
        crate_files(&read(&document).unwrap(), "chain").unwrap().remove("src/lib.rs").unwrap()
    };
    assert!(!chain(12).contains("recursion_limit"));
    for (length, limit) in [(125, 1_024), (2_000, 16_384)] {
        let (attribute, lib) = (format!("#![recursion_limit = \"{limit}\"]"), chain(length));
        assert!(lib.lines().any(|line| line == attribute), "{lib}");
        // A program that uses the crate may need it too.
        assert!(lib.lines().any(|line| line.starts_with("//!") && line.contains(&attribute)), "{lib}");
    }
}
