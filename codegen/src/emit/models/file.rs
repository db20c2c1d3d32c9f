//! `models.rs` under construction, and what every type has whatever its kind.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use crate::api::{Annotations, Definition, Schema};

use crate::emit::comment::docs::{Said, code, comment, constraints};
use crate::emit::models::fallible::Fallible;
use crate::emit::models::sensitive::Sensitive;

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
