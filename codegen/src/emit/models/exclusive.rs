//! Whether one branch of a union is enough to know that the union holds, found out before any instance is there.
//!
//! ```yaml
//! oneOf:
//!   - { type: object, required: [kind], properties: { kind: { enum: [card] } } }
//!   - { type: object, required: [kind], properties: { kind: { enum: [bank] } } }
//! ```
//!
//! A value that follows the first branch has `kind: card`, and so it does not follow the second. Of `anyOf`, any branch is enough.

use crate::api::{Apart, Api, Branches, Keyword, Members, SchemaId, TypeSet};

/// Parts of parts are followed so far.
const DEEPEST: usize = 4;

/// Whether a value that follows a branch follows the union as well.
pub fn is_sufficient(union: SchemaId, branch: SchemaId, api: &Api) -> bool {
    let schema = api.schemas.get(union);
    let place = |branches: &Branches| {
        branches.parts.iter().position(|part| api.schemas.decisive(*part) == api.schemas.decisive(branch))
    };
    schema.types.contains(api.schemas.get(branch).types)
        && match schema.keywords.as_slice() {
            [Keyword::AnyOf(branches)] => place(branches).is_some(),
            [Keyword::OneOf(branches)] => {
                place(branches).is_some_and(|index| is_exclusive(branch, index, branches, api))
            }
            _ => false,
        }
}

/// Whether no other branch of a `oneOf` holds for a value for which the one at an index does.
fn is_exclusive(branch: SchemaId, index: usize, branches: &Branches, api: &Api) -> bool {
    match &branches.apart {
        Apart::Unknown => false,
        Apart::Types => true,
        Apart::Tag { property, values, others } => {
            let is_own = |other: &u16| usize::from(*other) == index;
            let admits_objects = |other: &u16| {
                let part = branches.parts.get(usize::from(*other));
                part.is_none_or(|part| api.schemas.get(*part).types.intersects(TypeSet::OBJECT))
            };
            let is_listed_elsewhere =
                |value: &String| values.iter().any(|(other, branch)| other == value && !is_own(branch));
            let mut own = values.iter().filter(|(_, branch)| is_own(branch)).peekable();
            !others.iter().any(|other| is_own(other) || admits_objects(other))
                && own.peek().is_some()
                && !own.any(|(value, _)| is_listed_elsewhere(value))
                && admits_objects_alone(branch, api, 0)
                && requires(branch, property, api, 0)
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
        keyword => keyword.together().iter().any(|part| is_true_of(*part)),
    })
}
