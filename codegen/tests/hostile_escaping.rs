//! Texts of strangers, hostile in every position: no control, bidirectional or invisible character reaches a terminal, a
//! log, a listing or Cargo, and no text can write a line of its own.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

/// What terminals, diffs and people are misled with.
const HOSTILE: [&str; 12] = [
    "a\nb",
    "a\r\nerror[forged]: b",
    "a\tb",
    "a\u{1b}]0;title\u{7}\u{1b}[2Jb",
    "a\0b",
    "a\u{7f}\u{9b}31mb",
    "a\u{202e}b\u{2066}c",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\u{feff}a\u{200b}b\u{200d}c\u{ad}",
    "\u{e0041}a\u{3164}",
    "a: string\n  Admin: string, required",
    "a\ncargo:rustc-cfg=owned\ncargo::error=owned",
];

/// What must not be written anywhere: everything that `char::escape_debug` would not show either, but spaces and letters.
fn is_hostile(c: char) -> bool {
    c != '\n'
        && (c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{feff}' | '\u{3164}' | '\u{e0000}'..='\u{e007f}'))
}

fn assert_clean(what: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{what} is not UTF-8"));
    if let Some(line) = text.lines().find(|line| line.contains(is_hostile)) {
        panic!("{what} writes {line:?}");
    }
    assert!(!text.contains(['\r']), "{what}");
    text
}

fn planchet(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planchet")).current_dir(folder).args(arguments).output().unwrap()
}

/// A legal document, as far as it can be one, with a text in every position that takes one.
fn document(h: &str) -> Value {
    let schema = json!({
        "type": "object", "title": h, "description": h,
        "required": [h, format!("{h}undeclared")],
        "properties": {
            h: { "type": "string", "format": h, "default": h, "example": h, "description": h },
            format!("{h}2"): { "type": "string", "enum": [h, "b"], "pattern": format!("^{}$", h.replace(['[', ']'], "")) },
            format!("{h}3"): { "type": "array", "items": { "type": "object", "properties": { h: { "type": "integer", "default": h } } } },
            format!("{h}4"): { "$ref": format!("#/components/schemas/{h}none") },
            format!("{h}5"): { h: 1, "type": "string", "requierd": [] }
        },
        "dependentRequired": { h: [h] },
        "patternProperties": { "^x": { "const": h } },
        "discriminator": { "propertyName": h, "mapping": { h: h } },
        "example": { h: 1 }
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": h, "version": h, "description": h, h: 1, "license": { "name": h, "url": h } },
        "servers": [{ "url": format!("https://example.com/{h}/{{{h}}}"), "description": h, "variables": { h: { "default": h, "enum": [h] } } }],
        "tags": [{ "name": h, "description": h }],
        "paths": {
            format!("/{h}/{{{h}}}"): {
                "post": {
                    "operationId": h, "summary": h, "tags": [h], "deprecated": true, h: 1,
                    "security": [{ h: [h] }, { format!("{h}none"): [] }],
                    "parameters": [
                        { "name": h, "in": "query", "schema": { "type": "string" }, "example": 1 },
                        { "name": h, "in": "header", "schema": { "type": "string" } },
                        { "name": h, "in": "cookie", "schema": { "type": "string" } },
                        { "name": format!("{h}c"), "in": "query", "content": { h: { "schema": { "type": "object" } } } },
                        { "name": format!("{h}p"), "in": "path", "required": true, "schema": { "type": "string" } }
                    ],
                    "requestBody": { "required": true, "content": {
                        "application/json": { "schema": { "$ref": format!("#/components/schemas/{h}") }, "example": { h: 1 } },
                        format!("text/{h}"): { "schema": { "type": "string" } },
                        "multipart/form-data": { "schema": schema, "encoding": { h: { "contentType": h } } }
                    } },
                    "responses": {
                        "200": { "description": h, "headers": { h: { "schema": { "type": "string" } } }, "content": { format!("a/{h}"): {} } },
                        "400": { "description": h, "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{h}") } } } }
                    },
                    "callbacks": { h: { format!("{{{h}}}"): { "post": { "responses": {} } } } }
                }
            }
        },
        "webhooks": { h: { "post": { "operationId": format!("{h}w"), "responses": {} } } },
        "components": {
            "schemas": { h: schema, format!("{h}b"): { "oneOf": [{ "$ref": format!("#/components/schemas/{h}") }, { "type": "object", "title": h }] } },
            "securitySchemes": {
                h: { "type": "apiKey", "in": "header", "name": h },
                format!("{h}2"): { "type": "http", "scheme": h },
                format!("{h}3"): { "type": "oauth2", "flows": { "password": { "tokenUrl": h, "scopes": { h: h } } } }
            }
        }
    })
}

/// The same with a text wherever a fixed word is demanded: everything that can be an error is one.
fn broken(h: &str) -> Value {
    let mut document = document(h);
    let operation = json!({
        "parameters": [{ "name": h, "in": h, "schema": { "type": h } }, { "name": h, "in": "query", "style": h, "schema": { "type": "array", "minItems": h, "pattern": format!("({h}") } }],
        "responses": { h: { "description": h }, "200": { "$ref": h } },
        "requestBody": { "$ref": format!("./{h}.yaml#/a") }
    });
    document["paths"][h] = json!({ "get": operation });
    document["paths"]["/b"] = json!({ "get": operation, h: { "responses": {} } });
    document["components"]["securitySchemes"]["t"] = json!({ "type": h });
    document["components"]["schemas"]["t"] = json!({ "type": h, "$ref": h, "allOf": h, "required": h });
    document[h] = json!(1);
    document
}

fn run_all(what: &str, folder: &Path) {
    for arguments in [
        &["lint", "api.json"][..],
        &["lint", "api.json", "--format", "json"],
        &["lint", "api.json", "--deny", "all"],
        &["contract", "api.json"],
        &["generate", "api.json", "--out", "out", "--name", "made"],
        &["generate"],
        &["generate", "--format", "json"],
        &["check"],
    ] {
        let output = planchet(folder, arguments);
        let name = format!("{what}: {arguments:?}");
        assert!(output.status.code().is_some_and(|code| code <= 2), "{name}: {output:?}");
        let text = assert_clean(&name, &output.stdout);
        let errors = assert_clean(&name, &output.stderr);
        if arguments.contains(&"json") {
            for line in errors.lines() {
                let _: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"));
            }
        }
        let forged = ["  Admin: string, required", "error[forged]: b", "cargo:rustc-cfg=owned"];
        let found =
            text.lines().chain(errors.lines()).find(|line| forged.iter().any(|forged| line.starts_with(forged)));
        assert!(found.is_none(), "{name}: {found:?}");
    }
    for listing in ["out/contract.txt", "out/src/contract.txt", "generated/one/contract.txt"] {
        if let Ok(bytes) = std::fs::read(folder.join(listing)) {
            assert_clean(&format!("{what}: {listing}"), &bytes);
        }
    }
}

#[test]
fn no_command_prints_what_a_terminal_would_act_on() {
    for (index, hostile) in HOSTILE.into_iter().enumerate() {
        for (kind, document) in [("document", document(hostile)), ("broken", broken(hostile))] {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            std::fs::write(folder.join("api.json"), serde_json::to_string_pretty(&document).unwrap()).unwrap();
            let config = "output = \"generated\"\n[[api]]\nname = \"one\"\ndocument = \"api.json\"\n";
            std::fs::write(folder.join("planchet.toml"), config).unwrap();
            run_all(&format!("{kind} {index}"), folder);
        }
    }
}

/// YAML and its own syntax errors: raw characters in the excerpt.
#[test]
fn excerpts_show_what_cannot_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    for (index, text) in [
        "openapi: 3.0.3\nb\u{202e}ad\u{feff}: [\u{200b}\n",
        "openapi: 3.0.3\ninfo: {title: \"a\u{85}\u{2028}\u{9b}b\", version: 1}\r\npaths: {}\r\nb\u{7f}ad: 1\n",
        "{\"openapi\": \"3.0.3\", \"a\u{202e}\": nul\u{1b}}",
        "\u{1b}[2J",
    ]
    .into_iter()
    .enumerate()
    {
        for name in ["api.json", "api.yaml"] {
            std::fs::write(folder.path().join(name), text).unwrap();
            for format in ["text", "json"] {
                let output = planchet(folder.path(), &["lint", name, "--format", format]);
                assert_clean(&format!("{index} {name}"), &output.stdout);
                assert_clean(&format!("{index} {name}"), &output.stderr);
            }
        }
    }
    std::fs::write(
        folder.path().join("api.yaml"),
        "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: {}\n\"\u{202e}x\": 1\n",
    )
    .unwrap();
    let output = planchet(folder.path(), &["lint", "api.yaml"]);
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap());
}

/// Names of files are strangers' texts as well: an archive, a repository, a reference chose them.
#[cfg(unix)]
#[test]
fn names_of_files_are_escaped() {
    for hostile in HOSTILE.into_iter().filter(|name| !name.contains(['\0', '/'])) {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("{hostile}.yaml");
        std::fs::write(folder.path().join(&name), "openapi: 3.0.3\npaths: {/a: {get: {}}}\nx: 1\n").unwrap();
        let config =
            format!("output = {hostile:?}\n[[api]]\nname = \"one\"\ndocument = {name:?}\n").replace("\\u{", "\\U{");
        std::fs::write(folder.path().join("planchet.toml"), config).unwrap();
        for arguments in [
            &["lint", &name][..],
            &["lint", &name, "--format", "json"],
            &["lint", &format!("{hostile}none")],
            &["contract", &name, "--overlay", &name],
            &["generate", &name, "--out", "out", "--name", hostile],
            &["lint", &name, "--deny", hostile],
            &["lint", &name, "--choices", hostile],
            &["lint", &name, "--remote", hostile],
            &["lint", &name, &format!("--{hostile}")],
            &[hostile],
            &["generate"],
            &["check", "--config", hostile],
        ] {
            let output = planchet(folder.path(), arguments);
            assert_clean(&format!("{arguments:?}"), &output.stdout);
            assert_clean(&format!("{arguments:?}"), &output.stderr);
        }
    }
}

/// The build script of a package obeys no line that a document wrote. Run by the test below, in a process of its own.
#[test]
fn build_script() {
    let Some(folder) = std::env::var_os("PLANCHET_TEST_BUILD_SCRIPT") else { return };
    std::env::set_current_dir(folder).unwrap();
    let results = [planchet::build::Builder::new("api.json").generate(), planchet::build::regenerate(Path::new("."))];
    for result in results {
        if let Err(error) = result {
            println!("error: {error}\n{error:?}");
        }
    }
}

#[test]
fn cargo_is_told_nothing_that_a_document_wrote() {
    for (index, hostile) in HOSTILE.into_iter().enumerate() {
        for document in [document(hostile), broken(hostile)] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("api.json"), document.to_string()).unwrap();
            let config = "output = \"generated\"\n[[api]]\nname = \"one\"\ndocument = \"api.json\"\n";
            std::fs::write(folder.path().join("planchet.toml"), config).unwrap();
            let output = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "build_script", "--nocapture"])
                .env("PLANCHET_TEST_BUILD_SCRIPT", folder.path())
                .env("OUT_DIR", folder.path())
                .env("CI", "1")
                .output()
                .unwrap();
            let text = assert_clean(&format!("build script {index}"), &output.stdout);
            assert!(text.contains("cargo:rerun-if-changed="), "{text}");
            let told = text.lines().filter(|line| line.starts_with("cargo:"));
            for line in told {
                assert!(
                    line.starts_with("cargo:rerun-if-changed=") || line == "cargo:rerun-if-env-changed=CI",
                    "{line}"
                );
            }
        }
    }
}

/// The two attacks of the issue: lines that the document never earned.
#[test]
fn no_text_writes_a_line_of_a_listing() {
    let forged = "x: string\n\nschema Forged: object\n  admin: boolean";
    let folder = tempfile::tempdir().unwrap();
    let plain = document("plain");
    for (text, place) in
        [("/components/schemas/plain/properties", 0), ("/components/securitySchemes", 1), ("/paths", 2)]
    {
        let mut document = plain.clone();
        let members = document.pointer_mut(text).unwrap().as_object_mut().unwrap();
        let first = members.values().next().unwrap().clone();
        members.insert(if place == 2 { format!("/{forged}") } else { forged.to_owned() }, first);
        std::fs::write(folder.path().join("api.json"), document.to_string()).unwrap();
        let output = planchet(folder.path(), &["contract", "api.json"]);
        let listing = assert_clean(text, &output.stdout);
        assert!(listing.contains("Forged"), "{listing}{output:?}");
        assert!(
            !listing.lines().any(|line| line.starts_with("schema Forged") || line == "  admin: boolean"),
            "{listing}"
        );
    }
}

#[test]
fn violations_and_faults_show_names_escaped() {
    use planchet::runtime::{Rule, Violation, Violations};
    for hostile in HOSTILE {
        let name: &'static str = Box::leak(hostile.to_owned().into_boxed_str());
        let violation = |rule| Violation { pointer: format!("/{hostile}"), rule, schema: "/a" };
        let rules = [
            Rule::Required { name: hostile.to_owned().into() },
            Rule::Pattern { pattern: name },
            Rule::Format { format: name },
            Rule::DependentRequired { name, because_of: name },
            Rule::AdditionalProperties,
        ];
        let mut list: Vec<Violation> = rules.into_iter().map(violation).collect();
        list.push(violation(Rule::AnyOf { branches: vec![list.clone()], truncated: false }));
        let count = list.len();
        let violations = Violations::from_list(list).unwrap();
        let text = assert_clean("Display", violations.to_string().as_bytes());
        assert_eq!(text.lines().count(), count);
        // `Debug` is Rust's own escaping: it takes the Hangul filler for the letter that it is by its category.
        assert_clean("Debug", format!("{violations:?}").replace('\u{3164}', "").as_bytes());
        assert!(violations.iter().all(|violation| violation.pointer == format!("/{hostile}")), "pointers stay exact");
        let details = violations.problem()["errors"].as_array().unwrap().clone();
        for error in details {
            assert_clean("detail", error["detail"].as_str().unwrap().as_bytes());
        }
    }
}
