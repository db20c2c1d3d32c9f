//! The verdict about typed models, whose types settle a part of it already.

use std::ops::RangeInclusive;

use super::super::{
    Branch, Branches, Exclusive, Instance, Items, Keyword, Measure, Object, Rules, Struct, Types,
    Union, View,
};
use super::verdict::{keywords_hold, undeclared_holds, verdict};
use super::{decided, holds};

/// Whether a value of an enum is valid: a value that the enum's own schema lists is, if that schema has no other rules.
pub fn enum_holds(text: &str, listed: bool, rules: &Rules, own: &'static Rules) -> bool {
    let rules = referred(rules, own, Types::STRING);
    let listed = listed && std::ptr::eq(rules, own) && matches!(rules.keywords, [Keyword::Enum(_)]);
    listed || decided(|depth| verdict(text, rules, depth))
}

/// Whether so many elements are as many as `minItems` and `maxItems` say.
#[must_use]
pub fn count_in(count: usize, range: RangeInclusive<u64>) -> bool {
    range.contains(&(count as u64))
}

/// The rules that a property means by `$ref`, or by `allOf` of one, where it says no more: up to those of the value's own schema.
fn referred<'r>(rules: &'r Rules, own: &'static Rules, types: Types) -> &'r Rules {
    let mut rules = rules;
    while !std::ptr::eq(rules, own) && rules.types.intersects(types) {
        rules = match rules.keywords {
            [Keyword::Ref(target)] | [Keyword::AllOf([target])] => target,
            _ => break,
        };
    }
    rules
}

/// Whether an array of models is valid.
pub fn elements_hold<T: Instance>(elements: &[T], view: View<'_>, rules: &Rules) -> bool {
    rules.types.intersects(Types::ARRAY)
        && rules.keywords.iter().all(|keyword| match keyword {
            Keyword::Items(Items { prefix: [], rest }) => {
                rest.is_none_or(|rest| elements.iter().all(|element| element.holds(rest)))
            }
            Keyword::Size {
                measure: Measure::Items,
                side,
                limit,
            } => side.admits(elements.len() as u64, *limit),
            // The tables answer for every other keyword.
            _ => keywords_alone_hold(view, std::slice::from_ref(keyword), rules),
        })
}

/// Whether a struct follows rules. Where they are those of its own schema, the struct answers itself, by what its type does not settle.
#[inline]
pub fn struct_holds<T: Struct>(object: &T, rules: &Rules, own: &'static Rules) -> bool {
    if is_own(rules, own, Types::OBJECT) {
        object.is_valid(own)
    } else {
        holds(View::Object(object), rules)
    }
}

/// Whether rules are those of a value's own schema, or lead there and say nothing else.
#[inline]
fn is_own(rules: &Rules, own: &'static Rules, types: Types) -> bool {
    std::ptr::eq(rules, own) || std::ptr::eq(referred(rules, own, types), own)
}

/// Whether an object follows one keyword of a schema, by its index.
#[must_use]
#[inline(never)]
pub fn keyword_holds(object: &dyn Object, rules: &Rules, keyword: usize) -> bool {
    rules
        .keywords
        .get(keyword..=keyword)
        .is_some_and(|keyword| keywords_alone_hold(View::Object(object), keyword, rules))
}

/// Whether keywords hold, with their own account: a separate function, to keep paths without an account short.
#[inline(never)]
fn keywords_alone_hold(view: View<'_>, keywords: &[Keyword], rules: &Rules) -> bool {
    decided(|depth| keywords_hold(view, keywords, rules, depth))
}

/// Whether the members of an object hold that a schema does not declare.
#[must_use]
#[inline(never)]
pub fn others_hold(object: &dyn Object, rules: &Rules) -> bool {
    let declared = rules.keywords.iter().find_map(|keyword| match keyword {
        Keyword::Members(members) => Some(*members),
        _ => None,
    });
    let Some(declared) = declared else {
        return false;
    };
    let mut holds = |name: &str, view: View<'_>| {
        decided(|depth| {
            undeclared_holds(
                name,
                view,
                declared.property(name).is_some(),
                declared,
                depth,
            )
        })
    };
    declared
        .required
        .iter()
        .all(|name| object.get(name).is_some())
        && match object.additional() {
            _ if !declared.asks_others() => true,
            Some(entries) if declared.patterns.is_empty() => entries.all(&mut holds),
            None if declared.patterns.is_empty() => true,
            _ => object.all(&mut holds),
        }
}

/// Whether a value of a union follows rules. Where they are the union's own, the branch that it was decoded as is asked as what it is, and
/// the others only where the document demands that they fail. A value that does not follow that branch, and any other rules, are left to
/// the tables.
pub fn union_holds<U: Union>(value: &U, rules: &Rules, own: &'static Rules) -> bool {
    let (index, content) = value.content();
    let holds_as = |branch: &Branch| match branch.is_sufficient {
        true => content.holds(branch.rules),
        false => content_holds(content, branch.rules, own),
    };
    let branch = U::BRANCHES
        .get(index)
        .filter(|_| is_own(rules, own, Types::ANY));
    branch.is_some_and(holds_as) || holds(content.view(), rules)
}

/// Whether a value that was decoded as a branch of a union follows that branch, and the rules of the union for it.
#[inline(never)]
fn content_holds(content: &dyn Instance, branch: &'static Rules, own: &Rules) -> bool {
    let view = content.view();
    let is_branch = |branches: &Branches| {
        branches
            .parts
            .iter()
            .any(|part| std::ptr::eq(*part, branch))
    };
    own.types.intersects(view.found())
        && own.keywords.iter().all(|keyword| match keyword {
            Keyword::AnyOf(branches) if is_branch(branches) => content.holds(branch),
            Keyword::OneOf(branches) if is_branch(branches) => {
                content.holds(branch) && others_fail(view, branch, branches)
            }
            _ => keywords_alone_hold(view, std::slice::from_ref(keyword), own),
        })
}

/// Whether no branch of a `oneOf` holds but one. Those that the document keeps apart from it need not be asked.
fn others_fail(view: View<'_>, branch: &'static Rules, branches: &Branches) -> bool {
    let fails = |part: &'static Rules| {
        std::ptr::eq(part, branch)
            || !part.types.intersects(view.found())
            || decided(|depth| !verdict(view, part, depth.same()))
    };
    match (&branches.exclusive, view) {
        (Exclusive::Types, _) => true,
        (
            Exclusive::Tag {
                property,
                values,
                others,
            },
            View::Object(object),
        ) => match object.get(property) {
            Some(View::String(tag)) => branches.of_tag(Some(tag), values, others).all(fails),
            _ => branches.parts.iter().copied().all(fails),
        },
        _ => branches.parts.iter().copied().all(fails),
    }
}
