//! `Debug` of models that hold secrets, and of their builders.
//!
//! A secret prints itself as `[redacted]` wherever it is, so that `Debug` is derived nearly always. What the document does not describe is
//! no secret to the type system, and may be one all the same: `{"card": "4111…", "Card": "4111…"}`. In a model that holds secrets, itself
//! or through others, what is undeclared or of any type is not printed, and neither are the names in its maps:
//!
//! ```text
//! impl std::fmt::Debug for Payment {
//!     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
//!         let mut out = f.debug_struct("Payment");
//!         out.field("card", &self.card);
//!         out.field("metadata", &support::Redacted);
//!         out.field("additional", &support::RedactedMembers(self.additional.len()));
//!         out.finish()
//!     }
//! }
//! ```

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Definition, Presence, Struct, Union};

use crate::emit::models::file::{Models, line};
use crate::emit::models::object::of_self;
use crate::emit::models::sensitive::holds_unknown;
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::{write_arm, write_statements};

/// Whether `Debug` of a struct is written here, and not derived.
pub fn is_written(definition: &Definition, structure: &Struct, api: &Api, models: &Models) -> bool {
    let is_open = matches!(structure.additional, AdditionalMembers::Kept { .. });
    models.sensitive.definition(definition)
        && (is_open || structure.fields.iter().any(|field| holds_unknown(&field.ty, api)))
}

/// Whether `Debug` of a union is written here, and not derived.
pub fn is_union_written(definition: &Definition, union: &Union, api: &Api, models: &Models) -> bool {
    models.sensitive.definition(definition) && union.variants.iter().any(|variant| holds_unknown(&variant.ty, api))
}

/// `impl Debug` of a union, where it is not derived: `Named([redacted])` for a variant with data that the document does not describe.
pub fn emit_union_debug(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    if !is_union_written(definition, union, api, models) {
        return;
    }
    line!(models, "impl std::fmt::Debug for {} {{", definition.rust_name);
    line!(models, "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        match self {{");
    for variant in &union.variants {
        let name = &variant.rust_name;
        let f = Expression::leaf("f");
        let (binds, body) = if holds_unknown(&variant.ty, api) {
            ("_", f.method("write_str", vec![Expression::string(&format!("{name}([redacted])"))]))
        } else {
            let shown = f.method("debug_tuple", vec![Expression::string(name)]);
            ("value", shown.method("field", vec![Expression::leaf("value")]).method("finish", vec![]))
        };
        write_arm(&Arm { patterns: vec![format!("Self::{name}({binds})")], body }, 12, &mut models.text);
    }
    line!(models, "            Self::Unknown(_) => f.write_str(\"Unknown([redacted])\"),\n        }}\n    }}\n}}\n");
}

/// `, Debug` to be derived, or nothing.
pub fn derived(definition: &Definition, structure: &Struct, api: &Api, models: &Models) -> &'static str {
    if is_written(definition, structure, api, models) { "" } else { ", Debug" }
}

/// `impl Debug` of a struct or its builder, where it is not derived.
pub fn emit_debug(name: &str, definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    if !is_written(definition, structure, api, models) {
        return;
    }
    models.uses(&["support"]);
    line!(models, "impl std::fmt::Debug for {name} {{");
    line!(models, "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{");
    line!(models, "        let mut out = f.debug_struct({name:?});");
    let mut field = |rust_name: &str, value: Expression| {
        let shown = Expression::string(rust_name.trim_start_matches("r#"));
        let shows = Expression::leaf("out").method("field", vec![shown, value.reference()]);
        write_statements(&[Statement::Does(shows)], 8, &mut models.text);
    };
    for member in &structure.fields {
        let rust_name = &member.rust_name;
        let value = match member.presence {
            _ if !holds_unknown(&member.ty, api) => of_self(rust_name),
            // Whether there is a value is no secret.
            Presence::Optional => of_self(rust_name)
                .method("as_ref", vec![])
                .method("map", vec![Expression::closure("_", Expression::leaf("support::Redacted"))]),
            Presence::Required | Presence::RequiredNullable | Presence::OptionalNullable => {
                Expression::leaf("support::Redacted")
            }
        };
        field(rust_name, value);
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        let count = of_self(rust_name).method("len", vec![]);
        field(rust_name, Expression::call("support::RedactedMembers", vec![count]));
    }
    line!(models, "        out.finish()\n    }}\n}}\n");
}
