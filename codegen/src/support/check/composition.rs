//! Compositions and conditions: JSON Schema 2020-12, core, section 10.2.

use super::super::{Additional, Apart, Branches, Keyword, Members, Rule, Types, View, Violation};
use super::{Found, Place, Rules, apply, holds_at};

/// So many violations of one branch are kept in the report of a union.
const PER_BRANCH: usize = 5;

pub(super) fn branches(view: View<'_>, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    match keyword {
        Keyword::Ref(target) => apply(view, target, &place.same(), found),
        Keyword::AllOf(parts) => {
            for part in *parts {
                apply(view, part, &place.same(), found);
            }
        }
        Keyword::AnyOf(branches) if matched(view, branches, 1, place) == 0 => {
            found.push(place, rules, Rule::AnyOf { branches: reports(view, branches.parts, place, found) });
        }
        Keyword::OneOf(branches) => {
            let count = matched(view, branches, if found.quiet { 2 } else { usize::MAX }, place);
            if count != 1 {
                let parts = if count == 0 { branches.parts } else { &[] };
                found.push(place, rules, Rule::OneOf { matched: count, branches: reports(view, parts, place, found) });
            }
        }
        Keyword::Not(ruled_out) if holds_at(view, ruled_out, place) => {
            found.push(place, rules, Rule::Not);
        }
        Keyword::If(test) => {
            let branch = if holds_at(view, test.condition, place) { test.then } else { test.otherwise };
            if let Some(branch) = branch {
                apply(view, branch, &place.same(), found);
            }
        }
        _ => {}
    }
}

/// How many branches hold, up to as many as are of interest.
fn matched(view: View<'_>, branches: &Branches, most: usize, place: &Place<'_>) -> usize {
    if let (Apart::Tag { property, values, others }, View::Object(object)) = (&branches.apart, view)
        && let Some(tag) = object.get(property)
    {
        let tag = if let View::String(tag) = tag { Some(tag) } else { None };
        return branches.of_tag(tag, values, others).filter(|part| branch_holds(view, part, place)).take(most).count();
    }
    let most = if matches!(branches.apart, Apart::Types) { 1 } else { most };
    branches.parts.iter().filter(|part| branch_holds(view, part, place)).take(most).count()
}

/// Whether a branch holds. One that asks for members alone, as `anyOf: [{required: [a]}, {required: [b]}]` does, is quickly told.
fn branch_holds(view: View<'_>, rules: &Rules, place: &Place<'_>) -> bool {
    match (view, rules.keywords) {
        (
            View::Object(object),
            [Keyword::Members(Members { properties: [], patterns: [], required, additional, .. })],
        ) if matches!(additional, Additional::Allowed) && rules.types.intersects(Types::OBJECT) => {
            required.iter().all(|name| object.get(name).is_some())
        }
        _ => holds_at(view, rules, place),
    }
}

/// What each branch finds wrong.
fn reports(view: View<'_>, parts: &[&Rules], place: &Place<'_>, asked: &Found) -> Vec<Vec<Violation>> {
    if asked.quiet {
        return Vec::new();
    }
    parts
        .iter()
        .map(|part| {
            let mut found = Found::default();
            apply(view, part, &place.same(), &mut found);
            found.list.truncate(PER_BRANCH);
            found.list
        })
        .collect()
}
