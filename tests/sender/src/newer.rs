//! What OpenAPI 3.2 adds: other methods, a parameter that is the whole query, cookies as they are, nested tags, servers with names, the
//! device flow.
#![allow(unused_imports, reason = "generated code in a private module: what is not used here is used by nobody")]

include!(concat!(env!("OUT_DIR"), "/newer.rs"));

use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use newer::{Client, Filter};
use support::client::{RequestBody, Transport};

/// Sends one call of each, and holds what arrives against the standard.
pub async fn send() -> Result<(), Box<dyn Error>> {
    let seen: Arc<Mutex<Vec<(http::Method, http::Uri, http::HeaderMap)>>> = Arc::default();
    let sent = Arc::clone(&seen);
    let service = tower::service_fn(move |request: http::Request<RequestBody>| {
        if let Ok(mut sent) = sent.lock() {
            sent.push((request.method().clone(), request.uri().clone(), request.headers().clone()));
        }
        let mut response = http::Response::new(Full::<bytes::Bytes>::default());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        async move { Ok::<_, Infallible>(response) }
    });
    let client = Client::builder()
        .base_url(Client::SERVER_STAGING)
        .device("token")
        .transport(Transport::new(service))
        .build()?;
    let take = || seen.lock().ok().and_then(|mut seen| seen.pop()).ok_or("nothing was sent");
    let filter = Filter::builder().text("a b&c").tags(vec!["x".to_owned(), "y=z".to_owned()]).build()?;

    // OpenAPI 3.2.0, "Path Item Object".
    client.find_things(&filter).await?;
    let (method, uri, headers) = take()?;
    assert_eq!((method.as_str(), uri.path()), ("QUERY", "/things"));
    assert_eq!(headers[http::header::CONTENT_TYPE], "application/json");
    client.copy_things().await?;
    assert_eq!(take()?.0.as_str(), "COPY");

    // OpenAPI 3.2.0, "Parameter Locations": `in: querystring`.
    let call: newer::client::search::json::SearchJsonCall = client.search_json(&filter);
    call.await?;
    let (_, uri, _) = take()?;
    assert_eq!(uri.host(), Some("staging.things.example"));
    let query = percent_decode(uri.query().unwrap_or_default());
    assert_eq!(serde_json::from_str::<serde_json::Value>(&query)?, serde_json::to_value(&filter)?);
    client.search_form(&filter).await?;
    let (_, uri, headers) = take()?;
    // A token of the device flow is a bearer token (RFC 8628, section 3.5).
    assert_eq!(headers[http::header::AUTHORIZATION], "Bearer token");
    let query = uri.query().unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let expected = [("text", "a b&c"), ("tags", "x"), ("tags", "y=z")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));

    // OpenAPI 3.2.0, "Style Values": `cookie` is neither encoded nor quoted; what would end the cookie is refused.
    client.session("a/b%20c").await?;
    let (_, _, headers) = take()?;
    assert_eq!(headers[http::header::COOKIE], "session=a/b%20c");
    assert!(client.session("a; admin=1").await.is_err());
    assert!(take().is_err(), "a cookie that ends early was sent");
    Ok(())
}

/// A query without its triples (RFC 3986, section 2.1).
fn percent_decode(text: &str) -> String {
    let encoded = text.replace('+', "%2B");
    let pair = format!("x={encoded}");
    form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).next().unwrap_or_default()
}
