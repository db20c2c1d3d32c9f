//! Checking a valid value takes no memory: an allocator that counts is the judge.

use allocation_counter::measure;
use planchet_payments::support::{Instance as _, check};
use planchet_payments::{frontstream, orchestra};

fn allocations(work: impl Fn() -> bool) -> u64 {
    // The first time compiles patterns.
    assert!(work());
    measure(|| assert!(work())).count_total
}

#[test]
fn a_valid_value_is_checked_without_memory() {
    let token = frontstream::GetTokenRequest::from_json(
        br#"{"CardNum":"4111111111111111","ExpMonth":"01","ExpYear":"29","NameOnCard":"Jane","Email":"jane@example.com","Street":"1","City":"R","Country":"US"}"#,
    );
    let token = token.unwrap();
    assert_eq!(allocations(|| token.validate().is_ok()), 0);
    let auth = orchestra::AuthRequest::from_json(
        br#"{"amount":29.99,"currency":"USD","paymentGatewayAccountName":"stripe","card":{"cardNumber":"4111111111111111","cardHolderName":"Jane","expirationMonth":12,"expirationYear":2027,"cvv":"123","cardType":"Visa"},"payerDetails":{"clientIPAddress":"127.0.0.1","countryCode":"US"}}"#,
    );
    let auth = auth.unwrap();
    assert_eq!(allocations(|| auth.validate().is_ok()), 0);
    let value = serde_json::to_value(&auth).unwrap();
    let schema = orchestra::registry::get("AuthRequest").unwrap();
    assert_eq!(allocations(|| schema.check(&value).is_ok()), 0);
    // The tables take none for what no alternative is tried for.
    assert_eq!(allocations(|| check(token.view(), &frontstream::rules::GET_TOKEN_REQUEST).is_ok()), 0);
    // What is wrong is told, and that takes memory.
    let mut wrong = token.clone();
    wrong.exp_month = "1".to_owned();
    assert!(measure(|| assert!(wrong.validate().is_err())).count_total > 0);
}
