//! Every operation over a real socket: what is sent, byte for byte, and what comes of each documented status.

mod service;

use std::time::Duration;

use planchet_payments::support::Secret;
use planchet_payments::support::client::Error;
use planchet_payments::{frontstream, orchestra};
use service::Service;

const ACCESS_TOKEN: &str = "frontstream-access-token";
const API_KEY: &str = "orchestra-api-key";
const TOKEN: &str = "nQGywsQE9gbURtrXEjTZwtWqeMdK9nsO";

/// A call's outcome, without its types: the status of a success, or what kind of error.
#[derive(Debug, PartialEq)]
enum Outcome {
    Success(u16),
    Api(u16),
    Unexpected(u16),
    Decode(u16),
    Invalid,
    Connect,
    Timeout,
    Credentials,
    Other,
}

async fn outcome<T>(
    call: impl IntoFuture<Output = Result<planchet_payments::support::client::Response<T>, Error>>,
) -> Outcome {
    match call.await {
        Ok(response) => Outcome::Success(response.status().as_u16()),
        Err(Error::Api(response)) => Outcome::Api(response.status().as_u16()),
        Err(Error::Unexpected(response)) => Outcome::Unexpected(response.status().as_u16()),
        Err(Error::Decode(error)) => Outcome::Decode(error.status().as_u16()),
        Err(Error::Invalid(_)) => Outcome::Invalid,
        Err(Error::Transport(error)) if error.is_connect() => Outcome::Connect,
        Err(Error::Transport(error)) if error.is_timeout() => Outcome::Timeout,
        Err(Error::MissingCredentials(_)) => Outcome::Credentials,
        Err(_) => Outcome::Other,
    }
}

/// What one operation sends, and what its document says about answers: status, whether a body is decoded.
struct Expected {
    id: &'static str,
    method: &'static str,
    path: String,
    body: &'static str,
    successes: &'static [(u16, &'static str)],
    errors: &'static [(u16, &'static str)],
}

const RESULT: &str = r#"{"operationResultCode":"Success","gatewayToken":"tok_1"}"#;
const FIELD: &str = r#"[{"fieldName":"card.cvv","errors":["wrong"]}]"#;
const ONE_FIELD: &str = r#"{"fieldName":"card.cvv","errors":["wrong"]}"#;
const CARD: &str =
    r#"{"cardHolderName":"Jane Smith","cardNumber":"4111111111111111","expirationYear":2027,"expirationMonth":12}"#;
const PAYMENT: &[(u16, &str)] = &[(200, RESULT), (202, RESULT)];
const PAYMENT_ERRORS: &[(u16, &str)] = &[(400, FIELD), (401, ""), (409, RESULT), (500, ""), (503, "")];
const FOUND_ERRORS: &[(u16, &str)] = &[(404, ""), (400, ONE_FIELD), (401, "")];
const PLAIN_ERRORS: &[(u16, &str)] = &[(400, FIELD), (401, "")];

fn operations() -> Vec<Expected> {
    let operation = |id, method, path: &str, body, successes, errors| Expected {
        id,
        method,
        path: path.to_owned(),
        body,
        successes,
        errors,
    };
    let token = format!("/StringTokens/{TOKEN}");
    vec![
        operation(
            "tokenizeCard",
            "POST",
            "/api/tokenize",
            r#"{"CardNum":"4111111111111111","ExpMonth":"01","ExpYear":"29","CVNum":null,"NameOnCard":"Jane Smith","Email":"jane@example.com","Street":"1 Main St","City":"Reston","Country":"US"}"#,
            &[(201, r#"{"Successful":true,"TokenGuid":"2f1f7b0e-3f0a-4d5e-9c1b-0a1b2c3d4e5f"}"#)],
            &[(400, r#"[{"ErrorCode":7,"Message":"no"}]"#)],
        ),
        operation(
            "tokenizeAch",
            "POST",
            "/api/tokenizeAch",
            r#"{"CheckRoutingNumber":"021000021","CheckAccountNumber":"12345678","CheckAccountTypeId":"1","CheckTypeId":"2","NameOnCheck":"Jane Smith","Email":"jane@example.com","Street":"1 Main St","City":"Reston","Country":"US"}"#,
            &[(201, r#"{"Successful":true}"#)],
            &[(400, r#"[{"ErrorCode":7}]"#)],
        ),
        operation("GatewayList", "GET", "/PaymentGateway", "", &[(200, r#"[{"name":"Adyen"}]"#)], PLAIN_ERRORS),
        operation("GatewayTokenize", "POST", "/PaymentGateway/tokenize", "card", &[(200, RESULT)], PAYMENT_ERRORS),
        operation("GatewayCharge", "POST", "/PaymentGateway/charge", "payment", PAYMENT, PAYMENT_ERRORS),
        operation("GatewayAuthorize", "POST", "/PaymentGateway/authorize", "payment", PAYMENT, PAYMENT_ERRORS),
        operation("GatewayCapture", "PUT", "/PaymentGateway/capture", "capture", PAYMENT, PAYMENT_ERRORS),
        operation("GatewayRefund", "PUT", "/PaymentGateway/refund", "refund", PAYMENT, PAYMENT_ERRORS),
        operation("GatewayVoid", "DELETE", "/PaymentGateway/void", "capture", PAYMENT, PAYMENT_ERRORS),
        operation(
            "GatewayStatus",
            "POST",
            "/PaymentGateway/status",
            r#"{"myRef":"order-12345","paymentGatewayAccountName":"stripe"}"#,
            &[(200, RESULT)],
            &[(400, FIELD), (401, ""), (409, RESULT)],
        ),
        operation(
            "StoreStringToken",
            "POST",
            "/StringTokens",
            r#"{"payload":"4111111111111111"}"#,
            &[(200, r#"{"token":"a"}"#), (201, r#"{"token":"a"}"#)],
            PLAIN_ERRORS,
        ),
        operation("StringTokenRetrieve", "GET", &token, "", &[(200, r#"{"clearPayload":"x"}"#)], FOUND_ERRORS),
        operation("StringTokenDelete", "DELETE", &token, "", &[(200, "")], FOUND_ERRORS),
        operation(
            "StringTokenRetrieveMetaData",
            "GET",
            &format!("{token}/meta"),
            "",
            &[(200, r#"{"createTime":"2024-01-15T10:30:00Z"}"#)],
            FOUND_ERRORS,
        ),
        operation(
            "PaymentGatewayAccountsList",
            "GET",
            "/PaymentGatewayAccounts",
            "",
            &[(200, r#"[{"name":"a"}]"#)],
            PLAIN_ERRORS,
        ),
        operation(
            "PaymentGatewayAccountRetrieve",
            "GET",
            "/PaymentGatewayAccounts/stripe1",
            "",
            &[(200, r#"{"name":"a"}"#)],
            FOUND_ERRORS,
        ),
        operation(
            "PaymentGatewayAccountSet",
            "PUT",
            "/PaymentGatewayAccounts/stripe1",
            r#"{"paymentGatewayName":"Stripe","credentials":[{"key":"ApiKey","value":"sk_test"}]}"#,
            &[(200, r#"{"name":"a"}"#)],
            PLAIN_ERRORS,
        ),
        operation(
            "PaymentGatewayAccountDelete",
            "DELETE",
            "/PaymentGatewayAccounts/stripe1",
            "",
            &[(200, "")],
            PLAIN_ERRORS,
        ),
        operation(
            "ValidateApiKey",
            "GET",
            "/Utils/apiKey",
            "",
            &[(200, r#"{"status":"OK","accountId":12345}"#)],
            PLAIN_ERRORS,
        ),
        operation(
            "StartSession",
            "POST",
            "/EWalletOperations",
            r#"{"operation":"CHARGE","currencyCode":"USD"}"#,
            &[(200, r#"{"token":"t"}"#)],
            PLAIN_ERRORS,
        ),
        operation(
            "ValidateResults",
            "POST",
            "/EWalletOperations/validateResults",
            r#""results""#,
            &[(200, "{}")],
            PLAIN_ERRORS,
        ),
    ]
}

/// The body of an operation, with the shared parts filled in.
fn body_of(operation: &Expected) -> String {
    match operation.body {
        "card" => format!(r#"{{"card":{CARD},"paymentGatewayAccountName":"stripe"}}"#),
        "payment" => {
            format!(r#"{{"amount":29.99,"currency":"USD","card":{CARD},"paymentGatewayAccountName":"stripe"}}"#)
        }
        "capture" => {
            format!(
                r#"{{"currency":"USD","refTransId":"ch_1","amount":29.99,"card":{CARD},"paymentGatewayAccountName":"stripe"}}"#
            )
        }
        "refund" => {
            format!(
                r#"{{"currency":"USD","refTransId":"ch_1","amount":29.99,"card":{CARD},"paymentGatewayAccountName":"stripe"}}"#
            )
        }
        other => other.to_owned(),
    }
}

struct Clients {
    frontstream: frontstream::Client,
    orchestra: orchestra::Client,
}

fn clients(url: &str) -> Clients {
    let timeout = Duration::from_millis(1500);
    Clients {
        frontstream: frontstream::Client::builder()
            .base_url(url)
            .timeout(timeout)
            .access_token(ACCESS_TOKEN)
            .build()
            .unwrap(),
        orchestra: orchestra::Client::builder().base_url(url).timeout(timeout).api_key_auth(API_KEY).build().unwrap(),
    }
}

async fn call(clients: &Clients, operation: &Expected) -> Outcome {
    let body = body_of(operation);
    let json = body.as_bytes();
    let (a, b) = (&clients.frontstream, &clients.orchestra);
    let token = Secret::from(TOKEN);
    match operation.id {
        "tokenizeCard" => outcome(a.tokenize_card(&frontstream::GetTokenRequest::from_json(json).unwrap())).await,
        "tokenizeAch" => outcome(a.tokenize_ach(&frontstream::GetTokenAchRequest::from_json(json).unwrap())).await,
        "GatewayList" => outcome(b.gateway_list()).await,
        "GatewayTokenize" => outcome(b.gateway_tokenize(&orchestra::TokenizeRequest::from_json(json).unwrap())).await,
        "GatewayCharge" => outcome(b.gateway_charge(&orchestra::AuthRequest::from_json(json).unwrap())).await,
        "GatewayAuthorize" => outcome(b.gateway_authorize(&orchestra::AuthRequest::from_json(json).unwrap())).await,
        "GatewayCapture" => outcome(b.gateway_capture(&orchestra::CaptureVoidRequest::from_json(json).unwrap())).await,
        "GatewayRefund" => outcome(b.gateway_refund(&orchestra::RefundRequest::from_json(json).unwrap())).await,
        "GatewayVoid" => outcome(b.gateway_void(&orchestra::CaptureVoidRequest::from_json(json).unwrap())).await,
        "GatewayStatus" => outcome(b.gateway_status(&orchestra::StatusRequest::from_json(json).unwrap())).await,
        "StoreStringToken" => {
            outcome(b.store_string_token(&orchestra::StringTokenInput::from_json(json).unwrap())).await
        }
        "StringTokenRetrieve" => outcome(b.string_token_retrieve(&token)).await,
        "StringTokenDelete" => outcome(b.string_token_delete(&token)).await,
        "StringTokenRetrieveMetaData" => outcome(b.string_token_retrieve_meta_data(&token)).await,
        "PaymentGatewayAccountsList" => outcome(b.payment_gateway_accounts_list()).await,
        "PaymentGatewayAccountRetrieve" => outcome(b.payment_gateway_account_retrieve("stripe1")).await,
        "PaymentGatewayAccountSet" => {
            let body = orchestra::PaymentGatewayAccountInput::from_json(json).unwrap();
            outcome(b.payment_gateway_account_set("stripe1", &body)).await
        }
        "PaymentGatewayAccountDelete" => outcome(b.payment_gateway_account_delete("stripe1")).await,
        "ValidateApiKey" => outcome(b.validate_api_key()).await,
        "StartSession" => {
            outcome(b.start_session().body(&orchestra::StartSessionRequest::from_json(json).unwrap())).await
        }
        "ValidateResults" => outcome(b.validate_results("results")).await,
        other => panic!("no call for {other}"),
    }
}

#[tokio::test]
async fn every_operation_sends_what_its_document_says() {
    let service = Service::start(Duration::ZERO).await;
    let clients = clients(&service.url);
    let operations = operations();
    assert_eq!(operations.len(), 21);
    for operation in &operations {
        let (status, body) = operation.successes[0];
        service.answer(status, body);
        assert_eq!(call(&clients, operation).await, Outcome::Success(status), "{}", operation.id);
        let seen = service.take();
        assert_eq!(
            (seen.method.as_str(), &seen.path, &seen.query),
            (operation.method, &operation.path, &None),
            "{}",
            operation.id
        );
        assert_eq!(String::from_utf8(seen.body).unwrap(), body_of(operation), "{}", operation.id);
        let content_type = seen.headers.get("content-type").map(|value| value.to_str().unwrap());
        assert_eq!(content_type, (!operation.body.is_empty()).then_some("application/json"), "{}", operation.id);
        let accept = seen.headers.get("accept").map(|value| value.to_str().unwrap());

        assert_eq!(accept, Some("application/json"), "{}", operation.id);
        let (header, value) =
            if operation.id.starts_with("tokenize") { ("accesstoken", ACCESS_TOKEN) } else { ("x-api-key", API_KEY) };
        assert_eq!(seen.headers.get(header).map(|value| value.to_str().unwrap()), Some(value), "{}", operation.id);
    }
}

#[tokio::test]
async fn every_documented_status_is_received_as_its_type() {
    let service = Service::start(Duration::ZERO).await;
    let clients = clients(&service.url);
    for operation in &operations() {
        for (status, body) in operation.successes {
            service.answer(*status, body);
            assert_eq!(call(&clients, operation).await, Outcome::Success(*status), "{} {status}", operation.id);
            service.take();
        }
        for (status, body) in operation.errors {
            service.answer(*status, body);
            assert_eq!(call(&clients, operation).await, Outcome::Api(*status), "{} {status}", operation.id);
            service.take();
            if !body.is_empty() {
                service.answer(*status, "<html>");
                assert_eq!(call(&clients, operation).await, Outcome::Decode(*status), "{} {status}", operation.id);
                service.take();
            }
        }
        service.answer(418, "short and stout");
        assert_eq!(call(&clients, operation).await, Outcome::Unexpected(418), "{}", operation.id);
        service.take();
        if !operation.successes[0].1.is_empty() {
            service.answer(operation.successes[0].0, "");
            assert_eq!(call(&clients, operation).await, Outcome::Decode(operation.successes[0].0), "{}", operation.id);
            service.take();
        }
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_or_too_slow_is_a_transport_error() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let operations = operations();
    let gone = clients(&url);
    for operation in &operations {
        assert_eq!(call(&gone, operation).await, Outcome::Connect, "{}", operation.id);
    }
    let slow = Service::start(Duration::from_secs(20)).await;
    slow.answer(200, "{}");
    assert_eq!(call(&clients(&slow.url), &operations[0]).await, Outcome::Timeout);
}

#[tokio::test]
async fn an_invalid_request_is_stopped_unless_told_otherwise() {
    let service = Service::start(Duration::ZERO).await;
    service.answer(200, r#"{"clearPayload":"x"}"#);
    let clients = clients(&service.url);
    let short = Secret::from("short");
    let error = clients.orchestra.string_token_retrieve(&short).await.unwrap_err();
    let found: Vec<String> =
        error.violations().unwrap().iter().map(|found| format!("{} {}", found.pointer, found.rule.name())).collect();
    assert_eq!(found, ["/path/token minLength", "/path/token pattern"]);
    assert_eq!(service.count(), 0, "nothing is sent");
    assert_eq!(outcome(clients.orchestra.unchecked().string_token_retrieve(&short)).await, Outcome::Success(200));
    assert_eq!(service.take().path, "/StringTokens/short");
}

#[tokio::test]
async fn a_missing_credential_stops_the_request() {
    let service = Service::start(Duration::ZERO).await;
    let client = orchestra::Client::builder().base_url(&service.url).build().unwrap();
    assert_eq!(outcome(client.gateway_list()).await, Outcome::Credentials);
    assert_eq!(service.count(), 0);
}

#[tokio::test]
async fn a_surprising_answer_is_not_lost() {
    let service = Service::start(Duration::ZERO).await;
    service.answer(200, r#"{"operationResultCode":"Novel","surprise":[1,{"a":null}],"currency":null,"amount":12}"#);
    let clients = clients(&service.url);
    let body = body_of(&operations()[4]);
    let request = orchestra::AuthRequest::from_json(body.as_bytes()).unwrap();
    let response = clients.orchestra.gateway_charge(&request).await.unwrap();
    assert_eq!(response.operation_result_code, Some(orchestra::ResultCode::Unknown("Novel".to_owned())));
    assert_eq!(response.amount, Some(12.0));
    let found = response.validate().unwrap_err();
    assert_eq!(found.iter().map(|found| found.rule.name()).collect::<Vec<_>>(), ["enum"]);
    assert!(response.raw().starts_with(b"{\"operationResultCode\""));
}

#[tokio::test]
async fn an_answer_that_is_no_model_is_checked_by_its_rules() {
    let service = Service::start(Duration::ZERO).await;
    let account = r#"{"name":"a","paymentGatewayName":"b","creationTime":"2026-11-21T00:00:00Z"}"#;
    service.answer(200, &format!("[{account},{}]", account.replace("2026-11-21", "2026-11-31")));
    let accounts = clients(&service.url).orchestra.payment_gateway_accounts_list().await.unwrap();
    let rules = &orchestra::rules::PAYMENT_GATEWAY_ACCOUNTS_GET200_APPLICATION_JSON;
    let found = planchet_payments::support::validate(&*accounts, rules).unwrap_err();
    assert_eq!(found.to_string(), "/1/creationTime: must be of the format `date-time`");
}

/// Any `tower::Service` over `http` types is a transport: here a router in the same process, behind a `tower` layer.
#[tokio::test]
async fn a_router_in_the_same_process_is_a_transport() {
    use planchet_payments::support::client::Transport;
    let router = axum::Router::new().route("/Utils/apiKey", axum::routing::get(|| async { r#"{"status":"OK"}"# }));
    let client = orchestra::Client::builder()
        .base_url("http://in.process")
        .transport(Transport::new(router))
        .api_key_auth(API_KEY)
        .build()
        .unwrap();
    let status = client.validate_api_key().await.unwrap();
    assert_eq!(status.status.as_option().map(String::as_str), Some("OK"));
}
