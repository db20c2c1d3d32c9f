//! The default transport: `reqwest` with rustls.

use http_body_util::BodyExt as _;
use tower::util::BoxCloneSyncService;

use super::settings::Settings;
use super::transport::{RequestBody, Transport, TransportError};

impl Transport {
    /// The default transport. Redirects are not followed, as they could carry a body or a credential to another host; no cookies are kept;
    /// proxies are those of the environment (`HTTPS_PROXY`, `NO_PROXY`).
    ///
    /// # Errors
    /// Where TLS cannot be set up.
    pub fn reqwest(settings: &Settings) -> Result<Self, TransportError> {
        let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        if let Some(timeout) = settings.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        let client = builder.build().map_err(failure)?;
        Ok(Self::boxed(BoxCloneSyncService::new(tower::service_fn(
            move |request: http::Request<RequestBody>| {
                let client = client.clone();
                async move {
                    let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))
                        .map_err(failure)?;
                    let response = client.execute(request).await.map_err(failure)?;
                    Ok(http::Response::<reqwest::Body>::from(response)
                        .map(|body| body.map_err(failure).boxed_unsync()))
                }
            },
        ))))
    }
}

/// Whether `reqwest`, which parses URLs as the WHATWG says, reads a URL as it is written.
pub(super) fn reads(base_url: &str) -> bool {
    let path = base_url
        .parse::<http::Uri>()
        .map(|uri| uri.path().to_owned());
    reqwest::Url::parse(base_url).is_ok_and(|read| {
        matches!(read.scheme(), "http" | "https") && path.is_ok_and(|path| path == read.path())
    })
}

fn failure(error: reqwest::Error) -> TransportError {
    // The URL may hold tokens.
    let error = error.without_url();
    if error.is_timeout() {
        TransportError::timeout(Some(error.into()))
    } else if error.is_connect() {
        TransportError::connect(Some(error.into()))
    } else {
        TransportError::other(error.into())
    }
}
