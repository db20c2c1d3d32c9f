//! What is known of the effect of a request that did not succeed.

use http::StatusCode;

/// What is known of a request's effect on the service, from how its exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing was sent: the request was stopped here, or there was no connection. The service has not seen it.
    NotSent,
    /// The service answered that it did not do what the request asks for, since it does not accept the request: 4xx (RFC 9110,
    /// section 15.5), 501 (15.6.2) or 505 (15.6.6).
    Refused,
    /// The service answered that it received, understood and accepted the request (2xx: RFC 9110, section 15.3), or where else to
    /// look (3xx: section 15.4), and the answer is not what the document says or could not be read. A method that is not safe
    /// (section 9.2.1) has had its effect, or may have had it.
    Answered,
    /// There was no answer, or one that does not say how far the request came: any other 5xx (RFC 9110, section 15.6), the gateway's 502
    /// and 504 among them. Only a request whose method is idempotent (section 9.2.2) can be repeated safely.
    Unknown,
}

impl Effect {
    /// The effect that a status implies.
    pub(super) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            400..=499 | 501 | 505 => Self::Refused,
            200..=399 => Self::Answered,
            _ => Self::Unknown,
        }
    }
}
