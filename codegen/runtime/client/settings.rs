//! The bounds of a client's exchanges. The defaults are conservative; the builder of a client changes them.

use std::time::Duration;

/// The bounds of a client's exchanges, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a call may take, from its start to the last byte of the answer, with any transport; `None` for no bound.
    pub timeout: Option<Duration>,
    /// How long the default transport may take to connect; `None` for no bound of its own.
    pub connect_timeout: Option<Duration>,
    /// How many bytes the body of an answer may have, after decompression, with any transport.
    pub max_response_bytes: usize,
    /// The `User-Agent` (RFC 9110, section 10.1.5) of requests that have none of their own.
    pub user_agent: String,
}

impl Settings {
    /// Default of `timeout`: 60 seconds.
    pub const TIMEOUT: Duration = Duration::from_secs(60);
    /// Default of `connect_timeout`: 10 seconds.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
    /// Default of `max_response_bytes`: 16 MiB.
    pub const MAX_RESPONSE_BYTES: usize = 16 << 20;
    /// Default of `user_agent`: name and version of the crate that this file is compiled in.
    pub const USER_AGENT: &'static str =
        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Some(Self::TIMEOUT),
            connect_timeout: Some(Self::CONNECT_TIMEOUT),
            max_response_bytes: Self::MAX_RESPONSE_BYTES,
            user_agent: Self::USER_AGENT.to_owned(),
        }
    }
}
