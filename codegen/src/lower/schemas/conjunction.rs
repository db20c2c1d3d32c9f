//! What holds together: an instance of a schema is one of whatever its `$ref` and its `allOf` name.
//!
//! ```yaml
//! Number: {allOf: [{$ref: '#/components/schemas/Digits'}, {maxLength: 19}]}
//! Digits: {type: string, pattern: '^\d+$', x-sensitive: true}   # so is `Number`
//! ```

use std::collections::HashSet;

use crate::api::{Keyword, SchemaId, Schemas};

/// Which part comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// The first of the document.
    Stated,
    /// The last of an `allOf`: documents put the base before what says more.
    MostSpecific,
}

impl Schemas {
    /// A schema, and the parts that hold together with it, in the order of the document.
    pub(in crate::lower) fn conjuncts(&self, id: SchemaId) -> Vec<SchemaId> {
        self.conjunction(id, First::Stated)
    }

    /// The keywords of a schema, and of the parts that hold together with it, from the most specific one on.
    pub(in crate::lower) fn conjunct_keywords(&self, id: SchemaId) -> impl Iterator<Item = &Keyword> {
        self.conjunction(id, First::MostSpecific).into_iter().flat_map(|part| &self.get(part).keywords)
    }

    /// Whether values of a schema must never be shown: some part of it says so.
    pub(in crate::lower) fn is_sensitive(&self, id: SchemaId) -> bool {
        self.conjuncts(id).into_iter().any(|part| self.get(part).sensitive)
    }

    fn conjunction(&self, id: SchemaId, first: First) -> Vec<SchemaId> {
        let (mut seen, mut waiting, mut found) = (HashSet::from([id]), vec![id], Vec::new());
        while let Some(id) = waiting.pop() {
            found.push(id);
            for keyword in &self.get(id).keywords {
                let from = waiting.len();
                waiting.extend(keyword.together().iter().filter(|part| seen.insert(**part)));
                // What waits last is looked at first.
                if first == First::Stated {
                    waiting[from..].reverse();
                }
            }
        }
        found
    }
}
