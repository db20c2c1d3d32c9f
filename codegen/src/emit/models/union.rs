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
//! support::union!(Errors, rules::ERRORS);
//!
//! impl support::Union for Errors {
//!     const BRANCHES: &'static [support::Branch] = &[
//!         support::Branch::sufficient(&rules::ERRORS_ARRAY),
//!         support::Branch::sufficient(&rules::MESSAGE),
//!     ];
//!     const EVIDENCE: &'static [support::Evidence] = &[
//!         support::Evidence::of_type(0, support::Types::ARRAY),
//!         support::Evidence::of_type(1, support::Types::OBJECT),
//!     ];
//!
//!     fn content(&self) -> (usize, &dyn Instance) {
//!         match self {
//!             Self::Array(value) => (0, value),
//!             Self::Message(value) => (1, value),
//!             Self::Unknown(value) => (2, value),
//!         }
//!     }
//!
//!     fn read(reader: &mut Reader<'_>, branch: usize) -> Result<Self, Fault> {
//!         match branch {
//!             0 => reader.decode().map(Self::Array),
//!             1 => reader.decode().map(Self::Message),
//!             _ => Err(Fault::no_branch()),
//!         }
//!     }
//! }
//! ```
//!
//! What tells the branches apart was decided by `lower/` ([`Evidence`]); a value that fits none is a fault when strict, and
//! kept as it is when lenient. It may hold anything, so it is redacted.

use std::fmt::Write as _;

use crate::api::{Api, Definition, Evidence, Proof, TypeSet, Union};

use crate::emit::comment::docs::code;
use crate::emit::models::debug;
use crate::emit::models::exclusive::sufficient_branches;
use crate::emit::models::file::{Models, docs, line};
use crate::emit::models::types::{rules_name, type_text, type_uses};
use crate::emit::tables::rules::types as types_expression;
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::{write_arm, write_constant, write_statements};

/// Everything of one union.
pub fn emit_union(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Fault", "Instance", "Reader", "Secret", "rules", "support"]);
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
    let rules = format!("rules::{}", rules_name(definition.schema, api));
    let arguments = vec![Expression::leaf(name.clone()), Expression::leaf(rules)];
    write_statements(&[Statement::Does(Expression::macro_call("support::union", arguments))], 0, &mut models.text);
    models.text.push('\n');
    union_impl(definition, union, api, models);
}

/// `impl support::Union`.
fn union_impl(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    line!(models, "impl support::Union for {} {{", definition.rust_name);
    let sufficient = sufficient_branches(definition.schema, api);
    let branches = union.variants.iter().map(|variant| {
        let is_sufficient = sufficient.contains(&api.schemas.resolve_alias(variant.schema));
        let constructor = if is_sufficient { "sufficient" } else { "new" };
        let rules = Expression::leaf(format!("rules::{}", rules_name(variant.schema, api))).reference();
        Expression::call(&format!("support::Branch::{constructor}"), vec![rules])
    });
    let branches = Expression::slice(branches.collect());
    write_constant("const", "BRANCHES", "&'static [support::Branch]", &branches, 4, &mut models.text);
    if union.evidence.iter().any(|evidence| evidence.proof == Proof::Type && evidence.types != TypeSet::NONE) {
        models.uses(&["Types"]);
    }
    let evidence = Expression::slice(union.evidence.iter().filter_map(evidence_of).collect());
    write_constant("const", "EVIDENCE", "&'static [support::Evidence]", &evidence, 4, &mut models.text);
    line!(models, "\n    #[inline]\n    fn content(&self) -> (usize, &dyn Instance) {{\n        match self {{");
    let names = union.variants.iter().map(|variant| variant.rust_name.as_str());
    for (index, name) in names.chain(["Unknown"]).enumerate() {
        let body = Expression::tuple(vec![Expression::leaf(index.to_string()), Expression::leaf("value")]);
        write_arm(&Arm { patterns: vec![format!("Self::{name}(value)")], body }, 12, &mut models.text);
    }
    line!(
        models,
        "        }}
    }}

    #[inline]
    fn read(reader: &mut Reader<'_>, branch: usize) -> Result<Self, Fault> {{
        match branch {{"
    );
    for (index, variant) in union.variants.iter().enumerate() {
        let constructor = Expression::leaf(format!("Self::{}", variant.rust_name));
        let body = Expression::leaf("reader").method("decode", vec![]).method("map", vec![constructor]);
        write_arm(&Arm { patterns: vec![index.to_string()], body }, 12, &mut models.text);
    }
    line!(
        models,
        "            _ => Err(Fault::no_branch()),
        }}
    }}

    #[inline]
    fn unknown(value: Secret<serde_json::Value>) -> Self {{
        Self::Unknown(value)
    }}
}}
"
    );
}

/// The evidence for a branch; `None` where no value can have it: a member is looked for in objects, a text is a string.
fn evidence_of(evidence: &Evidence) -> Option<Expression> {
    let Evidence { variant, types, proof } = evidence;
    let strings = |list: &[String]| Expression::slice(list.iter().map(|text| Expression::string(text)).collect());
    let branch = Expression::leaf(variant.to_string());
    let (constructor, of_types, arguments) = match proof {
        Proof::MemberValue(name, values) => {
            ("of_member_value", TypeSet::OBJECT, vec![branch, Expression::string(name), strings(values)])
        }
        Proof::Value(values) => ("of_value", TypeSet::STRING, vec![branch, strings(values)]),
        Proof::Member(name) => ("of_member", TypeSet::OBJECT, vec![branch, strings(std::slice::from_ref(name))]),
        Proof::AnyMember(names) => ("of_member", TypeSet::OBJECT, vec![branch, strings(names)]),
        Proof::Type => ("of_type", TypeSet::ANY, vec![branch, types_expression(*types)]),
    };
    let call = || Expression::call(&format!("support::Evidence::{constructor}"), arguments);
    types.intersects(of_types).then(call)
}
