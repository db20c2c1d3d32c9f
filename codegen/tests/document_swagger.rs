//! Swagger 2.0, as the contract that is made of it.
#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;

use planchet::choices::Choices;
use planchet::contract::listing;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::pipeline::read_api;

#[test]
fn every_construct_of_swagger_has_its_place() {
    let mut report = Report::default();
    let api = read_api(&Input::new(Path::new("tests/fixtures/swagger.yaml")), &Choices::default(), &mut report);
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    insta::assert_snapshot!(listing(&api));
}
