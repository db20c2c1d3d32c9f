//! Documents of several files: where references lead, and where they may not.

mod beside;

use std::path::Path;

use beside::assert_beside;

use planchet::choices::Choices;
use planchet::contract::listing;
use planchet::diagnostic::Report;
use planchet::document::{Input, Sources};
use planchet::pipeline::read_api;

fn read(document: &Path, sources: Sources) -> Result<String, String> {
    let mut report = Report::default();
    let api = read_api(&Input { sources, ..Input::new(document) }, &Choices::default(), &mut report);
    api.map(|api| listing(&api)).ok_or_else(|| report.render())
}

/// What is told of a document that can be used all the same.
fn told(document: &Path) -> String {
    let mut report = Report::default();
    assert!(read_api(&Input::new(document), &Choices::default(), &mut report).is_some(), "{}", report.render());
    report.render()
}

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn document(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A:\n      $ref: '{reference}'\n"
    )
}

#[test]
fn files_identifiers_and_anchors_make_one_contract() {
    let listing = read(Path::new("tests/fixtures/files/openapi.yaml"), Sources::default());
    assert_beside("files", "listing", &listing.unwrap_or_else(|report| panic!("{report}")));
}

#[test]
fn what_lies_outside_is_read_only_where_it_is_allowed() {
    let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside");
    let url = format!("file://{}/secret.yaml", outside.canonicalize().unwrap().display());
    let (_folder, path) = written(&document(&url));
    let refused = told(&path);
    assert!(
        refused.contains("warning[external-ref]") && refused.contains("outside of the document's folder"),
        "{refused}"
    );
    assert!(refused.contains("`references = [\"FOLDER\"]`"), "{refused}");
    let allowed = Sources { folders: vec![outside], remote: Vec::new() };
    assert!(read(&path, allowed).unwrap().contains("secret: string"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_is_not_followed() {
    let (folder, path) = written(&document("inside.yaml"));
    let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside/secret.yaml");
    std::os::unix::fs::symlink(outside.canonicalize().unwrap(), folder.path().join("inside.yaml")).unwrap();
    assert!(told(&path).contains("outside of the document's folder"));
}

#[test]
fn nothing_is_fetched_and_a_url_may_be_mapped() {
    let url = "https://schemas.example/common.yaml";
    let (_folder, path) = written(&document(url));
    let refused = told(&path);
    assert!(refused.contains("on another host, and nothing is fetched") && refused.contains("remote = "), "{refused}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outside/secret.yaml");
    let mapped = Sources { folders: Vec::new(), remote: vec![(url.to_owned(), file)] };
    assert!(read(&path, mapped).unwrap().contains("string"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (_folder, path) = written(&document("schemas/none.yaml#/A"));
    let refused = told(&path);
    assert!(
        refused.contains("openapi.yaml:7:13: warning[external-ref]: the file of `schemas/none.yaml#/A` does not exist"),
        "{refused}"
    );
}

#[test]
fn a_fault_in_another_file_is_reported_there() {
    let (folder, path) = written(&document("part.yaml"));
    std::fs::write(folder.path().join("part.yaml"), "type: object\nproperties:\n  a: { maxLength: -1 }\n").unwrap();
    let refused = told(&path);
    assert!(refused.contains("part.yaml:3:19: warning[keyword-type]"), "{refused}");
}

#[test]
fn a_pointer_into_another_file_that_leads_nowhere_is_told() {
    let (folder, path) = written(&document("part.yaml#/Missing"));
    std::fs::write(folder.path().join("part.yaml"), "A: { type: string }\n").unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report);
    assert!(api.is_some(), "{}", report.render());
    assert!(
        report.render().contains("warning[dangling-ref]: `part.yaml#/Missing` points at nothing"),
        "{}",
        report.render()
    );
}

/// Operations in files of their own, each with responses in files of theirs, more than any count of references would allow.
#[test]
fn operations_may_stand_in_files_of_their_own() {
    let mut text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n".to_owned();
    for index in 0..600 {
        text += &format!("  /p{index}:\n    get: {{ $ref: operations/get.yaml, operationId: get{index} }}\n");
    }
    text += "  /body:\n    post: { $ref: operations/post.yaml }\n";
    let (folder, path) = written(&text);
    let operations = folder.path().join("operations");
    std::fs::create_dir(&operations).unwrap();
    let response = "{ $ref: '../response.yaml' }";
    let responses: String = (400..420).map(|status| format!("  '{status}': {response}\n")).collect();
    std::fs::write(operations.join("get.yaml"), format!("responses:\n  '200': {response}\n{responses}")).unwrap();
    let post = "operationId: post\nrequestBody: { $ref: body.yaml }\nresponses: { $ref: responses.yaml }\n";
    std::fs::write(operations.join("post.yaml"), post).unwrap();
    std::fs::write(
        operations.join("body.yaml"),
        "required: true\ncontent: { application/json: { schema: { $ref: pet.yaml } } }\n",
    )
    .unwrap();
    std::fs::write(operations.join("responses.yaml"), format!("'200': {response}\n")).unwrap();
    std::fs::write(operations.join("pet.yaml"), "type: object\nproperties: { name: { type: string } }\n").unwrap();
    let media = "description: A\nheaders: { X-Rate: { $ref: header.yaml } }\ncontent: { application/json: { schema: { $ref: operations/pet.yaml } } }\n";
    std::fs::write(folder.path().join("response.yaml"), media).unwrap();
    std::fs::write(folder.path().join("header.yaml"), "schema: { type: integer }\n").unwrap();
    let report = told(&path);
    assert!(
        report.contains("an operation cannot be a reference; what it points at is used (and at 600 more places)"),
        "{report}"
    );
    assert!(!report.contains("inline-limit"), "{report}");
    let listing = read(&path, Sources::default()).unwrap();
    assert_eq!(listing.matches("\nGET /p").count(), 600);
    assert_eq!(listing.matches("  200 application/json: pet").count(), 601, "{listing}");
    assert!(listing.contains("POST /body post\n  body required application/json: pet\n"));
}

/// What costs memory is bounded: one response of a megabyte, referred to from thousands of places.
#[test]
fn what_references_copy_is_bounded() {
    let (folder, path) = written(&(0..3_000).fold(
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n".to_owned(),
        |text, index| {
            text + &format!("  /p{index}: {{ get: {{ responses: {{ '200': {{ $ref: response.yaml }} }} }} }}\n")
        },
    ));
    let response = format!("description: {}\nx-list: [{}]\n", "x".repeat(500_000), "1, ".repeat(20_000));
    std::fs::write(folder.path().join("response.yaml"), response).unwrap();
    let report = told(&path);
    assert!(report.contains("warning[inline-limit]"), "{report}");
}

/// OpenAPI 3.2.0, "Establishing the Base URI": references are resolved against `$self`, and match the `$self` of other documents.
#[test]
fn documents_are_known_by_the_uris_that_they_state() {
    let folder = Path::new("tests/fixtures/self");
    let remote =
        vec![("https://git.example.com/shared/blob/main/shared/foo.yaml".to_owned(), folder.join("shared/foo.yaml"))];
    let mut report = Report::default();
    let sources = Sources { folders: Vec::new(), remote };
    let document = folder.join("openapi.yaml");
    let api = read_api(&Input { sources, ..Input::new(&document) }, &Choices::default(), &mut report);
    assert!(!report.render().contains("warning"), "{}", report.render());
    assert_beside("self", "listing", &listing(&api.unwrap()));
}

#[test]
fn what_is_known_by_no_uri_is_looked_for_beside_the_file() {
    // Nothing is given by another URL: `shared/foo` is no file, `shared/nearby.yaml` is one.
    let refused = told(Path::new("tests/fixtures/self/openapi.yaml"));
    assert!(refused.contains("openapi.yaml:9:28: warning[external-ref]: the file of `shared/foo#"), "{refused}");
    assert_eq!(refused.matches("nearby").count(), 0, "{refused}");
    // A URI that no document has is on another host, and not beside the file.
    let document = "openapi: 3.2.0\n$self: https://example.com/api/openapi\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: { $ref: 'https://example.com/api/part.yaml' }\n";
    let (folder, path) = written(document);
    std::fs::write(folder.path().join("part.yaml"), "type: string").unwrap();
    assert!(told(&path).contains("is on another host, and nothing is fetched"));
    // The same, relative: the file beside stands for it.
    std::fs::write(&path, document.replace("https://example.com/api/part.yaml", "part.yaml")).unwrap();
    assert!(read(&path, Sources::default()).unwrap().contains("schema A = part\n"));
    // In 3.1 `$self` is no field, and says nothing.
    std::fs::write(&path, document.replace("3.2.0", "3.1.0")).unwrap();
    assert!(told(&path).contains("unknown-field"));
}

/// Each document resolves fragments within itself, whatever it says of its URI; of two that claim one, the first has it.
#[test]
fn a_uri_belongs_to_one_document() {
    let (folder, path) = written(
        "openapi: 3.2.0\n$self: https://example.com/a\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: { type: string }\n    B: { $ref: 'other.yaml#/components/schemas/B' }\n    C: { $ref: 'https://example.com/a#/components/schemas/A' }\n",
    );
    std::fs::write(
        folder.path().join("other.yaml"),
        "openapi: 3.2.0\n$self: https://example.com/a\ninfo: { title: O, version: '1' }\ncomponents:\n  schemas:\n    A: { type: integer }\n    B: { type: object, properties: { own: { $ref: '#/components/schemas/A' } } }\n",
    )
    .unwrap();
    let report = told(&path);
    assert!(report.contains("other.yaml:2:8: warning[unknown-value]: `$self` is that of another file"), "{report}");
    let listing = read(&path, Sources::default()).unwrap();
    assert!(listing.contains("schema C = A\n"), "{listing}");
    assert!(listing.contains("own: other_A\n") && listing.contains("schema other_A: integer\n"), "{listing}");
}

/// `$self` that is no URI, and one to which nothing is relative: the place of the file counts.
#[test]
fn a_base_that_cannot_be_one_is_told() {
    for (stated, is_told) in [("'https://[bad'", true), ("'urn:example:api'", false), ("''", false), ("'#a'", false)] {
        let (folder, path) = written(&format!(
            "openapi: 3.2.0\n$self: {stated}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{ $ref: part.yaml }}\n    B: {{ $ref: '#/components/schemas/A' }}\n",
        ));
        std::fs::write(folder.path().join("part.yaml"), "type: object").unwrap();
        let report = told(&path);
        assert_eq!(report.contains("warning[unknown-value]: `$self` is no URI"), is_told, "{stated}: {report}");
        assert!(!report.contains("external-ref") && !report.contains("dangling"), "{stated}: {report}");
    }
}
