//! Whether one branch of a union is enough to know that the union holds, found out before any instance is there.
//!
//! ```yaml
//! oneOf:
//!   - { type: object, required: [kind], properties: { kind: { enum: [card] } } }
//!   - { type: object, required: [kind], properties: { kind: { enum: [bank] } } }
//! ```
//!
//! A value that follows the first branch has `kind: card`, and so it does not follow the second. Of `anyOf`, any branch is enough.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Branches, Exclusive, Keyword, Members, SchemaId, TypeSet};

/// Parts of parts are followed so far.
const DEEPEST: usize = 4;

/// The branches of a union of which a value that follows one follows the union as well. The cost is in proportion to what they list.
pub fn sufficient_branches(union: SchemaId, api: &Api) -> HashSet<SchemaId> {
    let schema = api.schemas.get(union);
    let found = match schema.keywords.as_slice() {
        [Keyword::AnyOf(branches)] => branches.parts.clone(),
        [Keyword::OneOf(branches)] => exclusive_branches(branches, api),
        _ => Vec::new(),
    };
    let admitted = |branch: &SchemaId| schema.types.contains(api.schemas.get(*branch).types);
    found.into_iter().map(|branch| api.schemas.resolve_alias(branch)).filter(admitted).collect()
}

/// The branches of a `oneOf` that no value follows together with another one.
fn exclusive_branches(branches: &Branches, api: &Api) -> Vec<SchemaId> {
    match &branches.exclusive {
        Exclusive::Unknown => Vec::new(),
        Exclusive::Types => branches.parts.clone(),
        Exclusive::Tag { property, values, others } => {
            let admits_objects = |other: &u16| {
                let part = branches.parts.get(usize::from(*other));
                part.is_none_or(|part| api.schemas.get(*part).types.intersects(TypeSet::OBJECT))
            };
            // One that lists no strings may hold beside any other.
            if others.iter().any(admits_objects) {
                return Vec::new();
            }
            // Each string with its branch; `None` where several list it.
            let mut listing: HashMap<&str, Option<u16>> = HashMap::new();
            for (value, index) in values {
                let owner = listing.entry(value).or_insert(Some(*index));
                *owner = owner.filter(|owner| owner == index);
            }
            let listed: HashSet<u16> = values.iter().map(|(_, index)| *index).collect();
            let is_shared = |value: &str| listing.get(value).is_none_or(Option::is_none);
            let shared: HashSet<u16> =
                values.iter().filter(|(value, _)| is_shared(value)).map(|(_, index)| *index).collect();
            let exclusive = (0..).zip(&branches.parts).filter(|(index, part)| {
                listed.contains(index)
                    && !shared.contains(index)
                    && admits_objects_alone(**part, api, 0)
                    && requires(**part, property, api, 0)
            });
            exclusive.map(|(_, part)| *part).collect()
        }
    }
}

/// Whether a schema admits nothing but objects.
fn admits_objects_alone(id: SchemaId, api: &Api, depth: usize) -> bool {
    let schema = api.schemas.get(id);
    schema.types == TypeSet::OBJECT
        || depth < DEEPEST && in_each_branch(&schema.keywords, &|part| admits_objects_alone(part, api, depth + 1))
}

/// Whether a schema requires a member of every object.
fn requires(id: SchemaId, name: &str, api: &Api, depth: usize) -> bool {
    let keywords = &api.schemas.get(id).keywords;
    let requires_itself = |keyword: &Keyword| match keyword {
        Keyword::Members(Members { properties, required, .. }) => {
            properties.iter().any(|property| property.required && property.name == name)
                || required.iter().any(|required| required == name)
        }
        _ => false,
    };
    keywords.iter().any(requires_itself)
        || depth < DEEPEST && in_each_branch(keywords, &|part| requires(part, name, api, depth + 1))
}

/// Whether something is true of every instance of keywords, as it is of those of a part, or of all branches of a union.
fn in_each_branch(keywords: &[Keyword], is_true_of: &dyn Fn(SchemaId) -> bool) -> bool {
    keywords.iter().any(|keyword| match keyword {
        Keyword::AnyOf(Branches { parts, .. }) | Keyword::OneOf(Branches { parts, .. }) => {
            !parts.is_empty() && parts.iter().all(|part| is_true_of(*part))
        }
        keyword => keyword.conjuncts().iter().any(|part| is_true_of(*part)),
    })
}
