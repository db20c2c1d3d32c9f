//! A pattern that takes too many steps has no answer: under whatever keyword it is asked, the value does not hold, and the report
//! says that pattern and place, and nothing of which it is not known whether it is true.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::diagnostic::Report;
use crate::document::{check, parse_bytes};
use crate::emit::Gates;
use crate::runtime::{Rule, View, Violations, holds};

/// A pattern whose budget is spent on 64 times `a` ([`crate::runtime::Pattern::try_match`]).
const HARD: &str = "^(a*)*\\1b$";

fn api(schema: &Value) -> crate::api::Api {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Undecided", "version": "1" },
        "paths": {},
        "components": { "schemas": { "X": schema } },
    });
    let mut report = Report::default();
    let root = parse_bytes("x.json", document.to_string().into_bytes(), &mut report);
    let document = root.and_then(|root| check(root, &mut report)).unwrap_or_else(|| panic!("{}", report.render()));
    crate::lower::lower(&document, &Choices::default(), &mut report)
}

fn judged(schema: &Value, value: &Value) -> Result<(), Violations> {
    let api = api(schema);
    let rules = crate::lint::Tables::new(&api.schemas).rules(api.components[0].schema, value).unwrap();
    let said = crate::runtime::check(View::from(value), rules);
    assert_eq!(said.is_ok(), holds(View::from(value), rules), "{schema}: verdict and report differ");
    said
}

fn hard() -> Value {
    json!({ "type": "string", "pattern": HARD })
}

#[test]
fn what_has_no_answer_is_neither_right_nor_wrong() {
    let text = "a".repeat(64);
    let hard = hard();
    let object = json!({ "x": text });
    let within = json!({ "properties": { "x": hard } });
    let cases = [
        (hard.clone(), json!(text)),
        (json!({ "not": hard }), json!(text)),
        (json!({ "not": { "not": hard } }), json!(text)),
        (json!({ "allOf": [hard, {}] }), json!(text)),
        (json!({ "anyOf": [hard, { "type": "integer" }] }), json!(text)),
        (json!({ "anyOf": [{ "not": hard }, { "type": "integer" }] }), json!(text)),
        (json!({ "oneOf": [hard, {}] }), json!(text)),
        (json!({ "oneOf": [{}, hard] }), json!(text)),
        (json!({ "oneOf": [{ "type": "integer" }, hard] }), json!(text)),
        (json!({ "if": hard, "then": {}, "else": {} }), json!(text)),
        (json!({ "if": { "not": hard }, "then": false }), json!(text)),
        (json!({ "contains": hard }), json!([text])),
        (json!({ "contains": hard, "minContains": 0, "maxContains": 0 }), json!([text])),
        (json!({ "propertyNames": hard }), json!({ (text.clone()): 1 })),
        (json!({ "propertyNames": { "not": hard } }), json!({ (text.clone()): 1 })),
        (json!({ "patternProperties": { HARD: {} } }), json!({ (text.clone()): 1 })),
        (json!({ "patternProperties": { HARD: false } }), json!({ (text.clone()): 1 })),
        (json!({ "patternProperties": { HARD: {} }, "additionalProperties": false }), json!({ (text.clone()): 1 })),
        (json!({ "patternProperties": { HARD: {} }, "unevaluatedProperties": false }), json!({ (text.clone()): 1 })),
        (json!({ "anyOf": [within, true], "unevaluatedProperties": false }), object.clone()),
        (json!({ "contains": hard, "unevaluatedItems": false }), json!([text])),
        (json!({ "dependentSchemas": { "x": { "not": within } } }), object.clone()),
        (json!({ "unevaluatedProperties": { "not": hard } }), object),
    ];
    for (schema, value) in cases {
        let Err(report) = judged(&schema, &value) else { panic!("{schema} holds") };
        for found in &report {
            assert_eq!(found.rule, Rule::Undecided { pattern: HARD }, "{schema}: {report}");
            assert!(value.pointer(&found.pointer).is_some(), "{schema}: {report}");
        }
    }
}

#[test]
fn an_alternative_that_holds_settles_any_of() {
    for parts in [json!([hard(), {}]), json!([{}, hard()]), json!([{ "not": hard() }, {}])] {
        assert!(judged(&json!({ "anyOf": parts }), &json!("a".repeat(64))).is_ok());
    }
}

#[test]
fn emitted_code_leaves_such_a_pattern_to_the_tables() {
    let schema = json!({
        "type": "object",
        "properties": { "x": hard(), "y": { "type": "string", "pattern": "^a+$" } },
        "not": { "required": ["z"], "properties": { "z": hard() } },
    });
    let files = crate::emit::emit_module(&api(&schema), Gates::FEATURES).unwrap();
    assert!(files["verdicts.rs"].contains("json::follows_alone(value, &rules::X)"), "{}", files["verdicts.rs"]);
    assert!(!files["verdicts.rs"].contains("is_match") && !files["models.rs"].contains(".is_match(&"));
}

#[test]
fn what_has_no_answer_hides_nothing_beside_it() {
    let (text, hard) = ("a".repeat(64), hard());
    let told = |schema: &Value, value: &Value| -> Vec<String> {
        let report = judged(schema, value).unwrap_err();
        report.iter().map(|found| format!("{} {}", found.pointer, found.rule.name())).collect()
    };
    let either = json!({ "anyOf": [{ "type": "integer" }, { "maxLength": 1 }] });
    let properties = json!({ "properties": { "x": { "not": hard }, "y": either, "z": { "not": hard } } });
    let value = json!({ "x": text, "y": "long", "z": text });
    assert_eq!(told(&properties, &value), ["/x undecided", "/y anyOf", "/z undecided"]);
    let patterns = json!({ "patternProperties": { HARD: {}, "^a+$": either } });
    let at = format!("/{text}");
    assert_eq!(told(&patterns, &json!({ (text.clone()): "long" })), [format!("{at} anyOf"), format!("{at} undecided")]);
    let elements = json!({ "items": { "allOf": [{ "not": hard }, either] } });
    assert_eq!(told(&elements, &json!([text, "long"])), ["/0 undecided", "/0 anyOf", "/1 anyOf"]);
}
