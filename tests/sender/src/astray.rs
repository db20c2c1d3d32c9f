//! Calls that would reach another resource, credentials that are welcome or not, and what is printed of models that hold secrets.
#![allow(unused_imports, reason = "generated code in a private module: what is not used here is used by nobody")]

include!(concat!(env!("OUT_DIR"), "/vault.rs"));

use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use support::client::{RequestBody, Transport};
use vault::Client;

/// The number that card schemes publish for tests.
const CARD: &str = "4111111111111111";

pub async fn print() -> Result<(), Box<dyn Error>> {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let sent = Arc::clone(&seen);
    let service = tower::service_fn(move |request: http::Request<RequestBody>| {
        if let Ok(mut sent) = sent.lock() {
            sent.push(format!("{} {}", request.method(), request.uri()));
        }
        let mut response = http::Response::new(Full::<bytes::Bytes>::default());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        async move { Ok::<_, Infallible>(response) }
    });
    let builder = Client::builder().transport(Transport::new(service));
    let anonymous = builder.clone().build()?;
    let with_key = builder.clone().key("a&b").build()?;
    let trusted = builder.base_url("http://vault.internal").key("a&b").build()?;

    macro_rules! told {
        ($name:literal, $call:expr) => {{
            let outcome = match $call.await {
                Ok(response) => response.status().to_string(),
                Err(error) => error.to_string(),
            };
            let sent: Vec<String> = seen.lock().map(|mut seen| seen.drain(..).collect()).unwrap_or_default();
            println!("{}: {outcome} {sent:?}", $name);
        }};
    }
    for token in ["a/b", "", ".", ".."] {
        told!("checked", trusted.delete_token(token));
        told!("unchecked", trusted.unchecked().delete_token(token));
    }
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<String>>();
    told!("neighbours", trusted.find_token(&list(&[]), "", ""));
    told!("neighbours", trusted.find_token(&list(&["a", ""]), ".", "json"));
    told!("no key", anonymous.delete_token("a"));
    told!("in the clear", with_key.delete_token("a"));
    told!("open", with_key.open());
    told!("either", trusted.either());
    told!("undefined", trusted.undefined());
    told!("both", trusted.both());
    told!("left out: kind", trusted.left_out_kind());
    told!("left out: place", trusted.left_out_place());
    told!("left out: elsewhere", trusted.left_out_elsewhere());
    told!("left out: text", trusted.left_out_text());
    told!("left out: unchecked", trusted.unchecked().left_out_kind());
    told!("left out: requirement", trusted.left_out_requirement());
    told!("mutual", anonymous.mutual());
    told!("mutual and key", trusted.mutual_and_key());
    told!("mutual and no key", anonymous.mutual_and_key());

    let json = format!(
        r#"{{"card":{{"number":"{CARD}","brand":"{CARD}","Number":"{CARD}"}},"amount":5,"anything":"{CARD}","labels":{{"{CARD}":"a"}},
        "wallet":{{"{CARD}":"a"}},"wallets":[{{"{CARD}":"a"}}],"paid":"{CARD}","Card":"{CARD}","{CARD}":1}}"#
    );
    let payment: vault::Payment = support::from_json_lenient(json.as_bytes())?;
    println!("{payment:?}");
    assert!(!format!("{payment:?} {payment:#?}").contains(CARD));
    let builder = vault::Payment::builder()
        .card(payment.card.clone())
        .anything(CARD)
        .labels(payment.labels.clone().unwrap_or_default());
    let builder = builder.wallet(payment.wallet.clone().unwrap_or_default()).additional_properties("Card", CARD);
    println!("{builder:?}");
    assert!(!format!("{builder:?} {builder:#?}").contains(CARD));
    told!("a secret in the clear", anonymous.unchecked().pay(&payment));
    told!("a secret parameter", anonymous.search());
    told!("a secret, as the caller says", trusted.unchecked().pay(&payment));
    let means: Vec<vault::Means> =
        support::from_json_lenient(format!(r#"[{{"number":"{CARD}"}},[{{"{CARD}":"a"}}],"{CARD}"]"#).as_bytes())?;
    let more = std::collections::BTreeMap::from([(CARD.to_owned(), CARD.into())]);
    let call = anonymous.search().card(CARD).limit(1).more(more);
    use vault::client::PayError;
    let failures =
        [PayError::BadRequest(CARD.to_owned()), PayError::Conflict(payment.card), PayError::InternalServerError];
    println!("{means:?}\n{call:?}\n{failures:?}");
    assert!(!format!("{means:?} {call:?} {failures:?}").contains(CARD));
    let harmless: vault::Harmless = support::from_json_lenient(br#"{"name":"a","more":1}"#)?;
    println!("{harmless:?}");
    Ok(())
}
