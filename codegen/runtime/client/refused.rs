//! Requests that are refused even if requests are not checked, as no service could understand them as the caller means.

use std::fmt;

use super::super::shown;

/// Why a request was not sent, whether requests are checked or not. It shows its place, never a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pointer: String,
    reason: RefusedReason,
}

/// A reason not to send a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusedReason {
    /// A segment of the path is `.` or `..`, so that the request would reach another resource (RFC 3986, section 5.2.4). Encoding
    /// cannot help: `%2e` is the same segment (WHATWG URL, "double-dot URL path segment").
    DotSegment,
    /// A segment of the path is empty, so that the request would reach another resource.
    EmptySegment,
    /// A header's name or value is not legal (RFC 9110, section 5), or it is one that frames the message (RFC 9112, section 6).
    Header,
    /// A value of a list in a header holds a comma, so that the service would read several; nothing is encoded there.
    HeaderList,
    /// A cookie that is sent as it is holds a character that would end it (RFC 6265, section 4.1.1).
    Cookie,
    /// A media type is not well-formed (RFC 9110, section 8.3.1).
    MediaType,
    /// Path and server do not make a URL.
    Url,
    /// A body or a parameter that is written as JSON holds bytes that are no text, which JSON cannot write.
    Json,
    /// A parameter, or a member of a form, holds bytes that are no text, which neither a URL nor a header nor a form can carry unchanged.
    Text,
    /// A credential, or a parameter or body with secrets, would be sent unencrypted to a server that the document names. Setting the base
    /// URL explicitly allows it.
    PlainHttp,
    /// The operating system provides no random bytes.
    Randomness,
}

impl Refused {
    pub(super) const fn new(pointer: String, reason: RefusedReason) -> Self {
        Self { pointer, reason }
    }

    /// Where the fault is: `/path/token`, `/header/X-Request-Id`; the place of a part in the body; empty for the request as a whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> RefusedReason {
        self.reason
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the request"
        } else {
            &self.pointer
        };
        let reason = match self.reason {
            RefusedReason::DotSegment => {
                "makes a path segment of dots, which would reach another resource"
            }
            RefusedReason::EmptySegment => {
                "makes an empty path segment, which would reach another resource"
            }
            RefusedReason::Header => "is no header that can be sent",
            RefusedReason::HeaderList => {
                "holds a comma in one of its values, which would be read as several"
            }
            RefusedReason::Cookie => "holds a character that no cookie can hold",
            RefusedReason::MediaType => "has a media type that is none",
            RefusedReason::Url => "has no legal URL",
            RefusedReason::Json => "holds bytes that are no text, which JSON cannot write",
            RefusedReason::Text => "holds bytes that are no text",
            RefusedReason::PlainHttp => {
                "would carry a secret unencrypted to a server that the document names; give its URL to the client to allow it"
            }
            RefusedReason::Randomness => {
                "needs random bytes, and the operating system has none to give"
            }
        };
        write!(f, "{} {reason}", shown(place))
    }
}

impl std::error::Error for Refused {}
