//! The run-time code of emitted crates: rules and their checking, decoding, secrets, the client.
//!
//! A rule table and a value meet in [`check`]: the tables are static data ([`Rules`]), a value is seen through a [`View`],
//! whether it is a typed model, a builder or a `serde_json::Value`. So there is one meaning of every rule.

mod binary;
mod check;
#[cfg(feature = "client")]
pub mod client;
mod decimal;
mod decode;
pub mod formats;
pub mod formatted;
mod instance;
pub mod keyword;
mod limits;
mod macros;
mod mapped;
mod model;
mod nullable;
mod numeral;
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

pub use binary::Binary;
pub use check::{
    check, check_octets, count_in, enum_holds, holds, json, keyword_holds, length_in, others_hold, struct_holds,
    union_holds, validate,
};
pub use decimal::Decimal;
pub use decode::Decode;
pub use formats::Format;
pub use formatted::{FormatText, Formatted};
pub use instance::{Array, Entries, Instance, Object, View};
pub use keyword::tables::*;
pub use keyword::{Measure, Side, Tables};
pub use limits::Limits;
#[allow(unused_imports, reason = "a document without models uses none of them")]
pub(crate) use macros::{declared, model, object, text_enum, union};
pub use mapped::Mapped;
pub use model::{deserialize, from_json, from_json_lenient, from_json_within, stated_default, to_json, unset};
pub use nullable::Nullable;
pub use numeral::Numeral;
pub use pattern::Pattern;
pub use reader::{Duplicates, Fault, Mark, Reader};
#[allow(unused_imports, reason = "a document without secrets and enums uses none of them")]
pub(crate) use redacted::{Redacted, RedactedMembers, unless_card_number};
pub use registry::Schema;
pub use rule::Rule;
pub use rules::{Additional, Literal, Members, Property, Rules, Types, optional, required, slot};
pub use secret::{Scrub, Secret};
pub use shown::{Shown, shown};
pub use structure::{BuilderField, Declared, Struct, check_members};
pub use union::{Branch, Evidence, Union};
pub use violations::{Violation, Violations};
