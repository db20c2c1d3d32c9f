//! `models.rs`: every defined type, and what each of them has whatever its kind.
//!
//! `from_json`, `validate` and serde's traits are the same for all types: `support::object!`, `support::union!` and `support::text_enum!`
//! write them.

pub mod builder;
mod coverage;
pub mod debug;
pub mod enumeration;
mod exclusive;
pub mod fallible;
pub mod file;
pub mod object;
pub mod scalar;
pub mod sensitive;
pub mod structure;
pub mod types;
pub mod union;
pub mod validity;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::api::{Api, DefinitionKind};

use crate::emit::models::fallible::Fallible;
use crate::emit::models::file::{Models, docs, line};
use crate::emit::models::sensitive::Sensitive;
use crate::emit::models::types::{type_text, type_uses};
use crate::emit::tables::patterns::pattern_names;
use crate::emit::text::imports::import;
use crate::emit::text::lints::has_deprecated;
use crate::emit::text::source::HEADER;

fn patterns(api: &Api) -> IndexMap<String, String> {
    pattern_names(api).into_iter().map(|(source, name)| (source.to_owned(), name)).collect()
}

/// `models.rs`.
pub fn emit_models(api: &Api) -> String {
    let defined = api.definitions.0.iter().map(|definition| definition.rust_name.clone()).collect();
    let mut models = Models {
        text: String::new(),
        uses: BTreeSet::new(),
        fallible: Fallible::of(api),
        sensitive: Sensitive::of(api),
        patterns: patterns(api),
        defined,
    };
    for definition in &api.definitions.0 {
        match &definition.kind {
            DefinitionKind::Struct(structure) => structure::emit_struct(definition, structure, api, &mut models),
            DefinitionKind::Enum(enumeration) => enumeration::emit_enum(definition, enumeration, api, &mut models),
            DefinitionKind::Union(union) => union::emit_union(definition, union, api, &mut models),
            DefinitionKind::Alias(ty) => {
                type_uses(ty, &mut models.uses);
                let docs = docs(definition, api.schemas.get(definition.schema), &models.sensitive);
                models.text.push_str(&docs);
                line!(models, "pub type {} = {};\n", definition.rust_name, type_text(ty, api, ""));
            }
        }
    }
    let Models { text, uses, .. } = models;
    // A section each, with a line between them.
    let sections = [head(api)].into_iter().chain(imports(uses)).chain([text.trim_end().to_owned()]);
    let sections: Vec<String> = sections.filter(|section| !section.is_empty()).collect();
    sections.join("\n").trim_end().to_owned() + "\n"
}

/// Whether the models of an API name the run-time code.
pub fn names_support(api: &Api) -> bool {
    api.definitions.0.iter().any(|definition| match &definition.kind {
        DefinitionKind::Struct(_) | DefinitionKind::Enum(_) | DefinitionKind::Union(_) => true,
        DefinitionKind::Alias(ty) => {
            let mut uses = BTreeSet::new();
            type_uses(ty, &mut uses);
            uses.iter().any(|name| *name != "BTreeMap")
        }
    })
}

/// What the file is.
fn head(api: &Api) -> String {
    let mut head = format!("{HEADER}\n//! The models of the document.\n");
    if has_deprecated(api) {
        head.push_str("#![allow(deprecated, reason = \"deprecated types are carried like any other\")]\n");
    }
    head
}

/// Where the names that the file uses come from: the standard library, and the modules beside it.
fn imports(mut uses: BTreeSet<&str>) -> [String; 2] {
    let standard = if uses.remove("BTreeMap") { "use std::collections::BTreeMap;\n" } else { "" };
    let rules = if uses.remove("rules") { "use super::rules;\n" } else { "" };
    if uses.remove("support") {
        uses.insert("self");
    }
    [standard.to_owned(), rules.to_owned() + &import("super::support", &uses)]
}
