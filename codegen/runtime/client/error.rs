//! What can go wrong with a call.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::super::{Fault, Violations, shown};
use super::core::SendError;
use super::refused::Refused;
use super::response::Response;
use super::transport::TransportError;

/// Why a call has no success to show. `E` is the operation's own error type.
///
/// `Debug` and `Display` show statuses, names and places; never a body, a header's value or a secret.
#[non_exhaustive]
pub enum Error<E> {
    /// The request breaks rules of the document. Nothing was sent.
    Invalid(Violations),
    /// The request cannot be sent as it is meant, whether it is checked or not: a path parameter that leads to another resource, a
    /// header that is none. Nothing was sent.
    Refused(Refused),
    /// The operation needs a credential of this security scheme. Nothing was sent.
    MissingCredentials(&'static str),
    /// The service answered with a documented error.
    Api(Box<Response<E>>),
    /// The service answered with a status that the document does not know.
    Unexpected(Box<Response<()>>),
    /// The service answered, and its body is not what the document says.
    Decode(Box<DecodeError>),
    /// The service answered with a body beyond the client's `max_response_bytes`, which was not read to its end.
    TooLarge {
        /// The status of the answer.
        status: StatusCode,
        /// The limit, in bytes.
        limit: usize,
    },
    /// There was no answer.
    Transport(TransportError),
}

impl<E> Error<E> {
    /// A documented error.
    #[must_use]
    pub fn api(response: Response<E>) -> Self {
        Self::Api(Box::new(response))
    }

    /// The status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(response) => Some(response.status()),
            Self::Unexpected(response) => Some(response.status()),
            Self::Decode(error) => Some(error.status()),
            Self::TooLarge { status, .. } => Some(*status),
            Self::Invalid(_) | Self::Refused(_) | Self::MissingCredentials(_) | Self::Transport(_) => None,
        }
    }

    /// The violations, where the request was stopped.
    #[must_use]
    pub const fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Invalid(violations) => Some(violations),
            _ => None,
        }
    }
}

impl<E> From<Violations> for Error<E> {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl<E> From<SendError> for Error<E> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::MissingCredentials(scheme) => Self::MissingCredentials(scheme),
            SendError::Refused(refused) => Self::Refused(refused),
            SendError::TooLarge { status, limit } => Self::TooLarge { status, limit },
            SendError::Transport(error) => Self::Transport(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "the request breaks the contract:\n{violations}"),
            Self::Refused(refused) => write!(f, "the request was not sent: {refused}"),
            Self::MissingCredentials(scheme) => {
                write!(f, "no credential is set for the security scheme `{}`", shown(scheme))
            }
            Self::Api(response) => write!(f, "the service answered with status {}", response.status().as_u16()),
            Self::Unexpected(response) => {
                write!(
                    f,
                    "the service answered with status {}, which the document does not know",
                    response.status().as_u16()
                )
            }
            Self::Decode(error) => error.fmt(f),
            Self::TooLarge { status, limit } => {
                write!(f, "the service answered with status {} and more than {limit} bytes", status.as_u16())
            }
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl<E> std::error::Error for Error<E> {}

/// A body that is not what the document says.
pub struct DecodeError {
    status: StatusCode,
    fault: Fault,
    raw: Bytes,
}

impl DecodeError {
    pub(super) const fn new(status: StatusCode, fault: Fault, raw: Bytes) -> Self {
        Self { status, fault, raw }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// JSON Pointer of the value at fault.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.fault.pointer()
    }

    /// The bytes of the body as they were received. They may hold secrets.
    #[must_use]
    pub const fn raw(&self) -> &Bytes {
        &self.raw
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the body of the answer (status {}) is not what the document says: {}",
            self.status.as_u16(),
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
