//! The shape of a call: awaited as it is or refined, owned by whoever has it, with one error that says what is known of the effect.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt as _, Full};
use planchet_payments::orchestra;
use planchet_payments::orchestra::client::{
    Effect, Error, GatewayListError, PaymentGatewayAccountsListError, StartSessionError, Transport,
};
use planchet_payments::support::client::{RequestBody, TransportError};

type Sent = Arc<Mutex<Vec<http::Request<RequestBody>>>>;

/// A client whose service answers with a status and a body, and keeps what it was sent.
fn answered(status: u16, body: &'static str, sent: &Sent) -> orchestra::Client {
    let sent = Arc::clone(sent);
    let transport = Transport::new(tower::service_fn(move |request: http::Request<RequestBody>| {
        sent.lock().unwrap().push(request);
        let answer = http::Response::builder().status(status).header("x-request-id", "r1");
        let answer = answer.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap();
        async move { Ok::<_, Infallible>(answer) }
    }));
    orchestra::Client::builder().transport(transport).api_key_auth("key").max_response_bytes(64).build().unwrap()
}

async fn body_of(sent: &Sent) -> String {
    let request = sent.lock().unwrap().pop().unwrap();
    String::from_utf8(request.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_set_on_the_call() {
    let sent = Sent::default();
    let client = answered(200, r#"{"token":"t"}"#, &sent);
    client.start_session().await.unwrap();
    assert_eq!(body_of(&sent).await, "");
    let session = |json: &str| orchestra::StartSessionRequest::from_json(json.as_bytes()).unwrap();
    let charge = session(r#"{"operation":"CHARGE","currencyCode":"USD"}"#);
    client.start_session().body(&charge).await.unwrap();
    let body = body_of(&sent).await;
    assert!(body.contains("CHARGE"), "{body}");
    // The last body is the one that is sent, and the one that is checked.
    let mut broken = charge.clone();
    broken.amount = Some(f64::NAN);
    client.start_session().body(&broken).body(&charge).await.unwrap();
    assert_eq!(body_of(&sent).await, body);
    let error = client.start_session().body(&charge).body(&broken).await.unwrap_err();
    assert_eq!(error.effect(), Effect::NotSent);
    assert_eq!(error.violations().unwrap().iter().next().unwrap().pointer, "/amount");
    assert!(sent.lock().unwrap().is_empty());
}

/// Neither the client nor an argument has to outlive a call.
#[tokio::test]
async fn a_call_can_be_sent_from_elsewhere() {
    let sent = Sent::default();
    let call = {
        let client = answered(200, "{}", &sent);
        let results = "results".to_owned();
        client.validate_results(&results)
    };
    assert_eq!(
        format!("{call:?}"),
        r#"Call { operation: "ValidateResults", template: "/EWalletOperations/validateResults", .. }"#
    );
    tokio::spawn(call.into_future()).await.unwrap().unwrap();
    assert_eq!(body_of(&sent).await, r#""results""#);
}

#[tokio::test]
async fn a_call_that_is_not_awaited_is_not_sent() {
    let sent = Sent::default();
    drop(answered(200, "[]", &sent).gateway_list());
    drop(answered(200, "[]", &sent).gateway_list().into_future());
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_error_has_the_body_of_its_operation() {
    let list = answered(400, r#"[{"fieldName":"card","errors":["4111111111111111"]}]"#, &Sent::default());
    let error: Error = list.gateway_list().await.unwrap_err();
    let Some(GatewayListError::BadRequest(fields)) = error.body::<GatewayListError>() else { panic!("{error}") };
    assert!(matches!(fields, orchestra::ValidationErrorBody::Array(fields) if fields.len() == 1), "{fields:?}");
    assert!(error.body::<PaymentGatewayAccountsListError>().is_none(), "another operation's");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.headers().unwrap()["x-request-id"], "r1");
    assert!(error.raw().unwrap().starts_with(b"[{"));
    assert!(!format!("{error} {error:?} {error:#?}").contains("4111"), "{error:?}");
    let error = error.into_api::<StartSessionError>().unwrap_err();
    let response = error.into_api::<GatewayListError>().unwrap();
    assert_eq!((response.status(), response.headers().len()), (StatusCode::BAD_REQUEST, 1));
    assert!(matches!(response.into_body(), GatewayListError::BadRequest(_)));

    // `?` passes it on, to another thread too.
    async fn both(client: &orchestra::Client) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        client.gateway_list().await?;
        client.payment_gateway_accounts_list().await?;
        Ok(())
    }
    let error = both(&answered(401, "", &Sent::default())).await.unwrap_err();
    let error = error.downcast_ref::<Error>().unwrap();
    assert_eq!(error.body(), Some(&GatewayListError::Unauthorized));
}

#[tokio::test]
async fn the_effect_is_what_the_status_says() {
    for (status, body, expected) in [
        (200, "no JSON", Effect::Answered),
        (200, "[\"0123456789012345678901234567890123456789012345678901234567890123456789\"]", Effect::Answered),
        (204, "", Effect::Answered),
        (303, "", Effect::Answered),
        (400, "[]", Effect::Refused),
        (400, "no JSON", Effect::Refused),
        (401, "", Effect::Refused),
        (429, "", Effect::Refused),
        (500, "", Effect::Unknown),
        (501, "", Effect::Refused),
        (502, "", Effect::Unknown),
        (503, "", Effect::Unknown),
        (504, "", Effect::Unknown),
        (505, "", Effect::Refused),
        (599, "", Effect::Unknown),
    ] {
        let error = answered(status, body, &Sent::default()).gateway_list().await.unwrap_err();
        assert_eq!(error.effect(), expected, "{status} {body}: {error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.headers().unwrap()["x-request-id"], "r1");
    }
}

#[tokio::test]
async fn the_effect_of_an_exchange_that_fails() {
    let failing = |failure: fn() -> TransportError| {
        let transport =
            Transport::new(tower::service_fn(move |_| async move { Err::<http::Response<Full<Bytes>>, _>(failure()) }));
        orchestra::Client::builder().transport(transport).api_key_auth("key").build().unwrap()
    };
    for failure in [|| TransportError::timeout(None), || TransportError::other("broken".into())] {
        let error = failing(failure).gateway_list().await.unwrap_err();
        assert_eq!((error.effect(), error.status()), (Effect::Unknown, None));
    }
    let anonymous = orchestra::Client::builder().build().unwrap();
    assert_eq!(anonymous.gateway_list().await.unwrap_err().effect(), Effect::NotSent);
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let gone = orchestra::Client::builder().base_url(&url).api_key_auth("key").build().unwrap();
    assert_eq!(gone.gateway_list().await.unwrap_err().effect(), Effect::NotSent);
}

/// A status that arrived is known, though the body did not.
#[tokio::test]
async fn an_answer_that_breaks_off_has_a_status() {
    for (status, expected) in [(200, Effect::Answered), (400, Effect::Refused), (500, Effect::Unknown)] {
        for is_late in [false, true] {
            let transport = Transport::new(tower::service_fn(move |_| async move {
                let body = Broken { is_late };
                Ok::<_, Infallible>(http::Response::builder().status(status).body(body).unwrap())
            }));
            let builder = orchestra::Client::builder().transport(transport).api_key_auth("key");
            let client = builder.timeout(Duration::from_millis(20)).build().unwrap();
            let error = client.gateway_list().await.unwrap_err();
            let Error::Transport(failure) = &error else { panic!("{error}") };
            assert_eq!(failure.is_timeout(), is_late);
            assert_eq!((error.status().map(|status| status.as_u16()), error.effect()), (Some(status), expected));
            assert!(error.headers().is_some());
        }
    }
}

/// A body that fails, or never comes.
struct Broken {
    is_late: bool,
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        if self.is_late {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(Some(Err(std::io::Error::other("cut"))))
        }
    }
}
