//! The core of every client: base URL, transport, credentials, and whether requests are checked.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::Full;
use zeroize::Zeroizing;

use super::super::formats::byte;
use super::super::{Secret, shown};
use super::bounds::{Cut, collected, within};
use super::call::Call;
use super::credentials::{Credentials, Placement, Scheme};
use super::encoding::{Keep, encode};
use super::error::Error;
use super::path::is_dots;
use super::refused::{Refused, RefusedReason};
use super::response::Received;
use super::settings::Settings;
use super::transport::{Transport, TransportError};

/// The core of a client: cheap to clone.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
    checks: bool,
}

/// What all clones of a client share.
struct Shared {
    base_url: String,
    /// Whether the base URL is the document's.
    stated: bool,
    transport: Transport,
    credentials: Credentials,
    settings: Settings,
    user_agent: HeaderValue,
}

impl Core {
    /// A client that sends to a base URL, else to the server that the document states, through a transport, else the default one.
    ///
    /// # Errors
    /// Where the URL is none to append paths to, a user name or password or the user agent cannot be sent, or there is no transport.
    pub fn new(
        base_url: Option<&str>,
        stated: &str,
        transport: Option<Transport>,
        credentials: Credentials,
        settings: Settings,
    ) -> Result<Self, BuildError> {
        let (base_url, stated) = base_url.map_or((stated, true), |base_url| (base_url, false));
        let is_reachable = transport.is_some() || Transport::reaches(base_url);
        if !is_base_url(base_url) || !is_reachable {
            return Err(BuildError::BaseUrl);
        }
        if let Some(scheme) = credentials.ambiguous() {
            return Err(BuildError::Basic(scheme));
        }
        let user_agent =
            HeaderValue::from_str(&settings.user_agent).map_err(|_| BuildError::UserAgent)?;
        let transport = match transport {
            Some(transport) => transport,
            None => Transport::standard(&settings)?,
        };
        let base_url = base_url.trim_end_matches('/').to_owned();
        let shared = Shared {
            base_url,
            stated,
            transport,
            credentials,
            settings,
            user_agent,
        };
        Ok(Self {
            shared: Arc::new(shared),
            checks: true,
        })
    }

    /// Whether requests are checked before they are sent.
    #[must_use]
    pub const fn checks(&self) -> bool {
        self.checks
    }

    /// The same client, sending requests as they are.
    #[must_use]
    pub fn unchecked(&self) -> Self {
        Self {
            checks: false,
            ..self.clone()
        }
    }

    /// Sends a request as the first of the alternatives whose credentials are given.
    ///
    /// # Errors
    /// Where a credential is missing, or there is no answer.
    pub async fn send(
        &self,
        mut call: Call,
        security: &'static [&'static [&'static Scheme]],
    ) -> Result<Received, Error> {
        let schemes = self
            .shared
            .credentials
            .choose(security)
            .map_err(Error::MissingCredentials)?;
        for scheme in schemes {
            if let Some(credential) = self.shared.credentials.get(scheme.name) {
                authenticate(&mut call, scheme.placement, credential);
            }
        }
        let has_secrets = call.secret || !schemes.is_empty();
        let request = self.request(&mut call, has_secrets)?;
        let (operation, method, template) = (call.operation, call.method, call.template);
        let started = Instant::now();
        let timeout = self.shared.settings.timeout;
        let mut head = None;
        let outcome = within(timeout, self.exchange(request, &mut head)).await;
        let outcome = outcome
            .unwrap_or_else(|| Err(Error::Transport(TransportError::timeout(None).after(head))));
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(received) => {
                tracing::debug!(operation, %method, template, status = received.status.as_u16(), milliseconds, "answered");
            }
            Err(Error::TooLarge { status, limit, .. }) => {
                tracing::debug!(operation, %method, template, status = status.as_u16(), limit, milliseconds, "answered beyond the limit");
            }
            Err(Error::Transport(error)) => {
                tracing::debug!(operation, %method, template, milliseconds, %error, "not answered");
            }
            // An exchange has no other errors.
            Err(_) => {}
        }
        outcome
    }

    /// The request that is sent.
    fn request(
        &self,
        call: &mut Call,
        has_secrets: bool,
    ) -> Result<http::Request<Full<bytes::Bytes>>, Refused> {
        call.judge()?;
        let url = || Refused::new(String::new(), RefusedReason::Url);
        let own = call.server.filter(|_| self.shared.stated);
        let base_url = own.unwrap_or(&self.shared.base_url);
        if own.is_some_and(|own| !is_base_url(own)) {
            return Err(url());
        }
        // A caller who sets a base URL decides where secrets go; the document's URL is not the caller's decision.
        if self.shared.stated && has_secrets && is_open(base_url) {
            return Err(Refused::new(String::new(), RefusedReason::PlainHttp));
        }
        let path = call.path.text();
        let mut text = format!("{base_url}{path}");
        if !call.query.is_empty() {
            // A path of the document may hold a query already.
            text.push(if path.contains('?') { '&' } else { '?' });
            text.push_str(&call.query.join("&"));
        }
        let body = Full::new(std::mem::take(&mut call.body));
        let request = http::Request::builder()
            .method(call.method.clone())
            .uri(text);
        let mut request = request.body(body).map_err(|_| url())?;
        *request.headers_mut() = std::mem::take(&mut call.headers);
        let user_agent = || self.shared.user_agent.clone();
        request
            .headers_mut()
            .entry(http::header::USER_AGENT)
            .or_insert_with(user_agent);
        if !call.cookies.is_empty() {
            // A header parameter may be called `Cookie`.
            let mut cookies = request
                .headers()
                .get(http::header::COOKIE)
                .map_or_else(Vec::new, |own| own.as_bytes().to_vec());
            for cookie in &call.cookies {
                if !cookies.is_empty() {
                    cookies.extend_from_slice(b"; ");
                }
                cookies.extend_from_slice(cookie.as_bytes());
            }
            let cookies = HeaderValue::from_bytes(&cookies);
            let refused = |_| Refused::new("/header/cookie".to_owned(), RefusedReason::Header);
            let mut cookies = cookies.map_err(refused)?;
            cookies.set_sensitive(true);
            request.headers_mut().insert(http::header::COOKIE, cookies);
        }
        Ok(request)
    }

    /// Sends a request and reads the answer; `head` receives the status and headers of an answer that began.
    async fn exchange(
        &self,
        request: http::Request<Full<bytes::Bytes>>,
        head: &mut Option<(StatusCode, HeaderMap)>,
    ) -> Result<Received, Error> {
        let limit = self.shared.settings.max_response_bytes;
        let answer = self
            .shared
            .transport
            .exchange(request)
            .await
            .map_err(Error::Transport)?;
        let (parts, body) = answer.into_parts();
        let (status, headers) = head.insert((parts.status, parts.headers));
        let body = collected(body, limit).await;
        let (status, headers) = (*status, std::mem::take(headers));
        match body {
            Ok(raw) => Ok(Received {
                status,
                headers,
                raw,
            }),
            Err(Cut::TooLarge) => Err(Error::TooLarge {
                status,
                headers: Box::new(headers),
                limit,
            }),
            Err(Cut::Broken(error)) => Err(Error::Transport(error.after(Some((status, headers))))),
        }
    }
}

/// Whether paths can be appended to a URL, and lead where it says: it is absolute, without user name
/// (`https://api.example.com@evil.example`),
/// query, fragment, unfilled placeholders, backslashes, which URL parsers read as slashes, and segments of dots.
fn is_base_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<http::Uri>() else {
        return false;
    };
    let authority = uri.authority().is_some_and(|authority| {
        let port = authority.as_str().strip_prefix(authority.host());
        // The port is optional, and otherwise a number.
        let port = port.is_some_and(|port| {
            port.is_empty() || authority.port_u16().is_some_and(|number| number > 0)
        });
        !authority.host().is_empty() && port && !authority.as_str().contains('@')
    });
    uri.scheme().is_some()
        && authority
        && uri.query().is_none()
        && !text.contains(['#', '\\', '{', '}'])
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && !uri.path().split('/').any(is_dots)
}

/// Whether requests to a URL can be read on the way: it is plain `http`, and not of this machine (RFC 6761, section 6.3).
fn is_open(base_url: &str) -> bool {
    let Ok(uri) = base_url.parse::<http::Uri>() else {
        return true;
    };
    let host = uri
        .host()
        .unwrap_or_default()
        .trim_matches(['[', ']'])
        .to_ascii_lowercase();
    let is_loopback = host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    uri.scheme_str()
        .is_none_or(|scheme| !scheme.eq_ignore_ascii_case("https"))
        && !is_loopback
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
            let encoded = Zeroizing::new(byte::encode(secret.as_bytes()));
            call.insert_header(
                "authorization",
                &Zeroizing::new(format!("Basic {}", *encoded)),
                true,
            );
        }
        Placement::Bearer => {
            call.insert_header(
                "authorization",
                &Zeroizing::new(format!("Bearer {secret}")),
                true,
            );
        }
        Placement::Authorization => call.insert_header("authorization", secret, true),
        // Never chosen: no credential can be given for it.
        Placement::Undefined => {}
    }
}

impl Transport {
    /// Whether the default transport reads a base URL as it is written. [`Transport::standard`] reports a missing default transport.
    fn reaches(base_url: &str) -> bool {
        #[cfg(feature = "reqwest")]
        return super::reqwest::reads(base_url);
        #[cfg(not(feature = "reqwest"))]
        {
            let _ = base_url;
            true
        }
    }

    /// The default transport, where the feature `reqwest` is on.
    ///
    /// # Errors
    /// Where it cannot be set up, or the feature is off.
    pub fn standard(settings: &Settings) -> Result<Self, BuildError> {
        #[cfg(feature = "reqwest")]
        return Self::reqwest(settings).map_err(BuildError::Transport);
        #[cfg(not(feature = "reqwest"))]
        {
            let _ = settings;
            Err(BuildError::NoTransport)
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("credentials", &self.shared.credentials)
            .field("checks", &self.checks)
            .finish_non_exhaustive()
    }
}

/// Why a client could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is not absolute, or has what is none of a base URL's: a user name, a query, a fragment, a placeholder, a backslash,
    /// a segment of dots, a port that is none, or, for the default transport, another scheme than `http` and `https` or a host name that
    /// is none.
    BaseUrl,
    /// A user name with a colon, which would be read as its end, or control characters in it or the password, for this security scheme
    /// (RFC 7617, section 2).
    Basic(&'static str),
    /// The user agent is no legal header (RFC 9110, section 5.5).
    UserAgent,
    /// No transport is given, and there is no default one.
    NoTransport,
    /// The default transport cannot be set up.
    Transport(TransportError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl => {
                f.write_str("the base URL must be absolute, without user name, query, fragment, placeholders and segments of dots: `https://api.example.com`")
            }
            Self::Basic(scheme) => {
                write!(f, "a user name with a colon, or a control character in it or the password, for `{}`", shown(scheme))
            }
            Self::UserAgent => f.write_str("the user agent is no legal header"),
            Self::NoTransport => f.write_str("no transport: give one to the builder, or turn the feature `reqwest` on"),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}
