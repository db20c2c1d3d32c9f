//! Equality of JSON values: JSON Schema 2020-12, core, section 4.2.2. Numbers by value, objects whatever the order of keys.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::super::{Decimal, Literal, View};
use super::scalar::decimal;

/// Whether a value equals one that the document lists.
pub(super) fn equals_literal(view: View<'_>, literal: &Literal) -> bool {
    match (view, literal) {
        (View::Null, Literal::Null) => true,
        (View::Boolean(a), Literal::Boolean(b)) => a == *b,
        (View::String(a), Literal::String(b)) => a == *b,
        (View::Binary(a), Literal::String(b)) => a.content() == b.as_bytes(),
        (View::Array(a), Literal::Array(b)) => {
            a.len() == b.len()
                && b.iter().enumerate().all(|(index, b)| a.element(index).is_some_and(|a| equals_literal(a, b)))
        }
        (View::Object(a), Literal::Object(b)) => {
            a.count() == b.len() && b.iter().all(|(name, b)| a.get(name).is_some_and(|a| equals_literal(a, b)))
        }
        (View::Integer(a), Literal::Integer(b)) => a == *b,
        (View::Integer(_) | View::Unsigned(_) | View::Number(_) | View::Numeral(_), _) => {
            let listed = match literal {
                Literal::Integer(value) => Some(Decimal::from_integer((*value).into())),
                Literal::Unsigned(value) => Some(Decimal::from_integer((*value).into())),
                Literal::Number(value) => Decimal::from_float(*value),
                _ => None,
            };
            listed.is_some() && decimal(view) == listed
        }
        _ => false,
    }
}

/// Whether two values are equal.
pub(super) fn equals(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Null, View::Null) => true,
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::String(a), View::String(b)) => a == b,
        (View::Binary(a), View::Binary(b)) => a.content() == b.content(),
        (View::Array(a), View::Array(b)) => {
            a.len() == b.len()
                && (0..a.len()).all(|index| match (a.element(index), b.element(index)) {
                    (Some(a), Some(b)) => equals(a, b),
                    _ => false,
                })
        }
        (View::Object(a), View::Object(b)) => {
            a.count() == b.count() && a.all(&mut |name, view| b.get(name).is_some_and(|other| equals(view, other)))
        }
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Numeral(a), View::Numeral(b)) => a == b,
        _ => match (decimal(a), decimal(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    }
}

/// A hash that equal values share.
pub(super) fn hash(view: View<'_>, state: &RandomState) -> u64 {
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
                .for_each(|view| hash(view, state).hash(&mut hasher));
        }
        View::Object(members) => {
            // The order of keys has no meaning: a sum has no order.
            let mut sum = 4u64;
            members.visit(&mut |name, view| {
                sum = sum.wrapping_add(state.hash_one((name, hash(view, state))));
            });
            sum.hash(&mut hasher);
        }
        View::Integer(_) | View::Unsigned(_) | View::Number(_) | View::Numeral(_) => match (decimal(view), view) {
            // Of more digits than any other number has.
            (None, View::Numeral(value)) => value.hash(&mut hasher),
            (value, _) => value.hash(&mut hasher),
        },
    }
    hasher.finish()
}
