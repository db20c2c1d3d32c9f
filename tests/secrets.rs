//! No secret in anything that can be printed: models, builders, violations, errors, traces, listings, snapshots.

mod service;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use planchet_payments::support::client::{Call, Core, Credentials, Placement, Scheme, Settings, Style};
use planchet_payments::support::{Formatted, Mapped, Secret, View};
use planchet_payments::{frontstream, orchestra, registry};
use service::Service;

const CARD: &str = "4111111111111111";
const CVV: &str = "737";
const ACCOUNT: &str = "987654321098";
const ROUTING: &str = "021000021";
const KEY: &str = "sk-live-0123456789abcdef";
const TOKEN: &str = "nQGywsQE9gbURtrXEjTZwtWqeMdK9nsO";

/// Fails where a text shows a secret, or any run of 13 to 19 digits that passes Luhn.
fn assert_clean(what: &str, text: &str) {
    for secret in [CARD, ACCOUNT, ROUTING, KEY, TOKEN] {
        assert!(!text.contains(secret), "{what} shows a secret: {text}");
    }
    assert!(!text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == CVV), "{what} shows the CVV: {text}");
    for run in text.split(|c: char| !c.is_ascii_digit()).filter(|run| (13..=19).contains(&run.len())) {
        assert!(!passes_luhn(run), "{what} shows a card number: {run}");
    }
}

/// ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            if index % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_judge_finds_a_card_number() {
    assert!(passes_luhn(CARD));
    assert!(std::panic::catch_unwind(|| assert_clean("a test", "x 5555555555554444 y")).is_err());
}

#[tokio::test]
async fn nothing_printed_shows_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let service = Service::start(Duration::ZERO).await;

    // Models and builders.
    let card = frontstream::GetTokenRequest::builder()
        .card_num(CARD)
        .exp_month("01")
        .exp_year("29")
        .cv_num(CVV)
        .name_on_card("Jane Smith")
        .email("jane@example.com")
        .street("1 Main St")
        .city("Reston")
        .country("US");
    assert_clean("a builder", &format!("{card:?}"));
    let card = card.build().unwrap();
    assert_clean("a model", &format!("{card:?} {card:#?}"));
    let account =
        frontstream::GetTokenAchRequest::builder().check_account_number(ACCOUNT).check_routing_number(ROUTING);
    assert_clean("a builder", &format!("{account:?}"));
    let missing = account.build().unwrap_err();
    assert_clean("violations", &format!("{missing} {missing:?} {}", missing.problem()));

    // Violations of broken payloads, by every way in; the secrets are where they belong, too long, of the wrong type, and as names.
    for json in [
        format!(r#"{{"CardNum":"{CARD}{CARD}","CVNum":"{CVV}{CVV}{KEY}","ExpMonth":"{CARD}"}}"#),
        format!(r#"{{"CardNum":{CARD},"CVNum":{CVV}}}"#),
        format!(r#"{{"{CARD}":"{CVV}","CardNum":["{CARD}"]}}"#),
        format!(r#"{{"CardNum":"{CARD}","CardNum":"{CARD}"}}"#),
        format!(r#"{{"CardNum":"{CARD}" "{CVV}"}}"#),
    ] {
        let found = frontstream::GetTokenRequest::from_json(json.as_bytes()).unwrap_err();
        assert_clean("violations", &format!("{found} {found:?} {}", found.problem()));
        if let Ok(value) = serde_json::from_str(&json) {
            let found = registry::get("GetTokenRequest").unwrap().check(&value).unwrap_err();
            assert_clean("violations", &format!("{found} {found:?}"));
        }
    }

    // Clients, errors and traces.
    let a = frontstream::Client::builder().base_url(&service.url).access_token(KEY);
    assert_clean("a client builder", &format!("{a:?}"));
    let a = a.build().unwrap();
    let b = orchestra::Client::builder().base_url(&service.url).api_key_auth(KEY).build().unwrap();
    assert_clean("a client", &format!("{a:?} {b:?}"));
    for (status, body) in [
        (201, format!(r#"{{"TokenGuid":"{TOKEN}","ExternalCardToken":"{KEY}"}}"#)),
        (201, format!(r#"{{"TokenGuid":["{CARD}"]}}"#)),
        (201, format!("{CARD} {KEY}")),
        (400, format!("<html>{CARD}</html>")),
        (500, CARD.to_owned()),
    ] {
        service.answer(status, &body);
        match a.tokenize_card(&card).await {
            Ok(response) => assert_clean("a response", &format!("{response:?} {:?}", response.body())),
            Err(error) => assert_clean("an error", &format!("{error} {error:?}")),
        }
    }
    service.answer(200, &format!(r#"{{"clearPayload":"{CARD}","token":"{TOKEN}"}}"#));
    let stored = b.string_token_retrieve(&Secret::from(TOKEN)).await.unwrap();
    assert_clean("a response", &format!("{stored:?} {:?}", stored.body()));
    let gone = orchestra::Client::builder().base_url("http://127.0.0.1:1").api_key_auth(KEY).build().unwrap();
    let error = gone.string_token_retrieve(&Secret::from(TOKEN)).await.unwrap_err();
    assert_clean("an error", &format!("{error} {error:?}"));
    let illegal = orchestra::Client::builder().base_url(&service.url).api_key_auth(format!("{KEY}\n")).build().unwrap();
    let error = illegal.gateway_list().await.unwrap_err();
    assert_clean("an error", &format!("{error} {error:?}"));

    // A credential in the query, in a cookie and in `Authorization`; a parameter in the path: answered, and not.
    query_keys_are_not_shown(&service).await;

    // What was traced by this crate; what the transport's own crates trace is theirs, and at `trace` only.
    let traced = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = traced.lines().filter(|line| line.contains("planchet_payments")).collect();
    assert!(ours.len() >= 7, "{} events", ours.len());
    assert_clean("a trace", &traced);
    for line in ours {
        assert!(line.contains("template=\"/"), "{line}");
    }
}

/// Credentials wherever they can go, to a service and to nobody.
async fn query_keys_are_not_shown(service: &Service) {
    const SCHEMES: [Scheme; 4] = [
        Scheme { name: "query", placement: Placement::Query("api_key") },
        Scheme { name: "cookie", placement: Placement::Cookie("session") },
        Scheme { name: "bearer", placement: Placement::Bearer },
        Scheme { name: "basic", placement: Placement::Basic },
    ];
    const ALTERNATIVES: [&[&[&Scheme]]; 4] =
        [&[&[&SCHEMES[0]]], &[&[&SCHEMES[1]]], &[&[&SCHEMES[2]]], &[&[&SCHEMES[3]]]];
    let mut credentials = Credentials::default();
    SCHEMES.iter().for_each(|scheme| credentials.set(scheme.name, Secret::from(KEY)));
    service.answer(200, CARD);
    for url in [service.url.as_str(), "http://127.0.0.1:1"] {
        let core = Core::new(Some(url), "", None, credentials.clone(), Settings::default()).unwrap();
        for security in ALTERNATIVES {
            let mut call = Call::new("probe", http::Method::GET, "/probe/{token}");
            call.path_literal("/probe/");
            call.path_parameter("token", Style::Simple, false, View::String(TOKEN));
            call.query("card", Style::Form, true, false, View::String(CARD));
            call.header("X-Card", false, true, View::String(CARD));
            assert_clean("a call", &format!("{call:?}"));
            let outcome = core.send(call, security).await;
            assert_clean("what was received, or not", &format!("{core:?} {outcome:?}"));
        }
        for value in ["..", "\n"] {
            let mut call = Call::new("probe", http::Method::GET, "/probe/{token}");
            call.path_literal("/");
            call.path_parameter(CARD, Style::Simple, false, View::String(value));
            call.header(CARD, false, true, View::String("\n4111111111111111"));
            let refused = core.send(call, &[]).await.unwrap_err();
            assert_clean("a refusal", &format!("{refused:?}"));
            assert_clean("a refusal", &refused.to_string());
        }
    }
}

#[test]
fn names_that_the_instance_chose_are_no_card_numbers() {
    let schema = registry::get("AuthRequest").unwrap();
    for json in [
        format!(r#"{{"card":{{"{CARD}":1}},"{CARD}":{{"4111-1111-1111-1111":7}}}}"#),
        format!(r#"{{"metadata":{{"{CARD}":[1],"4111 1111 1111 1111":{{}}}}}}"#),
        format!(r#"[{{"{CARD}":1}}]"#),
    ] {
        let found = schema.check(&serde_json::from_str(&json).unwrap()).unwrap_err();
        assert_clean("violations", &format!("{found} {found:?} {}", found.problem()));
        let found = orchestra::AuthRequest::from_json(json.as_bytes()).unwrap_err();
        assert_clean("violations", &format!("{found} {found:?} {}", serde_json::to_string(&found).unwrap()));
    }
}

/// What the document does not list is held, and shown only where it cannot be a card's number.
#[test]
fn values_that_are_not_understood_are_not_shown() {
    let code = orchestra::ResultCode::from(CARD);
    assert_eq!(format!("{code:?}"), "Unknown([redacted])");
    assert_eq!(format!("{:?}", orchestra::ResultCode::from("Novel")), "Unknown(\"Novel\")");
    assert_eq!(format!("{:?}", orchestra::ResultCode::from("Success")), "Success");
    let moment = Formatted::<jiff::Timestamp>::from(CARD);
    assert_eq!(format!("{moment:?}"), "Formatted([redacted])");
    let mapped = Mapped::<bool>::from_value(serde_json::json!({ "Card": CARD }));
    assert_eq!(format!("{mapped:?}"), "Mapped([redacted])");
}

/// Equality of secrets means what it meant before it took constant time.
#[test]
fn secrets_are_compared_by_value() {
    let text = |text: &str| Secret::new(text.to_owned());
    assert!(text("") == text("") && text(KEY) == text(KEY));
    assert!(text(KEY) != text(CARD) && text("a") != text("b") && text("a") != text("ab") && text("") != text("a"));
    assert!(Secret::new(-1i64) == Secret::new(-1i64) && Secret::new(1i64) != Secret::new(1i64 << 40));
    assert!(Secret::new(u64::MAX) == Secret::new(u64::MAX) && Secret::new(0u64) != Secret::new(1u64));
    assert!(Secret::new(0.5f64) == Secret::new(0.5f64) && Secret::new(f64::NAN) != Secret::new(f64::NAN));
    let list = |items: &[&str]| Secret::new(items.iter().map(|item| (*item).to_owned()).collect::<Vec<String>>());
    assert!(
        list(&["a", "b"]) == list(&["a", "b"]) && list(&["a", "b"]) != list(&["a", "c"]) && list(&["a"]) != list(&[])
    );
    let values = [
        serde_json::json!(null),
        serde_json::json!(true),
        serde_json::json!(false),
        serde_json::json!(1),
        serde_json::json!(-1),
        serde_json::json!(1.5),
        serde_json::json!("1"),
        serde_json::json!(["1", 2]),
        serde_json::json!(["1", 3]),
        serde_json::json!({ "a": "1" }),
        serde_json::json!({ "a": "2" }),
        serde_json::json!({ "b": "1" }),
        serde_json::json!({ "a": "1", "b": [] }),
    ];
    for one in &values {
        for other in &values {
            assert_eq!(Secret::new(one.clone()) == Secret::new(other.clone()), one == other, "{one} {other}");
        }
    }
}

#[test]
fn listings_and_snapshots_show_no_secret() {
    for folder in ["codegen/tests/snapshots", "generated/frontstream", "generated/orchestra"] {
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                assert_clean(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap());
                read += 1;
            }
        }
        assert!(read > 0, "{folder}");
    }
}
