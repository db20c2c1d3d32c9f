//! The run-time code of clients: requests, credentials, transports, answers.
//!
//! Nothing in this module prints a body, a header's value, a credential, or the path and query that were sent: they may hold
//! secrets. Statuses, operation names and path templates are all that `Debug`, `Display` and `tracing` show.

mod bounds;
mod call;
mod checks;
mod core;
mod credentials;
mod effect;
mod encoding;
mod error;
mod media_type;
mod multipart;
mod path;
mod pending;
mod refused;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod settings;
mod transport;

// What programs use.
pub use self::core::BuildError;
pub use self::effect::Effect;
pub use self::error::{DecodeError, Error, ErrorBody};
pub use self::pending::Sending;
pub use self::refused::{Refused, RefusedReason};
pub use self::response::Response;
pub use self::settings::Settings;
pub use self::transport::{AnswerBody, BoxError, RequestBody, Transport, TransportError};

// What emitted code uses.
#[doc(hidden)]
pub use self::call::Call;
#[doc(hidden)]
pub use self::checks::Checks;
#[doc(hidden)]
pub use self::core::Core;
#[doc(hidden)]
pub use self::credentials::{Credentials, Placement, Scheme};
#[doc(hidden)]
pub use self::encoding::Style;
#[doc(hidden)]
pub use self::multipart::Part;
#[doc(hidden)]
pub use self::pending::Pending;
#[doc(hidden)]
pub use self::response::Received;
