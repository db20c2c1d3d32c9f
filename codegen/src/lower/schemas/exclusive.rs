//! Branches of `oneOf` and `anyOf` that exclude each other.
//!
//! ```yaml
//! oneOf:
//!   - {properties: {type: {enum: [card]}}}
//!   - {properties: {type: {enum: [bank, cash]}}}
//! ```
//!
//! One member of the instance decides which branch to check, with the same verdict as checking all of them:
//! `Exclusive::Tag { property: "type", values: [("card", 0), ("bank", 1), ("cash", 1)], others: [] }`. An instance without the member may
//! be valid against any of them.
//!
//! [`crate::lower::schemas::evidence`] answers a different question about the same schemas: which variant represents a valid value. Rules
//! must be right about invalid values, too.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::api::{Branches, Exclusive, Keyword, SchemaId, Schemas, TypeSet};

/// The strings that branches list for one member.
#[derive(Default)]
struct Listed {
    /// The strings, with the index of a branch that lists it.
    values: Vec<(String, u16)>,
    /// The branches that list strings.
    branches: Vec<u16>,
}

impl Schemas {
    /// Finds out for all unions how their branches exclude each other.
    pub(in crate::lower) fn find_exclusive_branches(&mut self) {
        let keywords = self.0.iter().flat_map(|schema| &schema.keywords);
        let found: Vec<Exclusive> = keywords
            .filter_map(|keyword| match keyword {
                Keyword::AnyOf(branches) | Keyword::OneOf(branches) => Some(self.exclusion(&branches.parts)),
                _ => None,
            })
            .collect();
        let keywords = self.0.iter_mut().flat_map(|schema| &mut schema.keywords);
        let branches = keywords.filter_map(|keyword| match keyword {
            Keyword::AnyOf(branches) | Keyword::OneOf(branches) => Some(branches),
            _ => None,
        });
        for (branches, exclusive) in branches.zip(found) {
            branches.exclusive = exclusive;
        }
    }

    /// How some branches exclude each other. The cost is linear in the number of listed strings.
    fn exclusion(&self, parts: &[SchemaId]) -> Exclusive {
        let mut seen = TypeSet::NONE;
        let by_type = parts.iter().all(|part| {
            let types = self.types_of(*part);
            let new = !seen.intersects(types);
            seen = seen.union(types);
            new
        });
        if by_type {
            return Exclusive::Types;
        }
        let mut listed: BTreeMap<String, Listed> = BTreeMap::new();
        for (index, part) in (0..).zip(parts) {
            for (property, values) in self.listed_members(*part, 0) {
                let listed = listed.entry(property.to_owned()).or_default();
                listed.values.extend(values.into_iter().map(|value| (value, index)));
                listed.branches.push(index);
            }
        }
        // The member that leaves the fewest branches to check; ties are broken by name, so that the result is deterministic.
        let left = |listed: &Listed| most_alike(&listed.values) + parts.len() - listed.branches.len();
        let best = listed.into_iter().map(|(property, listed)| (left(&listed), property, listed));
        match best.min_by_key(|(left, ..)| *left) {
            Some((left, property, Listed { values, branches })) if left < parts.len() => {
                let branches: HashSet<u16> = branches.into_iter().collect();
                let others =
                    (0..).zip(parts).map(|(index, _)| index).filter(|index| !branches.contains(index)).collect();
                Exclusive::Tag { property, values, others }
            }
            _ => Exclusive::Unknown,
        }
    }

    /// The strings that a branch lists for its members. Other than [`crate::lower::schemas::object::Gathered`], this takes in members that types do not
    /// hold, and the branch's own word comes before that of its parts. Where a branch is a union itself, an instance follows one of its
    /// branches, and what all of them list is listed.
    fn listed_members(&self, branch: SchemaId, depth: usize) -> BTreeMap<&str, Vec<String>> {
        let mut found = BTreeMap::new();
        for part in self.conjuncts(branch) {
            for keyword in &self.get(part).keywords {
                if let Keyword::AnyOf(Branches { parts, .. }) | Keyword::OneOf(Branches { parts, .. }) = keyword
                    && depth < NESTED_UNIONS
                {
                    for (property, values) in self.listed_by_all(parts, depth + 1) {
                        found.entry(property).or_insert(values);
                    }
                }
                let Keyword::Members(members) = keyword else { continue };
                for property in &members.properties {
                    // Where two lists apply, either of them decides.
                    if !found.contains_key(property.name.as_str())
                        && let Some(values) = self.listed_strings(property.schema)
                        // The evidence leaves null to the type.
                        && !self.types_of(property.schema).contains(TypeSet::NULL)
                    {
                        found.insert(property.name.as_str(), values);
                    }
                }
            }
        }
        found
    }

    /// The strings that some branches list for the members for which all of them do.
    fn listed_by_all(&self, branches: &[SchemaId], depth: usize) -> BTreeMap<&str, Vec<String>> {
        let listed = branches.iter().map(|branch| self.listed_members(*branch, depth));
        listed
            .reduce(|mut all, of_branch| {
                all.retain(|property, values| match of_branch.get(property) {
                    Some(others) => {
                        values
                            .extend(others.iter().filter(|other| !values.contains(other)).cloned().collect::<Vec<_>>());
                        true
                    }
                    None => false,
                });
                all
            })
            .unwrap_or_default()
    }
}

/// Unions within a branch are followed so far: each is looked at once for each union around it.
const NESTED_UNIONS: usize = 2;

/// How many times the most frequent string occurs.
fn most_alike(values: &[(String, u16)]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (value, _) in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}
