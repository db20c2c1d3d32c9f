//! The instance types that a schema admits, its compositions included.
//!
//! ```yaml
//! allOf:
//!   - { type: [string, integer] }
//!   - { type: [string, "null"] }      # together: string
//! ```

use crate::api::{AdditionalProperties, Branches, Keyword, SchemaId, Schemas, TypeSet};

/// How deep compositions are followed when they are asked for their types. Deeper ones are taken to allow anything.
pub(crate) const DEEPEST_COMPOSITION: usize = 24;

impl Schemas {
    /// The instance types that a schema admits.
    pub(in crate::lower) fn types_of(&self, id: SchemaId) -> TypeSet {
        self.types_within(id, 0)
    }

    fn types_within(&self, id: SchemaId, depth: usize) -> TypeSet {
        if depth > DEEPEST_COMPOSITION {
            return TypeSet::ANY;
        }
        let schema = self.get(id);
        let any_of = |parts: &[SchemaId]| {
            parts.iter().fold(TypeSet::NONE, |set, part| set.union(self.types_within(*part, depth + 1)))
        };
        schema.keywords.iter().fold(schema.types, |types, keyword| match keyword {
            Keyword::Enum(values) => types.intersection(TypeSet::of_any(values)),
            Keyword::Ref(part) => types.intersection(self.types_within(*part, depth + 1)),
            Keyword::AllOf(parts) => {
                parts.iter().fold(types, |types, part| types.intersection(self.types_within(*part, depth + 1)))
            }
            Keyword::AnyOf(branches) | Keyword::OneOf(branches) => types.intersection(any_of(&branches.parts)),
            _ => types,
        })
    }

    /// Whether a schema says anything about the form of a value, beyond bounds and `required`.
    pub(in crate::lower) fn adds_shape(&self, id: SchemaId) -> bool {
        self.adds_shape_within(id, 0)
    }

    fn adds_shape_within(&self, id: SchemaId, depth: usize) -> bool {
        if depth > DEEPEST_COMPOSITION {
            return false;
        }
        let schema = self.get(id);
        let part = |part: &SchemaId| self.adds_shape_within(*part, depth + 1);
        schema.types.without(TypeSet::NULL) != TypeSet::ANY.without(TypeSet::NULL)
            || schema.keywords.iter().any(|keyword| match keyword {
                Keyword::Enum(_) | Keyword::Items(_) => true,
                Keyword::Members(members) => {
                    !members.properties.is_empty() || members.additional != AdditionalProperties::Allowed
                }
                Keyword::Ref(target) => part(target),
                Keyword::AllOf(parts)
                | Keyword::AnyOf(Branches { parts, .. })
                | Keyword::OneOf(Branches { parts, .. }) => parts.iter().any(part),
                _ => false,
            })
    }

    /// Whether a schema or a part of its `allOf` declares properties.
    pub(in crate::lower) fn has_properties(&self, id: SchemaId) -> bool {
        self.has_properties_within(id, 0)
    }

    fn has_properties_within(&self, id: SchemaId, depth: usize) -> bool {
        depth <= DEEPEST_COMPOSITION
            && self.get(id).keywords.iter().any(|keyword| match keyword {
                Keyword::Members(members) => !members.properties.is_empty(),
                Keyword::Ref(part) => self.has_properties_within(*part, depth + 1),
                Keyword::AllOf(parts) => parts.iter().any(|part| self.has_properties_within(*part, depth + 1)),
                _ => false,
            })
    }

    /// The branches of a schema's `oneOf` or `anyOf`, `null` aside; none where no branch says anything about the form of a value.
    pub(in crate::lower) fn union_branches(&self, id: SchemaId) -> Vec<SchemaId> {
        for keyword in &self.get(id).keywords {
            let (Keyword::OneOf(branches) | Keyword::AnyOf(branches)) = keyword else { continue };
            let branches: Vec<SchemaId> =
                branches.parts.iter().copied().filter(|branch| self.types_of(*branch) != TypeSet::NULL).collect();
            if !branches.is_empty() && branches.iter().any(|branch| self.adds_shape(*branch)) {
                return branches;
            }
        }
        Vec::new()
    }
}
