//! What travels one way only is demanded the other way by no keyword, wherever the schema is applied from.

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::lint;
use serde_json::{Value, json};

/// The document whose one operation takes and answers a value of a schema, beside a `Pet`.
fn api(exchanged: &Value) -> Api {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "", "version": "" },
        "paths": { "/pets": { "post": {
            "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Exchanged" } } } },
            "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Exchanged" } } } } },
        } } },
        "components": { "schemas": {
            "Exchanged": exchanged,
            "Pet": {
                "type": "object",
                "required": ["id", "name"],
                "properties": { "id": { "type": "integer", "readOnly": true }, "name": { "type": "string" } },
            },
        } },
    });
    let mut report = Report::default();
    let root = parse_bytes("pets.json", document.to_string().into_bytes(), &mut report).unwrap();
    let document = check(root, &mut report).unwrap();
    let api = planchet::lower::lower(&document, &Choices::default(), &mut report);
    assert!(!report.has_errors(), "{exchanged}");
    api
}

/// Whether a value is a request of the document, and whether it is a response.
fn verdicts(exchanged: &Value, instance: &Value) -> (bool, bool) {
    let api = api(exchanged);
    let operation = api.operations.first().unwrap();
    let request = operation.body.as_ref().unwrap().chosen.schema.unwrap();
    let response = operation.responses.iter().find_map(|response| response.content.as_ref()).unwrap().schema.unwrap();
    let judged = |schema| {
        let holds = lint::holds(&api.schemas, schema, instance);
        assert_eq!(lint::check(&api.schemas, schema, instance).is_ok(), holds, "{exchanged}");
        holds
    };
    (judged(request), judged(response))
}

#[test]
fn every_keyword_leads_to_the_schema_of_its_direction() {
    let pet = json!({ "$ref": "#/components/schemas/Pet" });
    let (sent, received) = (json!({ "name": "a" }), json!({ "id": 1, "name": "a" }));
    let one = |value: &Value| json!([value]);
    let named = |value: &Value| json!({ "x": value });
    // What is exchanged, with a value whose part is a `Pet` without what a request must not send.
    let schemas = [
        (json!({ "type": "array", "items": pet, "contains": pet }), one(&sent), one(&received)),
        (json!({ "type": "array", "contains": pet }), one(&sent), one(&received)),
        (json!({ "type": "array", "prefixItems": [pet] }), one(&sent), one(&received)),
        (json!({ "type": "array", "unevaluatedItems": pet }), one(&sent), one(&received)),
        (json!({ "type": "object", "unevaluatedProperties": pet }), named(&sent), named(&received)),
        (json!({ "type": "object", "additionalProperties": pet }), named(&sent), named(&received)),
        (json!({ "type": "object", "patternProperties": { "^x$": pet } }), named(&sent), named(&received)),
        (json!({ "type": "object", "dependentSchemas": { "name": pet } }), sent.clone(), received.clone()),
        (json!({ "not": { "not": pet } }), sent.clone(), received.clone()),
        (json!({ "if": pet, "else": false }), sent.clone(), received.clone()),
        (json!({ "if": true, "then": pet }), sent.clone(), received.clone()),
        (json!({ "if": false, "else": pet }), sent.clone(), received.clone()),
        (json!({ "allOf": [pet], "type": "object" }), sent.clone(), received.clone()),
        (json!({ "anyOf": [pet, { "type": "integer" }] }), sent.clone(), received.clone()),
        (json!({ "oneOf": [pet, { "type": "integer" }] }), sent.clone(), received.clone()),
        (
            json!({ "type": "object", "dependentRequired": { "name": ["id"] },
                "properties": { "id": { "readOnly": true }, "name": { "type": "string" } } }),
            sent.clone(),
            received.clone(),
        ),
    ];
    for (schema, sent, received) in schemas {
        assert_eq!(verdicts(&schema, &sent), (true, false), "{schema}: {sent}");
        assert!(verdicts(&schema, &received).1, "{schema}: {received}");
    }
}

/// `required` "will take effect on the response only" eases a demand; it makes none.
#[test]
fn what_is_ruled_out_is_not_eased() {
    let schema = json!({
        "type": "object",
        "required": ["id"],
        "properties": { "id": { "type": "integer", "readOnly": true }, "draft": { "type": "boolean" } },
        "if": { "required": ["id"] },
        "then": { "not": { "required": ["draft"] } },
    });
    assert_eq!(verdicts(&schema, &json!({ "draft": true })), (true, false));
    assert!(verdicts(&schema, &json!({ "id": 1 })).1);
    assert!(!verdicts(&schema, &json!({ "id": 1, "draft": true })).1);
}
