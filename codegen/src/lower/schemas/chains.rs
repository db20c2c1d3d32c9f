//! Schemas that lead to each other in long chains, each named by one other alone.
//!
//! ```yaml
//! $defs:
//!   a0: { type: array, items: { $ref: '#/$defs/a1' } }
//!   a1: { type: array, items: { $ref: '#/$defs/a2' } }     # and so on, ten thousand times
//! ```
//!
//! Rules without a name are written within those that lead to them. A text nests schemas only so deep, references any number of times:
//! so every so often a schema of a chain gets a name.

use std::collections::HashSet;

use crate::api::{SchemaId, Schemas};

/// The most schemas that are written within each other.
const DEEPEST_TABLE: usize = 48;

/// Adds schemas of long chains to those whose rules need a name.
pub(crate) fn break_chains(schemas: &Schemas, named: &mut Vec<SchemaId>) {
    let mut names: HashSet<SchemaId> = named.iter().copied().collect();
    let children = schemas.0.iter().flat_map(|schema| schema.children());
    let referenced: HashSet<SchemaId> = children.collect();
    let starts = (0..schemas.0.len()).map(SchemaId).filter(|id| !referenced.contains(id) || names.contains(id));
    let mut waiting: Vec<(SchemaId, usize)> = starts.map(|id| (id, 0)).collect();
    let mut seen = HashSet::new();
    while let Some((id, depth)) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        for child in schemas.get(id).children() {
            if depth + 1 < DEEPEST_TABLE {
                waiting.push((child, depth + 1));
            } else {
                if names.insert(child) {
                    named.push(child);
                }
                waiting.push((child, 0));
            }
        }
    }
}
