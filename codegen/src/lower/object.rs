//! Objects with declared properties to structs; the parts of an `allOf` become one.
//!
//! ```yaml
//! allOf:
//!   - $ref: '#/components/schemas/Party'     # name
//!   - properties: { cvv: { type: string, nullable: true } }
//! ```
//!
//! becomes a struct with the fields `name` and `cvv: Nullable<String>`. What the parts demand is left to the rules, which
//! keep them apart; the struct only has to hold every value that some part describes.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{AdditionalMembers, AdditionalProperties, Field, Keyword, Presence, SchemaId, Struct, Type, TypeSet};

use super::Lowering;
use super::names::{self, Scope};

/// What the parts of an object say together.
#[derive(Default)]
struct Gathered {
    /// Schemas by property; one that says nothing gives way to one that does.
    properties: IndexMap<String, SchemaId>,
    required: HashSet<String>,
    denied: bool,
    patterns: bool,
    additional: Vec<SchemaId>,
    seen: HashSet<SchemaId>,
}

impl Lowering<'_, '_> {
    pub(super) fn structure(&mut self, id: SchemaId, rust_name: &str) -> Struct {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(gathered.properties.len());
        for (name, schema) in &gathered.properties {
            let ty = self.shape(*schema, &format!("{rust_name}{}", names::variant_name(name)));
            let presence = match (gathered.required.contains(name), self.is_nullable(*schema)) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            };
            fields.push(Field {
                name: name.clone(),
                rust_name: names::escape(scope.claim(names::value_name(name))),
                ty,
                presence,
                schema: *schema,
            });
        }
        let additional = if gathered.denied && !gathered.patterns {
            AdditionalMembers::Closed
        } else {
            let ty = match gathered.additional.as_slice() {
                [only] if !gathered.patterns => self.shape_or_null(*only, &format!("{rust_name}Additional")),
                _ => Type::Any,
            };
            AdditionalMembers::Kept { rust_name: scope.claim("additional_properties".to_owned()), ty }
        };
        Struct { fields, additional }
    }

    /// The schemas of an object's properties.
    pub(super) fn property_schemas(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        gathered.properties.into_values().collect()
    }

    /// Collects what a schema and the parts of its `allOf` say, parts first, as documents put the base before the rest.
    fn gather(&self, id: SchemaId, gathered: &mut Gathered) {
        if !gathered.seen.insert(id) {
            return;
        }
        let schema = self.api.schemas.get(id);
        for keyword in &schema.keywords {
            match keyword {
                Keyword::Ref(part) => self.gather(*part, gathered),
                Keyword::AllOf(parts) => {
                    for part in parts {
                        self.gather(*part, gathered);
                    }
                }
                _ => {}
            }
        }
        for keyword in &schema.keywords {
            let Keyword::Members(members) = keyword else { continue };
            for property in &members.properties {
                let entry = gathered.properties.entry(property.name.clone()).or_insert(property.schema);
                if self.types_of(*entry) == TypeSet::ANY {
                    *entry = property.schema;
                }
                if property.required {
                    gathered.required.insert(property.name.clone());
                }
            }
            gathered.required.extend(members.required.iter().cloned());
            gathered.patterns |= !members.patterns.is_empty();
            match members.additional {
                AdditionalProperties::Allowed => {}
                AdditionalProperties::Denied => gathered.denied = true,
                AdditionalProperties::Schema(schema) => gathered.additional.push(schema),
            }
        }
    }
}
