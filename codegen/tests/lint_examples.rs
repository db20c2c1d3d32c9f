//! Examples and defaults that do not follow their schemas, wherever a document may state them.

use std::path::{Path, PathBuf};
use std::process::Command;

use planchet::choices::{Choices, FormatChoice, FormatFunction, FormatWord};
use planchet::config::Config;
use planchet::diagnostic::{DEFAULT_MISMATCH, EXAMPLE_MISMATCH, Report};
use planchet::document::{Input, Sources, check, parse_bytes};
use planchet::{lint, lower, pipeline};
use serde_json::{Value, json};

/// What is found of examples and defaults: a line each, with the hint behind it.
fn mismatches(report: &Report) -> String {
    let found = report.in_document_order().into_iter();
    let found = found.filter(|found| [&EXAMPLE_MISMATCH, &DEFAULT_MISMATCH].contains(&found.code));
    let lines = found.map(|found| {
        let at = found.at.as_ref().unwrap();
        let (line, column) = at.line_column();
        let hint = found.hint.as_deref().unwrap_or_default();
        format!("{}:{line}:{column} {}: {} ({hint})\n", at.source.path(), found.code.name, found.message)
    });
    lines.collect()
}

fn judged(name: &str, text: &str, choices: &Choices) -> Report {
    let mut report = Report::default();
    let root = parse_bytes(name, text.as_bytes().to_vec(), &mut report);
    let document = root.and_then(|root| check(root, &mut report)).unwrap_or_else(|| panic!("{}", report.render()));
    lower::lower(&document, choices, &mut report);
    lint::examples(&lower::examples(&document, choices), &document.root, &mut report);
    report
}

fn chosen(name: &str, text: &str, choices: &Choices) -> String {
    mismatches(&judged(name, text, choices))
}

/// What is found in a document of a version and these sections.
fn found(version: &str, sections: &str) -> String {
    let text = format!("openapi: {version}\ninfo: {{ title: T, version: '1' }}\n{sections}");
    chosen("a.yaml", &text, &Choices::default())
}

#[test]
fn examples_beside_schemas_are_judged_wherever_they_stand() {
    let sections = "paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { $ref: '#/components/schemas/Code' }, example: x }
    post:
      parameters:
        - $ref: '#/components/parameters/Shared'
        - { name: b, in: query, schema: { type: integer, maximum: 9 }, examples: { ten: { value: 10 }, nine: { value: 9 } } }
        - { name: c, in: query, content: { application/json: { schema: { type: array, maxItems: 1 }, example: [1, 2] } } }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Card' }
            example: { codes: [abc, y] }
          multipart/form-data:
            schema: { $ref: '#/components/schemas/Card' }
            example: { codes: abc }
            encoding: { codes: { headers: { X-Part: { schema: { type: boolean }, example: 1 } } } }
      responses:
        '200':
          description: ok
          headers: { X-Rate: { schema: { type: integer }, example: many } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Card' }
              examples:
                own: { value: {} }
                shared: { $ref: '#/components/examples/Shared' }
                outside: { externalValue: 'https://example.com/a.json' }
        default: { $ref: '#/components/responses/Failure' }
      callbacks:
        done:
          '{$request.body#/url}':
            post:
              requestBody: { content: { application/json: { schema: { type: string }, example: 1 } } }
              responses: { '204': { description: ok } }
webhooks:
  told:
    post:
      requestBody: { content: { application/json: { schema: { type: string }, example: 2 } } }
      responses: { '204': { description: ok } }
components:
  parameters:
    Shared: { name: a, in: query, schema: { $ref: '#/components/schemas/Code' }, example: yy }
  headers:
    Unused: { schema: { $ref: '#/components/schemas/Code' }, example: zz }
  examples:
    Shared: { value: { codes: [], more: true } }
  responses:
    Failure: { description: no, content: { application/problem+json: { schema: { type: object }, example: no } } }
  schemas:
    Code: { type: string, minLength: 3 }
    Card:
      type: object
      required: [codes]
      additionalProperties: false
      properties: { codes: { type: array, minItems: 1, items: { $ref: '#/components/schemas/Code' } } }
";
    insta::assert_snapshot!(found("3.1.0", sections));
}

#[test]
fn examples_and_defaults_of_schemas_are_judged_wherever_they_stand() {
    let sections = "components:
  schemas:
    A:
      type: object
      example: { b: 1 }
      examples: [{ b: long }, { b: ok }]
      properties:
        b: { type: string, maxLength: 3, default: long, example: long }
        c: { $ref: '#/components/schemas/C', example: z }
        example: { type: integer, example: one }
        d: { type: array, items: { type: integer, exclusiveMinimum: 0, example: 0 } }
      patternProperties: { ^x: { not: { type: string, example: 1 } } }
      $defs: { D: { if: { const: a, example: b } } }
    C: { enum: [x, y], default: z }
";
    insta::assert_snapshot!(found("3.1.0", sections), @"
    a.yaml:7:21 example-mismatch: this example does not follow its schema: `/b` must be string, found integer (the rule is at a.yaml:10:20)
    a.yaml:8:23 example-mismatch: this example does not follow its schema: `/b` must have at most 3 characters, has 4 (the rule is at a.yaml:10:39)
    a.yaml:10:51 default-mismatch: this default does not follow its schema: it must have at most 3 characters, has 4 (the rule is at a.yaml:10:39)
    a.yaml:10:66 example-mismatch: this example does not follow its schema: it must have at most 3 characters, has 4 (the rule is at a.yaml:10:39)
    a.yaml:11:55 example-mismatch: this example does not follow its schema: it must be one of the 2 listed values (the rule is at a.yaml:16:16)
    a.yaml:12:44 example-mismatch: this example does not follow its schema: it must be integer, found string (the rule is at a.yaml:12:26)
    a.yaml:13:81 example-mismatch: this example does not follow its schema: it must be above 0, is 0 (the rule is at a.yaml:13:69)
    a.yaml:14:64 example-mismatch: this example does not follow its schema: it must be string, found integer (the rule is at a.yaml:14:47)
    a.yaml:15:46 example-mismatch: this example does not follow its schema: it must be one of the 1 listed values (the rule is at a.yaml:15:34)
    a.yaml:16:33 default-mismatch: this default does not follow its schema: it must be one of the 2 listed values (the rule is at a.yaml:16:16)
    ");
}

#[test]
fn json_has_places_as_well() {
    let text = r##"{
  "openapi": "3.0.3",
  "info": { "title": "T", "version": "1" },
  "paths": {
    "/a": {
      "get": {
        "responses": {
          "200": {
            "description": "ok",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/Tree" },
                "example": { "size": 1, "children": [{ "size": 2, "children": [{ "size": "3" }] }, {}] }
              }
            }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Tree": {
        "type": "object",
        "required": ["size"],
        "properties": {
          "size": { "type": "integer" },
          "children": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } }
        }
      }
    }
  }
}"##;
    insta::assert_snapshot!(chosen("a.json", text, &Choices::default()), @"
    a.json:13:90 example-mismatch: this example does not follow its schema: `/children/0/children/0/size` must be integer, found string (the rule is at a.json:27:29)
    a.json:13:100 example-mismatch: this example does not follow its schema: `/children/1` lacks the required member `size` (the rule is at a.json:25:21)
    ");
}

#[test]
fn a_body_asks_for_what_travels_in_its_direction() {
    let sections = "paths:
  /a:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: { name: a, secret: s } } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: { name: a, secret: s } } }
components:
  schemas:
    A:
      type: object
      required: [id, name, secret]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
      example: { id: 1, name: a }
    B: { allOf: [{ $ref: '#/components/schemas/A' }], example: { name: a, secret: s } }
    C: { allOf: [{ $ref: '#/components/schemas/A' }], example: { id: 1 } }
";
    insta::assert_snapshot!(found("3.0.3", sections), @"
    a.yaml:11:95 example-mismatch: this example does not follow its schema: it lacks the required member `id` (the rule is at a.yaml:16:17)
    a.yaml:23:64 example-mismatch: this example does not follow its schema: it lacks the required member `name` (the rule is at a.yaml:16:17)
    ");
}

#[test]
fn a_text_is_no_instance_of_what_it_stands_for() {
    let sections = "paths:
  /a:
    post:
      parameters:
        - { name: a, in: query, schema: { type: integer, maximum: 9 }, examples: { a: { value: '9' }, b: { value: '10' }, c: { value: ten } } }
        - { name: b, in: query, schema: { type: array, items: { type: integer } }, examples: { a: { value: 'x,y' }, b: { value: [x] } } }
        - { name: c, in: query, schema: { type: string, maxLength: 1 }, example: '10' }
      requestBody:
        content:
          application/xml: { schema: { $ref: '#/components/schemas/A' }, examples: { a: { value: <a/> }, b: { value: { b: 1 } } } }
          text/plain: { schema: { type: string, maxLength: 1 }, example: long }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/A' }, examples: { a: { value: b=1 }, b: { value: { b: 1 } } } }
          application/json: { schema: { $ref: '#/components/schemas/A' }, examples: { a: { value: '{\"b\": \"1\"}' }, b: { value: { $ref: a.json } } } }
      responses: { '204': { description: ok } }
components:
  schemas: { A: { type: object, required: [b], properties: { b: { type: string } } } }
";
    insta::assert_snapshot!(found("3.0.3", sections), @"
    a.yaml:7:115 example-mismatch: this example does not follow its schema: it must be at most 9, is 10 (the rule is at a.yaml:7:67)
    a.yaml:7:135 example-mismatch: this example does not follow its schema: it must be integer, found string (the rule is at a.yaml:7:49)
    a.yaml:8:130 example-mismatch: this example does not follow its schema: `/0` must be integer, found string (the rule is at a.yaml:8:71)
    a.yaml:9:82 example-mismatch: this example does not follow its schema: it must have at most 1 character, has 2 (the rule is at a.yaml:9:68)
    a.yaml:12:123 example-mismatch: this example does not follow its schema: `/b` must be string, found integer (the rule is at a.yaml:18:73)
    a.yaml:14:140 example-mismatch: this example does not follow its schema: `/b` must be string, found integer (the rule is at a.yaml:18:73)
    a.yaml:15:99 example-mismatch: this example does not follow its schema: it must be object, found string (the string holds JSON: write the JSON itself; the rule is at a.yaml:18:25)
    a.yaml:15:127 example-mismatch: this example does not follow its schema: it lacks the required member `b` (a `$ref` within a value is data, and leads nowhere; the rule is at a.yaml:18:43)
    ");
}

#[test]
fn few_findings_of_one_example_are_told() {
    let sections = "components:
  schemas:
    A: { type: array, items: { type: integer }, example: [a, b, c, d, e, f, g] }
    B: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: string, maxLength: 1 }], example: long }
";
    insta::assert_snapshot!(found("3.0.3", sections), @"
    a.yaml:5:59 example-mismatch: this example does not follow its schema: `/0` must be integer, found string (the rule is at a.yaml:5:38)
    a.yaml:5:62 example-mismatch: this example does not follow its schema: `/1` must be integer, found string (the rule is at a.yaml:5:38)
    a.yaml:5:65 example-mismatch: this example does not follow its schema: `/2` must be integer, found string (the rule is at a.yaml:5:38)
    a.yaml:5:68 example-mismatch: this example does not follow its schema: `/3` must be integer, found string (the rule is at a.yaml:5:38)
    a.yaml:5:71 example-mismatch: this example does not follow its schema: `/4` must be integer, found string (the rule is at a.yaml:5:38)
    a.yaml:5:71 example-mismatch: this example does not follow its schema: and 2 more ()
    a.yaml:6:96 example-mismatch: this example does not follow its schema: it fits none of the alternatives; 1: (root): must be array, found string; 2: (root): must have at most 1 character, has 4 (the rule is at a.yaml:6:17)
    ");
}

#[test]
fn nothing_is_said_twice() {
    let sections = "components:
  schemas:
    A: { type: string, default: 1 }
    B: { type: string, maxLength: 1, default: long }
    C: { type: integer, default: '1', example: '1' }
";
    insta::assert_snapshot!(found("3.0.3", sections), @"
    a.yaml:5:33 default-mismatch: `default` is an integer, which `type` does not allow ()
    a.yaml:6:47 default-mismatch: this default does not follow its schema: it must have at most 1 character, has 4 (the rule is at a.yaml:6:35)
    a.yaml:7:34 default-mismatch: `default` is a string, which `type` does not allow ()
    a.yaml:7:48 example-mismatch: this example does not follow its schema: it must be integer, found string (the rule is at a.yaml:7:16)
    ");
}

#[test]
fn what_stands_beside_a_reference_counts_in_newer_documents() {
    let sections = "components:
  schemas:
    A: { type: object, properties: { b: { $ref: '#/components/schemas/B', example: 1 } } }
    B: { type: string }
";
    assert_eq!(found("3.0.3", sections), "");
    insta::assert_snapshot!(found("3.1.0", sections), @"a.yaml:5:84 example-mismatch: this example does not follow its schema: it must be string, found integer (the rule is at a.yaml:6:16)");
}

#[test]
fn formats_are_what_the_choices_make_of_them() {
    let text = "openapi: 3.0.3
info: { title: T, version: '1' }
components:
  schemas:
    A: { type: string, format: date, example: today }
    B: { type: string, format: uuid, example: none }
    C: { type: string, format: card-number, example: '4111111111111112' }
    D: { type: string, format: own, example: any }
    E: { type: string, format: binary, example: any }
";
    let function = |path: &str| FormatChoice::Check(FormatFunction { check: path.to_owned(), ty: None });
    let mut choices = Choices::default();
    choices.formats.insert("uuid".to_owned(), FormatChoice::Word(FormatWord::Annotate));
    choices.formats.insert("card-number".to_owned(), function("support::formats::card_number::is_card_number"));
    choices.formats.insert("own".to_owned(), function("own::is_own"));
    insta::assert_snapshot!(chosen("a.yaml", text, &choices), @"
    a.yaml:5:47 example-mismatch: this example does not follow its schema: it must be of the format `date` (the rule is at a.yaml:5:32)
    a.yaml:7:54 example-mismatch: this example does not follow its schema: it must be of the format `card-number` (the rule is at a.yaml:7:32)
    ");
}

#[test]
fn operations_that_are_not_chosen_are_not_judged() {
    let operation = "{ responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: 1 } } } } }";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a: {{ get: {operation} }}\n  /b: {{ get: {operation} }}\ncomponents:\n  schemas: {{ A: {{ type: string }}, B: {{ type: string, example: 1 }} }}\n"
    );
    let choices: Choices = toml::from_str("include = { paths = [\"/b\"] }").unwrap();
    let found = chosen("a.yaml", &text, &choices);
    assert!(found.starts_with("a.yaml:5:") && found.lines().count() == 1, "{found}");
}

#[test]
fn swagger_has_examples_of_its_own() {
    let text = "swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a:
    get:
      produces: [application/json]
      parameters: [{ name: a, in: query, type: string, maxLength: 1, default: long }]
      responses:
        200:
          description: ok
          schema: { $ref: '#/definitions/A' }
          examples: { application/json: { b: 1 } }
definitions:
  A: { type: object, properties: { b: { type: string, example: 2 } } }
";
    insta::assert_snapshot!(chosen("a.yaml", text, &Choices::default()), @"
    a.yaml:7:79 default-mismatch: this default does not follow its schema: it must have at most 1 character, has 4 (the rule is at a.yaml:7:67)
    a.yaml:12:46 example-mismatch: this example does not follow its schema: `/b` must be string, found integer (the rule is at a.yaml:14:47)
    a.yaml:14:64 example-mismatch: this example does not follow its schema: it must be string, found integer (the rule is at a.yaml:14:47)
    ");
}

fn linted(document: &Path, overlays: &[PathBuf]) -> String {
    let mut report = Report::default();
    let input = Input { document, overlays, sources: Sources::default() };
    assert!(pipeline::lint(&input, &Choices::default(), &mut report), "{}", report.render());
    let folder = planchet::document::display_path(document.parent().unwrap());
    mismatches(&report).replace(&format!("{folder}/"), "")
}

#[test]
fn places_are_those_of_the_files_that_state_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let document = write(
        "openapi.yaml",
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content: { application/json: { schema: { $ref: 'models.yaml#/A' }, example: { b: 1 } } }\n",
    );
    write(
        "models.yaml",
        "A:\n  type: object\n  properties:\n    b: { type: string, example: 2 }\n    c: { type: string }\n",
    );
    let overlay = write(
        "overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n  - target: $.paths['/a'].get.responses['200'].content['application/json'].example\n    update: { c: 3 }\n",
    );
    insta::assert_snapshot!(linted(&document, &[overlay]), @"
    openapi.yaml:9:92 example-mismatch: this example does not follow its schema: `/b` must be string, found integer (the rule is at models.yaml:4:16)
    overlay.yaml:5:18 example-mismatch: this example does not follow its schema: `/c` must be string, found integer (the rule is at models.yaml:5:16)
    models.yaml:4:33 example-mismatch: this example does not follow its schema: it must be string, found integer (the rule is at models.yaml:4:16)
    ");
}

/// Schemas that double with each step, in a union and along the instance; and a pattern that refers back to what it has captured.
#[test]
fn what_would_take_too_long_is_told() {
    let steps = 14;
    let mut schemas: serde_json::Map<String, Value> = (0..steps)
        .map(|step| {
            let next = json!({ "$ref": format!("#/components/schemas/A{}", step + 1) });
            let schema = json!({ "anyOf": [next, next], "properties": { "a": { "$ref": "#/components/schemas/A0" } } });
            (format!("A{step}"), schema)
        })
        .collect();
    schemas.insert(format!("A{steps}"), json!({ "type": "string" }));
    let instance = (0..20).fold(json!({}), |inner, _| json!({ "a": inner }));
    schemas.insert("B".to_owned(), json!({ "allOf": [{ "$ref": "#/components/schemas/A0" }], "example": instance }));
    schemas.insert("C".to_owned(), json!({ "pattern": "^(a*)*\\1$", "example": format!("{}b", "a".repeat(100)) }));
    schemas.insert("D".to_owned(), json!({ "type": "string", "example": 1 }));
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {}, "components": { "schemas": schemas },
    });
    let report = judged("a.json", &document.to_string(), &Choices::default());
    let untold = report.diagnostics().iter().filter(|found| found.message.contains("would take too long")).count();
    assert_eq!((untold, mismatches(&report).lines().count()), (2, 1), "{}", report.render());
}

/// As deep as documents may be, in schemas and in instances.
#[test]
fn depth_comes_to_an_end() {
    let steps = 190;
    let mut schemas: serde_json::Map<String, Value> = (0..steps)
        .map(|step| {
            let next = json!({ "$ref": format!("#/components/schemas/A{}", step + 1) });
            (format!("A{step}"), json!({ "anyOf": [next, false] }))
        })
        .collect();
    let instance = (0..200).fold(json!("end"), |inner, _| json!({ "a": inner }));
    let deep = json!({ "type": "object", "properties": { "a": { "$ref": "#/components/schemas/A0" } } });
    schemas.insert(format!("A{steps}"), deep.clone());
    schemas.insert(
        "B".to_owned(),
        json!({ "properties": { "a": { "$ref": "#/components/schemas/B" } }, "example": instance }),
    );
    schemas.insert("C".to_owned(), json!({ "allOf": [deep], "example": instance }));
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {}, "components": { "schemas": schemas },
    });
    let found = chosen("a.json", &document.to_string(), &Choices::default());
    assert!(!found.contains("deeper"), "{found}");
}

#[test]
fn generation_says_nothing_of_examples() {
    let document = Path::new("tests/fixtures/bad/example-mismatch.yaml");
    let mut report = Report::default();
    assert!(pipeline::read_api(&Input::new(document), &Choices::default(), &mut report).is_some());
    assert_eq!(report.render(), "");
    let code = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planchet"));
        command.arg("lint").arg(document).args(arguments).output().unwrap().status.code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--deny", "example-mismatch"]), Some(1));
}

#[test]
fn the_home_documents_follow_themselves() {
    let mut report = Report::default();
    let config = Config::read(Path::new("../planchet.toml"), &mut report).unwrap();
    let mut judged = 0;
    for api in &config.api {
        let document = config.root.join(&api.document);
        let overlays: Vec<PathBuf> = api.overlays.iter().map(|overlay| config.root.join(overlay)).collect();
        let input = Input { document: &document, overlays: &overlays, sources: api.sources(&config.root) };
        assert!(pipeline::lint(&input, &api.choices, &mut report), "{}", report.render());
        let document = planchet::document::load(&input, &mut report).unwrap();
        judged += lower::examples(&document, &api.choices).list.len();
    }
    insta::assert_snapshot!(mismatches(&report), @"");
    assert!(judged > 20, "{judged} examples were judged");
}
