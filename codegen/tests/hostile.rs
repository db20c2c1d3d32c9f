//! Documents of hostile shape: every one ends with an answer, and each shape here once took time without end or memory in squares.
//! `--ignored` takes them at ten megabytes.

use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::emit::package::layout::crate_files;
use planchet::lower::lower;
use planchet::runtime::Pattern;
use planchet::runtime::formats::regex::is_regex;
use serde_json::{Map, Value, json};

/// Takes a document through the whole pipeline: the codes of its errors, or the number of bytes that are emitted.
fn answer(schemas: Map<String, Value>, paths: Map<String, Value>) -> Result<usize, Vec<&'static str>> {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Hostile", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    let mut report = Report::default();
    let root = parse_bytes("hostile.json", document.to_string().into_bytes(), &mut report);
    let document = root.and_then(|root| check(root, &mut report));
    let Some(document) = document else {
        let errors = report.diagnostics().iter().filter(|found| found.code.severity.to_string() == "error");
        return Err(errors.map(|found| found.code.name).collect());
    };
    let api = lower(&document, &Choices::default(), &mut report);
    Ok(crate_files(&api, "api").unwrap().values().map(String::len).sum())
}

/// Whether the composition of a schema is too large, which costs that schema and not the document.
fn is_cut(schemas: Map<String, Value>) -> bool {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Hostile", "version": "1" },
        "components": { "schemas": schemas },
    });
    let mut report = Report::default();
    let root = parse_bytes("hostile.json", document.to_string().into_bytes(), &mut report).unwrap();
    let document = check(root, &mut report).unwrap();
    let api = lower(&document, &Choices::default(), &mut report);
    assert!(crate_files(&api, "api").unwrap().values().map(String::len).sum::<usize>() < 20_000_000);
    report.diagnostics().iter().any(|found| found.code.name == "composition-size")
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `A0: {allOf: [A1, A1]}`, and so on: two to the power of the steps.
fn doubling(keyword: &str, steps: usize) -> Map<String, Value> {
    let mut schemas = Map::new();
    for step in 0..steps {
        let next = reference(&format!("A{}", step + 1));
        schemas.insert(format!("A{step}"), json!({ keyword: [next, next] }));
    }
    schemas.insert(format!("A{steps}"), json!({ "type": "object" }));
    schemas
}

fn shapes(size: usize) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        assert!(is_cut(doubling(keyword, 60)), "{keyword}");
    }
    // The same in properties, which have no name of their own, and in a schema that no reference leads to.
    let property = |step: usize| json!({ "$ref": format!("#/components/schemas/X/properties/a{step}") });
    let mut properties = Map::new();
    for step in 0..60 {
        properties.insert(format!("a{step}"), json!({ "allOf": [property(step + 1), property(step + 1)] }));
    }
    properties.insert("a60".to_owned(), json!({ "type": "object" }));
    let within = Map::from_iter([("X".to_owned(), json!({ "type": "object", "properties": properties }))]);
    assert!(is_cut(within));
    let mut last = doubling("allOf", 15);
    let parts = vec![reference("A0"); 2];
    last.insert("X".to_owned(), json!({ "type": "object", "properties": { "a": { "allOf": parts } } }));
    assert!(is_cut(last));
    let chain = (0..size).map(|index| (format!("A{index}"), reference(&format!("A{}", index + 1))));
    let chain = chain.chain([(format!("A{size}"), json!({ "type": "string" }))]).collect();
    assert!(is_cut(chain));
    let values: Vec<String> = (0..size).map(|index| format!("value-{index}")).collect();
    let listed = Map::from_iter([("Listed".to_owned(), json!({ "type": "string", "enum": values }))]);
    assert!(answer(listed, Map::new()).unwrap() > size);
    let properties = (0..size).map(|index| (format!("p{index}"), json!({ "type": "string", "maxLength": index })));
    let wide = json!({ "type": "object", "properties": properties.collect::<Map<_, _>>() });
    assert!(answer(Map::from_iter([("Wide".to_owned(), wide)]), Map::new()).unwrap() > size);
    let branch =
        |index: usize| json!({ "type": "object", "properties": { format!("p{index}"): { "type": "string" } } });
    let union = json!({ "oneOf": (0..size / 4).map(branch).collect::<Vec<_>>() });
    assert!(answer(Map::from_iter([("Union".to_owned(), union)]), Map::new()).unwrap() > size);
    // Branches that list a string for a member: each for one of its own, each another one for the same, all the same one.
    let listing: [fn(usize) -> (usize, usize); 3] = [|index| (index, 0), |index| (0, index), |_| (0, 0)];
    for told in listing {
        let branch = |index: usize| {
            let (name, value) = told(index);
            json!({ "properties": { format!("p{name}"): { "const": format!("v{value}") } } })
        };
        let union = json!({ "oneOf": (0..size / 4).map(branch).collect::<Vec<_>>() });
        assert!(answer(Map::from_iter([("Union".to_owned(), union)]), Map::new()).unwrap() > size);
    }
    // Names that are one name to Rust.
    let alike = (0..size.min(3000)).map(|index| (format!("a{}b", "-".repeat(index + 1)), json!({ "type": "object" })));
    assert!(answer(alike.collect(), Map::new()).unwrap() > size);
    let paths = (0..size / 20)
        .map(|index| (format!("/p{index}"), json!({ "get": { "responses": { "204": { "description": "" } } } })));
    assert!(answer(Map::new(), paths.collect()).unwrap() > size);
}

#[test]
fn names_alike_in_great_number_are_told_apart() {
    // `a-.-b`: every one of them is `AB`.
    let name = |index: usize| format!("a{}b", format!("{index:015b}").replace('0', "-").replace('1', "."));
    let alike = (0..20_000).map(|index| (name(index), json!({ "type": "string" }))).collect();
    assert!(answer(alike, Map::new()).unwrap() > 20_000);
}

#[test]
fn every_pattern_has_an_answer() {
    let nested = |open: &str, depth| open.repeat(depth) + "a" + &")".repeat(depth);
    let too_large = [nested("(", 100_000), "(".repeat(100_000), nested("(?=", 101), "a?".repeat(100_000)];
    for pattern in too_large.into_iter().chain(["[a".to_owned(), "(?<".repeat(100_000)]) {
        assert!(!is_regex(&pattern));
        let schemas = Map::from_iter([("Text".to_owned(), json!({ "type": "string", "pattern": pattern }))]);
        // It is not enforced, and costs the document nothing else.
        assert!(answer(schemas, Map::new()).is_ok());
    }
    let legal = [
        nested("(", 100),
        nested("(?=", 90),
        vec!["a"; 500].join("|"),
        "[|(]".repeat(1_000),
        "\\|\\(".repeat(1_000),
        "(a)".repeat(1_000),
    ];
    for pattern in legal {
        assert!(is_regex(&pattern));
        let schemas = Map::from_iter([("Text".to_owned(), json!({ "type": "string", "pattern": pattern }))]);
        assert!(answer(schemas, Map::new()).is_ok());
        let pattern: &'static str = pattern.leak();
        assert_eq!(Pattern::new(pattern).try_match("b"), Some(false));
    }
}

#[test]
fn a_long_choice_that_needs_no_engine_is_carried() {
    let pattern: &'static str = format!("^({})$", vec!["a{2}"; 10_000].join("|")).leak();
    let schemas = Map::from_iter([("Text".to_owned(), json!({ "type": "string", "pattern": pattern }))]);
    assert!(answer(schemas, Map::new()).is_ok());
    assert!(Pattern::new(pattern).is_match("aa") && !Pattern::new(pattern).is_match("aab"));
}

#[test]
fn every_shape_has_an_answer() {
    shapes(2_000);
}

#[test]
#[ignore = "ten megabytes each"]
fn every_large_shape_has_an_answer() {
    shapes(150_000);
}
