//! A crate whose document has hostile texts wherever a document has texts: it builds, nothing of the document runs under `cargo test`,
//! and rustdoc has nothing to say.

use std::path::Path;
use std::process::{Command, Output};

use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::crate_files;
use planchet::pipeline::read_api;
use serde_json::{Map, Value, json};

/// The texts, one a line as JSON strings; `tools/pages` takes the same.
fn attacks() -> Vec<String> {
    include_str!("hostile/texts.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A document of all texts in all positions.
fn document(attacks: &[String]) -> Value {
    let all = attacks.join("\n\n");
    let (mut paths, mut schemas, mut schemes, mut webhooks) = (Map::new(), Map::new(), Map::new(), Map::new());
    let mut tags = Vec::new();
    for (index, text) in attacks.iter().enumerate() {
        let documentation = json!({ "url": "https://docs.example", "description": text });
        tags.push(json!({ "name": format!("tag {index}"), "description": text, "externalDocs": documentation }));
        // A pattern, a constant and a name are shown as code.
        let word: String = text.chars().filter(|char| !char.is_control()).collect();
        schemas.insert(
            format!("Described{index}"),
            json!({
                "type": "object", "title": text, "description": text, "externalDocs": documentation,
                "required": ["titled"], "deprecated": index % 2 == 0,
                "properties": {
                    "described": { "type": "string", "description": text, "default": text, "example": text, "minLength": 1 },
                    "titled": { "type": "string", "title": text, "enum": ["a", text] },
                    "open": { "type": "object", "description": text, "additionalProperties": { "type": "string", "description": text } },
                    "listed": { "type": "array", "description": text, "items": { "type": "integer", "description": text } },
                    "shaped": { "type": "string", "format": word, "description": text, "deprecated": true },
                    format!("named {word}"): { "type": "string", "readOnly": true },
                },
            }),
        );
        schemas.insert(format!("Titled{index}"), json!({ "type": "object", "title": text, "properties": {} }));
        schemas.insert(
            format!("Constants{index}"),
            json!({ "description": text, "oneOf": [
                { "const": "one", "title": text, "description": text }, { "const": text, "title": "Two", "description": text },
            ]}),
        );
        schemas.insert(
            format!("Union{index}"),
            json!({ "description": text, "oneOf": [
                { "type": "string", "title": "Text", "description": text },
                { "type": "object", "title": "Object", "description": text, "properties": { "a": { "type": "string" } } },
            ]}),
        );
        let schema = json!({ "$ref": format!("#/components/schemas/Described{index}") });
        let content = json!({ "application/json": { "schema": schema, "examples": { "x": { "summary": text, "description": text } } } });
        let parameter = |name: &str, place: &str| {
            json!({ "name": name, "in": place, "description": text, "required": place == "path", "deprecated": place == "query",
                "schema": { "type": "string", "description": text, "default": text, "enum": ["b", text] } })
        };
        paths.insert(
            format!("/things{index}/{{id}}"),
            json!({
                "summary": text, "description": text,
                "parameters": [parameter("id", "path")],
                "servers": [{ "url": format!("https://{index}.example/{word}"), "description": text }],
                "post": {
                    "operationId": format!("operation{index}"), "tags": [format!("tag {index}")], "summary": text, "description": text,
                    "externalDocs": documentation, "deprecated": index % 2 == 1,
                    "parameters": [parameter("query", "query"), parameter("X-Header", "header"), parameter("cookie", "cookie")],
                    "requestBody": { "description": text, "required": true, "content": content },
                    "security": [{ format!("scheme{index}"): [] }],
                    "responses": {
                        "200": { "description": text, "content": content,
                            "headers": { "X-Told": { "description": text, "schema": { "type": "string", "description": text } } },
                            "links": { "next": { "operationId": "operation0", "description": text } } },
                        "202": { "description": text },
                        "4XX": { "description": text, "content": content },
                        "default": { "description": text },
                    },
                    "callbacks": { "told": { "{$request.body#/described}": { "post": {
                        "summary": text, "description": text, "requestBody": { "description": text, "content": content },
                        "responses": { "200": { "description": text } },
                    } } } },
                },
            }),
        );
        schemes.insert(
            format!("scheme{index}"),
            json!({ "type": "apiKey", "in": "header", "name": format!("X-Key-{index}"), "description": text }),
        );
        webhooks.insert(
            format!("hook{index}"),
            json!({ "post": { "summary": text, "description": text, "requestBody": { "content": content },
                "responses": { "200": { "description": text } } } }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": all, "version": all, "summary": all, "description": all, "termsOfService": "https://x.example",
            "contact": { "name": all }, "license": { "name": all } },
        "servers": [{ "url": "https://{region}.example", "description": all,
            "variables": { "region": { "default": "eu", "description": all } } }],
        "tags": tags, "paths": paths, "webhooks": webhooks,
        "components": { "schemas": schemas, "securitySchemes": schemes },
    })
}

fn run(folder: &Path, command: &[&str]) -> Output {
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args(["--no-default-features", "--features", "client,registry"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-texts-target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    output
}

/// Calls a function for the text of every file below a folder.
fn each_file(folder: &Path, found: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_file(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found(&path, &text);
        }
    }
}

#[test]
fn nothing_of_a_document_runs() {
    let attacks = attacks();
    assert!(attacks.len() >= 20);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-texts");
    // An earlier run's.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("document.json");
    std::fs::write(&path, document(&attacks).to_string()).unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report);
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    let mut comments = 0;
    for (path, text) in crate_files(&api, "hostile-texts").unwrap() {
        assert!(!path.ends_with(".rs") || planchet::emit::text::source::is_rust(&text), "{path}");
        comments += text.lines().filter(|line| line.trim_start().starts_with("//")).count();
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    // A test of a crate without the texts would see nothing.
    assert!(comments > 5_000, "{comments}");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let tested = run(&folder, &["test"]);
    let tested = String::from_utf8(tested.stdout).unwrap();
    // The examples of the run-time code are ours.
    let foreign =
        |line: &&str| line.starts_with("test ") && !line.starts_with("test result") && !line.contains("src/support/");
    let ran: Vec<&str> = tested.lines().filter(foreign).collect();
    // So is the quick start, of which the page below shows that it has names and no texts.
    assert!(
        tested.contains("running ") && ran.len() == 1 && ran[0].starts_with("test src/lib.rs - (line "),
        "{ran:#?}"
    );
    assert!(ran[0].ends_with(" - compile ... ok"), "{ran:#?}");
    let library = std::fs::read_to_string(folder.join("src/lib.rs")).unwrap();
    let (_, start) = library.split_once("//! ```no_run\n").unwrap();
    let (start, _) = start.split_once("//! ```\n").unwrap();
    insta::assert_snapshot!(start);
    run(&folder, &["doc", "--no-deps"]);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-texts-target");
    let mut pages = 0;
    each_file(&target.join("doc/hostile_texts"), &mut |path, text| {
        pages += usize::from(path.extension().is_some_and(|extension| extension == "html"));
        for start in
            ["<script>document.title", "<img src=x", "<svg", "<iframe", "<style>*", "href=\"javascript:", "src=\"data:"]
        {
            assert!(!text.contains(start), "{}: {start}", path.display());
        }
        assert!(!text.contains(['\0', '\u{202e}', '\u{1b}']), "{}", path.display());
    });
    assert!(pages > 100, "{pages}");
    each_file(&folder, &mut |path, _| assert!(!path.ends_with("pwned"), "{}", path.display()));
}
