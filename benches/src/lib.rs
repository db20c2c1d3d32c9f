//! What is measured: the same work done by emitted code, by hand, and with the `jsonschema` crate.

pub mod floor;
#[allow(missing_docs, reason = "made by a macro")]
pub mod validators {
    include!(concat!(env!("OUT_DIR"), "/validators.rs"));
}
#[cfg(corpus)]
#[allow(dead_code, unused_imports, reason = "one operation of each document is of use")]
pub mod corpus {
    include!(concat!(env!("OUT_DIR"), "/chat.rs"));
    include!(concat!(env!("OUT_DIR"), "/payment.rs"));
    include!(concat!(env!("OUT_DIR"), "/dashboard.rs"));
}

use std::hint::black_box;

use planchet_payments::orchestra::PaymentGatewayAccountBrief;
use planchet_payments::support::{self, Decode, Instance, Rules};
use planchet_payments::{frontstream, orchestra};
use serde_json::Value;

/// One piece of work: the payload, what is done, by whom.
pub struct Work {
    pub payload: &'static str,
    pub task: &'static str,
    pub by: &'static str,
    pub run: Box<dyn Fn()>,
}

const TOKEN: &str = include_str!("../payloads/token.json");
const TOKEN_BROKEN: &str = include_str!("../payloads/token-broken.json");
const AUTH: &str = include_str!("../payloads/auth.json");

/// A response with a thousand elements.
fn accounts() -> String {
    let element = |index: usize| {
        format!(
            r#"{{"name":"account-{index}","paymentGatewayName":"stripe","creationTime":"2026-11-21T10:{:02}:00Z"}}"#,
            index % 60
        )
    };
    format!("[{}]", (0..1000).map(element).collect::<Vec<_>>().join(","))
}

/// A text as a value. All that check it look at the same memory: of a thousand accounts, where they lie is much of the time.
fn parsed(json: &str) -> &'static Value {
    Box::leak(Box::new(serde_json::from_str(json).unwrap()))
}

/// Adds a payload: the three ways in, what the macro says of the same value, what a user would write today, and where there is a struct
/// written by hand, that. `$then` is what such a user does with a valid value.
macro_rules! payload {
    ($add:ident, $name:literal, $json:expr, $emitted:ty, $schema:expr, $validator:ty, $today:literal, $then:expr $(, $floor:ty)?) => {{
        let json: &'static str = $json;
        let emitted = <$emitted>::from_json(json.as_bytes()).unwrap_or_else(|found| panic!("{found}"));
        let value = parsed(json);
        let schema = $schema.unwrap();
        assert!(<$validator>::is_valid(value));
        $add($name, "validate", "planchet", Box::new(move || assert!(black_box(&emitted).validate().is_ok())));
        $(
            let by_hand: $floor = serde_json::from_str(json).unwrap();
            $add($name, "validate", "by hand", Box::new(move || assert!(black_box(&by_hand).validate().is_ok())));
        )?
        let read = move || drop(<$emitted>::from_json(black_box(json.as_bytes())).unwrap());
        $add($name, "from_json", "planchet", Box::new(read));
        $(
            let read_by_hand = move || {
                let value: $floor = serde_json::from_slice(black_box(json.as_bytes())).unwrap();
                value.validate().unwrap();
            };
            $add($name, "from_json", "serde and by hand", Box::new(read_by_hand));
        )?
        let read_today = move || {
            let value: Value = serde_json::from_slice(black_box(json.as_bytes())).unwrap();
            assert!(<$validator>::is_valid(&value));
            $then(value);
        };
        $add($name, "from_json", $today, Box::new(read_today));
        $add($name, "check", "planchet", Box::new(move || assert!(schema.check(black_box(value)).is_ok())));
        $add($name, "check", "jsonschema's macro", Box::new(move || assert!(<$validator>::is_valid(black_box(value)))));
    }};
}

/// Everything that is measured.
pub fn works() -> Vec<Work> {
    let mut works = Vec::new();
    let mut add = |payload, task, by, run: Box<dyn Fn()>| works.push(Work { payload, task, by, run });
    macro_rules! home {
        ($name:literal, $json:expr, $emitted:ty, $floor:ty, $validator:ty) => {{
            let then = |value| drop(serde_json::from_value::<$floor>(value).unwrap());
            let schema = planchet_payments::registry::get($name);
            payload!(add, $name, $json, $emitted, schema, $validator, "Value, jsonschema, from_value", then, $floor);
        }};
    }
    home!("GetTokenRequest", TOKEN, frontstream::GetTokenRequest, floor::GetTokenRequest, validators::Token);
    home!("AuthRequest", AUTH, orchestra::AuthRequest, floor::AuthRequest, validators::Auth);
    let report = || drop(frontstream::GetTokenRequest::from_json(black_box(TOKEN_BROKEN.as_bytes())).unwrap_err());
    add("GetTokenRequest, broken", "from_json", "planchet", Box::new(report));
    thousand(&mut add);
    #[cfg(corpus)]
    unions(&mut add);
    works
}

type Add<'a> = dyn FnMut(&'static str, &'static str, &'static str, Box<dyn Fn()>) + 'a;

/// The rules of a response that is an array.
static ACCOUNTS: Rules = Rules {
    schema: "",
    types: support::Types::ARRAY,
    sensitive: false,
    keywords: &[support::Keyword::Items(&support::Items {
        prefix: &[],
        rest: Some(&orchestra::rules::PAYMENT_GATEWAY_ACCOUNT_BRIEF),
    })],
};

fn thousand(add: &mut Add<'_>) {
    const NAME: &str = "1,000 accounts";
    let json: &'static str = Box::leak(accounts().into_boxed_str());
    type Accounts = Vec<PaymentGatewayAccountBrief>;
    type Floor = Vec<floor::PaymentGatewayAccountBrief>;
    let emitted: Accounts = support::from_json(json.as_bytes(), &ACCOUNTS).unwrap();
    let by_hand: Floor = serde_json::from_str(json).unwrap();
    let value = parsed(json);
    add(
        NAME,
        "validate",
        "planchet",
        Box::new(move || assert!(support::validate(black_box(&emitted), &ACCOUNTS).is_ok())),
    );
    add(NAME, "validate", "by hand", Box::new(move || assert!(floor::validate_accounts(black_box(&by_hand)).is_ok())));
    add(
        NAME,
        "from_json",
        "planchet",
        Box::new(move || {
            drop(support::from_json::<Accounts>(black_box(json.as_bytes()), &ACCOUNTS).unwrap());
        }),
    );
    add(
        NAME,
        "from_json",
        "serde and by hand",
        Box::new(move || {
            let accounts: Floor = serde_json::from_slice(black_box(json.as_bytes())).unwrap();
            floor::validate_accounts(&accounts).unwrap();
        }),
    );
    let all_valid = |value: &Value| value.as_array().unwrap().iter().all(validators::Account::is_valid);
    add(
        NAME,
        "from_json",
        "Value, jsonschema, from_value",
        Box::new(move || {
            let value: Value = serde_json::from_slice(black_box(json.as_bytes())).unwrap();
            assert!(all_valid(&value));
            drop(serde_json::from_value::<Floor>(value).unwrap());
        }),
    );
    let schema = planchet_payments::registry::get("PaymentGatewayAccountBrief").unwrap();
    let all_checked = |value: &Value| value.as_array().unwrap().iter().all(|account| schema.check(account).is_ok());
    add(NAME, "check", "planchet", Box::new(move || assert!(all_checked(black_box(value)))));
    add(NAME, "check", "jsonschema's macro", Box::new(move || assert!(all_valid(black_box(value)))));
    let _ = <Accounts as Decode>::decode;
    let _ = <Accounts as Instance>::view;
}

#[cfg(corpus)]
fn unions(add: &mut Add<'_>) {
    macro_rules! union {
        ($name:literal, $file:literal, $emitted:ty, $validator:ty, $get:path, $schema:literal) => {
            let json = include_str!(concat!("../payloads/", $file));
            payload!(add, $name, json, $emitted, $get($schema), $validator, "Value, jsonschema", drop);
        };
    }
    use corpus::{chat_document::chat, dashboard_document::dashboard, payment_document::payment};
    union!(
        "OpenAI chat request",
        "chat.json",
        chat::CreateChatCompletionRequest,
        validators::Chat,
        chat::registry::get,
        "CreateChatCompletionRequest"
    );
    union!(
        "Adyen payment",
        "payment.json",
        payment::PaymentRequest,
        validators::Payment,
        payment::registry::get,
        "PaymentRequest"
    );
    union!(
        "Datadog dashboard",
        "dashboard.json",
        dashboard::Dashboard,
        validators::Dashboard,
        dashboard::registry::get,
        "Dashboard"
    );
}
