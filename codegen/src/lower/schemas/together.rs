//! What holds together: an instance of a schema is one of whatever its `$ref` and its `allOf` name.
//!
//! ```yaml
//! Number: {allOf: [{$ref: '#/components/schemas/Digits'}, {maxLength: 19}]}
//! Digits: {type: string, pattern: '^\d+$', x-sensitive: true}   # so is `Number`
//! ```

use std::collections::HashSet;

use crate::api::{Keyword, SchemaId};

use crate::lower::Lowering;

/// Which part comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// The first of the document.
    Stated,
    /// The last of an `allOf`: documents put the base before what says more.
    MostSpecific,
}

impl Lowering<'_, '_> {
    /// A schema, and the parts that hold together with it, in the order of the document.
    pub(crate) fn parts_together(&self, id: SchemaId) -> Vec<SchemaId> {
        self.together(id, First::Stated)
    }

    /// The keywords of a schema, and of the parts that hold together with it, from the most specific one on.
    pub(crate) fn keywords_together(&self, id: SchemaId) -> impl Iterator<Item = &Keyword> {
        self.together(id, First::MostSpecific).into_iter().flat_map(|part| &self.api.schemas.get(part).keywords)
    }

    /// Whether values of a schema must never be shown: some part of it says so.
    pub(crate) fn is_sensitive(&self, id: SchemaId) -> bool {
        self.parts_together(id).into_iter().any(|part| self.api.schemas.get(part).sensitive)
    }

    fn together(&self, id: SchemaId, first: First) -> Vec<SchemaId> {
        let (mut seen, mut waiting, mut found) = (HashSet::from([id]), vec![id], Vec::new());
        while let Some(id) = waiting.pop() {
            found.push(id);
            for keyword in &self.api.schemas.get(id).keywords {
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
