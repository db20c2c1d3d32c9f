//! What keeps two branches of `oneOf` or `anyOf` from holding for one instance.
//!
//! ```yaml
//! oneOf:
//!   - {properties: {type: {enum: [card]}}}
//!   - {properties: {type: {enum: [bank, cash]}}}
//! ```
//!
//! Where that is known, one look at the instance tells which branch to ask, and the verdict is the same as if all were asked:
//! `Apart::Tag { property: "type", values: &[("card", 0), ("bank", 1), ("cash", 1)], others: &[] }`. An instance without the member may
//! follow any of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Keyword, SchemaId, TypeSet};

/// How deep references and `allOf` are followed.
const DEEPEST: usize = 16;

/// What keeps branches apart.
pub enum Apart {
    /// Nothing that is known.
    Unknown,
    /// They admit instances of different types.
    Types,
    /// They list values for a member.
    Tag {
        /// The member.
        property: String,
        /// The values, with the index of a branch that lists it.
        values: Vec<(String, usize)>,
        /// The branches that list none.
        others: Vec<usize>,
    },
}

/// What keeps some branches apart.
pub fn apart(api: &Api, parts: &[SchemaId]) -> Apart {
    let mut seen = TypeSet::NONE;
    let by_type = parts.iter().all(|part| {
        let types = types(api, *part, 0);
        let new = !seen.intersects(types);
        seen = seen.union(types);
        new
    });
    if by_type {
        return Apart::Types;
    }
    let tags: Vec<BTreeMap<String, Vec<String>>> = parts.iter().map(|part| listed(api, *part)).collect();
    let properties: BTreeSet<&String> = tags.iter().flat_map(BTreeMap::keys).collect();
    // The one that leaves the fewest branches to ask; in the order of names, so that it is the same in every run.
    let candidates = properties.into_iter().map(|property| {
        let mut values: Vec<(String, usize)> = Vec::new();
        let mut others = Vec::new();
        for (index, tags) in tags.iter().enumerate() {
            match tags.get(property) {
                Some(listed) => values.extend(listed.iter().map(|value| (value.clone(), index))),
                None => others.push(index),
            }
        }
        let distinct: BTreeSet<&String> = values.iter().map(|(value, _)| value).collect();
        let left = distinct.iter().map(|tag| values.iter().filter(|(value, _)| value == *tag).count()).max();
        (left.unwrap_or(0) + others.len(), Apart::Tag { property: property.clone(), values, others })
    });
    let best = candidates.min_by_key(|(left, _)| *left);
    best.filter(|(left, _)| *left < parts.len()).map_or(Apart::Unknown, |(_, apart)| apart)
}

/// The types that a schema admits at most.
fn types(api: &Api, id: SchemaId, depth: usize) -> TypeSet {
    let schema = api.schemas.get(id);
    if depth > DEEPEST {
        return TypeSet::ANY;
    }
    schema.keywords.iter().fold(schema.types, |types, keyword| match keyword {
        Keyword::Ref(part) => types.intersection(self::types(api, *part, depth + 1)),
        Keyword::AllOf(parts) => {
            parts.iter().fold(types, |types, part| types.intersection(self::types(api, *part, depth + 1)))
        }
        Keyword::Enum(values) => {
            types.intersection(values.iter().fold(TypeSet::NONE, |types, value| types.union(TypeSet::of(value))))
        }
        _ => types,
    })
}

/// The strings that a schema lists for its members.
fn listed(api: &Api, id: SchemaId) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    collect(api, id, 0, &mut found);
    found
}

fn collect(api: &Api, id: SchemaId, depth: usize, found: &mut BTreeMap<String, Vec<String>>) {
    if depth > DEEPEST {
        return;
    }
    for keyword in &api.schemas.get(id).keywords {
        match keyword {
            Keyword::Ref(part) => collect(api, *part, depth + 1, found),
            Keyword::AllOf(parts) => parts.iter().for_each(|part| collect(api, *part, depth + 1, found)),
            Keyword::Members(members) => {
                for property in &members.properties {
                    if let Some(values) = strings(api, property.schema, 0) {
                        // Two lists must both hold: either of them tells.
                        found.entry(property.name.clone()).or_insert(values);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The strings that a schema admits, where it lists them and nothing else.
fn strings(api: &Api, id: SchemaId, depth: usize) -> Option<Vec<String>> {
    if depth > DEEPEST {
        return None;
    }
    api.schemas.get(id).keywords.iter().find_map(|keyword| match keyword {
        Keyword::Enum(values) => values.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
        Keyword::Ref(part) => strings(api, *part, depth + 1),
        Keyword::AllOf(parts) => parts.iter().find_map(|part| strings(api, *part, depth + 1)),
        _ => None,
    })
}
