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
use crate::emit::models::exclusive::is_sufficient;
use crate::emit::models::types::{rules_name, type_text, type_uses};
use crate::emit::models::{self, Models, line};
use crate::emit::tables::rules::types as types_tree;
use crate::emit::text::pretty::Tree;

/// Everything of one union.
pub fn emit_union(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Fault", "Instance", "Reader", "Secret", "rules", "support"]);
    models.text.push_str(&models::docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let debug = if debug::is_union_written(definition, union, api, models) { "" } else { ", Debug" };
    line!(
        models,
        "#[derive(Clone{debug}, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = \"boxed where a variant is large by itself, not by comparison\")]
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
    line!(models, "support::union!({name}, rules::{});\n", rules_name(definition.schema, api));
    union_impl(definition, union, api, models);
}

/// `impl support::Union`.
fn union_impl(definition: &Definition, union: &Union, api: &Api, models: &mut Models) {
    line!(models, "impl support::Union for {} {{", definition.rust_name);
    let branches = union.variants.iter().map(|variant| {
        let constructor = if is_sufficient(definition.schema, variant.schema, api) { "sufficient" } else { "new" };
        Tree::leaf(format!("support::Branch::{constructor}(&rules::{})", rules_name(variant.schema, api)))
    });
    constant("const BRANCHES: &'static [support::Branch] = ", branches.collect(), models);
    if union.evidence.iter().any(|evidence| evidence.proof == Proof::Type) {
        models.uses(&["Types"]);
    }
    let evidence = union.evidence.iter().filter_map(evidence_tree);
    constant("const EVIDENCE: &'static [support::Evidence] = ", evidence.collect(), models);
    line!(models, "\n    #[inline]\n    fn content(&self) -> (usize, &dyn Instance) {{\n        match self {{");
    for (index, variant) in union.variants.iter().enumerate() {
        line!(models, "            Self::{}(value) => ({index}, value),", variant.rust_name);
    }
    line!(models, "            Self::Unknown(value) => ({}, value),\n        }}\n    }}\n", union.variants.len());
    line!(
        models,
        "    #[inline]\n    fn read(reader: &mut Reader<'_>, branch: usize) -> Result<Self, Fault> {{\n        match branch {{"
    );
    for (index, variant) in union.variants.iter().enumerate() {
        line!(models, "            {index} => reader.decode().map(Self::{}),", variant.rust_name);
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

fn constant(start: &str, items: Vec<Tree>, models: &mut Models) {
    models.text.push_str("    ");
    models.text.push_str(start);
    Tree::list("&[", items, "]").write(1, 5 + start.len(), &mut models.text);
    models.text.push_str(";\n");
}

/// The evidence for a branch; `None` where no value can have it: a member is looked for in objects, a text is a string.
fn evidence_tree(evidence: &Evidence) -> Option<Tree> {
    let Evidence { variant, types, proof } = evidence;
    let strings = |list: &[String]| Tree::list("&[", list.iter().map(|text| Tree::string(text)).collect(), "]");
    let branch = Tree::leaf(variant.to_string());
    let (constructor, of_types, arguments) = match proof {
        Proof::MemberValue(name, values) => {
            ("of_member_value", TypeSet::OBJECT, vec![branch, Tree::string(name), strings(values)])
        }
        Proof::Value(values) => ("of_value", TypeSet::STRING, vec![branch, strings(values)]),
        Proof::Member(name) => ("of_member", TypeSet::OBJECT, vec![branch, strings(std::slice::from_ref(name))]),
        Proof::AnyMember(names) => ("of_member", TypeSet::OBJECT, vec![branch, strings(names)]),
        Proof::Type => ("of_type", TypeSet::ANY, vec![branch, types_tree(*types)]),
    };
    types.intersects(of_types).then(|| Tree::list(format!("support::Evidence::{constructor}("), arguments, ")"))
}
