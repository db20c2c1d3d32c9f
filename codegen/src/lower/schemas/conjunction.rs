//! Conjunctions: an instance of a schema is also an instance of its `$ref` and of all parts of its `allOf`.
//!
//! ```yaml
//! Number: {allOf: [{$ref: '#/components/schemas/Digits'}, {maxLength: 19}]}
//! Digits: {type: string, pattern: '^\d+$', x-sensitive: true}   # so is `Number`
//! ```

use std::collections::HashSet;

use crate::api::{Keyword, SchemaId, Schemas};

/// The order of the parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// Document order.
    Stated,
    /// The last part of an `allOf` first: documents put the base before more specific parts.
    MostSpecific,
}

impl Schemas {
    /// A schema and all parts of its conjunction, in document order.
    pub(in crate::lower) fn conjuncts(&self, id: SchemaId) -> Vec<SchemaId> {
        self.conjunction(id, First::Stated)
    }

    /// The keywords of a schema and of all parts of its conjunction, the most specific part first.
    pub(in crate::lower) fn conjunct_keywords(&self, id: SchemaId) -> impl Iterator<Item = &Keyword> {
        self.conjunction(id, First::MostSpecific).into_iter().flat_map(|part| &self.get(part).keywords)
    }

    /// Whether some part of a schema marks its values as secrets.
    pub(in crate::lower) fn is_sensitive(&self, id: SchemaId) -> bool {
        self.conjuncts(id).into_iter().any(|part| self.get(part).sensitive)
    }

    fn conjunction(&self, id: SchemaId, first: First) -> Vec<SchemaId> {
        let (mut seen, mut waiting, mut found) = (HashSet::from([id]), vec![id], Vec::new());
        while let Some(id) = waiting.pop() {
            found.push(id);
            for keyword in &self.get(id).keywords {
                let from = waiting.len();
                waiting.extend(keyword.conjuncts().iter().filter(|part| seen.insert(**part)));
                // The list is a stack: the last entry comes first.
                if first == First::Stated {
                    waiting[from..].reverse();
                }
            }
        }
        found
    }
}
