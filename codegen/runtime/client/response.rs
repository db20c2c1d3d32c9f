//! Answers: as received, and decoded.

use std::any::Any;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::{Decode, from_json_lenient};
use super::error::{DecodeError, Error};

/// An answer with its decoded body.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    raw: Bytes,
    body: T,
}

impl<T> Response<T> {
    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &T {
        &self.body
    }

    /// The body, without the rest.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// The bytes of the body as they were received. They may hold secrets.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The answer without its body, and the body.
    pub(super) fn split(self) -> (Response<()>, T) {
        (
            Response {
                status: self.status,
                headers: self.headers,
                raw: self.raw,
                body: (),
            },
            self.body,
        )
    }

    /// The same answer with another body.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            raw: self.raw,
            body: change(self.body),
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .finish_non_exhaustive()
    }
}

/// An answer whose body is still to be decoded.
pub struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) raw: Bytes,
}

impl Received {
    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    fn with<T>(self, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            raw: self.raw,
            body,
        }
    }

    /// Decodes JSON, leniently: what the document does not know is skipped or kept, not refused.
    ///
    /// # Errors
    /// [`Error::Decode`] where the body is not of the model's types.
    pub fn json<T: Decode>(self) -> Result<Response<T>, Error> {
        // A byte order mark is not JSON, and may be skipped rather than refused (RFC 8259, section 8.1).
        match from_json_lenient(without_mark(&self.raw)) {
            Ok(body) => Ok(self.with(body)),
            Err(fault) => Err(Error::Decode(Box::new(DecodeError::new(
                self.with(()),
                fault,
            )))),
        }
    }

    /// Reads text: UTF-8, without a byte order mark, else ISO-8859-1 where the answer says that it is. Other bytes are replaced, and
    /// stay reachable by [`Response::raw`].
    ///
    /// # Errors
    /// None: the signature is that of [`Received::json`].
    pub fn text(self) -> Result<Response<String>, Error> {
        let bytes = without_mark(&self.raw);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) if is_latin(&self.headers) => bytes.iter().copied().map(char::from).collect(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        };
        Ok(self.with(text))
    }

    /// The bytes as they are.
    ///
    /// # Errors
    /// None: the signature is that of [`Received::json`].
    pub fn raw(self) -> Result<Response<Bytes>, Error> {
        let raw = self.raw.clone();
        Ok(self.with(raw))
    }

    /// No body is documented; one that is there stays reachable by [`Response::raw`].
    ///
    /// # Errors
    /// None: the signature is that of [`Received::json`].
    pub fn empty(self) -> Result<Response<()>, Error> {
        Ok(self.with(()))
    }

    /// Decodes JSON into one of several success types.
    ///
    /// # Errors
    /// As [`Received::json`].
    pub fn json_as<T: Decode, U>(self, variant: impl FnOnce(T) -> U) -> Result<Response<U>, Error> {
        self.json::<T>().map(|response| response.map(variant))
    }

    /// Reads text as one of several success types.
    ///
    /// # Errors
    /// As [`Received::text`].
    pub fn text_as<U>(self, variant: impl FnOnce(String) -> U) -> Result<Response<U>, Error> {
        self.text().map(|response| response.map(variant))
    }

    /// The bytes as one of several success types.
    ///
    /// # Errors
    /// As [`Received::raw`].
    pub fn raw_as<U>(self, variant: impl FnOnce(Bytes) -> U) -> Result<Response<U>, Error> {
        self.raw().map(|response| response.map(variant))
    }

    /// One of several success types, without a body.
    ///
    /// # Errors
    /// As [`Received::empty`].
    pub fn empty_as<U>(self, variant: U) -> Result<Response<U>, Error> {
        Ok(self.with(variant))
    }

    /// A documented error with a JSON body, decoded as leniently.
    #[must_use]
    pub fn json_error<T: Decode, E: Any + Send + Sync>(
        self,
        variant: impl FnOnce(T) -> E,
    ) -> Error {
        match self.json::<T>() {
            Ok(response) => Error::api(response.map(variant)),
            Err(error) => error,
        }
    }

    /// A documented error with a text.
    #[must_use]
    pub fn text_error<E: Any + Send + Sync>(self, variant: impl FnOnce(String) -> E) -> Error {
        match self.text() {
            Ok(response) => Error::api(response.map(variant)),
            Err(error) => error,
        }
    }

    /// A documented error whose body is not decoded.
    #[must_use]
    pub fn raw_error<E: Any + Send + Sync>(self, variant: impl FnOnce(Bytes) -> E) -> Error {
        match self.raw() {
            Ok(response) => Error::api(response.map(variant)),
            Err(error) => error,
        }
    }

    /// A documented error without a body.
    #[must_use]
    pub fn empty_error<E: Any + Send + Sync>(self, variant: E) -> Error {
        Error::api(self.with(variant))
    }

    /// An answer with a status that the document does not know.
    #[must_use]
    pub fn unexpected(self) -> Error {
        Error::Unexpected(Box::new(self.with(())))
    }
}

/// A body without the byte order mark of UTF-8.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Whether an answer says that it is in ISO-8859-1 (RFC 9110, section 8.3.2).
fn is_latin(headers: &HeaderMap) -> bool {
    let stated = headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    stated
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, value)| {
            let value = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("charset")
                && ["iso-8859-1", "latin1"]
                    .iter()
                    .any(|latin| value.eq_ignore_ascii_case(latin))
        })
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status.as_u16())
            .finish_non_exhaustive()
    }
}
