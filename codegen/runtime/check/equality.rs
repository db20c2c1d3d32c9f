//! Equality of JSON values: JSON Schema 2020-12, core, section 4.2.2. Numbers by value, objects whatever the order of keys.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::super::{Decimal, Literal, View};
use super::scalar::{READ_IN_A_STEP, decimal};
use super::{Depth, Work};

/// Whether a value equals one that the document lists.
pub(super) fn equals_literal(view: View<'_>, literal: &Literal, work: &Work) -> bool {
    work.charge(usize::from(matches!(
        literal,
        Literal::Array(_) | Literal::Object(_)
    )));
    match (view, literal) {
        (View::Null, Literal::Null) => true,
        (View::Boolean(a), Literal::Boolean(b)) => a == *b,
        (View::String(a), Literal::String(b)) => a == *b,
        (View::Binary(a), Literal::String(b)) => a.content() == b.as_bytes(),
        (View::Array(a), Literal::Array(b)) => {
            a.len() == b.len()
                && b.iter()
                    .enumerate()
                    .all(|(index, b)| a.element(index).is_some_and(|a| equals_literal(a, b, work)))
        }
        (View::Object(a), Literal::Object(b)) => {
            a.count() == b.len()
                && b.iter()
                    .all(|(name, b)| a.get(name).is_some_and(|a| equals_literal(a, b, work)))
        }
        (View::Integer(a), Literal::Integer(b)) => a == *b,
        (View::Integer(_) | View::Unsigned(_) | View::Number(_) | View::Numeral(_), _) => {
            let listed = match literal {
                Literal::Integer(value) => Some(Decimal::from_integer((*value).into())),
                Literal::Unsigned(value) => Some(Decimal::from_integer((*value).into())),
                Literal::Number(value) => Decimal::from_float(*value),
                Literal::Null
                | Literal::Boolean(_)
                | Literal::String(_)
                | Literal::Array(_)
                | Literal::Object(_) => None,
            };
            listed.is_some() && decimal(view) == listed
        }
        // Types differ.
        _ => false,
    }
}

/// Whether two values, at a depth, are equal.
pub(super) fn equals(a: View<'_>, b: View<'_>, depth: Depth<'_>) -> bool {
    if !admits(a, depth) {
        return false;
    }
    match (a, b) {
        (View::Null, View::Null) => true,
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::String(a), View::String(b)) => a == b,
        (View::Binary(a), View::Binary(b)) => a.content() == b.content(),
        (View::Array(a), View::Array(b)) => {
            a.len() == b.len()
                && (0..a.len()).all(|index| match (a.element(index), b.element(index)) {
                    (Some(a), Some(b)) => equals(a, b, depth.inside()),
                    _ => false,
                })
        }
        (View::Object(a), View::Object(b)) => {
            a.count() == b.count()
                && a.all(&mut |name, view| {
                    b.get(name)
                        .is_some_and(|other| equals(view, other, depth.inside()))
                })
        }
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Numeral(a), View::Numeral(b)) => a == b,
        // Numbers of different sorts, or types that differ.
        _ => match (decimal(a), decimal(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    }
}

/// Whether a value at a depth may be visited, which is counted.
fn admits(view: View<'_>, depth: Depth<'_>) -> bool {
    let work = depth.work();
    match view {
        View::Array(_) | View::Object(_) => {
            work.charge(1);
            depth.admits_all()
        }
        View::String(text) => {
            work.charge(1 + text.len() / READ_IN_A_STEP);
            true
        }
        View::Numeral(numeral) => {
            work.charge(1 + numeral.text().len() / READ_IN_A_STEP);
            true
        }
        _ => {
            work.charge(1);
            true
        }
    }
}

/// A hash that equal values share, of a value at a depth.
pub(super) fn hash(view: View<'_>, state: &RandomState, depth: Depth<'_>) -> u64 {
    if !admits(view, depth) {
        return 0;
    }
    let mut hasher = state.build_hasher();
    match view {
        View::Null => 0u8.hash(&mut hasher),
        View::Boolean(value) => (1u8, value).hash(&mut hasher),
        View::String(value) => (2u8, value).hash(&mut hasher),
        View::Binary(value) => (5u8, value.content()).hash(&mut hasher),
        View::Array(elements) => {
            3u8.hash(&mut hasher);
            (0..elements.len())
                .filter_map(|index| elements.element(index))
                .for_each(|view| hash(view, state, depth.inside()).hash(&mut hasher));
        }
        View::Object(members) => {
            // A sum, since the order of keys has no meaning.
            let mut sum = 4u64;
            members.visit(&mut |name, view| {
                sum = sum.wrapping_add(state.hash_one((name, hash(view, state, depth.inside()))));
            });
            sum.hash(&mut hasher);
        }
        View::Integer(_) | View::Unsigned(_) | View::Number(_) | View::Numeral(_) => {
            match (decimal(view), view) {
                // Of more digits than any other number has.
                (None, View::Numeral(value)) => value.hash(&mut hasher),
                (value, _) => value.hash(&mut hasher),
            }
        }
    }
    hasher.finish()
}
