//! A service on a loopback socket that notes what it receives and answers what it is told.

#![allow(dead_code, reason = "each test uses its part")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: Option<String>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Clone)]
struct Shared {
    answer: Arc<Mutex<(u16, String)>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    delay: std::time::Duration,
}

/// The service.
pub struct Service {
    pub url: String,
    shared: Shared,
}

impl Service {
    /// Starts a service that waits so long before it answers.
    pub async fn start(delay: std::time::Duration) -> Self {
        let shared = Shared { answer: Arc::default(), seen: Arc::default(), delay };
        let router = Router::new().fallback(handle).with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    /// Tells what to answer from now on.
    pub fn answer(&self, status: u16, body: &str) {
        *self.shared.answer.lock().unwrap() = (status, body.to_owned());
    }

    /// Takes the only request since the last call.
    pub fn take(&self) -> Seen {
        let mut seen = self.shared.seen.lock().unwrap();
        assert_eq!(seen.len(), 1, "one request");
        seen.remove(0)
    }

    /// How many requests have arrived since the last call of [`Service::take`].
    pub fn count(&self) -> usize {
        self.shared.seen.lock().unwrap().len()
    }
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let query = parts.uri.query().map(str::to_owned);
    let path = parts.uri.path().to_owned();
    shared.seen.lock().unwrap().push(Seen {
        method: parts.method.to_string(),
        path,
        query,
        headers: parts.headers,
        body,
    });
    tokio::time::sleep(shared.delay).await;
    let (status, body) = shared.answer.lock().unwrap().clone();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}
