//! Objects: JSON Schema 2020-12, validation, section 6.5; core, section 10.3.2.

use std::borrow::Cow;

use super::super::formats::card_number::may_show_card_number;
use super::super::{Additional, Keyword, Members, Object, Property, Rule, Types, View};
use super::{Found, Place, Rules, apply, unevaluated, verdict};

pub(super) fn members(object: &dyn Object, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    match keyword {
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
            if !verdict(name, names, place.depth + 1) {
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
        Keyword::UnevaluatedProperties(unevaluated) => {
            unevaluated::properties(object, rules, place.depth, &mut |name, view| {
                if unevaluated.types == Types(0) {
                    report_at_name(name, rules, place, Rule::Unevaluated { keyword: "unevaluatedProperties" }, found);
                } else {
                    apply(view, unevaluated, &place.member(name), found);
                }
                true
            });
        }
        _ => {}
    }
}

/// `properties` and `required`.
fn declared(object: &dyn Object, members: &Members, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    let mut by_name = Vec::new();
    let aligned = is_aligned(object.names(), members.properties);
    if !aligned {
        // Looked up once each, whatever their number.
        by_name.resize(members.properties.len(), None);
        object.visit(&mut |name, view| {
            if let Some(member) = members.place(name).and_then(|place| by_name.get_mut(place)) {
                *member = Some(view);
            }
        });
    }
    for (index, property) in members.properties.iter().enumerate() {
        let member = if aligned { object.member(index) } else { by_name.get(index).copied().flatten() };
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
    if !members.asks_others() {
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
fn report_at_name(name: &str, rules: &Rules, place: &Place<'_>, rule: Rule, found: &mut Found) {
    if may_show_card_number(name) {
        found.push(place, rules, rule);
    } else {
        found.push(&place.member(name), rules, rule);
    }
}
