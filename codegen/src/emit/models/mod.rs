//! `models.rs`: every defined type, and what each of them has whatever its kind.
//!
//! `from_json`, `validate` and serde's traits are the same for all types: `support::object!`, `support::union!` and `support::text_enum!`
//! write them.

pub mod builder;
mod coverage;
pub mod debug;
pub mod enumeration;
mod exclusive;
mod fallible;
pub mod structure;
pub mod types;
pub mod union;
pub mod validity;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::api::{Annotations, Api, Definition, DefinitionKind, Schema};

use crate::emit::comment::docs::{Said, code, comment, constraints};
use crate::emit::models::debug::Sensitive;
use crate::emit::models::fallible::Fallible;
use crate::emit::models::types::{type_text, type_uses};
use crate::emit::package::module::has_deprecated;
use crate::emit::tables::rules::pattern_names;
use crate::emit::text::source::{HEADER, import};

/// The text of a file under construction, and the names that it uses without a path.
pub struct Models {
    /// The items so far.
    pub text: String,
    /// Names of `support` and of the standard library.
    pub uses: BTreeSet<&'static str>,
    /// What can break its rules.
    pub fallible: Fallible,
    /// What holds secrets.
    pub sensitive: Sensitive,
    /// The statics of patterns, by source.
    pub patterns: IndexMap<String, String>,
    /// The names of all defined types.
    pub defined: HashSet<String>,
}

impl Models {
    /// Notes names that are used without a path.
    pub fn uses(&mut self, names: &[&'static str]) {
        self.uses.extend(names);
    }

    /// The name of a type's builder: `FooBuilder`, or with the lowest number behind it where the document has a type of that name.
    pub fn builder_name(&self, type_name: &str) -> String {
        let plain = format!("{type_name}Builder");
        let numbered = (2..).map(|number| format!("{plain}{number}"));
        std::iter::once(plain.clone()).chain(numbered).find(|name| !self.defined.contains(name)).unwrap_or(plain)
    }
}

/// Appends a line, or several, to the text of [`Models`].
macro_rules! line {
    ($models:expr, $($argument:tt)*) => {{
        // Writing to a string does not fail.
        let _ = writeln!($models.text, $($argument)*);
    }};
}
pub(crate) use line;

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
    let mut head = head(uses, api);
    if !text.is_empty() {
        head.push('\n');
    }
    head + text.trim_end() + "\n"
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

/// What the file is, and where the names that it uses come from.
fn head(mut uses: BTreeSet<&str>, api: &Api) -> String {
    let mut head = format!("{HEADER}\n//! The models of the document.\n");
    if has_deprecated(api) {
        head.push_str("#![allow(deprecated, reason = \"deprecated types are carried like any other\")]\n");
    }
    head.push('\n');
    if uses.remove("BTreeMap") {
        head.push_str("use std::collections::BTreeMap;\n\n");
    }
    for module in ["rules", "support"] {
        if uses.remove(module) {
            head.push_str(&format!("use super::{module};\n"));
        }
    }
    head.push_str(&import("super::support", &uses));
    head
}

/// The doc comment of a type: its text, its name in the document, its constraints, whether it holds secrets.
pub fn docs(definition: &Definition, schema: &Schema, sensitive: &Sensitive) -> String {
    let annotations = &schema.annotations;
    let text = annotation_text(annotations);
    let mut words = constraints(schema);
    let last = match &definition.component {
        Some(name) => {
            words.insert(0, format!("schema {}", code(name)));
            format!("{}.", capital(&words.join(", ")))
        }
        None => format!("The schema at {}.", code(&schema.pointer)),
    };
    let mut paragraphs = vec![text, Said::Ours(&last)];
    if sensitive.definition(definition) {
        paragraphs.push(Said::Ours(
            "It holds secrets: `Debug` hides them, and whatever serialises it (`serde_json::to_string`) writes them out.",
        ));
    }
    let mut docs = comment(&paragraphs, "");
    if annotations.deprecated {
        docs.push_str("#[deprecated]\n");
    }
    docs
}

/// The description of a schema, or its title.
pub fn annotation_text(annotations: &Annotations) -> Said<'_> {
    match (&annotations.description, &annotations.title) {
        (Some(description), _) => Said::Text(description),
        (None, title) => Said::Line(title.as_deref().unwrap_or_default()),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The traits that the user wants derived, after those that every type derives.
pub fn derives(definition: &Definition) -> String {
    definition.derives.iter().map(|path| format!(", {path}")).collect()
}
