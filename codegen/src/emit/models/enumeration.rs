//! An enum of strings.
//!
//! ```yaml
//! ResultCode: { type: string, enum: [Success, Rejected] }
//! ```
//!
//! ```text
//! #[non_exhaustive]
//! pub enum ResultCode {
//!     Success,
//!     Rejected,
//!     /// A value that the document does not list.
//!     Unknown(String),
//! }
//!
//! support::text_enum! {
//!     ResultCode, rules::RESULT_CODE {
//!         Success = "Success",
//!         Rejected = "Rejected",
//!     }
//! }
//! ```

use std::fmt::Write as _;

use crate::api::{Api, Definition, Enum};

use crate::emit::comment::docs::{Said, code, comment};
use crate::emit::models::file::{Models, derives, docs, line};
use crate::emit::models::types::rules_name;

/// Everything of one enum.
pub fn emit_enum(definition: &Definition, enumeration: &Enum, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.text.push_str(&docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let derives = derives(definition);
    line!(models, "#[derive(Clone, PartialEq, Eq, Hash{derives})]\n#[non_exhaustive]\npub enum {name} {{");
    for variant in &enumeration.variants {
        let value = format!("{}.", code(&variant.value));
        let docs = match &variant.description {
            Some(text) => comment(&[Said::Text(text), Said::Ours(&value)], "    "),
            None => format!("    /// {value}\n"),
        };
        models.text.push_str(&docs);
        line!(models, "    {},", variant.rust_name);
    }
    line!(
        models,
        "    /// A value that the document does not list: decoded from a response all the same, a violation when checked.
    Unknown(String),
}}
"
    );
    models.uses(&["rules", "support"]);
    line!(models, "support::text_enum! {{\n    {name}, rules::{} {{", rules_name(definition.schema, api));
    for variant in &enumeration.variants {
        line!(models, "        {} = {:?},", variant.rust_name, variant.value);
    }
    line!(models, "    }}\n}}\n");
}
