//! The quick start of a crate compiles, whatever its first operation takes: each operation of a document is made the first one in turn.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::crate_files;
use planchet::emit::package::quick_start::quick_start;
use planchet::pipeline::read_api;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Kinds of arguments, version: "1" }
servers: [{ url: /v1 }]
security: [{ key: [], user: [] }]
paths:
  /none: { get: { operationId: type, responses: &done { "204": { description: Done } } } }
  /text/{a}/{b}:
    get:
      operationId: texts
      parameters:
        - { name: a, in: path, required: true, schema: { type: string } }
        - { name: b, in: path, required: true, schema: { $ref: "#/components/schemas/Kind" } }
        - { name: c, in: query, required: true, schema: { type: array, items: { $ref: "#/components/schemas/Kind" } } }
        - { name: d, in: query, required: true, schema: { type: array, items: { type: integer } } }
      responses: { "200": { description: Text, content: { text/plain: { schema: { type: string } } } } }
  /numbers:
    get:
      operationId: numbers
      parameters:
        - { name: a, in: query, required: true, schema: { type: integer, minimum: 7 } }
        - { name: b, in: query, required: true, schema: { type: number, exclusiveMaximum: -3 } }
        - { name: c, in: query, required: true, schema: { type: boolean } }
        - { name: d, in: query, required: true, schema: { type: integer, minimum: 0, maximum: 18446744073709551615 } }
      responses: *done
  /formats/{id}:
    get:
      operationId: formats
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: at, in: query, required: true, schema: { type: string, format: date-time } }
        - { name: on, in: query, required: true, schema: { type: string, format: date } }
        - { name: password, in: header, required: true, schema: { type: string, format: password } }
      responses: *done
  /built:
    post:
      operationId: built
      requestBody: { required: true, content: &client { application/json: { schema: { $ref: "#/components/schemas/Client" } } } }
      responses: { "200": { description: A client, content: *client } }
  /optional: { post: { operationId: optional, requestBody: { content: *client }, responses: *done } }
  /nullable:
    post:
      operationId: nullable
      requestBody: { required: true, content: { application/json: { schema: { anyOf: [{ $ref: "#/components/schemas/Error" }, { type: "null" }] } } } }
      responses: *done
  /read:
    post:
      operationId: read
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Either" } } } }
      responses: *done
  /list:
    post:
      operationId: list
      requestBody: { required: true, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Error" } } } } }
      responses: *done
  /map:
    post:
      operationId: map
      requestBody: { required: true, content: { application/json: { schema: { type: object, additionalProperties: { type: integer } } } } }
      responses: *done
  /string:
    post:
      operationId: string
      requestBody: { required: true, content: { application/json: { schema: { type: string } } } }
      responses: *done
  /plain:
    post:
      operationId: plain
      requestBody: { content: { text/plain: { schema: { type: string } } } }
      responses: *done
  /bytes:
    post:
      operationId: bytes
      requestBody: { required: true, content: { image/png: {} } }
      responses: *done
  /form:
    post:
      operationId: form
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { $ref: "#/components/schemas/Error" } } } }
      responses: *done
  /parts:
    post:
      operationId: parts
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [file], properties: { file: { type: string, contentMediaType: image/png } } }
      responses: *done
  /open: { get: { operationId: open, security: [{ unknown: [] }, { token: [] }], responses: *done } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    user: { type: http, scheme: basic }
    token: { type: http, scheme: bearer }
  schemas:
    Kind: { type: string, enum: [cat, dog] }
    Either: { oneOf: [{ type: string }, { type: integer }] }
    Error: { type: object, required: [code], properties: { code: { type: string }, next: { $ref: "#/components/schemas/Error" } } }
    Client:
      type: object
      required: [build, type, email, key, kind, nested, maybe]
      properties:
        build: { type: integer, minimum: 5 }
        type: { type: array, items: { type: string } }
        email: { type: string, format: email }
        born: { type: string, format: date }
        key: { type: string, format: password }
        kind: { $ref: "#/components/schemas/Kind" }
        nested: { type: object, required: [deep], properties: { deep: { type: boolean } } }
        maybe: { type: [integer, "null"] }
        left_out: { type: string }
"##;

fn read() -> Api {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kinds.yaml");
    std::fs::write(&path, DOCUMENT).unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report);
    api.unwrap_or_else(|| panic!("{}", report.render()))
}

#[test]
fn whatever_the_first_operation_takes() {
    let api = read();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quick-start");
    // An earlier run's.
    let _ = std::fs::remove_dir_all(&folder);
    let mut files = crate_files(&api, "quick-start").unwrap();
    let mut starts = String::from("//! Each operation is the first one.\n");
    for index in 0..api.operations.len() {
        let mut first = api.clone();
        first.operations = vec![api.operations[index].clone()];
        let (id, start) = (&api.operations[index].id, quick_start(&first, "quick_start", None));
        let start = start.unwrap_or_else(|| panic!("{id} has none"));
        writeln!(starts, "//!\n//! # `{id}`\n//!").unwrap();
        for line in start.lines() {
            starts.push_str(format!("//! {line}").trim_end());
            starts.push('\n');
        }
    }
    insta::assert_snapshot!(starts);
    let library = files.get_mut("src/lib.rs").unwrap();
    assert!(library.contains("//! ```no_run\n"), "{library}");
    library.push_str("\nmod starts;\n");
    files.insert("src/starts.rs".to_owned(), starts);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let tests = |features: &str| {
        let output = Command::new(env!("CARGO"))
            .args(["test", "--doc", "--no-default-features", "--features", features])
            .current_dir(&folder)
            // The dependencies are those of another test.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-texts-target"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said.lines().filter(|line| line.contains("src/starts.rs") && line.ends_with("... ok")).count()
    };
    assert_eq!(tests("client,registry"), api.operations.len());
    // Without a client there is nothing to call, and still nothing that fails.
    assert_eq!(tests("registry"), api.operations.len());
}
