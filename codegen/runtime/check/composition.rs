//! Compositions and conditions: JSON Schema 2020-12, core, section 10.2.

use super::super::keyword::{of_elements, of_members, of_value};
use super::super::{Keyword, Rule, View, Violation};
use super::verdict::{Judged, matched, verdict};
use super::work::Key;
use super::{Depth, Found, Place, Rules, apply};

pub(super) fn branches(
    view: View<'_>,
    keyword: &Keyword,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    let work = place.depth.work();
    match keyword {
        Keyword::Ref(target) => apply(view, target, &place.same(), found),
        Keyword::AllOf(parts) => {
            for part in *parts {
                apply(view, part, &place.same(), found);
            }
        }
        Keyword::AnyOf(branches)
            if matched(view, branches, 1, place.depth) == 0 && work.is_decided() =>
        {
            let (branches, truncated) = reports(view, branches.parts, rules, place, found);
            found.push(
                place,
                rules,
                Rule::AnyOf {
                    branches,
                    truncated,
                },
            );
        }
        Keyword::OneOf(branches) => {
            let count = matched(view, branches, usize::MAX, place.depth);
            if count != 1 && work.is_decided() {
                let parts = if count == 0 { branches.parts } else { &[] };
                let (branches, truncated) = reports(view, parts, rules, place, found);
                found.push(
                    place,
                    rules,
                    Rule::OneOf {
                        matched: count,
                        branches,
                        truncated,
                    },
                );
            }
        }
        Keyword::Not(ruled_out)
            if verdict(view, ruled_out, place.depth.same()) && work.is_decided() =>
        {
            found.push(place, rules, Rule::Not);
        }
        Keyword::If(test) => {
            let branch = if verdict(view, test.condition, place.depth.same()) {
                test.then
            } else {
                test.otherwise
            };
            if let Some(branch) = branch.filter(|_| work.is_decided()) {
                apply(view, branch, &place.same(), found);
            }
        }
        // These hold.
        Keyword::AnyOf(_) | Keyword::Not(_) => {}
        of_value!() | of_elements!() | of_members!() => {}
    }
}

/// Whether a value is valid against a keyword that applies schemas to the value itself.
#[inline]
pub(super) fn hold<'a>(value: impl Judged<'a>, keyword: &Keyword, depth: Depth<'_>) -> bool {
    match keyword {
        Keyword::Ref(target) => verdict(value, target, depth.same()),
        Keyword::AllOf(parts) => parts.iter().all(|part| verdict(value, part, depth.same())),
        Keyword::AnyOf(branches) => matched(value, branches, 1, depth) == 1,
        Keyword::OneOf(branches) => matched(value, branches, 2, depth) == 1,
        Keyword::Not(ruled_out) => !verdict(value, ruled_out, depth.same()),
        Keyword::If(test) => {
            let branch = if verdict(value, test.condition, depth.same()) {
                test.then
            } else {
                test.otherwise
            };
            branch.is_none_or(|branch| verdict(value, branch, depth.same()))
        }
        of_value!() | of_elements!() | of_members!() => true,
    }
}

/// The violations of each branch, and whether some are left out for their size, or because they have been reported before.
fn reports(
    view: View<'_>,
    parts: &[&Rules],
    rules: &Rules,
    place: &Place<'_>,
    found: &Found<'_>,
) -> (Vec<Vec<Violation>>, bool) {
    if parts.is_empty() || found.is_full() {
        return (Vec::new(), false);
    }
    let mut within = found.inside();
    let (work, account, nested) = (place.depth.work(), found.account(), within.nested());
    if !account.admits(
        parts.len(),
        nested,
        work.steps(),
        Key::new(view, rules, place.depth),
    ) {
        return (Vec::new(), true);
    }
    let mut truncated = false;
    let branches = parts.iter().map(|part| {
        apply(view, part, &place.same(), &mut within);
        let (branch, cut) = std::mem::replace(&mut within, found.inside()).branch();
        truncated |= cut;
        branch
    });
    let branches = branches.collect();
    account.was_reported(work.steps(), nested);
    (branches, truncated)
}
