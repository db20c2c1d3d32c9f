//! Links are documentation: where a response leads to is said at the method that brings it.

use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::{Gates, emit_module};
use planchet::pipeline::read_api;

const DOCUMENT: &str = r##"
openapi: 3.0.4
info: {title: Users, version: "1"}
paths:
  /users:
    post:
      operationId: addUser
      responses:
        "201":
          description: Added
          links:
            theUser: {operationId: getUser, description: "The user\n  that was added"}
            itsOrders: {$ref: "#/components/links/Orders"}
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: Here}}
components:
  links:
    Orders: {operationRef: "#/paths/~1orders/get"}
"##;

#[test]
fn links_are_said_at_the_method() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.yaml");
    std::fs::write(&path, DOCUMENT).unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report);
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    assert!(report.is_empty(), "{}", report.render());
    let text = &emit_module(&api, Gates::FEATURES).unwrap()["client/operations.rs"];
    let (docs, _) = text.split_once("pub fn add_user(").unwrap();
    let links: Vec<&str> = docs.lines().map(str::trim).filter(|line| line.starts_with("/// - ")).collect();
    assert_eq!(
        links,
        [
            "/// - `theUser`, operation `getUser`: The user that was added",
            "/// - `itsOrders`, operation `#/paths/~1orders/get`",
        ]
    );
}
