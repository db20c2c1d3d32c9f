//! `nullable: true` of OpenAPI 3.0 beside what has no `type`: read as meant, unless the choice says otherwise.

use planchet::api::Presence;
use planchet::choices::{Choices, Nulls};
use planchet::diagnostic::Report;
use planchet::document::{Input, load};

const FIXTURE: &str = "tests/fixtures/bad/nullable.yaml";
const PROPERTIES: [&str; 9] = ["wrapped", "typed", "beside", "part", "either", "branch", "listed", "untyped", "plain"];

/// The properties that must not hold a value, as an example says, and how often the letter was left.
fn refused(nullable: Nulls, value: &str) -> (Vec<&'static str>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nullable.yaml");
    let text = std::fs::read_to_string(FIXTURE).unwrap();
    let choices = Choices { nullable, ..Choices::default() };
    let mut notes = 0;
    let mut refuses = |name: &&str| {
        let text = text.replace("required: [wrapped, beside, listed]", "");
        std::fs::write(&path, format!("{text}      example: {{ {name}: {value} }}\n")).unwrap();
        let mut report = Report::default();
        let document = load(&Input::new(&path), &mut report).unwrap();
        planchet::lower::lower(&document, &choices, &mut report);
        planchet::lint::examples(&planchet::lower::examples(&document, &choices), &document.root, &mut report);
        notes = report.diagnostics().iter().filter(|found| found.code.name == "nullable").count();
        report.diagnostics().iter().any(|found| found.code.name == "example-mismatch")
    };
    let found = PROPERTIES.into_iter().filter(|name| refuses(name)).collect();
    (found, notes)
}

#[test]
fn null_is_allowed_where_it_is_meant() {
    let (nothing, notes) = refused(Nulls::Meant, "null");
    assert_eq!(nothing, [""; 0]);
    // Once for each but `plain`, and for the component `Maybe`.
    assert_eq!(notes, 9);
}

#[test]
fn the_strict_reading_goes_by_the_letter() {
    let (strict, notes) = refused(Nulls::Strict, "null");
    // A branch that says nothing admits anything, so that an object fits two branches and null one.
    assert_eq!(strict, ["wrapped", "typed", "beside", "part", "either", "listed", "untyped"]);
    assert_eq!(notes, 9);
}

/// Null is added, and nothing else is.
#[test]
fn what_is_no_null_is_judged_as_before() {
    assert_eq!(refused(Nulls::Meant, "3").0, PROPERTIES);
    let with_z = ["wrapped", "typed", "beside", "part", "branch", "listed", "untyped"];
    assert_eq!(refused(Nulls::Meant, "z").0, with_z);
}

#[test]
fn the_types_hold_null() {
    let mut report = Report::default();
    let document = load(&Input::new(std::path::Path::new(FIXTURE)), &mut report).unwrap();
    let api = planchet::lower::lower(&document, &Choices::default(), &mut report);
    let fields: Vec<(&str, Presence)> = api
        .definitions
        .0
        .iter()
        .filter(|definition| definition.rust_name == "Person")
        .flat_map(|definition| match &definition.kind {
            planchet::api::DefinitionKind::Struct(fields) => fields.fields.iter(),
            _ => panic!("a struct"),
        })
        .map(|field| (field.name.as_str(), field.presence))
        .collect();
    for (name, presence) in fields {
        let expected = if ["wrapped", "beside", "listed"].contains(&name) {
            Presence::RequiredNullable
        } else {
            Presence::OptionalNullable
        };
        assert_eq!(presence, expected, "{name}");
    }
    // `Maybe` is a struct of its own, and no other name of one.
    let names: Vec<&str> = api.definitions.0.iter().map(|definition| definition.rust_name.as_str()).collect();
    assert!(names.contains(&"Maybe") && !names.contains(&"Maybe2"), "{names:?}");
    assert!(api.components.iter().any(|component| component.name == "Maybe" && component.nullable));
}
