//! Transports: any `tower::Service` over `http` types.

use std::fmt;

use bytes::{Buf as _, Bytes};
use http::{HeaderMap, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

/// The body of a request.
pub type RequestBody = Full<Bytes>;

/// The body of an answer, as it comes in.
pub type AnswerBody = UnsyncBoxBody<Bytes, TransportError>;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A transport of requests: a boxed service, cheap to clone.
///
/// A client bounds the time of an exchange and the size of an answer with any transport. Redirects, connections and TLS are up to the
/// service. The URI of a request may hold a credential (`apiKey` in the query) and a path parameter that is one: a layer that logs
/// URIs logs them. Headers that hold credentials are marked as sensitive.
#[derive(Clone)]
pub struct Transport(
    BoxCloneSyncService<http::Request<RequestBody>, http::Response<AnswerBody>, TransportError>,
);

impl Transport {
    /// A transport over a service: a `tower` stack, an `axum` router in the same process, a mock.
    #[must_use]
    pub fn new<S, B>(service: S) -> Self
    where
        S: Service<http::Request<RequestBody>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<BoxError>,
    {
        Self(BoxCloneSyncService::new(tower::service_fn(
            move |request| {
                let service = service.clone();
                async move {
                    let response = service
                        .oneshot(request)
                        .await
                        .map_err(|error| TransportError::other(error.into()))?;
                    Ok(response.map(|body| {
                        let bytes = |mut data: B::Data| data.copy_to_bytes(data.remaining());
                        body.map_frame(move |frame| frame.map_data(bytes))
                            .map_err(|error| TransportError::other(error.into()))
                            .boxed_unsync()
                    }))
                }
            },
        )))
    }

    #[cfg(feature = "reqwest")]
    pub(super) const fn boxed(
        service: BoxCloneSyncService<
            http::Request<RequestBody>,
            http::Response<AnswerBody>,
            TransportError,
        >,
    ) -> Self {
        Self(service)
    }

    pub(super) async fn exchange(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<AnswerBody>, TransportError> {
        self.0.clone().oneshot(request).await
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

/// Why a request was not answered, or its answer not read to the end. It shows its kind, never the URL, a header or a body.
pub struct TransportError {
    kind: Kind,
    source: Option<BoxError>,
    /// Status and headers of an answer that began.
    head: Option<Box<(StatusCode, HeaderMap)>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Timeout,
    Connect,
    Other,
}

impl TransportError {
    /// The service took too long.
    #[must_use]
    pub fn timeout(source: Option<BoxError>) -> Self {
        Self {
            kind: Kind::Timeout,
            source,
            head: None,
        }
    }

    /// There was no connection.
    #[must_use]
    pub fn connect(source: Option<BoxError>) -> Self {
        Self {
            kind: Kind::Connect,
            source,
            head: None,
        }
    }

    /// Anything else.
    #[must_use]
    pub fn other(source: BoxError) -> Self {
        Self {
            kind: Kind::Other,
            source: Some(source),
            head: None,
        }
    }

    /// The same error, of an answer that had begun.
    pub(super) fn after(self, head: Option<(StatusCode, HeaderMap)>) -> Self {
        Self {
            head: head.map(Box::new),
            ..self
        }
    }

    /// The status, where an answer began.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|head| head.0)
    }

    /// The headers, where an answer began. Their values may be secrets.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_ref().map(|head| &head.1)
    }

    /// Whether the service took too long. Whether it acted on the request is unknown then.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == Kind::Timeout
    }

    /// Whether there was no connection, so that the service has not seen the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// The transport's own error, for `downcast_ref`. What it prints is up to the transport.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.source.as_deref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Timeout => f.write_str("the service took too long to answer"),
            Kind::Connect => f.write_str("no connection to the service"),
            Kind::Other => f.write_str("the exchange with the service failed"),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TransportError({self})")
    }
}

// There is no `source`: error chains are often printed as a whole, and the inner error may contain secrets.
impl std::error::Error for TransportError {}
