//! Objects: JSON Schema 2020-12, validation, section 6.5; core, section 10.3.2.

use std::borrow::Cow;

use super::super::{Additional, Keyword, Members, Object, Property, Rule, View};
use super::{Found, Place, Rules, apply, holds_at};

pub(super) fn members(object: &dyn Object, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    match keyword {
        // Without a report it is quicker to go by the members that are there.
        Keyword::Members(members) if found.quiet => {
            found.failed |= !entries_hold(object, members, place);
        }
        Keyword::Members(members) => {
            declared(object, members, rules, place, found);
            undeclared(object, members, rules, place, found);
        }
        Keyword::MinProperties(limit) => {
            let actual = object.count() as u64;
            if actual < *limit {
                found.push(place, rules, Rule::Count { keyword: "minProperties", limit: *limit, actual });
            }
        }
        Keyword::MaxProperties(limit) => {
            let actual = object.count() as u64;
            if actual > *limit {
                found.push(place, rules, Rule::Count { keyword: "maxProperties", limit: *limit, actual });
            }
        }
        Keyword::PropertyNames(names) => object.visit(&mut |name, _| {
            if !holds_at(View::String(name), names, place) {
                report_at_name(name, rules, place, Rule::PropertyNames, found);
            }
        }),
        Keyword::DependentRequired(named) => {
            for (because_of, required) in named.iter().filter(|(name, _)| object.get(name).is_some()) {
                for name in required.iter().filter(|name| object.get(name).is_none()) {
                    found.push(place, rules, Rule::DependentRequired { name, because_of });
                }
            }
        }
        Keyword::DependentSchemas(named) => {
            for (_, rules) in named.iter().filter(|(name, _)| object.get(name).is_some()) {
                apply(View::Object(object), rules, &place.same(), found);
            }
        }
        _ => {}
    }
}

/// `properties` and `required`.
fn declared(object: &dyn Object, members: &Members, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    let aligned = is_aligned(object.names(), members.properties);
    for (index, property) in members.properties.iter().enumerate() {
        let member = if aligned { object.member(index) } else { object.get(property.name) };
        match member {
            Some(view) => apply(view, property.rules, &place.member(property.name), found),
            None if property.required => {
                found.push(place, rules, Rule::Required { name: Cow::Borrowed(property.name) });
            }
            None => {}
        }
    }
    for name in members.required.iter().filter(|name| object.get(name).is_none()) {
        found.push(place, rules, Rule::Required { name: Cow::Borrowed(name) });
    }
}

/// Whether the members of an object hold: each is looked up once.
fn entries_hold(object: &dyn Object, members: &Members, place: &Place<'_>) -> bool {
    let (mut hold, mut required) = (true, 0);
    object.visit(&mut |name, view| {
        if !hold {
            return;
        }
        let property = members.property(name);
        if let Some(property) = property {
            required += usize::from(property.required);
            hold = holds_at(view, property.rules, place);
        }
        hold = hold && undeclared_holds(name, view, property.is_some(), members, place);
    });
    hold && required == members.required_properties && members.required.iter().all(|name| object.get(name).is_some())
}

/// Whether the members beyond the declared ones hold.
pub(super) fn undeclared_hold(object: &dyn Object, members: &Members) -> bool {
    if members.patterns.is_empty() && matches!(members.additional, Additional::Allowed) {
        return true;
    }
    let mut hold = true;
    let mut visit = |name: &str, view: View<'_>| {
        hold = hold && undeclared_holds(name, view, members.property(name).is_some(), members, &Place::ROOT);
    };
    match object.additional() {
        Some(entries) if members.patterns.is_empty() => entries.visit(&mut visit),
        None if members.patterns.is_empty() => {}
        _ => object.visit(&mut visit),
    }
    hold
}

/// `patternProperties` and `additionalProperties` for one member.
fn undeclared_holds(name: &str, view: View<'_>, declared: bool, members: &Members, place: &Place<'_>) -> bool {
    let mut evaluated = declared;
    for (pattern, rules) in members.patterns {
        if pattern.is_match(name) {
            evaluated = true;
            if !holds_at(view, rules, place) {
                return false;
            }
        }
    }
    evaluated
        || match members.additional {
            Additional::Allowed => true,
            Additional::Denied => false,
            Additional::Rules(rules) => holds_at(view, rules, place),
        }
}

/// Whether an object declares the members of the rules, in their order: then a member is found by its index.
fn is_aligned(names: &'static [&'static str], properties: &'static [Property]) -> bool {
    names.len() == properties.len()
        && names.iter().zip(properties).all(|(name, property)| {
            // Both come from one document: the same literal is the same memory more often than not.
            std::ptr::eq(*name, property.name) || *name == property.name
        })
}

/// `patternProperties` and `additionalProperties`.
fn undeclared(object: &dyn Object, members: &Members, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    if members.patterns.is_empty() && matches!(members.additional, Additional::Allowed) {
        return;
    }
    let all_declared =
        members.patterns.is_empty() && object.additional().is_none() && is_aligned(object.names(), members.properties);
    if all_declared {
        return;
    }
    object.visit(&mut |name, view| {
        let mut evaluated = members.property(name).is_some();
        for (_, rules) in members.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
            evaluated = true;
            apply(view, rules, &place.member(name), found);
        }
        if evaluated {
            return;
        }
        match members.additional {
            Additional::Allowed => {}
            Additional::Denied => report_at_name(name, rules, place, Rule::AdditionalProperties, found),
            Additional::Rules(rules) => apply(view, rules, &place.member(name), found),
        }
    });
}

/// Reports at a member whose name the instance chose: at the object, where the name could be a card number.
pub(super) fn report_at_name(name: &str, rules: &Rules, place: &Place<'_>, rule: Rule, found: &mut Found) {
    let mut run = 0;
    let mut longest = 0;
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' => run += 1,
            b' ' | b'-' => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    if longest >= 13 {
        found.push(place, rules, rule);
    } else {
        found.push(&place.member(name), rules, rule);
    }
}
