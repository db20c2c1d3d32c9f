//! What OpenAPI 3.2 adds, from the document to the emitted client and the listing.

mod beside;

use std::path::Path;

use beside::assert_beside;

use planchet::api::{Api, ParameterLocation, ParameterStyle};
use planchet::choices::Choices;
use planchet::diagnostic::{Report, Severity};
use planchet::document::Input;
use planchet::emit::{Gates, emit_module};
use planchet::pipeline::read_api;

fn api() -> Api {
    let mut report = Report::default();
    let read =
        read_api(&Input::new(Path::new("tests/fixtures/openapi-3-2/openapi.yaml")), &Choices::default(), &mut report);
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
    assert_eq!(
        methods,
        [("QUERY", "findThings"), ("COPY", "copyThing"), ("GET", "byJson"), ("GET", "byForm"), ("GET", "listModels")]
    );
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
    assert_beside("openapi-3-2", "listing", &planchet::contract::listing(&api()));
}

/// A tag is a module that its parent's module shows as well, and a label groups nothing that another tag groups.
#[test]
fn tags_are_nested_as_the_document_nests_them() {
    let api = api();
    let of = |id: &str| api.operations.iter().find(|operation| operation.id == id).unwrap().tag.clone().unwrap();
    assert_eq!([of("copyThing"), of("byJson"), of("byForm")], ["urgent", "cats", "kittens"]);
    let files = emit_module(&api, Gates::FEATURES).unwrap();
    // These have no operations of their own.
    assert_eq!(code(&files["client/animals.rs"]), ["#[doc(inline)]", "pub use super::pets;"]);
    assert_eq!(code(&files["client/pets.rs"]), ["#[doc(inline)]", "pub use super::cats;"]);
    assert!(files["client/pets.rs"].contains("//! Pets\n//!\n//! Nested under the tag `animals`.\n"));
    let cats = &files["client/cats.rs"];
    assert!(cats.contains("pub use super::kittens;") && cats.contains("pub use super::models2;"), "{cats}");
    assert!(cats.contains("//! All cats\n//!\n//! Cats and kittens.\n"), "{cats}");
}

/// The lines of a file that are no comment.
fn code(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with("//")).collect()
}

#[test]
fn servers_flows_and_summaries_are_documented() {
    let files = emit_module(&api(), Gates::FEATURES).unwrap();
    let client = &files["client/mod.rs"];
    for line in [
        "    /// The URL of the server `prod`, for [`ClientBuilder::base_url`].\n    ///\n    /// The one that counts.\n    pub const SERVER_PROD: &str = \"https://example.com/v1\";",
        "pub const SERVER_STAGING_2ND: &str = \"https://staging.example.com\";",
        "It is relative to where the document is.\n    pub const SERVER_PROD2: &str = \"/relative\";",
        "- The authorization server's metadata: `https://example.com/.well-known/oauth-authorization-server`",
        "- Flow `deviceAuthorization`: device authorization at `https://example.com/device`, tokens at `https://example.com/token`",
        "- Flow `clientCredentials`: tokens at `https://example.com/token`, refreshed at `https://example.com/refresh`",
        "    #[deprecated]\n    #[must_use]\n    pub fn device(",
    ] {
        assert!(client.contains(line), "{line} is not in\n{client}");
    }
    let kittens = &files["client/kittens.rs"];
    for line in [
        "/// `404`: No such thing\n    ///\n    /// The filter matches nothing.\n",
        "/// `409`: Two of them\n    ///\n    /// More than one.\n",
    ] {
        assert!(kittens.contains(line), "{line} is not in\n{kittens}");
    }
}

/// Before 3.2 these fields mean nothing, and are reported.
#[test]
fn older_documents_have_none_of_it() {
    let text = std::fs::read_to_string("tests/fixtures/openapi-3-2/openapi.yaml").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, text.replace("openapi: 3.2.0", "openapi: 3.1.0")).unwrap();
    let mut report = Report::default();
    let api = read_api(&Input::new(&path), &Choices::default(), &mut report).unwrap();
    assert!(api.tags.iter().all(|tag| tag.parent.is_none() && tag.kind.is_none() && tag.summary.is_none()));
    assert!(api.servers.iter().all(|server| server.name.is_none()));
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    assert!(responses.into_iter().all(|response| response.summary.is_none()));
    let scheme = &api.security_schemes[0];
    let flows: Vec<&str> = scheme.oauth.iter().flat_map(|oauth| &oauth.flows).map(|flow| flow.kind.name()).collect();
    assert_eq!((scheme.deprecated, flows), (false, vec!["clientCredentials"]));
    let listing = planchet::contract::listing(&api);
    assert!(listing.contains("isbn: string, xml attribute name ISBN") && !listing.contains("cdata"), "{listing}");
    for field in
        ["`parent`", "`kind`", "`summary`", "`deviceAuthorization`", "`oauth2MetadataUrl`", "`nodeType`", "`$self`"]
    {
        assert!(report.render().contains(&format!("no field {field}")), "{field} in\n{}", report.render());
    }
}
