//! A union: `oneOf` or `anyOf` of branches with a shape.
//!
//! ```yaml
//! Errors:
//!   oneOf:
//!     - { type: array, items: { $ref: '#/components/schemas/Message' } }
//!     - $ref: '#/components/schemas/Message'
//! ```
//!
//! ```text
//! pub enum Errors {
//!     Array(Vec<Message>),
//!     Message(Message),
//!     /// A value that fits no branch.
//!     Unknown(Secret<serde_json::Value>),
//! }
//!
//! impl support::Union for Errors {
//!     const BRANCHES: &'static [support::Branch<Self>] = &[
//!         support::Branch { decode: |reader| support::branch(reader, Self::Array), rules: &rules::ERRORS_ARRAY },
//!         support::Branch { decode: |reader| support::branch(reader, Self::Message), rules: &rules::MESSAGE },
//!     ];
//!     const EVIDENCE: &'static [support::Evidence] = &[
//!         support::Evidence { branch: 0, types: support::Types(32), proof: support::Proof::Type },
//!         support::Evidence { branch: 1, types: support::Types(64), proof: support::Proof::Type },
//!     ];
//! }
//! ```
//!
//! What tells the branches apart was decided by `lower/` ([`Evidence`]); a value that fits none is a fault when strict, and
//! kept as it is when lenient. It may hold anything, so it is redacted.

use std::fmt::Write as _;

use crate::api::{Api, Definition, Evidence, Proof, Union};

use crate::emit::comment::docs::code;
use crate::emit::models::debug;
use crate::emit::models::file::{Models, boilerplate, docs, line};
use crate::emit::models::types::{rules_name, type_text, type_uses};
use crate::emit::text::expression::{Arm, Expression};
use crate::emit::text::layout::{write_arm, write_constant};

/// Everything of one union.
pub fn emit_union(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Decode", "Fault", "Instance", "Reader", "Secret", "View", "support"]);
    models.text.push_str(&docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let debug = if debug::is_union_written(definition, union, api, models) { "" } else { ", Debug" };
    line!(
        models,
        "#[derive(Clone{debug}, PartialEq)]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = \"boxed where a variant is large by itself, not by comparison\"
)]
pub enum {name} {{"
    );
    for variant in &union.variants {
        type_uses(&variant.ty, &mut models.uses);
        line!(models, "    /// The branch at {}.", code(&api.schemas.get(variant.schema).pointer));
        line!(models, "    {}({}),", variant.rust_name, type_text(&variant.ty, api, ""));
    }
    line!(
        models,
        "    /// A value that fits no branch: decoded from a response all the same, a violation when checked.
    Unknown(Secret<serde_json::Value>),
}}
"
    );
    debug::emit_union_debug(definition, union, api, models);
    boilerplate(definition, api, models);
    line!(
        models,
        "impl Instance for {name} {{\n    #[inline]\n    fn view(&self) -> View<'_> {{\n        match self {{"
    );
    for variant in &union.variants {
        line!(models, "            Self::{}(value) => value.view(),", variant.rust_name);
    }
    line!(models, "            Self::Unknown(value) => value.view(),\n        }}\n    }}\n");
    holds_method(definition, union, api, models);
    tables(name, union, api, models);
    line!(
        models,
        "impl Decode for {name} {{
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {{
        reader.union()
    }}
}}
"
    );
}

/// `holds`: the decoded branch is tried first.
fn holds_method(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    let own = rules_name(definition.schema, api);
    line!(models, "    #[inline]\n    fn holds(&self, rules: &support::Rules) -> bool {{");
    line!(models, "        use super::rules::{own} as OWN;");
    line!(models, "        let view = self.view();\n        match self {{");
    for variant in &union.variants {
        let (name, branch) = (&variant.rust_name, rules_name(variant.schema, api));
        let holds = Expression::leaf("value").method("holds", vec![Expression::leaf("rules")]);
        let arguments = vec![
            Expression::leaf("view"),
            Expression::leaf("rules"),
            Expression::leaf("OWN").reference(),
            Expression::leaf(format!("super::rules::{branch}")).reference(),
            Expression::closure("rules", holds),
        ];
        let body = Expression::call("support::union_holds", arguments);
        write_arm(&Arm { patterns: vec![format!("Self::{name}(value)")], body }, 12, &mut models.text);
    }
    line!(models, "            Self::Unknown(value) => value.holds(rules),\n        }}\n    }}\n}}\n");
}

/// `impl support::Union`.
fn tables(name: &str, union: &Union, api: &Api, models: &mut Models) {
    line!(models, "impl support::Union for {name} {{");
    let branches = union.variants.iter().map(|variant| {
        let variant_of = Expression::leaf(format!("Self::{}", variant.rust_name));
        let branch = Expression::call("support::branch", vec![Expression::leaf("reader"), variant_of]);
        let rules = Expression::leaf(format!("super::rules::{}", rules_name(variant.schema, api))).reference();
        fields("support::Branch", [("decode", Expression::closure("reader", branch)), ("rules", rules)])
    });
    let branches = Expression::slice(branches.collect());
    write_constant("const", "BRANCHES", "&'static [support::Branch<Self>]", &branches, 4, &mut models.text);
    let evidence = Expression::slice(union.evidence.iter().map(evidence_of).collect());
    write_constant("const", "EVIDENCE", "&'static [support::Evidence]", &evidence, 4, &mut models.text);
    line!(
        models,
        "
    fn unknown(value: Secret<serde_json::Value>) -> Self {{
        Self::Unknown(value)
    }}
}}
"
    );
}

fn fields<const N: usize>(name: &str, fields: [(&str, Expression); N]) -> Expression {
    Expression::structure(name, fields.map(|(field, value)| (field.to_owned(), Some(value))).into())
}

fn evidence_of(evidence: &Evidence) -> Expression {
    let strings = |list: &[String]| Expression::slice(list.iter().map(|text| Expression::string(text)).collect());
    let proof = match &evidence.proof {
        Proof::MemberValue(name, values) => {
            Expression::call("support::Proof::MemberValue", vec![Expression::string(name), strings(values)])
        }
        Proof::Value(values) => Expression::call("support::Proof::Value", vec![strings(values)]),
        Proof::Member(name) => Expression::call("support::Proof::Member", vec![Expression::string(name)]),
        Proof::AnyMember(names) => Expression::call("support::Proof::AnyMember", vec![strings(names)]),
        Proof::Type => Expression::leaf("support::Proof::Type"),
    };
    let types = Expression::call("support::Types", vec![Expression::leaf(evidence.types.0.to_string())]);
    fields(
        "support::Evidence",
        [("branch", Expression::leaf(evidence.variant.to_string())), ("types", types), ("proof", proof)],
    )
}
