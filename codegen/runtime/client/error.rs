//! Errors of calls: one type for all operations.

use std::any::Any;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::{Fault, Violations, shown};
use super::effect::Effect;
use super::refused::Refused;
use super::response::Response;
use super::transport::TransportError;

/// Why a call failed. All operations share this type, so that `?` passes it on.
///
/// The body of a documented error has a type of its operation's, which [`Error::body`] asks for:
///
/// ```text
/// let Some(ChargeError::Conflict(result)) = error.body::<ChargeError>() else { return Err(error.into()) };
/// ```
///
/// `Debug` and `Display` show statuses, names and places; never a body, a header's value or a secret.
#[non_exhaustive]
pub enum Error {
    /// The request breaks rules of the document. Nothing was sent.
    Invalid(Violations),
    /// The request cannot be sent as it is meant, whether it is checked or not: a path parameter that leads to another resource, a
    /// header that is none. Nothing was sent.
    Refused(Refused),
    /// The operation needs a credential of this security scheme. Nothing was sent.
    MissingCredentials(&'static str),
    /// The service answered with a documented error.
    Api(Box<Response<ErrorBody>>),
    /// The service answered with a status that the document does not know.
    Unexpected(Box<Response<()>>),
    /// The service answered, and its body is not what the document says.
    Decode(Box<DecodeError>),
    /// The service answered with a body beyond the client's `max_response_bytes`, which was not read to its end.
    TooLarge {
        /// The status of the answer.
        status: StatusCode,
        /// The headers of the answer.
        headers: Box<HeaderMap>,
        /// The limit, in bytes.
        limit: usize,
    },
    /// There was no answer, or not all of one.
    Transport(TransportError),
}

impl Error {
    /// A documented error.
    pub(super) fn api<E: Any + Send + Sync>(response: Response<E>) -> Self {
        Self::Api(Box::new(response.map(|body| ErrorBody(Box::new(body)))))
    }

    /// The status, where an answer began.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(response) => Some(response.status()),
            Self::Unexpected(response) => Some(response.status()),
            Self::Decode(error) => Some(error.status()),
            Self::TooLarge { status, .. } => Some(*status),
            Self::Transport(error) => error.status(),
            Self::Invalid(_) | Self::Refused(_) | Self::MissingCredentials(_) => None,
        }
    }

    /// The headers, where an answer began. Their values may be secrets.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(response) => Some(response.headers()),
            Self::Unexpected(response) => Some(response.headers()),
            Self::Decode(error) => Some(error.headers()),
            Self::TooLarge { headers, .. } => Some(headers),
            Self::Transport(error) => error.headers(),
            Self::Invalid(_) | Self::Refused(_) | Self::MissingCredentials(_) => None,
        }
    }

    /// The bytes of the answer's body, where it was read to its end. They may hold secrets.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        match self {
            Self::Api(response) => Some(response.raw()),
            Self::Unexpected(response) => Some(response.raw()),
            Self::Decode(error) => Some(error.raw()),
            Self::TooLarge { .. }
            | Self::Transport(_)
            | Self::Invalid(_)
            | Self::Refused(_)
            | Self::MissingCredentials(_) => None,
        }
    }

    /// What is known of the request's effect on the service.
    #[must_use]
    pub fn effect(&self) -> Effect {
        match (self, self.status()) {
            (Self::Invalid(_) | Self::Refused(_) | Self::MissingCredentials(_), _) => {
                Effect::NotSent
            }
            (Self::Transport(error), None) if error.is_connect() => Effect::NotSent,
            (_, Some(status)) => Effect::of(status),
            (_, None) => Effect::Unknown,
        }
    }

    /// The documented error, where it is one of this type: the error type that the documentation of the operation names.
    #[must_use]
    pub fn body<E: Any>(&self) -> Option<&E> {
        match self {
            Self::Api(response) => response.body().downcast_ref(),
            Self::Invalid(_)
            | Self::Refused(_)
            | Self::MissingCredentials(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::TooLarge { .. }
            | Self::Transport(_) => None,
        }
    }

    /// The documented error with its status and headers, where it is one of this type.
    ///
    /// # Errors
    /// The error itself, where it is not of this type.
    pub fn into_api<E: Any>(self) -> Result<Response<E>, Self> {
        match self {
            Self::Api(response) if response.body().0.is::<E>() => {
                let (answer, body) = response.split();
                match body.0.downcast::<E>() {
                    Ok(body) => Ok(answer.map(|()| *body)),
                    Err(body) => Err(Self::Api(Box::new(answer.map(|()| ErrorBody(body))))),
                }
            }
            error => Err(error),
        }
    }

    /// The violations, where the request was stopped.
    #[must_use]
    pub const fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::Refused(_)
            | Self::MissingCredentials(_)
            | Self::Api(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::TooLarge { .. }
            | Self::Transport(_) => None,
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => {
                write!(f, "the request breaks the contract:\n{violations}")
            }
            Self::Refused(refused) => write!(f, "the request was not sent: {refused}"),
            Self::MissingCredentials(scheme) => {
                write!(
                    f,
                    "no credential is set for the security scheme `{}`",
                    shown(scheme)
                )
            }
            Self::Api(response) => write!(
                f,
                "the service answered with status {}",
                response.status().as_u16()
            ),
            Self::Unexpected(response) => {
                write!(
                    f,
                    "the service answered with status {}, which the document does not know",
                    response.status().as_u16()
                )
            }
            Self::Decode(error) => error.fmt(f),
            Self::TooLarge { status, limit, .. } => {
                write!(
                    f,
                    "the service answered with status {} and more than {limit} bytes",
                    status.as_u16()
                )
            }
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

/// The decoded body of a documented error: the error type of some operation.
pub struct ErrorBody(Box<dyn Any + Send + Sync>);

impl ErrorBody {
    /// The body, where it is of this type.
    #[must_use]
    pub fn downcast_ref<E: Any>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ErrorBody")
    }
}

/// A body that is not what the document says.
pub struct DecodeError {
    answer: Response<()>,
    fault: Fault,
}

impl DecodeError {
    pub(super) const fn new(answer: Response<()>, fault: Fault) -> Self {
        Self { answer, fault }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The headers of the answer. Their values may be secrets.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// JSON Pointer of the value at fault.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.fault.pointer()
    }

    /// The bytes of the body as they were received. They may hold secrets.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        self.answer.raw()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the body of the answer (status {}) is not what the document says: {}",
            self.status().as_u16(),
            self.fault
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
