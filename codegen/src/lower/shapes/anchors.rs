//! Names for rules: `SCREAMING_SNAKE_CASE`, each given out once.

use std::collections::HashMap;

use crate::api::{SchemaId, Schemas};

use crate::lower::names::{self, Scope};

/// The names of rules by schema.
#[derive(Default)]
pub(crate) struct Anchors {
    names: HashMap<SchemaId, String>,
    scope: Scope,
}

impl Anchors {
    /// Names the rules of a schema after its type, unless they have a name.
    pub(crate) fn name_after_type(&mut self, id: SchemaId, rust_name: &str) {
        if !self.names.contains_key(&id) {
            let name = self.scope.claim(names::static_name(rust_name));
            self.names.insert(id, name);
        }
    }

    /// Names the rules of a schema after its place, unless they have a name.
    pub(crate) fn name_after_place(&mut self, id: SchemaId, pointer: &str) {
        if !self.names.contains_key(&id) {
            self.name_after_type(id, &names::type_name(&stem(pointer)));
        }
    }

    /// Writes the names to the rules.
    pub(crate) fn name_rules(&self, rules: &mut Schemas) {
        for (id, name) in &self.names {
            rules.0[id.0].anchor = Some(name.clone());
        }
    }
}

/// A readable stem for a schema that is named by its place: the last steps of its pointer that say something.
fn stem(pointer: &str) -> String {
    let steps: Vec<&str> = pointer
        .split('/')
        .filter(|step| {
            !matches!(
                *step,
                "" | "components"
                    | "schemas"
                    | "properties"
                    | "paths"
                    | "content"
                    | "schema"
                    | "responses"
                    | "requestBody"
            )
        })
        .collect();
    let from = steps.len().saturating_sub(5);
    steps[from..].join("_").replace("~1", "_").replace("~0", "_")
}
