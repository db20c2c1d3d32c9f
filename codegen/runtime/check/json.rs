//! The building blocks of emitted verdicts about JSON values (`verdicts.rs` of an emitted module).
//!
//! Each gives the answer of the tables for its keyword.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use serde_json::{Map, Number, Value};

use super::super::instance::float;
use super::super::{Keyword, Literal, Rules, View};
pub use super::depth::Depth;
use super::depth::decided;
use super::{Work, array, equality, scalar, verdict};

/// Whether all members of an object pass a test.
// Where the test of a member is cheap, iteration is much of the work.
#[inline]
pub fn all_members(
    members: &Map<String, Value>,
    mut test: impl FnMut(&str, &Value) -> bool,
) -> bool {
    for (name, value) in members {
        if !test(name, value) {
            return false;
        }
    }
    true
}

/// Whether the elements of an array that pass a test are as many as `contains` asks for.
pub fn contains(
    elements: &[Value],
    range: RangeInclusive<u64>,
    test: &dyn Fn(&Value) -> bool,
) -> bool {
    range.contains(&(elements.iter().filter(|value| test(value)).count() as u64))
}

/// `uniqueItems`.
#[must_use]
pub fn are_unique(elements: &Vec<Value>) -> bool {
    decided(|depth| array::repeated(elements, depth).is_none())
}

/// Whether a number has no fraction.
#[must_use]
pub fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// The order of a number and a limit that is a float without loss.
#[must_use]
pub fn compare(number: &Number, limit: i64) -> Ordering {
    match number.as_i64() {
        Some(number) => number.cmp(&limit),
        None => float(number)
            .partial_cmp(&(limit as f64))
            .unwrap_or(Ordering::Equal),
    }
}

/// Bounds other than small integers, and `multipleOf`.
#[must_use]
pub fn is_bounded(value: &Value, keyword: &Keyword) -> bool {
    scalar::number_holds(View::from(value), keyword)
}

/// `enum` of values other than strings.
#[must_use]
pub fn is_listed(value: &Value, listed: &[Literal]) -> bool {
    let work = Work::default();
    listed
        .iter()
        .any(|literal| equality::equals_literal(View::from(value), literal, &work))
}

/// `oneOf`: whether one branch holds, and no other.
#[must_use]
pub fn is_one(branches: &[bool]) -> bool {
    branches.iter().filter(|holds| **holds).count() == 1
}

/// Whether a value is valid by the tables, at a depth.
#[must_use]
pub fn follows(value: &Value, rules: &Rules, depth: Depth<'_>) -> bool {
    verdict(value, rules, depth)
}

/// The same for a value at the root.
#[must_use]
pub fn follows_alone(value: &Value, rules: &Rules) -> bool {
    decided(|depth| verdict(value, rules, depth))
}

/// Whether a function that tracks depth accepts a value, and all of its questions have an answer.
pub fn is_followed(value: &Value, by: fn(&Value, Depth<'_>) -> bool) -> bool {
    decided(|depth| by(value, depth))
}

/// Whether the name of a member is valid.
#[must_use]
pub fn name_follows(name: &str, rules: &Rules) -> bool {
    decided(|depth| verdict(name, rules, depth))
}
