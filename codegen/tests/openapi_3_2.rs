//! What OpenAPI 3.2 adds, from the document to the emitted client and the listing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::path::Path;

use planchet::api::{Api, ParameterLocation, ParameterStyle};
use planchet::choices::Choices;
use planchet::diagnostic::{Report, Severity};
use planchet::document::Input;
use planchet::emit::{Gates, emit_module};
use planchet::pipeline::read_api;

fn api() -> Api {
    let mut report = Report::default();
    let read = read_api(&Input::new(Path::new("tests/fixtures/openapi-3-2.yaml")), &Choices::default(), &mut report);
    let loud: Vec<&str> = report
        .diagnostics()
        .iter()
        .filter(|found| found.code.severity < Severity::Note)
        .map(|found| found.message.as_str())
        .collect();
    assert!(loud.is_empty(), "{loud:?}");
    read.unwrap_or_else(|| panic!("{}", report.render()))
}

#[test]
fn other_methods_are_operations() {
    let api = api();
    let methods: Vec<(&str, &str)> =
        api.operations.iter().map(|operation| (operation.method.as_str(), operation.id.as_str())).collect();
    assert_eq!(methods, [("QUERY", "findThings"), ("COPY", "copyThing"), ("GET", "byJson"), ("GET", "byForm")]);
    let find = &api.operations[0];
    // A media type by reference, and a reference by the document's own URI.
    assert_eq!(find.body.as_ref().unwrap().chosen.ty, find.responses[0].content.as_ref().unwrap().ty);
    assert!(api.operations[..2].iter().all(|operation| operation.parameters.len() == 1));
}

#[test]
fn the_whole_query_and_plain_cookies_are_parameters() {
    let api = api();
    let by_json = &api.operations[2].parameters[0];
    assert_eq!((by_json.location, by_json.json), (ParameterLocation::Querystring, true));
    let by_form = &api.operations[3].parameters;
    assert_eq!((by_form[0].location, by_form[0].form), (ParameterLocation::Querystring, true));
    assert_eq!((by_form[1].location, by_form[1].style), (ParameterLocation::Cookie, ParameterStyle::Cookie));
}

#[test]
fn the_client_sends_them() {
    let files = emit_module(&api(), Gates::FEATURES).unwrap();
    let client: String =
        files.iter().filter(|(path, _)| path.contains("client")).map(|(_, text)| text.as_str()).collect();
    for line in [
        "Call::method(\"QUERY\")",
        "Call::method(\"COPY\")",
        "call.whole_query(\"filter\"",
        "call.form_query(\"filter\"",
        "call.plain_cookie(\"session\"",
    ] {
        assert!(client.contains(line), "{line} is not in\n{client}");
    }
}

#[test]
fn the_listing_shows_them() {
    let listing = planchet::contract::listing(&api());
    for line in ["QUERY /things/{id} findThings", "COPY /things/{id} copyThing", "querystring filter", "items Filter"] {
        assert!(listing.contains(line), "{line} is not in\n{listing}");
    }
}
