//! Swagger 2.0, as the contract that is made of it.

mod beside;

use std::path::Path;

use beside::assert_beside;

use planchet::choices::Choices;
use planchet::contract::listing;
use planchet::diagnostic::Report;
use planchet::document::{Input, check, parse_bytes};
use planchet::pipeline::read_api;

#[test]
fn every_construct_of_swagger_has_its_place() {
    let mut report = Report::default();
    let api = read_api(&Input::new(Path::new("tests/fixtures/swagger/openapi.yaml")), &Choices::default(), &mut report);
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    assert_beside("swagger", "listing", &listing(&api));
}

/// What is found in a document of these sections.
fn found(sections: &str) -> String {
    let text = format!("swagger: \"2.0\"\ninfo: {{ title: T, version: \"1\" }}\n{sections}");
    let mut report = Report::default();
    if let Some(root) = parse_bytes("swagger.yaml", text.into_bytes(), &mut report) {
        check(root, &mut report);
    }
    report.render()
}

#[test]
fn schemes_without_a_host_are_told() {
    let operations = "paths:
  /a: { get: { schemes: [http], responses: { 204: { description: ok } } } }
  /b: { get: { schemes: [https], responses: { 204: { description: ok } } } }
  /c: { get: { schemes: [], responses: { 204: { description: ok } } } }
";
    insta::assert_snapshot!(found(operations), @"
    swagger.yaml:4:25: note[not-carried]: `schemes` say nothing where the document names no `host`
      |
    4 |   /a: { get: { schemes: [http], responses: { 204: { description: ok } } } }
      |                         ^^^^^^
    ");
    insta::assert_snapshot!(found("schemes: [http]\npaths: {}\n"), @"
    swagger.yaml:3:10: note[not-carried]: `schemes` say nothing where the document names no `host`
      |
    3 | schemes: [http]
      |          ^^^^^^
    ");
}

#[test]
fn flows_are_those_of_swagger() {
    let flows = "paths: {}
securityDefinitions:
  missing: { type: oauth2, authorizationUrl: https://a.example, scopes: {} }
  unknown: { type: oauth2, flow: clientCredentials, tokenUrl: https://t.example, scopes: {} }
  number: { type: oauth2, flow: 1, tokenUrl: https://t.example, scopes: {} }
  known: { type: oauth2, flow: application, tokenUrl: https://t.example, scopes: {} }
";
    insta::assert_snapshot!(found(flows), @"
    swagger.yaml:5:12: warning[assumed-field]: `flow` is missing in a security definition of type `oauth2`, `implicit` is assumed
      |
    5 |   missing: { type: oauth2, authorizationUrl: https://a.example, scopes: {} }
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    swagger.yaml:6:34: warning[unknown-value]: `flow` must be one of `implicit`, `password`, `application`, `accessCode`, found `clientCredentials`
      |
    6 |   unknown: { type: oauth2, flow: clientCredentials, tokenUrl: https://t.example, scopes: {} }
      |                                  ^^^^^^^^^^^^^^^^^
    swagger.yaml:7:33: warning[unknown-value]: `flow` must be one of `implicit`, `password`, `application`, `accessCode`, found a number
      |
    7 |   number: { type: oauth2, flow: 1, tokenUrl: https://t.example, scopes: {} }
      |                                 ^
    ");
}
