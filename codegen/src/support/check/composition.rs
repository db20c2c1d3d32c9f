//! Compositions and conditions: JSON Schema 2020-12, core, section 10.2.

use super::super::{Keyword, Rule, View, Violation};
use super::verdict::{matched, verdict};
use super::{Found, Place, Rules, apply};

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
        Keyword::AnyOf(branches) if matched(view, branches, 1, place.depth) == 0 => {
            found.push(place, rules, Rule::AnyOf { branches: reports(view, branches.parts, place) });
        }
        Keyword::OneOf(branches) => {
            let count = matched(view, branches, usize::MAX, place.depth);
            if count != 1 {
                let parts = if count == 0 { branches.parts } else { &[] };
                found.push(place, rules, Rule::OneOf { matched: count, branches: reports(view, parts, place) });
            }
        }
        Keyword::Not(ruled_out) if verdict(view, ruled_out, place.depth.same()) => {
            found.push(place, rules, Rule::Not);
        }
        Keyword::If(test) => {
            let branch = if verdict(view, test.condition, place.depth.same()) { test.then } else { test.otherwise };
            if let Some(branch) = branch {
                apply(view, branch, &place.same(), found);
            }
        }
        _ => {}
    }
}

/// What each branch finds wrong.
fn reports(view: View<'_>, parts: &[&Rules], place: &Place<'_>) -> Vec<Vec<Violation>> {
    parts
        .iter()
        .map(|part| {
            let mut found = Found::default();
            apply(view, part, &place.same(), &mut found);
            found.0.truncate(PER_BRANCH);
            found.0
        })
        .collect()
}
