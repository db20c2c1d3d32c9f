//! A wrong check digit is found before anything is sent; what has no check digit passes.

use planchet_payments::support::formats::card_number::is_card_number;
use planchet_payments::{frontstream, orchestra};

#[test]
fn the_formula_of_luhn() {
    // Published test numbers of the card schemes.
    for number in
        ["4111111111111111", "5555555555554444", "378282246310005", "6011 1111 1111 1117", "3056-9309-0259-04"]
    {
        assert!(is_card_number(number), "{number}");
    }
    for number in ["4111111111111112", "", "4111", "4111111111111111a", "@", "41111111111111111111"] {
        assert!(!is_card_number(number), "{number}");
    }
    assert!(is_card_number("@nQGywsQE9gbURtrXEjTZwtWqeMdK9nsO"), "a reference");
    assert!(is_card_number("411111******1111"), "a masked number");
}

#[test]
fn both_apis_assert_it_and_show_nothing() {
    let card = orchestra::CardInput::builder()
        .card_number("4111111111111112")
        .card_holder_name("Jane Smith")
        .expiration_month(12)
        .expiration_year(2027)
        .build();
    let said = card.err().map(|violations| violations.to_string());
    assert_eq!(said.as_deref(), Some("/cardNumber: must be of the format `card-number`"));
    let token = frontstream::GetTokenRequest::from_json(
        br#"{"CardNum":"5555555555554445","ExpMonth":"01","ExpYear":"29","NameOnCard":"J","Email":"j@example.com","Street":"1","City":"R","Country":"US"}"#,
    );
    let said = token.err().map(|violations| violations.to_string());
    assert_eq!(said.as_deref(), Some("/CardNum: must be of the format `card-number`"));
}
