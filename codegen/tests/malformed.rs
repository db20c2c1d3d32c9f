//! Code that is no Rust is an error that names what was to be emitted; it is not left out, and nothing panics.

use planchet::api::{Api, Type};
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::emit::package::layout::{Module, crate_files, single_file, workspace_files};
use planchet::emit::{Gates, emit_module};
use planchet::lower::lower;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: Pets. } }
";

/// An API with a type that no lowering makes.
fn api(ty: &str) -> Api {
    let mut report = Report::default();
    let root = parse_bytes("pets.yaml", DOCUMENT.as_bytes().to_vec(), &mut report).unwrap();
    let document = check(root, &mut report).unwrap();
    let mut api = lower(&document, &Choices::default(), &mut report);
    api.operations[0].parameters[0].ty = Type::Mapped(ty.to_owned());
    api
}

#[test]
fn an_operation_that_would_be_no_rust_is_an_error_with_its_name() {
    // A type that ends too early, no tokens at all, and items where a type should be.
    for ty in ["Vec<", "a b", "'", "String>; fn f() {", "("] {
        let api = api(ty);
        for fault in [
            emit_module(&api, Gates::FEATURES).unwrap_err(),
            crate_files(&api, "pets").unwrap_err(),
            single_file(&api, "pets", Gates::FEATURES).unwrap_err(),
            workspace_files(&[Module { name: "pets".to_owned(), api: api.clone() }]).unwrap_err(),
        ] {
            assert!(fault.to_string().contains("the operation `listPets` would be no Rust"), "{ty}: {fault}");
            assert!(!fault.reason.is_empty());
        }
    }
    assert!(emit_module(&api("crate::Limit"), Gates::FEATURES).is_ok());
}
