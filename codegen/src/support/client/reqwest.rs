//! The default transport: `reqwest` with rustls.

use std::time::Duration;

use tower::util::BoxCloneSyncService;

use super::transport::{RequestBody, Transport, TransportError};

impl Transport {
    /// The default transport. `timeout` bounds a whole exchange; redirects are not followed, as they could carry a body or a
    /// credential to another host.
    ///
    /// # Errors
    /// Where TLS cannot be set up.
    pub fn reqwest(timeout: Option<Duration>) -> Result<Self, TransportError> {
        let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        if let Some(timeout) = timeout {
            builder = builder.timeout(timeout);
        }
        let client = builder.build().map_err(failure)?;
        Ok(Self::boxed(BoxCloneSyncService::new(tower::service_fn(move |request: http::Request<RequestBody>| {
            let client = client.clone();
            async move {
                let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap)).map_err(failure)?;
                let response = client.execute(request).await.map_err(failure)?;
                let mut answer = http::Response::new(bytes::Bytes::new());
                *answer.status_mut() = response.status();
                *answer.headers_mut() = response.headers().clone();
                *answer.body_mut() = response.bytes().await.map_err(failure)?;
                Ok(answer)
            }
        }))))
    }
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
