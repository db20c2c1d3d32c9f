//! What tells the branches of a union apart: the ladder of evidence.
//!
//! ```yaml
//! oneOf:
//!   - { type: string, enum: [auto, none] }                                  # a string of these
//!   - { type: object, required: [kind], properties: { kind: { const: a } } } # `kind` is `a`
//!   - { type: object, required: [id], properties: { id: { type: string } } } # has `id`
//!   - { type: array }                                                        # the type alone
//! ```
//!
//! The rungs: a discriminator, the JSON type, a property or a string with values of its own, a property that one branch alone
//! requires, properties that one branch alone declares. Branches that no rung tells apart are tried in order, which is
//! reported.

use std::collections::HashSet;

use crate::api::{Evidence, Keyword, Proof, SchemaId, TypeSet};

use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::object::Gathered;

/// The evidence of a union, in the order in which it is looked at.
pub(crate) struct Ladder {
    pub evidence: Vec<Evidence>,
    /// Pairs of branches that nothing tells apart.
    pub ambiguous: Vec<(usize, usize)>,
}

/// Unions of more branches than this are tried in order; real ones stay below a hundred.
const MOST_BRANCHES: usize = 500;

/// What is known of a branch.
struct Facts {
    types: TypeSet,
    /// The strings that it admits, if they are listed.
    values: Option<Vec<String>>,
    members: Gathered,
}

impl Arena<'_> {
    pub(crate) fn ladder(&self, id: SchemaId, branches: &[SchemaId]) -> Ladder {
        // Each branch is held against each other: the cost is the square of their number.
        if branches.len() > MOST_BRANCHES {
            return Ladder { evidence: Vec::new(), ambiguous: vec![(0, 1)] };
        }
        let told = self.by_discriminator(id, branches);
        let facts: Vec<Facts> = branches.iter().map(|branch| self.facts(*branch)).collect();
        let rivals = |index: usize| -> Vec<usize> {
            let own = facts[index].types.without(TypeSet::NULL);
            let meets = |other: &usize| *other != index && facts[*other].types.without(TypeSet::NULL).intersects(own);
            (0..facts.len()).filter(meets).collect()
        };
        // What is left where no other branch is told.
        let fallback = self.schemas.get(id).discriminator.as_ref().and_then(|discriminator| discriminator.default);
        let mut proofs: Vec<Option<Proof>> = Vec::with_capacity(branches.len());
        for index in 0..branches.len() {
            let rivals = rivals(index);
            proofs.push(match told.get(index).filter(|values| !values.is_empty()) {
                _ if rivals.is_empty() => Some(Proof::Type),
                _ if branches.get(index).copied() == fallback => None,
                Some(values) => self.property_name(id).map(|name| Proof::MemberValue(name, values.clone())),
                None => self.proof(&facts, index, &rivals),
            });
        }
        let mut ambiguous = Vec::new();
        for index in 0..branches.len() {
            if proofs[index].is_some() {
                continue;
            }
            // The one that is left where all its rivals are told.
            let untold = rivals(index).into_iter().find(|rival| proofs[*rival].is_none());
            match untold {
                Some(other) if index < other => ambiguous.push((index, other)),
                Some(_) => {}
                None => proofs[index] = Some(Proof::Type),
            }
        }
        let mut evidence: Vec<Evidence> = proofs
            .into_iter()
            .enumerate()
            .filter_map(|(variant, proof)| Some(Evidence { variant, types: facts[variant].types, proof: proof? }))
            .collect();
        // A narrower type before a wider one: `1` is an integer first, and a number as well.
        let key = |evidence: &Evidence| (rank(&evidence.proof), evidence.types.0.count_ones());
        evidence.sort_by_key(key);
        Ladder { evidence, ambiguous }
    }

    /// The branches of an `anyOf` of objects that nothing tells apart: they make one struct.
    pub(crate) fn merged_branches(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = self.schemas.get(id);
        let any_of = schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::AnyOf(_)));
        let one_of = schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::OneOf(_)));
        if !any_of || one_of {
            return None;
        }
        let branches = self.schemas.union_branches(id);
        let is_object = |branch: &SchemaId| {
            self.schemas.types_of(*branch).without(TypeSet::NULL) == TypeSet::OBJECT
                && self.schemas.has_properties(*branch)
        };
        let objects = branches.len() > 1 && branches.iter().all(is_object);
        (objects && !self.ladder(id, &branches).ambiguous.is_empty()).then_some(branches)
    }

    fn property_name(&self, id: SchemaId) -> Option<String> {
        self.schemas.get(id).discriminator.as_ref().map(|discriminator| discriminator.property.clone())
    }

    /// The values of the discriminator for each branch; none without a discriminator.
    fn by_discriminator(&self, id: SchemaId, branches: &[SchemaId]) -> Vec<Vec<String>> {
        let Some(discriminator) = self.schemas.get(id).discriminator.as_ref() else { return Vec::new() };
        let mut values: Vec<Vec<String>> = vec![Vec::new(); branches.len()];
        for (value, target) in &discriminator.mapping {
            if let Some(index) = branches.iter().position(|branch| branch == target) {
                values[index].push(value.clone());
            }
        }
        for (index, branch) in branches.iter().enumerate() {
            // What the branch itself says of the property counts more than its name.
            let stated = self.member_values(*branch, &discriminator.property);
            let name = self.component_names.get(branch).cloned();
            if values[index].is_empty() {
                values[index] = stated.unwrap_or_default();
            }
            // OpenAPI 3.0.4, "Discriminator Object": a schema's own name stands for it unless the mapping says otherwise.
            let taken = |name: &String| values.iter().any(|values| values.contains(name));
            if let Some(name) = name.filter(|name| !taken(name)) {
                values[index].push(name);
            }
        }
        values
    }

    /// The strings that a property of a branch is limited to.
    fn member_values(&self, branch: SchemaId, property: &str) -> Option<Vec<String>> {
        let gathered = self.schemas.gathered(branch);
        let schemas = &gathered.properties.get(property)?.all;
        schemas.iter().find_map(|schema| self.schemas.listed_strings(*schema))
    }

    fn facts(&self, branch: SchemaId) -> Facts {
        let members = self.schemas.gathered(branch);
        Facts { types: self.schemas.types_of(branch), values: self.schemas.listed_strings(branch), members }
    }

    fn proof(&self, facts: &[Facts], index: usize, rivals: &[usize]) -> Option<Proof> {
        let own = &facts[index];
        let types = own.types.without(TypeSet::NULL);
        let shared = rivals.iter().fold(TypeSet::NONE, |set, rival| {
            set.union(types.intersection(facts[*rival].types.without(TypeSet::NULL)))
        });
        // Narrower than all of its rivals: `integer` beside `number`.
        let narrower = |rival: &usize| {
            let other = facts[*rival].types.without(TypeSet::NULL);
            other.contains(types) && other != types
        };
        if types == TypeSet::INTEGER && rivals.iter().all(narrower) {
            return Some(Proof::Type);
        }
        if shared == TypeSet::STRING {
            let values = own.values.as_ref()?;
            let apart = |rival: &usize| {
                let others = facts[*rival].values.as_ref();
                others.is_none_or(|others| others.iter().all(|other| !values.contains(other)))
            };
            return (types == TypeSet::STRING && rivals.iter().all(apart)).then(|| Proof::Value(values.clone()));
        }
        if shared != TypeSet::OBJECT || types != TypeSet::OBJECT {
            return None;
        }
        let rivals: Vec<&Gathered> = rivals.iter().map(|rival| &facts[*rival].members).collect();
        self.by_member_value(&own.members, &rivals)
            .or_else(|| Self::by_required_member(&own.members, &rivals))
            .or_else(|| Self::by_own_members(&own.members, &rivals))
    }

    /// A property whose values no other branch admits.
    fn by_member_value(&self, own: &Gathered, rivals: &[&Gathered]) -> Option<Proof> {
        let values_of = |gathered: &Gathered, name: &str| {
            let schemas = &gathered.properties.get(name)?.all;
            schemas.iter().find_map(|schema| self.schemas.listed_strings(*schema))
        };
        own.properties.keys().filter(|name| own.required.contains(*name)).find_map(|name| {
            let values = values_of(own, name)?;
            let apart = |rival: &&Gathered| match values_of(rival, name) {
                Some(others) => others.iter().all(|other| !values.contains(other)),
                None => !rival.properties.contains_key(name),
            };
            rivals.iter().all(apart).then(|| Proof::MemberValue(name.clone(), values))
        })
    }

    /// A property that no other branch knows of.
    fn by_required_member(own: &Gathered, rivals: &[&Gathered]) -> Option<Proof> {
        let unknown = |name: &&String| {
            rivals.iter().all(|rival| !rival.properties.contains_key(*name) && !rival.required.contains(*name))
        };
        let declared = own.properties.keys().filter(|name| own.required.contains(*name));
        declared.into_iter().find(unknown).map(|name| Proof::Member(name.clone()))
    }

    /// Properties that no other branch declares.
    fn by_own_members(own: &Gathered, rivals: &[&Gathered]) -> Option<Proof> {
        let others: HashSet<&String> = rivals.iter().flat_map(|rival| rival.properties.keys()).collect();
        let names: Vec<String> = own.properties.keys().filter(|name| !others.contains(name)).cloned().collect();
        (!names.is_empty()).then_some(Proof::AnyMember(names))
    }
}

fn rank(proof: &Proof) -> (u8, String) {
    match proof {
        // Evidence about one member in a row.
        Proof::MemberValue(name, _) => (0, name.clone()),
        Proof::Value(_) => (1, String::new()),
        Proof::Member(_) => (2, String::new()),
        Proof::AnyMember(_) => (3, String::new()),
        Proof::Type => (4, String::new()),
    }
}
