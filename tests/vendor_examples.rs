//! The vendors' example payloads and their verdicts, through the registry and through the typed models.

use planchet_payments::{frontstream, orchestra, registry};
use serde_json::Value;

/// Cases whose verdict an overlay changes knowingly: id, verdict here, reason.
const TIGHTENED: &[(&str, &str, &str)] = &[(
    "O13",
    "invalid",
    "the overlay turns `x-requires-any-of` into `anyOf`: paymentGatewayAccountName or paymentGatewayAccount must be there",
)];

/// The verdict of the typed model of a schema.
fn typed(schema: &str, json: &[u8]) -> Result<(), String> {
    let verdict = match schema {
        "GetTokenRequest" => frontstream::GetTokenRequest::from_json(json).map(|_| ()),
        "TokenizeRequest" => orchestra::TokenizeRequest::from_json(json).map(|_| ()),
        "AuthRequest" => orchestra::AuthRequest::from_json(json).map(|_| ()),
        "OperationResult" => orchestra::OperationResult::from_json(json).map(|_| ()),
        other => panic!("no typed model of `{other}` in this test"),
    };
    verdict.map_err(|violations| violations.to_string())
}

#[test]
fn every_example_has_its_verdict() {
    let text = include_str!("data/vendor_examples.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let cases = document["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 27);
    for case in cases {
        let (id, schema) = (case["id"].as_str().unwrap(), case["schema"].as_str().unwrap());
        let tightened = TIGHTENED.iter().find(|(tightened, ..)| *tightened == id);
        let expected = tightened.map_or(case["expect"].as_str().unwrap(), |(_, verdict, _)| verdict) == "valid";
        assert!(
            tightened.is_none_or(|(_, verdict, _)| *verdict != case["expect"]),
            "{id} is listed as tightened, and its verdict is that of the document"
        );
        let checked = registry::get(schema).unwrap().check(&case["instance"]);
        assert_eq!(checked.is_ok(), expected, "{id} ({}) by check: {checked:?}", case["why"]);
        let json = serde_json::to_vec(&case["instance"]).unwrap();
        let decoded = typed(schema, &json);
        assert_eq!(decoded.is_ok(), expected, "{id} ({}) by from_json: {decoded:?}", case["why"]);
        if let Err(violations) = &checked {
            assert_eq!(decoded.as_ref().unwrap_err(), &violations.to_string(), "{id}: both ways report the same");
            for violation in violations {
                assert!(case["instance"].pointer(&violation.pointer).is_some(), "{id}: {} resolves", violation.pointer);
            }
        }
        if expected {
            let encoded = registry::get(schema).unwrap().reencode(&json).unwrap();
            assert_eq!(
                serde_json::from_slice::<Value>(&encoded).unwrap(),
                case["instance"],
                "{id} survives a round trip"
            );
        }
    }
}
