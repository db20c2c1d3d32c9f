//! The run-time code of emitted crates: rules and their checking, decoding, secrets, the client.
//!
//! Rules are static tables ([`Rules`]), and a value is checked as what it looks like in JSON ([`Instance`]), whether it is a typed model,
//! a builder or a `serde_json::Value`. So every rule has one implementation. A [`Violation`] says which rule was broken, and where.
//!
//! Items that only emitted code uses are not documented, and may change.

mod binary;
mod check;
#[cfg(feature = "client")]
pub mod client;
mod decimal;
mod decode;
pub mod formats;
#[doc(hidden)]
pub mod formatted;
mod instance;
#[doc(hidden)]
pub mod keyword;
mod limits;
mod macros;
mod mapped;
mod model;
mod nullable;
mod numeral;
#[doc(hidden)]
pub mod pattern;
mod pointer;
mod reader;
mod redacted;
mod registry;
mod rule;
mod rules;
mod secret;
mod shown;
mod structure;
mod union;
mod violations;

// What programs use.
pub use binary::Binary;
pub use check::validate;
pub use decimal::Decimal;
pub use formats::Format;
pub use formatted::{FormatText, Formatted};
pub use instance::Instance;
pub use limits::Limits;
pub use mapped::Mapped;
pub use nullable::Nullable;
pub use registry::Schema;
pub use rule::Rule;
pub use rules::{Rules, Types};
pub use secret::{Scrub, Secret};
pub use violations::{Violation, Violations};

// What emitted code uses.
#[doc(hidden)]
pub use check::{
    check, check_octets, count_in, enum_holds, holds, json, keyword_holds, length_in, others_hold,
    struct_holds, union_holds,
};
#[doc(hidden)]
pub use decode::Decode;
#[doc(hidden)]
pub use instance::{Array, Entries, Object, View};
#[doc(hidden)]
pub use keyword::tables::*;
#[doc(hidden)]
pub use keyword::{Measure, Side, Tables};
#[allow(unused_imports, reason = "a document without models uses none of them")]
pub(crate) use macros::{declared, model, object, text_enum, union};
#[doc(hidden)]
pub use model::{
    deserialize, from_json, from_json_lenient, from_json_within, stated_default, to_json, unset,
};
#[doc(hidden)]
pub use numeral::Numeral;
#[doc(hidden)]
pub use pattern::Pattern;
#[doc(hidden)]
pub use reader::{Duplicates, Fault, Mark, Reader};
#[allow(
    unused_imports,
    reason = "a document without secrets and enums uses none of them"
)]
pub(crate) use redacted::{Redacted, RedactedMembers, unless_card_number};
#[doc(hidden)]
pub use rules::{Additional, Literal, Members, Property, optional, required, slot};
#[doc(hidden)]
pub use shown::{Shown, shown};
#[doc(hidden)]
pub use structure::{BuilderField, Declared, Struct, check_members};
#[doc(hidden)]
pub use union::{Branch, Evidence, Union};
