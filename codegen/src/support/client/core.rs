//! What every client has: where to send, how, as whom, and whether requests are checked.

use std::fmt;
use std::time::{Duration, Instant};

use http_body_util::Full;

use super::super::Secret;
use super::super::formats::byte;
use super::call::Call;
use super::credentials::{Credentials, Placement, Scheme};
use super::encoding::{Keep, encode};
use super::response::Received;
use super::transport::{Transport, TransportError};

/// The inside of a client.
#[derive(Clone)]
pub struct Core {
    base_url: String,
    /// Whether the base URL is the document's.
    stated: bool,
    transport: Transport,
    credentials: Credentials,
    checks: bool,
}

impl Core {
    /// A client that sends to a base URL, else to the server that the document states.
    ///
    /// # Errors
    /// Where the URL is not absolute, or has a query or a fragment.
    pub fn new(
        base_url: Option<&str>,
        stated: &str,
        transport: Transport,
        credentials: Credentials,
    ) -> Result<Self, BuildError> {
        let (base_url, stated) = base_url.map_or((stated, true), |base_url| (base_url, false));
        let legal = base_url
            .parse::<http::Uri>()
            .is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some() && uri.query().is_none());
        if !legal || base_url.contains('#') {
            return Err(BuildError::BaseUrl);
        }
        Ok(Self { base_url: base_url.trim_end_matches('/').to_owned(), stated, transport, credentials, checks: true })
    }

    /// Whether requests are checked before they are sent.
    #[must_use]
    pub const fn checks(&self) -> bool {
        self.checks
    }

    /// The same client, sending requests as they are.
    #[must_use]
    pub fn unchecked(&self) -> Self {
        Self { checks: false, ..self.clone() }
    }

    /// Sends a request as the first of the alternatives whose credentials are given.
    ///
    /// # Errors
    /// Where a credential is missing, or there is no answer.
    pub async fn send(
        &self,
        mut call: Call,
        security: &'static [&'static [&'static Scheme]],
    ) -> Result<Received, SendError> {
        for scheme in self.credentials.choose(security).map_err(SendError::MissingCredentials)? {
            if let Some(credential) = self.credentials.get(scheme.name) {
                authenticate(&mut call, scheme.placement, credential);
            }
        }
        let (operation, method, template) = (call.operation, call.method.clone(), call.template);
        let started = Instant::now();
        let outcome = self.exchange(call).await;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(received) => {
                tracing::debug!(operation, %method, template, status = received.status.as_u16(), milliseconds, "answered");
            }
            Err(error) => tracing::debug!(operation, %method, template, milliseconds, %error, "not answered"),
        }
        outcome.map_err(SendError::Transport)
    }

    async fn exchange(&self, call: Call) -> Result<Received, TransportError> {
        if let Some(name) = call.illegal_header {
            return Err(TransportError::illegal_header(name));
        }
        let base_url = call.server.filter(|_| self.stated).unwrap_or(&self.base_url);
        let mut url = format!("{base_url}{}", call.path);
        if !call.query.is_empty() {
            // A path of the document may hold a query already.
            url.push(if call.path.contains('?') { '&' } else { '?' });
            url.push_str(&call.query.join("&"));
        }
        let mut request = http::Request::builder()
            .method(call.method)
            .uri(url)
            .body(Full::new(call.body))
            .map_err(|error| TransportError::other(error.into()))?;
        *request.headers_mut() = call.headers;
        if !call.cookies.is_empty() {
            let cookies = http::HeaderValue::from_str(&call.cookies.join("; "));
            let mut cookies = cookies.map_err(|_| TransportError::illegal_header("Cookie".to_owned()))?;
            cookies.set_sensitive(true);
            request.headers_mut().insert(http::header::COOKIE, cookies);
        }
        let (parts, raw) = self.transport.exchange(request).await?.into_parts();
        Ok(Received { status: parts.status, headers: parts.headers, raw })
    }
}

fn authenticate(call: &mut Call, placement: Placement, credential: &Secret<String>) {
    let secret = credential.expose();
    let pair = |name: &str| {
        let mut pair = String::new();
        encode(name, Keep::Unreserved, &mut pair);
        pair.push('=');
        encode(secret, Keep::Unreserved, &mut pair);
        pair
    };
    match placement {
        Placement::Header(name) => call.insert_header(name, secret, true),
        Placement::Query(name) => call.query.push(pair(name)),
        Placement::Cookie(name) => call.cookies.push(pair(name)),
        Placement::Basic => {
            call.insert_header("authorization", &format!("Basic {}", byte::encode(secret.as_bytes())), true)
        }
        Placement::Bearer => call.insert_header("authorization", &format!("Bearer {secret}"), true),
        Placement::Authorization => call.insert_header("authorization", secret, true),
    }
}

impl Transport {
    /// The default transport, where the feature `reqwest` is on.
    ///
    /// # Errors
    /// Where it cannot be set up, or the feature is off.
    pub fn standard(timeout: Option<Duration>) -> Result<Self, BuildError> {
        #[cfg(feature = "reqwest")]
        return Self::reqwest(timeout).map_err(BuildError::Transport);
        #[cfg(not(feature = "reqwest"))]
        {
            let _ = timeout;
            Err(BuildError::NoTransport)
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("credentials", &self.credentials)
            .field("checks", &self.checks)
            .finish_non_exhaustive()
    }
}

/// Why a client could not be put together.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is not absolute, or has a query or a fragment.
    BaseUrl,
    /// No transport is given, and there is no default one.
    NoTransport,
    /// The default transport cannot be set up.
    Transport(TransportError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl => {
                f.write_str("the base URL must be absolute, without query and fragment: `https://api.example.com`")
            }
            Self::NoTransport => f.write_str("no transport: give one to the builder, or turn the feature `reqwest` on"),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

/// Why a request got no answer.
#[derive(Debug)]
pub enum SendError {
    /// No credential is set for this security scheme.
    MissingCredentials(&'static str),
    /// There was no answer.
    Transport(TransportError),
}
