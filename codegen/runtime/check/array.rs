//! Arrays: JSON Schema 2020-12, validation, section 6.4; core, section 10.3.1.

use std::collections::HashMap;
use std::hash::RandomState;

use super::super::keyword::{in_place, of_members, of_value};
use super::super::{Array, Keyword, Rule, Types};
use super::verdict::Judged;
use super::{Depth, Found, Place, Rules, apply, equality, unevaluated, verdict};

/// Maximum number of elements that are compared pairwise, which needs no memory.
const FEW: usize = 16;

pub(super) fn elements(
    elements: &dyn Array,
    keyword: &Keyword,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    match keyword {
        Keyword::Items(items) => {
            for index in 0..elements.len() {
                let Some(rules) = items.at(index) else { break };
                if let Some(view) = elements.element(index) {
                    apply(view, rules, &place.element(index), found);
                }
            }
        }
        Keyword::Contains(contains) => {
            let matched = (0..elements.len())
                .filter_map(|index| elements.element(index))
                .filter(|view| verdict(*view, contains.schema, place.depth.inside()))
                .count() as u64;
            if !contains.admits(matched) && place.depth.work().is_decided() {
                found.push(
                    place,
                    rules,
                    Rule::Contains {
                        matched,
                        min: contains.min,
                        max: contains.max,
                    },
                );
            }
        }
        Keyword::UnevaluatedItems(unevaluated) => {
            unevaluated::items(elements, rules, place.depth, &mut |index, view| {
                if unevaluated.types == Types(0) {
                    found.push(
                        &place.element(index),
                        rules,
                        Rule::Unevaluated {
                            keyword: "unevaluatedItems",
                        },
                    );
                } else {
                    apply(view, unevaluated, &place.element(index), found);
                }
                true
            });
        }
        of_value!() | of_members!() | in_place!() => {}
    }
}

/// Whether a value is valid against a keyword of elements; a value that is no array is.
#[inline]
pub(super) fn hold<'a>(
    value: impl Judged<'a>,
    keyword: &Keyword,
    rules: &Rules,
    depth: Depth<'_>,
) -> bool {
    match keyword {
        Keyword::Items(items) => value.all_elements(|index, element| {
            items
                .at(index)
                .is_none_or(|rules| verdict(element, rules, depth.inside()))
        }),
        Keyword::Contains(contains) => {
            let mut matched = 0;
            value.all_elements(|_, element| {
                matched += u64::from(verdict(element, contains.schema, depth.inside()));
                true
            });
            !value.kind().intersects(Types::ARRAY) || contains.admits(matched)
        }
        Keyword::UnevaluatedItems(rest) => value.elements().is_none_or(|elements| {
            unevaluated::items(elements, rules, depth, &mut |_, element| {
                verdict(element, rest, depth.inside())
            })
        }),
        of_value!() | of_members!() | in_place!() => true,
    }
}

/// The first two equal elements, of an array at a depth. Many elements are compared by hash first, so that the cost is not quadratic.
pub(super) fn repeated(elements: &dyn Array, depth: Depth<'_>) -> Option<(usize, usize)> {
    let equal = |a: usize, b: usize| match (elements.element(a), elements.element(b)) {
        (Some(a), Some(b)) => equality::equals(a, b, depth.inside()),
        _ => false,
    };
    if elements.len() <= FEW {
        return (0..elements.len()).find_map(|second| {
            (0..second)
                .find(|first| equal(*first, second))
                .map(|first| (first, second))
        });
    }
    // With a random seed, as an attacker could choose elements of equal hash.
    let state = RandomState::new();
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(elements.len());
    for second in 0..elements.len() {
        let candidates = seen
            .entry(equality::hash(
                elements.element(second)?,
                &state,
                depth.inside(),
            ))
            .or_default();
        if let Some(first) = candidates
            .iter()
            .copied()
            .find(|first| equal(*first, second))
        {
            return Some((first, second));
        }
        candidates.push(second);
    }
    None
}
