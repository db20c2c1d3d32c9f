//! What a schema and the parts of its `allOf` say of the members of an object.
//!
//! ```yaml
//! allOf:
//!   - $ref: '#/components/schemas/Party'     # name
//!   - properties: { cvv: { type: string, nullable: true } }
//! ```
//!
//! gives `name` and `cvv`, each with the schemas that describe it.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{AdditionalProperties, Keyword, SchemaId, Schemas};

/// What the parts of an object say together.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The schemas of each property, in document order.
    pub properties: IndexMap<String, Sources>,
    /// The names that some part requires.
    pub required: HashSet<String>,
    /// The names that some part requires beside another.
    pub dependent: HashSet<String>,
    /// Whether some part admits no undeclared member.
    pub closed: bool,
    /// Whether undeclared members may be of more than one schema.
    pub open: bool,
    /// The schemas of undeclared members.
    pub additional: Vec<SchemaId>,
    seen: HashSet<SchemaId>,
}

/// The schemas of a property.
#[derive(Default)]
pub(crate) struct Sources {
    /// Those that its value must follow.
    pub all: Vec<SchemaId>,
    /// Those of which its value must follow one: they stand in branches of an `anyOf`.
    pub any: Vec<SchemaId>,
}

impl Gathered {
    /// Adds the properties of the branches of an `anyOf`; what all of them require is required.
    pub(crate) fn merge_branches(&mut self, schemas: &Schemas, branches: &[SchemaId]) {
        let mut required: Option<HashSet<String>> = None;
        for branch in branches {
            let own = schemas.gathered(*branch);
            for (name, sources) in own.properties {
                self.properties.entry(name).or_default().any.extend(sources.all);
            }
            required = Some(match required {
                None => own.required,
                Some(shared) => shared.into_iter().filter(|name| own.required.contains(name)).collect(),
            });
            // What is undeclared in one branch may be declared, or allowed, in another.
            self.open = true;
        }
        self.required.extend(required.unwrap_or_default());
    }
}

impl Schemas {
    /// What a schema and the parts of its `allOf` say of members, parts first, as documents put the base before the rest.
    pub(in crate::lower) fn gathered(&self, id: SchemaId) -> Gathered {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        gathered
    }

    fn gather(&self, id: SchemaId, gathered: &mut Gathered) {
        if !gathered.seen.insert(id) {
            return;
        }
        let schema = self.get(id);
        for part in schema.keywords.iter().flat_map(Keyword::together) {
            self.gather(*part, gathered);
        }
        for keyword in &schema.keywords {
            gathered.dependent.extend(keyword.dependent_members().cloned());
            let Keyword::Members(members) = keyword else { continue };
            for property in &members.properties {
                if !property.held {
                    // A value of it is kept like any other member that has no field.
                    gathered.open = true;
                    continue;
                }
                gathered.properties.entry(property.name.clone()).or_default().all.push(property.schema);
                if property.required {
                    gathered.required.insert(property.name.clone());
                }
            }
            gathered.required.extend(members.required.iter().cloned());
            gathered.open |= !members.patterns.is_empty();
            match members.additional {
                AdditionalProperties::Allowed => {}
                AdditionalProperties::Denied => gathered.closed = true,
                AdditionalProperties::Schema(schema) => gathered.additional.push(schema),
            }
        }
    }

    /// The schemas of an object's properties.
    pub(in crate::lower) fn property_schemas(&self, id: SchemaId) -> Vec<SchemaId> {
        self.gathered(id).properties.into_values().flat_map(|sources| sources.all).collect()
    }
}
