//! What is wrong with a response, which a client decodes without checking its rules, is told with its place.

use planchet_payments::orchestra::AuthRequest;
use planchet_payments::support::from_json_lenient;
use serde_json::{Value, json};

fn fault(text: &str) -> String {
    match from_json_lenient::<AuthRequest>(text.as_bytes()) {
        Ok(_) => panic!("decoded: {text}"),
        Err(fault) => fault.to_string(),
    }
}

fn card() -> Value {
    json!({ "cardHolderName": "A", "cardNumber": "4111111111111111", "expirationYear": 2030, "expirationMonth": 1 })
}

#[test]
fn the_member_that_is_missing_is_named() {
    let whole = json!({ "amount": 1.0, "currency": "EUR", "card": card() });
    assert!(from_json_lenient::<AuthRequest>(whole.to_string().as_bytes()).is_ok());
    for name in ["amount", "currency", "card"] {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().remove(name);
        assert_eq!(fault(&lacking.to_string()), format!("(root): lacks `{name}`"));
    }
    for name in ["cardHolderName", "cardNumber", "expirationYear", "expirationMonth"] {
        let mut lacking = whole.clone();
        lacking["card"].as_object_mut().unwrap().remove(name);
        assert_eq!(fault(&lacking.to_string()), format!("/card: lacks `{name}`"));
    }
}

#[test]
fn a_nested_object_does_not_hide_what_the_outer_one_lacks() {
    // The nested one is read last, has the name that is missing, and unknown members, which are skipped.
    let payer = json!({ "clientIPAddress": "192.0.2.1", "countryCode": "CY", "currency": "EUR" });
    let text = json!({ "amount": 1.0, "x": { "currency": [{}] }, "card": card(), "payerDetails": payer });
    assert_eq!(fault(&text.to_string()), "(root): lacks `currency`");
    assert_eq!(
        fault(r#"{"amount": 1.0, "currency": "EUR", "card": {}, "card": {"cardHolderName": "A"}}"#),
        "/card: lacks `cardHolderName`"
    );
}
