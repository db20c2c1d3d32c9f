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

pub use self::call::Call;
pub use self::checks::Checks;
pub use self::core::{BuildError, Core};
pub use self::credentials::{Credentials, Placement, Scheme};
pub use self::effect::Effect;
pub use self::encoding::Style;
pub use self::error::{DecodeError, Error, ErrorBody};
pub use self::multipart::Part;
pub use self::pending::{Pending, Sending};
pub use self::refused::{Refused, RefusedReason};
pub use self::response::{Received, Response};
pub use self::settings::Settings;
pub use self::transport::{AnswerBody, BoxError, RequestBody, Transport, TransportError};
