//! Strings and numbers.

use std::cmp::Ordering;

use super::super::{Decimal, Keyword, Rule, View};
use super::{Found, Place, Rules};

/// `minLength`, `maxLength`, `pattern`: JSON Schema 2020-12, validation, section 6.3. Lengths count code points.
pub(super) fn text(text: &str, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    match keyword {
        Keyword::MinLength(limit) if !is_long_enough(text, *limit) => {
            found.push(place, rules, Rule::MinLength { limit: *limit, actual: text.chars().count() as u64 });
        }
        Keyword::MaxLength(limit) if !is_short_enough(text, *limit) => {
            found.push(place, rules, Rule::MaxLength { limit: *limit, actual: text.chars().count() as u64 });
        }
        Keyword::Pattern(pattern) if !pattern.is_match(text) => {
            found.push(place, rules, Rule::Pattern { pattern: pattern.source() });
        }
        _ => {}
    }
}

/// Whether a text has at least so many code points. One takes one to four bytes: most texts are decided by their size alone.
pub(super) fn is_long_enough(text: &str, limit: u64) -> bool {
    let bytes = text.len() as u64;
    bytes >= limit && (bytes / 4 >= limit || text.is_ascii() || text.chars().count() as u64 >= limit)
}

/// Whether a text has at most so many code points.
pub(super) fn is_short_enough(text: &str, limit: u64) -> bool {
    text.len() as u64 <= limit || text.chars().count() as u64 <= limit
}

/// Bounds and `multipleOf`: JSON Schema 2020-12, validation, section 6.2, compared as exact decimals.
pub(super) fn number(
    view: View<'_>,
    keyword: &Keyword,
    limit: Decimal,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found,
) {
    if !number_holds(view, keyword) {
        let name = match keyword {
            Keyword::Minimum(_) => "minimum",
            Keyword::ExclusiveMinimum(_) => "exclusiveMinimum",
            Keyword::Maximum(_) => "maximum",
            Keyword::ExclusiveMaximum(_) => "exclusiveMaximum",
            _ => "multipleOf",
        };
        found.push(place, rules, Rule::Bound { keyword: name, limit, actual: shown(view, place) });
    }
}

/// Whether a number follows a bound or `multipleOf`; what is no number follows any, and so does a keyword that is none of these.
pub(super) fn number_holds(view: View<'_>, keyword: &Keyword) -> bool {
    match keyword {
        Keyword::Minimum(limit) => compare(view, *limit) != Some(Ordering::Less),
        Keyword::ExclusiveMinimum(limit) => compare(view, *limit).is_none_or(|order| order == Ordering::Greater),
        Keyword::Maximum(limit) => compare(view, *limit) != Some(Ordering::Greater),
        Keyword::ExclusiveMaximum(limit) => compare(view, *limit).is_none_or(|order| order == Ordering::Less),
        Keyword::MultipleOf(step) => decimal(view).is_none_or(|number| number.is_multiple_of(*step)),
        _ => true,
    }
}

/// The exact order of a number and a limit; `None` for what is no number.
fn compare(view: View<'_>, limit: Decimal) -> Option<Ordering> {
    match (view, limit.to_small()) {
        (View::Integer(value), Some(limit)) => Some(value.cmp(&limit)),
        // The limit is a float without loss.
        (View::Number(value), Some(limit)) => value.partial_cmp(&(limit as f64)),
        _ => Some(decimal(view)?.compare(limit)),
    }
}

/// A number that may be told: no secret's, and none that is as long as a card number.
fn shown(view: View<'_>, place: &Place<'_>) -> Option<Decimal> {
    const LONG: Decimal = Decimal::new(false, 1_000_000_000_000, 0);
    decimal(view).filter(|number| !place.sensitive && number.magnitude().compare(LONG) == Ordering::Less)
}

/// The exact value of a number; `None` for what is none.
pub(super) fn decimal(view: View<'_>) -> Option<Decimal> {
    match view {
        View::Integer(value) => Some(Decimal::from_integer(value.into())),
        View::Unsigned(value) => Some(Decimal::from_integer(value.into())),
        View::Number(value) => Decimal::from_float(value),
        _ => None,
    }
}
