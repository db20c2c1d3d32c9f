//! The verdict about typed models, whose types settle a part of it already.

use super::super::{
    Additional, Branches, Exclusive, Instance, Items, Keyword, Members, Object, Property, Rules, Types, View,
};
use super::verdict::{keywords_hold, undeclared_holds, verdict};
use super::{decided, holds};

/// Whether a value of an enum is valid: a value that the enum's own schema lists is, if that schema has no other rules.
pub fn enum_holds(text: &str, listed: bool, rules: &Rules, own: &'static Rules) -> bool {
    let rules = referred(rules, own, Types::STRING);
    let listed = listed && std::ptr::eq(rules, own) && matches!(rules.keywords, [Keyword::Enum(_)]);
    listed || decided(|depth| verdict(text, rules, depth))
}

/// The rules behind a property's `$ref`, or `allOf` of one schema, without further keywords: up to those of the value's own schema.
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
            // The tables answer for every other keyword.
            _ => keywords_alone_hold(view, std::slice::from_ref(keyword), rules),
        })
}

/// Whether a struct is valid. If the rules are those of its own schema, `members` decides about its declared members, each by its type,
/// and about a number of keywords; the tables decide about the rest.
#[inline]
pub fn struct_holds(
    object: &dyn Object,
    rules: &Rules,
    own: &'static Rules,
    answered: usize,
    members: impl FnOnce(&[Property]) -> bool,
) -> bool {
    match own_members(rules, own) {
        Some(declared) => {
            let rest = own.keywords.get(answered..).unwrap_or_default();
            members(declared.properties) && rest_holds(object, declared, rest, own)
        }
        None => holds(View::Object(object), rules),
    }
}

/// The member rules that a struct's own schema begins with; `None` where other rules are asked for.
#[inline]
fn own_members(rules: &Rules, own: &'static Rules) -> Option<&'static Members> {
    if !std::ptr::eq(rules, own) && !std::ptr::eq(referred(rules, own, Types::OBJECT), own) {
        return None;
    }
    match own.keywords {
        [Keyword::Members(declared), ..] => Some(declared),
        _ => None,
    }
}

#[inline]
fn rest_holds(object: &dyn Object, declared: &Members, rest: &[Keyword], rules: &Rules) -> bool {
    let closed_by_type = matches!(declared.additional, Additional::Allowed) || object.additional().is_none();
    (declared.required.is_empty() && closed_by_type || others_hold(object, declared))
        && (rest.is_empty() || keywords_alone_hold(View::Object(object), rest, rules))
}

/// Whether keywords hold, with their own account: a separate function, to keep paths without an account short.
#[inline(never)]
fn keywords_alone_hold(view: View<'_>, keywords: &[Keyword], rules: &Rules) -> bool {
    decided(|depth| keywords_hold(view, keywords, rules, depth))
}

/// Whether the members beyond the declared ones hold.
#[inline(never)]
fn others_hold(object: &dyn Object, declared: &Members) -> bool {
    let mut holds = |name: &str, view: View<'_>| {
        decided(|depth| undeclared_holds(name, view, declared.property(name).is_some(), declared, depth))
    };
    declared.required.iter().all(|name| object.get(name).is_some())
        && match object.additional() {
            _ if !declared.asks_others() => true,
            Some(entries) if declared.patterns.is_empty() => entries.all(&mut holds),
            None if declared.patterns.is_empty() => true,
            _ => object.all(&mut holds),
        }
}

/// Whether a value of a union is valid. If the rules are the union's own, and its branches exclude each other, the branch of the decoded
/// variant decides; a value that is invalid against it, and any other rules, are left to the tables.
#[inline]
pub fn union_holds(
    view: View<'_>,
    rules: &Rules,
    own: &'static Rules,
    branch: &'static Rules,
    holds_as: impl FnOnce(&Rules) -> bool,
) -> bool {
    (decides(view, rules, own, branch) && holds_as(branch)) || holds(view, rules)
}

/// Whether a branch decides about a value of a union.
fn decides(view: View<'_>, rules: &Rules, own: &'static Rules, branch: &'static Rules) -> bool {
    let branches = match own.keywords {
        [Keyword::AnyOf(branches)] => branches,
        [Keyword::OneOf(branches)] if is_alone(view, branches) => branches,
        _ => return false,
    };
    own.types.intersects(view.found())
        && std::ptr::eq(referred(rules, own, Types::ANY), own)
        && branches.parts.iter().any(|part| std::ptr::eq(*part, branch))
}

/// Whether at most one branch can match a value.
fn is_alone(view: View<'_>, branches: &Branches) -> bool {
    match (&branches.exclusive, view) {
        (Exclusive::Types, _) => true,
        (Exclusive::Tag { property, values, others }, View::Object(object)) => match object.get(property) {
            Some(View::String(tag)) => branches.of_tag(Some(tag), values, others).take(2).count() == 1,
            _ => false,
        },
        _ => false,
    }
}
